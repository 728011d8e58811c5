"""Mentions on the project's own sample texts: `python -m tests.scores.mentions --data sources [--verbose]`.

The whole production path runs over the texts; names, demonyms and descriptions that `kg annotate` prints are compared with
`tests/cases/sources-mentions`. Pronouns are left out (`tests.scores.gap` scores them), and so are authors whom the text
does not name. A mention counts as right where its span and its type are those of a mention of the gold, to the character;
`spans` looks at spans alone. By type, a mention of the right span and another type is wrong for the one and missing for
the other.

`read` and `unread` are the first and the second half of the texts by name: errors of the first are looked at when rules
are written, the second is only ever counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple, get_args

from kg.model.mention import MentionType
from kg.settings import Settings
from tests.cases.expected import read_mentions
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report
from tests.scores.samples import read_samples

#: begin, end, type.
Marked = tuple[int, int, str]


class Text(NamedTuple):
    """A text with the mentions that a reader marks and those that were found."""

    name: str
    text: str
    gold: frozenset[Marked]
    found: frozenset[Marked]


def list_found(annotation: dict[str, Any]) -> frozenset[Marked]:
    """Return the mentions that an annotation prints, without pronouns and without mentions that have no span."""
    return frozenset(
        (m["spans"][0][0], m["spans"][-1][1], m["type"]) for m in annotation["mentions"] if m["spans"] and not m["pronoun"]
    )


def compute_figures(texts: Sequence[Text]) -> dict[str, Any]:
    """Return the F1 of spans with types, of spans alone, of each type, and of each half of the texts, in percent."""
    middle = (len(texts) + 1) // 2
    figures: dict[str, Any] = {
        "all": _compare(texts),
        "read": _compare(texts[:middle]),
        "unread": _compare(texts[middle:]),
        "spans": _compare([_without_types(text) for text in texts]),
        "spans_unread": _compare([_without_types(text) for text in texts[middle:]]),
    }
    for kind in get_args(MentionType):
        figures[kind] = _compare([text._replace(gold=_only(text.gold, kind), found=_only(text.found, kind)) for text in texts])
    figures["mentions"] = sum(len(text.gold) for text in texts)
    return figures


def _compare(texts: Iterable[Text]) -> dict[str, float]:
    counts = [(len(text.gold & text.found), len(text.found), len(text.gold)) for text in texts]
    right, found, gold = (sum(column) for column in zip(*counts, strict=True)) if counts else (0, 0, 0)
    return compute_f1(right, found, gold)


def _without_types(text: Text) -> Text:
    return text._replace(
        gold=frozenset((b, e, "") for b, e, _ in text.gold), found=frozenset((b, e, "") for b, e, _ in text.found)
    )


def _only(marked: Iterable[Marked], kind: str) -> frozenset[Marked]:
    return frozenset(item for item in marked if item[2] == kind)


def print_differences(text: Text) -> None:
    """Print what was missed and what is wrong, in order of the text, with the words around."""
    sys.stdout.write(f"\n== {text.name}\n")
    for begin, end, kind in sorted(text.gold ^ text.found):
        sign = "missed" if (begin, end, kind) in text.gold else "wrong "
        around = " ".join(f"{text.text[max(0, begin - 40) : begin]}[{text.text[begin:end]}]{text.text[end : end + 30]}".split())
        sys.stdout.write(f"  {sign} {kind:12} {around}\n")


def read_texts(data: Path, settings: Settings) -> list[Text]:
    """Annotate the texts under `data`, a folder laid out as `sources/`, and return them with their gold, by name."""
    texts = []
    for sample in read_samples(data, settings):
        text = sample.annotation["text"]
        texts.append(Text(sample.name, text, frozenset(read_mentions(sample.name, text)), list_found(sample.annotation)))
    return texts


def main() -> int:
    """Score the samples; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    texts = read_texts(arguments.data, Settings(profile=arguments.profile))
    if arguments.verbose:
        for text in texts[: (len(texts) + 1) // 2]:
            print_differences(text)
    predictions = [Prediction(text.name, sorted(text.gold), sorted(text.found)) for text in texts]
    return report(compute_figures(texts), predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
