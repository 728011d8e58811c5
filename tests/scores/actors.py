"""Who or what is meant, on texts of our own: `python -m tests.scores.actors --data tests/cases/homonyms [--verbose]`.

PATH is a folder of case files, or one file. A case is a text and, for some words of it, the actor that they mean. A case
is right when every one of its words is. Files that end in `-unseen` were written before the rules.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kg.build.toolchain import Toolchain
from kg.model.actor import Actor
from kg.model.annotation import Annotation
from kg.model.mention import Mention
from kg.resolve.names import fold_name
from kg.settings import Settings
from tests.scores.reporting import Prediction, parse_arguments, report
from tests.scores.texts import annotate_text, read_text_cases

#: The day of a text whose case gives none.
_PUBLISHED = "2025-11-03"
_SLUG = re.compile(r"(?:state|org|person)/[a-z0-9-]+")


class Case(NamedTuple):
    """A text and what its words mean.

    Attributes:
        group: the name of its file.
        actors: words of the text to the actor expected; `words#2` is the second occurrence. `state/ge`: the registered
            actor; `!state/ge`: anything but it; a label: the actor with this label; "": no registered actor, and none
            whose name is not these words: a person of several with one surname, an adjective that two states share.
        published: ISO date of the text.
        xfail: why it is known to fail; None where it passes.
    """

    group: str
    phenomenon: str
    text: str
    actors: Mapping[str, str]
    published: str = _PUBLISHED
    xfail: str | None = None


class Found(NamedTuple):
    """The actor that the words were given: its label and slug; "" for none, the slug also for one not registered."""

    label: str
    slug: str


def read_actor_cases(path: Path) -> list[Case]:
    """Return the cases of a file or folder; raises as `read_text_cases`."""
    return read_text_cases(path, Case)


def annotate_case(case: Case, toolchain: Toolchain) -> Annotation:
    """Return the annotation of the case's text, as the project ships it."""
    return annotate_text(case.text, case.published, toolchain)


def locate(text: str, words: str) -> tuple[int, int]:
    """Return (begin, end) of `words`, or of their nth occurrence for `words#n`; whole words only.

    Raises:
        ValueError: the text has no such occurrence.
    """
    plain, _, number = words.partition("#")
    found = list(re.finditer(rf"(?<!\w){re.escape(plain)}(?!\w)", text))
    place = int(number or 1) - 1
    if place >= len(found):
        raise ValueError(f"{words!r} is not in {text!r}")
    return found[place].span()


def find_actor(annotation: Annotation, begin: int, end: int, base: str) -> Found:
    """Return the actor of the mention whose characters are nearest to these; the article may be left out."""
    near = [(_measure_difference(m, begin, end), m.id, m) for m in annotation.extraction.mentions if _overlaps(m, begin, end)]
    if not near:
        return Found("", "")
    mention = min(near)[2]
    links = {link.mention: link.actor for link in annotation.resolution.links}
    actors: dict[str | None, Actor] = {actor.iri: actor for actor in annotation.resolution.actors}
    actor = actors.get(links[mention.id])
    if actor is None:
        return Found("", "")
    return Found(actor.label, actor.iri.removeprefix(f"{base}actor/") if actor.is_registered else "")


def _overlaps(mention: Mention, begin: int, end: int) -> bool:
    return any(span.begin < end and begin < span.end for span in mention.spans)


def _measure_difference(mention: Mention, begin: int, end: int) -> int:
    """Return how many characters are in one of both but not in the other."""
    shared = sum(max(0, min(span.end, end) - max(span.begin, begin)) for span in mention.spans)
    return sum(span.end - span.begin for span in mention.spans) + end - begin - 2 * shared


def is_right(words: str, expected: str, found: Found) -> bool:
    """Return whether the actor found is the one expected, in the notation of `Case.actors`."""
    plain = fold_name(words.partition("#")[0])
    if expected.startswith("!"):
        return found.slug != expected[1:]
    if not expected:
        return not found.slug and (not found.label or plain in {fold_name(found.label), _drop_last_word(found.label)})
    return expected in {found.slug, found.label} if _SLUG.fullmatch(expected) else found.label == expected


def _drop_last_word(label: str) -> str:
    """Return "england" of "England squad": a team or place that the words only begin."""
    return fold_name(" ".join(label.split()[:-1]))


def judge(case: Case, toolchain: Toolchain, base: str) -> list[tuple[str, str, Found]]:
    """Return (words, expected, found) of what is wrong in a case; empty where all is right."""
    annotation = annotate_case(case, toolchain)
    rows = [(words, expected, find_actor(annotation, *locate(case.text, words), base)) for words, expected in case.actors.items()]
    return [row for row in rows if not is_right(*row)]


def _judge_all(cases: Sequence[Case], settings: Settings) -> Iterator[tuple[Case, list[tuple[str, str, Found]]]]:
    toolchain = Toolchain(settings)
    for case in cases:
        yield case, judge(case, toolchain, settings.base)


def main() -> int:
    """Score the cases; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    judged = list(_judge_all(read_actor_cases(arguments.data), Settings(profile=arguments.profile)))
    figures: dict[str, object] = {}
    for group in ("", *sorted({case.group for case, _ in judged})):
        wrong = [bool(errors) for case, errors in judged if group in {"", case.group}]
        share = round(100 * (1 - sum(wrong) / len(wrong)), 1)
        figures[group or "right"] = {"accuracy": share, "cases": len(wrong)}
    if arguments.verbose:
        for case, errors in judged:
            for words, expected, found in errors:
                sys.stdout.write(f"{case.group}: {case.phenomenon}: {words!r} is {expected!r}, got {tuple(found)}\n")
    predictions = [
        Prediction(f"{case.group}: {case.phenomenon}", dict(case.actors), {words: list(found) for words, _, found in errors})
        for case, errors in judged
    ]
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    raise SystemExit(main())
