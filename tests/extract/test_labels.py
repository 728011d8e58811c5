"""Whose words a labelled line or turn is."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest

from kg.annotate.pipeline import Annotator
from kg.errors import ResourceInvalidError
from kg.extract.abstentions import Refusal
from kg.extract.label_lexicon import read_label_lexicon
from kg.extract.labels import find_labelled
from kg.extract.mentions import MentionFinder
from kg.model.document import Document, Zone
from kg.model.span import Span
from kg.settings import Settings

_INTERVIEW = """Signe Aamot ran the ferry line for nine years. Runa Keld met her in Molde.

{asks}: Why did you leave?

{answers}: The boats were old.

{asks}: Do you miss them?

{answers}: Not in winter."""


@cache
def _tools() -> tuple[Annotator, MentionFinder]:
    return Annotator(Settings().model), MentionFinder(())


def _find(
    text: str, *, author: str | None = None, zones: tuple[Zone, ...] = (), refusals: list[Refusal] | None = None
) -> list[tuple[str, str | None]]:
    """Return the rule and the name of the speaker of each labelled content."""
    annotator, finder = _tools()
    document = Document(
        id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=text, author=author, zones=zones
    )
    doc = annotator.annotate(document)
    mentions = finder.find_mentions(doc)
    names = {mention.id: mention.name for mention in mentions}
    by_begin = {mention.spans[-1].end: mention.name for mention in mentions if mention.spans}
    kept: list[Refusal] = [] if refusals is None else refusals
    found = []
    for candidate in find_labelled(doc, mentions, kept.append):
        token = None if candidate.speaker is None else doc[candidate.speaker]
        at_label = None if token is None else by_begin.get(token.idx + len(token))
        found.append((candidate.by, names[candidate.mention] if candidate.mention else at_label))
    return found


def test_who_answers_is_the_person_of_whom_the_introduction_tells_and_who_asks_is_the_author() -> None:
    assert (
        _find(_INTERVIEW.format(asks="Q", answers="A"), author="Runa Keld")
        == [
            ("turn", "Runa Keld"),
            ("turn", "Signe Aamot"),
        ]
        * 2
    )


def test_nobody_is_known_to_ask_where_no_author_is_named() -> None:
    assert _find(_INTERVIEW.format(asks="Q", answers="A")) == [("turn", None), ("turn", "Signe Aamot")] * 2


def test_initials_stand_for_the_person_who_has_them() -> None:
    assert _find(_INTERVIEW.format(asks="RK", answers="SA")) == [("turn", "Runa Keld"), ("turn", "Signe Aamot")] * 2


def test_a_surname_as_a_label_stands_for_the_person_named_in_full() -> None:
    assert [name for _, name in _find(_INTERVIEW.format(asks="Reporter", answers="Aamot"))][1::2] == ["Signe Aamot"] * 2


def test_a_surname_that_nothing_explains_is_a_speaker_in_a_dialogue() -> None:
    text = "Reporter: Why did you leave?\n\nTveitmoen: The boats were old."
    assert _find(text) == [("turn", None), ("turn", "Tveitmoen")]


def test_a_name_in_capitals_in_front_of_whole_sentences_is_a_speaker() -> None:
    assert _find("The evening so far\n\nHELLE BRANDT: The gates stay open until midnight.") == [("label", "HELLE BRANDT")]


@pytest.mark.parametrize(
    "text",
    [
        "Weather: The river is high.",
        "When: Monday at noon\nWhere: the old harbour in Molde\nWho: everyone with a boat",
        "Key Points: The river is high.",
    ],
)
def test_a_label_of_a_matter_is_refused_with_its_reason(text: str) -> None:
    refusals: list[Refusal] = []
    assert _find(text, refusals=refusals) == []
    assert {refusal.reason for refusal in refusals} == {"no-label"}


def test_labels_in_site_furniture_are_not_read() -> None:
    text = "Signe Aamot: The boats were old."
    assert _find(text) == [("label", "Signe Aamot")]
    assert _find(text, zones=(Zone(kind="boilerplate", span=Span(0, len(text))),)) == []


def test_a_text_without_labels_has_none() -> None:
    assert _find("The boats were old.") == _find("") == []


def test_a_lexicon_that_lacks_a_list_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "labels.toml"
    path.write_text('asking = ["q"]\n', "utf-8")
    with pytest.raises(ResourceInvalidError, match="is not a lexicon of labels"):
        read_label_lexicon(path)
