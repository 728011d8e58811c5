"""Actors and recipients against sentences whose source and target are marked token by token (CAMEO-NER).

The trained tagger's spans are scored, and beside them what the rules give alone: of one event of each sentence, the first
that has both sides and is told by a verb, else the first. The tagger was trained on the development data: there,
`--cross-validate` trains it anew without the fold that is scored. A span counts when it has exactly the marked tokens. Spans
marked as related (B-R) are not scored.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.errors import KgError
from kg.extract.learned.event_tagger import LABELS, PartyTagger, load_party_tagger
from kg.extract.learned.event_tagger_features import TaggerFeatures, rank_event
from kg.extract.token_table import TokenTable
from kg.model.event import Event
from kg.model.span import Span
from tests.scores.sentences import extract_sentences, find_data, parse_arguments, print_figures, to_f1, write_predictions

_ROLES = {"S": "actor", "T": "target"}
_LABEL_ROLES = {"S": "actor", "T": "recipient"}
_FOLDS = 5
_NO_SPACE_BEFORE = re.compile(r"[,.;:?!)%\]]+|n['’]t")
_NO_SPACE_AFTER = frozenset({"(", "[", "$", "£", "€", "#", "-"})
_APOSTROPHES = frozenset({"'", "’"})
_CLITICS = frozenset({"s", "t", "re", "ve", "ll", "d", "m", "'s", "’s", "'", "’"})


class Marked(NamedTuple):
    """A role and the half-open range of token indices that it covers."""

    role: str
    first: int
    end: int


class Sentence(NamedTuple):
    """Tokens of one sentence, its text as a newspaper would print it, where each token lies in it, and what is marked."""

    text: str
    offsets: tuple[Span, ...]
    marked: frozenset[Marked]
    words: tuple[str, ...]


def join_tokens(words: Sequence[str]) -> tuple[str, tuple[Span, ...]]:
    """Return the words as running text (the project reads text, not tokens) and the characters of each word."""
    text = ""
    offsets: list[Span] = []
    for at, word in enumerate(words):
        previous = words[at - 1] if at else "("
        is_glued = bool(
            _NO_SPACE_BEFORE.fullmatch(word)
            or previous in _NO_SPACE_AFTER
            or word == "-"
            or (word in _CLITICS and (word not in {"s", "t", "re", "ve", "ll", "d", "m"} or previous in _APOSTROPHES))
        )
        text += "" if is_glued else " "
        offsets.append(Span(len(text), len(text) + len(word)))
        text += word
    return text, tuple(offsets)


def read_sentences(path: Path) -> list[Sentence]:
    """Return the sentences of the token files at a path, in order.

    Raises:
        KgError: no such file, or a line that is not a word and a tag.
    """
    sentences: list[Sentence] = []
    for file in find_data(path, "*.txt"):
        if file.name.startswith("LICENCE"):
            continue
        block: list[tuple[str, str]] = []
        for number, line in enumerate([*file.read_text(encoding="utf-8").split("\n"), ""], 1):
            if line.strip():
                word, _, tag = line.strip().rpartition(" ")
                if not word or not re.fullmatch(r"O|[BI]-[STR]", tag):
                    raise KgError(f"{file} line {number}: is not a word and one of O, B-S, I-S, B-T, I-T, B-R, I-R")
                block.append((word, tag))
            elif block:
                words = tuple(word for word, _ in block)
                text, offsets = join_tokens(words)
                sentences.append(Sentence(text, offsets, find_marked([tag for _, tag in block]), words))
                block = []
    return sentences


def find_marked(tags: Sequence[str]) -> frozenset[Marked]:
    """Return the marked ranges of source and target."""
    found: set[Marked] = set()
    start = 0
    role = ""
    for at, tag in enumerate([*tags, "O"]):
        if role and not tag.startswith("I-"):
            found.add(Marked(role, start, at))
            role = ""
        if tag.startswith("B-"):
            start, role = at, tag[2]
    return frozenset(marked for marked in found if marked.role in _ROLES)


def predict_marked(events: Sequence[Event], offsets: Sequence[Span]) -> frozenset[Marked]:
    """Return the token ranges of the arguments of the event that is scored; empty where there is no event."""

    if not events:
        return frozenset()
    best = max(events, key=rank_event)
    return cover_tokens(
        ((role, argument.spans[0]) for role, side in (("S", best.actors), ("T", best.recipients)) for argument in side), offsets
    )


def cover_tokens(spans: Iterable[tuple[str, Span]], offsets: Sequence[Span]) -> frozenset[Marked]:
    """Return the ranges of the tokens that spans with a role touch; spans that touch none are left out."""
    found: set[Marked] = set()
    for role, span in spans:
        covered = [at for at, token in enumerate(offsets) if token.begin < span.end and span.begin < token.end]
        if covered:
            found.add(Marked(role, covered[0], covered[-1] + 1))
    return frozenset(found)


class TaggedExample(NamedTuple):
    """A sentence as the tagger reads it.

    Attributes:
        sentence: as marked.
        tokens: where each token of the parse lies in the sentence's text.
        rows: features of each token of the parse.
        labels: its label.
        by_rules: what the rules mark.
    """

    sentence: Sentence
    tokens: tuple[Span, ...]
    rows: list[list[int]]
    labels: list[int]
    by_rules: frozenset[Marked]


def read_examples(path: Path) -> list[TaggedExample]:
    """Return the examples of the token files at a path, in order, with what the rules say of them; raises as `read_sentences`."""
    sentences = read_sentences(path)
    found = []
    for sentence, (doc, extraction) in zip(sentences, extract_sentences(s.text for s in sentences), strict=True):
        table = TokenTable(doc)
        tokens = tuple(Span(begin, end) for begin, end in zip(table.begins, table.ends, strict=True))
        rows = TaggerFeatures(table, extraction.mentions, extraction.events).describe(0, len(table))
        by_rules = predict_marked(extraction.events, sentence.offsets)
        found.append(TaggedExample(sentence, tokens, rows, to_labels(sentence, tokens), by_rules))
    return found


def to_labels(sentence: Sentence, tokens: Sequence[Span]) -> list[int]:
    """Return the label of each token of a parse: that of the marked range that it touches."""
    labels = [0] * len(tokens)
    for marked in sorted(sentence.marked):
        begin, end = sentence.offsets[marked.first].begin, sentence.offsets[marked.end - 1].end
        touched = [at for at, token in enumerate(tokens) if token.begin < end and begin < token.end]
        for at in touched:
            labels[at] = LABELS.index(f"{'B' if at == touched[0] else 'I'}-{_LABEL_ROLES[marked.role]}")
    return labels


def tag_example(tagger: PartyTagger, example: TaggedExample) -> frozenset[Marked]:
    """Return what a tagger marks of a sentence."""
    roles = {label: role for role, label in _LABEL_ROLES.items()}
    spans = (
        (roles[one.role], Span(example.tokens[one.first].begin, example.tokens[one.end - 1].end))
        for one in tagger.tag(example.rows)
    )
    return cover_tokens(spans, example.sentence.offsets)


def cross_validate(examples: Sequence[TaggedExample]) -> list[frozenset[Marked]]:
    """Return what taggers mark that were trained without the example's fold: every fifth sentence is one."""
    from training.events.parties import train_parties  # noqa: PLC0415 - it reads examples by this module

    found: list[frozenset[Marked]] = [frozenset()] * len(examples)
    for fold in range(_FOLDS):
        rest = [one for at, one in enumerate(examples) if at % _FOLDS != fold]
        tagger = PartyTagger(train_parties(rest, "fold"))
        for at in range(fold, len(examples), _FOLDS):
            found[at] = tag_example(tagger, examples[at])
    return found


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; 2 where the data cannot be read."""
    options = parse_arguments("Actors and recipients on CAMEO-NER.", arguments)
    try:
        examples = read_examples(options.data)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    if options.cross_validate:
        predictions = cross_validate(examples)
    else:
        tagger = load_party_tagger()
        predictions = [tag_example(tagger, example) for example in examples]
    sentences = [example.sentence for example in examples]
    write_predictions(
        options.predictions,
        (
            {"id": at, "gold": _to_rows(sentence.marked, sentence.words), "predicted": _to_rows(found, sentence.words)}
            for at, (sentence, found) in enumerate(zip(sentences, predictions, strict=True))
        ),
    )
    by_rules = [example.by_rules for example in examples]
    print_figures({"items": len(sentences), "rules_alone": _compare(sentences, by_rules), **_compare(sentences, predictions)})
    return 0


def _compare(sentences: Sequence[Sentence], predictions: Sequence[frozenset[Marked]]) -> dict[str, object]:
    figures: dict[str, object] = {}
    total: Counter[str] = Counter()
    for role, name in _ROLES.items():
        counts = Counter(
            hits=sum(m.role == role and m in p for s, p in zip(sentences, predictions, strict=True) for m in s.marked),
            predicted=sum(m.role == role for p in predictions for m in p),
            gold=sum(m.role == role for s in sentences for m in s.marked),
        )
        total += counts
        figures[name] = _to_figures(counts)
    figures["both"] = _to_figures(total)
    return figures


def _to_rows(marked: frozenset[Marked], words: Sequence[str]) -> list[list[object]]:
    return [[_ROLES[m.role], m.first, m.end, " ".join(words[m.first : m.end])] for m in sorted(marked)]


def _to_figures(counts: Counter[str]) -> dict[str, float]:
    hits, predicted, gold = counts["hits"], counts["predicted"], counts["gold"]
    return {
        "precision": round(100 * hits / predicted, 2) if predicted else 0.0,
        "recall": round(100 * hits / gold, 2) if gold else 0.0,
        "f1": to_f1(hits, predicted, gold),
    }


if __name__ == "__main__":
    sys.exit(main())
