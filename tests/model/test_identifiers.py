"""Identifiers come from content alone, can stand in an IRI, and keep different things apart."""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from kg.model.document import Document
from kg.model.identifier import (
    mint_actor_iri,
    mint_document_iri,
    mint_local_actor_iri,
    mint_part_iri,
    to_digest,
    to_slug,
)

_BASE = "https://sayso.example/"
#: Any code point, lone surrogates included: names come from decoded files and from file systems.
_ANY = st.text(st.characters(), max_size=80)
_SAFE = re.compile(r"[A-Za-z0-9:/.#-]+")


@given(_ANY)
def test_a_slug_of_any_text_is_short_lower_case_ascii(text: str) -> None:
    slug = to_slug(text)
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
    assert len(slug) <= 48


@given(_ANY)
def test_a_slug_of_a_slug_is_itself(text: str) -> None:
    assert to_slug(to_slug(text)) == to_slug(text)


@given(_ANY, _ANY)
def test_every_minted_iri_is_made_of_safe_characters(location: str, name: str) -> None:
    document = mint_document_iri(_BASE, location, name)
    for iri in (
        document,
        mint_part_iri(document, "a12"),
        mint_actor_iri(_BASE, "Person", name),
        mint_local_actor_iri(document, "Person", name),
    ):
        assert _SAFE.fullmatch(iri), iri


@given(_ANY, _ANY)
def test_different_locations_have_different_digests(left: str, right: str) -> None:
    assert (to_digest(left) == to_digest(right)) == (left == right)


def test_diacritics_and_punctuation_leave_a_readable_slug() -> None:
    assert to_slug("  Vučić & Zürich’s “Plan” ") == "vucic-zurichs-plan"
    assert to_slug("北京") == to_slug("") == "x"


def test_names_that_fold_to_one_slug_stay_apart() -> None:
    assert mint_actor_iri(_BASE, "Person", "北京") != mint_actor_iri(_BASE, "Person", "東京")


def test_case_and_composition_of_a_name_make_no_difference() -> None:
    assert mint_actor_iri(_BASE, "Person", "Jose\u0301 Lima") == mint_actor_iri(_BASE, "Person", "JOSÉ LIMA")


def test_a_name_means_another_actor_with_another_type_or_in_another_document() -> None:
    assert mint_actor_iri(_BASE, "Person", "Jordan") != mint_actor_iri(_BASE, "State", "Jordan")
    one, two = (mint_document_iri(_BASE, location, "a.txt") for location in ("a.txt", "b/a.txt"))
    assert mint_local_actor_iri(one, "Person", "Holm") != mint_local_actor_iri(two, "Person", "Holm")


def test_a_document_iri_is_what_it_was_in_every_release() -> None:
    expected = "https://sayso.example/document/lake-talks-txt-" + to_digest("news/lake talks.txt")
    assert mint_document_iri(_BASE, "news/lake talks.txt", "Lake Talks.txt") == expected
    assert to_digest("a") == "ca978112ca1bbdca"  # SHA-256 of "a", first 16 hex digits


def test_identifiers_do_not_depend_on_the_hash_seed() -> None:
    program = (
        f"from kg.model.identifier import *; print(mint_local_actor_iri(mint_document_iri({_BASE!r}, 'a', 'b'), 'Group', 'c'))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", program], env=os.environ | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


def test_a_model_object_cannot_be_changed() -> None:
    document = Document(id="x", path="x", location="x", sha256="0", text="x")
    with pytest.raises(ValidationError, match="frozen"):
        document.text = "y"  # type: ignore[misc]


def test_a_model_object_refuses_fields_that_it_does_not_know() -> None:
    with pytest.raises(ValidationError, match="Extra inputs"):
        Document(id="x", path="x", location="x", sha256="0", text="x", colour="red")  # type: ignore[call-arg]


def test_a_model_object_survives_json() -> None:
    document = Document(id="x", path="x", location="x", sha256="0", text="“é”\n\u202e", published="2025-10-20")
    assert Document.model_validate_json(document.model_dump_json()) == document
