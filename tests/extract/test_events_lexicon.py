"""The lexicon of events: what it holds and what it refuses."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest

from kg.errors import ResourceInvalidError
from kg.extract.event_lexicon import EventLexicon
from kg.model.event import EventType

_TAIL = """
[[complement]]
does = "reject"
words = ["refuse"]
[obligation]
verbs = ["say"]
auxiliaries = ["must"]
[reticence]
verbs = ["decline"]
deeds = ["say"]
[parties]
agents = ["delegation"]
sides = ["side"]
leaders = ["leader"]
[[reply]]
nouns = ["warning"]
to = ["THREATEN"]
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "events.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_the_shipped_lexicon_has_patterns_for_every_root_type() -> None:
    lexicon = EventLexicon.load()
    patterns = [p for found in (*lexicon.verbs.values(), *lexicon.nouns.values()) for p in found]
    assert {pattern.group.type for pattern in patterns} == set(get_args(EventType))
    assert len(patterns) > 2000


def test_the_pattern_with_more_companions_comes_first() -> None:
    patterns = EventLexicon.load().verbs["strike"]
    assert [len(pattern.rest) for pattern in patterns] == sorted((len(pattern.rest) for pattern in patterns), reverse=True)


def test_a_noun_pattern_splits_before_its_preposition(tmp_path: Path) -> None:
    text = 'light = []\n[classes]\n[[group]]\ntype = "CONSULT"\nnouns = ["phone call with"]\n' + _TAIL
    (pattern,) = EventLexicon.load(_write(tmp_path, text)).nouns["call"]
    assert [sorted(word.forms) for word in pattern.modifiers] == [["phone"]]
    assert [word.is_particle for word in pattern.rest] == [True]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ('light = []\n[classes]\n[[group]]\ntype = "INVADE"\n' + _TAIL, "INVADE"),
        ('light = []\n[classes]\n[[group]]\ntype = "AID"\nverbs = ["send @ships"]\n' + _TAIL, "@ships"),
        (
            'light = []\n[classes]\n[[group]]\ntype = "AID"\n' + _TAIL + '[[complement]]\ndoes = "agree"\nwords = ["refuse"]\n',
            "two effects",
        ),
        ('light = []\n[classes]\n[[group]]\ntype = "AID"\nneeds = "luck"\n' + _TAIL, "no need"),
        ("light = [", "cannot be read"),
        ("[classes]\n", "not a lexicon"),
    ],
)
def test_a_malformed_lexicon_is_refused_by_file_and_problem(tmp_path: Path, text: str, problem: str) -> None:
    path = _write(tmp_path, text)
    with pytest.raises(ResourceInvalidError) as caught:
        EventLexicon.load(path)
    assert problem in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_missing_lexicon_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError):
        EventLexicon.load(tmp_path / "none.toml")
