"""Persons by their given names, on the real pipeline, and the list itself."""

from __future__ import annotations

import pytest

from kg.extract.given_names import read_given_names
from tests.extract.mention_support import find


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Irena Dolny left the hall early.", "Irena Dolny"),
        ("“The road is open,” Florian Stade said.", "Florian Stade"),
        ("The flood drove out Magdalena T. Orvik.", "Magdalena T. Orvik"),
    ],
)
def test_a_given_name_and_a_surname_are_a_person(text: str, name: str) -> None:
    mentions, _ = find(text)
    assert [(m.text, m.type) for m in mentions if m.kind == "name"] == [(name, "Person")]


@pytest.mark.slow
def test_a_body_named_after_a_person_is_no_person() -> None:
    mentions, _ = find("The Martha Kellner Foundation paid for the school.")
    assert "Person" not in {m.type for m in mentions if m.kind == "name"}


def test_the_list_holds_single_capitalised_names() -> None:
    names = read_given_names()
    assert len(names) > 1000
    assert [name for name in names if not name[0].isupper() or " " in name] == []
