"""What the parse forbids and allows a pronoun to mean, on mentions made by hand."""

from __future__ import annotations

from typing import Any

from kg.model.annotation import Extraction
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import Span
from kg.resolve.salience import find_features, is_bound, may_follow, weigh
from kg.resolve.view import View

_TEXT = "Ada Reyes greeted her and Edo Varga left when she came."


def _mention(words: str, **fields: Any) -> Mention:
    begin = _TEXT.index(words)
    kind = "pronoun" if words.islower() else "name"
    values = {"id": words, "text": words, "name": words, "type": "Person", "kind": kind, "by": "test", **fields}
    return Mention(spans=(Span(begin, begin + len(words)),), **values)


def _view(*mentions: Mention, attributions: tuple[Attribution, ...] = ()) -> View:
    document = Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=_TEXT)
    return View(document, Extraction(mentions=mentions, attributions=attributions))


def test_an_object_is_not_the_subject_of_its_own_clause() -> None:
    name = _mention("Ada Reyes", role="subject", clauses=(10,))
    assert is_bound(name, _mention("her", role="object", clauses=(10,)))
    assert is_bound(name, _mention("her", role="oblique", clauses=(10,)))


def test_a_possessive_may_be_the_subject_of_its_own_clause() -> None:
    assert not is_bound(_mention("Ada Reyes", role="subject", clauses=(10,)), _mention("her", role="possessive", clauses=(10,)))


def test_an_object_may_be_the_subject_of_another_clause() -> None:
    name = _mention("Ada Reyes", role="subject", clauses=(10,))
    assert not is_bound(name, _mention("her", role="object", clauses=(36, 10)))


def test_nothing_is_forbidden_without_a_parse() -> None:
    assert not is_bound(_mention("Ada Reyes", role="subject"), _mention("her", role="object"))


def test_a_pronoun_in_a_subordinate_clause_may_mean_the_subject_behind_it() -> None:
    name = _mention("Ada Reyes", role="subject", clauses=(10,))
    assert may_follow(name, _mention("she", role="subject", clauses=(50, 10)))


def test_a_pronoun_in_the_main_clause_does_not_mean_a_name_below_it() -> None:
    name = _mention("Ada Reyes", role="subject", clauses=(50, 10))
    assert not may_follow(name, _mention("she", role="subject", clauses=(10,)))


def test_a_possessive_behind_a_preposition_may_mean_the_subject_behind_it_and_another_one_may_not() -> None:
    name = _mention("Ada Reyes", role="subject", clauses=(10,))
    assert may_follow(name, _mention("her", role="possessive", clauses=(10,), preposition="in"))
    assert not may_follow(name, _mention("her", role="possessive", clauses=(10,)))


def test_a_name_of_another_sentence_is_not_pointed_forward_to() -> None:
    name = _mention("Ada Reyes", role="subject", clauses=(10,), sentence=1)
    assert not may_follow(name, _mention("she", role="subject", clauses=(50, 10)))


def test_a_subject_outweighs_an_object_as_near_and_the_near_outweigh_the_far() -> None:
    subject = _mention("Ada Reyes", role="subject", is_subject=True)
    pronoun = _mention("she", sentence=1)
    view = _view(subject, pronoun)
    weights = [
        weigh(subject, pronoun, 0, view),
        weigh(_mention("Ada Reyes", role="object"), pronoun, 0, view),
        weigh(_mention("Ada Reyes", role="oblique"), pronoun, 0, view),
    ]
    assert weights == sorted(weights, reverse=True)
    assert len(set(weights)) == len(weights)
    assert weigh(subject, pronoun, 1, view) < weights[0]
    assert weigh(subject, _mention("she", sentence=2), 0, view) < weights[0]


def test_who_speaks_is_unlikely_to_be_named_in_what_they_say() -> None:
    name, pronoun = _mention("Edo Varga"), _mention("she")
    parts: dict[str, Any] = {"source": pronoun.spans, "cue": (), "content": name.spans, "sentences": (Span(0, len(_TEXT)),)}
    said = Attribution(id="a1", source_mention="she", speech="indirect", confidence=1, by="test", **parts)
    assert "own content" in dict(find_features(name, pronoun, 0, _view(name, pronoun, attributions=(said,))))
    assert "own content" not in dict(find_features(name, pronoun, 0, _view(name, pronoun)))
