"""Event types against sentences marked with source and target (the PLV data).

For each sentence the rules' event whose actor and recipient overlap the marked source and target is taken, else another
event of the sentence, else a trigger whose arguments are no actors. The trained classifier then decides, with that root's
lead. It was trained on PLV's training part: there, `--cross-validate` trains it anew without the fold that is scored.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

from spacy.tokens import Doc

from kg.errors import KgError
from kg.extract.event_lexicon import EventLexicon
from kg.extract.event_modality import assess_status
from kg.extract.event_triggers import find_triggers
from kg.extract.learned.event_types import TypeClassifier, describe_pair, load_type_classifier
from kg.extract.token_table import TokenTable
from kg.model.annotation import Extraction
from kg.model.event import Argument, Event
from tests.scores.sentences import extract_sentences, find_data, parse_arguments, print_figures, to_f1, write_predictions

_COOPERATIVE = frozenset({"AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "CONCEDE", "RETREAT", "YIELD"})
_MATERIAL_CONFLICT = frozenset({"PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"})
#: PLV's labels were converted from CAMEO codes; these differ from the newer codebook's root types.
_BY_CAMEO = {"116": "ACCUSE", "055": "SUPPORT", "057": "SUPPORT", "192": "ASSAULT"}
_ACTS = {"reject": "REJECT", "threaten": "THREATEN", "agree": "AGREE"}
#: PLV's quad classes (`gold_penta`): verbal and material cooperation, verbal and material conflict.
_QUADS = {
    **dict.fromkeys(("AGREE", "CONSULT", "SUPPORT"), 1),
    **dict.fromkeys(("COOPERATE", "AID", "YIELD"), 2),
    **dict.fromkeys(("REQUEST", "ACCUSE", "REJECT", "THREATEN"), 3),
    **dict.fromkeys(("PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"), 4),
}
_MOST_FREQUENT = "YIELD"
_FOLDS, _SEED = 5, 13


def to_root(event_type: str, cameo: str | None, polarity: str, modality: str) -> str:
    """Return the root that PLV gives to an event of the project.

    PLOVER reduces cooperation that is denied to REJECT, cooperation still to come to AGREE and material conflict still to
    come to THREATEN (manual, auxiliary modes); PLV folds CONCEDE and RETREAT into YIELD.
    """
    if polarity == "negated" and event_type in _COOPERATIVE:
        return "REJECT"
    if modality == "future" and event_type in _COOPERATIVE:
        return "AGREE"
    if modality == "future" and event_type in _MATERIAL_CONFLICT:
        return "THREATEN"
    if cameo in _BY_CAMEO:
        return _BY_CAMEO[cameo]
    return "YIELD" if event_type in {"CONCEDE", "RETREAT"} else event_type


class PairExample(NamedTuple):
    """A sentence with two marked parties.

    Attributes:
        id: its id in the data.
        root: its marked root.
        rule: the root that the rules give, None where they find no event.
        buckets: features for the classifier.
    """

    id: str
    root: str
    rule: str | None
    buckets: list[int]


def find_rule_root(doc: Doc, extraction: Extraction, source: str, target: str, lexicon: EventLexicon) -> str | None:
    """Return the root that the rules give to one sentence, None where they find no event."""

    def rank(event: Event) -> tuple[float, ...]:
        overlap = _overlaps(doc.text, event.actors, source) + _overlaps(doc.text, event.recipients, target)
        return overlap, event.modality != "hypothetical", event.by != "rule:event-noun", event.confidence, -event.trigger[0].begin

    if extraction.events:
        best = max(extraction.events, key=rank)
        return to_root(best.type, best.cameo, best.polarity, best.modality)
    table = TokenTable(doc)
    for trigger in find_triggers(table, lexicon, {}):
        status = assess_status(table, lexicon, trigger)
        event_type = _ACTS.get(status.act or "", trigger.group.type)
        return to_root(event_type, trigger.group.cameo, status.polarity, status.modality)
    return None


def describe_sentence(doc: Doc, source: str, target: str) -> list[int]:
    """Return the classifier's features of a sentence; a party whose words are not in it is left out."""
    table = TokenTable(doc)
    sides: list[range] = []
    for words in (source, target):
        begin = doc.text.find(words)
        sides.append(range(*table.find_tokens(begin, begin + len(words))) if begin >= 0 and words else range(0))
    return describe_pair(table, range(len(table)), *sides)


def read_examples(path: Path) -> list[PairExample]:
    """Return the examples of the PLV files at a path, in order, with what the rules say of them; raises as `read_rows`."""
    rows = read_rows(path)
    lexicon = EventLexicon.load()
    return [
        PairExample(
            row["sentence_id"],
            row["gold_root"],
            find_rule_root(doc, extraction, row["source"], row["target"], lexicon),
            describe_sentence(doc, row["source"], row["target"]),
        )
        for row, (doc, extraction) in zip(rows, extract_sentences(row["sentence"] for row in rows), strict=True)
    ]


