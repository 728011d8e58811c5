"""Short texts with all triples of actor, type and recipient that they tell, found by the whole production path."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kg.build.toolchain import Toolchain
from kg.model.document import Document
from kg.settings import Settings

_CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "events" / "documents.toml").read_text("utf-8"))["case"]

Triple = tuple[str, str, str]


@cache
def _toolchain() -> Toolchain:
    return Toolchain(Settings())


def _find_triples(text: str) -> set[Triple]:
    document = Document(id="https://sayso.example/document/x", path="x", location="x", sha256="0", text=text)
    annotation = _toolchain().annotate(document)
    labels = {actor.iri: actor.label for actor in annotation.resolution.actors}
    named = {link.mention: labels[link.actor] for link in annotation.resolution.links if link.actor is not None}
    triples: set[Triple] = set()
    for event in annotation.events:
        actors, recipients = (
            [named[one.mention] for one in side if one.mention in named] or [""] for side in (event.actors, event.recipients)
        )
        triples |= {(actor, event.type, recipient) for actor in actors for recipient in recipients}
    return triples


def _to_parameter(case: dict[str, Any]) -> Any:
    marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
    return pytest.param(case, id=case["phenomenon"], marks=marks)


@pytest.mark.parametrize("case", [_to_parameter(case) for case in _CASES])
def test_a_text_tells_these_events_and_no_others(case: dict[str, Any]) -> None:
    assert _find_triples(case["text"]) == {tuple(event) for event in case["events"]}
