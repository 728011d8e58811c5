"""Every case of `tests/cases/mentions`: what is found in a sentence, and of which type."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.extract.mention_support import find, show_post

_FOLDER = Path(__file__).parents[1] / "cases" / "mentions"


def _read_cases() -> list[Any]:
    params = []
    for path in sorted(_FOLDER.glob("*.toml")):
        for number, case in enumerate(tomllib.loads(path.read_text("utf-8"))["cases"], 1):
            reason = case.get("known_failure")
            marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
            params.append(pytest.param(case, id=f"{path.stem}-{number}-{case['phenomenon'].replace(' ', '-')}", marks=marks))
    return params


@pytest.mark.parametrize("case", _read_cases())
def test_a_sentence_has_the_mentions_and_posts_of_its_case(case: dict[str, Any]) -> None:
    mentions, posts = find(case["text"])
    found = {(m.text, m.type, m.kind) for m in mentions}
    for expected in case["mentions"]:
        text, *rest = expected.split(" | ")
        assert any(m[0] == text and list(m[1 : 1 + len(rest)]) == rest for m in found), f"{expected!r} is not in {sorted(found)}"
    persons = {text for text, *rest in (e.split(" | ") for e in case["mentions"]) if rest[0] == "Person"}
    assert {m.text for m in mentions if m.type == "Person" and m.kind == "name"} <= persons
    assert not set(case.get("absent", ())) & {m.text for m in mentions}
    if "posts" in case:
        assert [show_post(post, mentions) for post in posts] == case["posts"]


def test_there_are_at_least_120_cases_and_few_known_failures() -> None:
    cases = _read_cases()
    assert len(cases) >= 120
    assert sum(bool(param.marks) for param in cases) <= 0.05 * len(cases)