def cross_validate(examples: Sequence[PairExample]) -> tuple[list[str], list[str]]:
    """Return the roots by classifiers trained without the example's fold: with the rules' say, and without."""
    from training.events.types import train_types  # noqa: PLC0415 - it reads examples by this module

    joined, alone = [""] * len(examples), [""] * len(examples)
    folds = split_folds([one.root for one in examples])
    for fold in range(_FOLDS):
        rest = [one for one, other in zip(examples, folds, strict=True) if other != fold]
        classifier = TypeClassifier(train_types([one.buckets for one in rest], [one.root for one in rest], "fold"))
        for at, one in enumerate(examples):
            if folds[at] == fold:
                joined[at], alone[at] = (classifier.choose(one.buckets, rule) for rule in (one.rule, None))
    return joined, alone


def split_folds(labels: Sequence[str]) -> list[int]:
    """Return the fold of each item; the items of each label go round the folds, in a shuffled order that is always the same."""
    order = sorted(range(len(labels)), key=lambda at: (crc32(f"{_SEED} {at}".encode()), at))
    seen: Counter[str] = Counter()
    folds = [0] * len(labels)
    for at in order:
        folds[at] = seen[labels[at]] % _FOLDS
        seen[labels[at]] += 1
    return folds


def _overlaps(text: str, arguments: Sequence[Argument], marked: str) -> int:
    begin = text.find(marked)
    end = begin + len(marked)
    return int(begin >= 0 and any(s.begin < end and begin < s.end for argument in arguments for s in argument.spans))


def compare_roots(gold: Sequence[str], predicted: Sequence[str]) -> float:
    """Return macro-F1 in percent over the labels that the gold has."""
    pairs = Counter(zip(gold, predicted, strict=True))
    gold_counts, predicted_counts = Counter(gold), Counter(predicted)
    return round(sum(to_f1(pairs[r, r], predicted_counts[r], gold_counts[r]) for r in gold_counts) / max(1, len(gold_counts)), 2)


def read_rows(path: Path) -> list[dict[str, str]]:
    """Return the rows of the PLV files at a path, in order; CONCEDE and RETREAT of other splits folded to YIELD.

    Raises:
        KgError: no such file, or one without the columns of the development data.
    """
    rows: list[dict[str, str]] = []
    for file in find_data(path, "PLV_*.tsv"):
        with file.open(encoding="utf-8", newline="") as lines:
            found = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
        if not found or not {"sentence_id", "sentence", "source", "target", "gold_root"} <= set(found[0]):
            raise KgError(f"{file}: has no rows with sentence_id, sentence, source, target and gold_root")
        rows += found
    for row in rows:
        row["gold_root"] = "YIELD" if row["gold_root"] in {"CONCEDE", "RETREAT"} else row["gold_root"]
    return rows


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; 2 where the data cannot be read."""
    options = parse_arguments("Event types on PLV.", arguments)
    try:
        examples = read_examples(options.data)
    except KgError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    gold = [one.root for one in examples]
    figures: dict[str, object] = {"items": len(examples)}
    if options.cross_validate:
        predicted, alone = cross_validate(examples)
        figures["classifier_without_rules"] = _to_figures(gold, alone)
        folds = split_folds(gold)
        figures["folds_macro_f1"] = [
            compare_roots(*([r for r, at in zip(roots, folds, strict=True) if at == fold] for roots in (gold, predicted)))
            for fold in range(_FOLDS)
        ]
    else:
        classifier = load_type_classifier()
        predicted = [classifier.choose(one.buckets, one.rule) for one in examples]
    figures["rules_alone"] = _to_figures(gold, [one.rule or _MOST_FREQUENT for one in examples])
    write_predictions(
        options.predictions,
        ({"id": one.id, "gold": one.root, "predicted": root} for one, root in zip(examples, predicted, strict=True)),
    )
    for root in sorted(set(gold)):
        hits = sum(g == p == root for g, p in zip(gold, predicted, strict=True))
        sys.stdout.write(f"{root:10} {gold.count(root):5} gold  F1 {to_f1(hits, predicted.count(root), gold.count(root)):6.2f}\n")
    print_figures(figures | _to_figures(gold, predicted))
    return 0


def _to_figures(gold: Sequence[str], predicted: Sequence[str]) -> dict[str, float]:
    return {
        "macro_f1": compare_roots(gold, predicted),
        "quad_macro_f1": compare_roots([str(_QUADS[root]) for root in gold], [str(_QUADS[root]) for root in predicted]),
        "accuracy": round(100 * sum(g == p for g, p in zip(gold, predicted, strict=True)) / max(1, len(gold)), 2),
    }


if __name__ == "__main__":
    sys.exit(main())
