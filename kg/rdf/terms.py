"""RDF terms as light named tuples: what `to_quads` yields, without an RDF library and without blank nodes.

They compare and sort as tuples, so a sorted sequence of quads is the same on every run.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import NamedTuple, TypeAlias

XSD = "http://www.w3.org/2001/XMLSchema#"
_LANG_STRING = "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"

#: Code points that no RDF literal can hold: they are halves of a character, not characters.
_SURROGATES = re.compile("[\ud800-\udfff]")
_YEAR = re.compile(r"\d{4}")
_YEAR_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_DATE_TIME = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d)(:\d\d)?(\.\d+)?(Z|[+-]\d\d:?\d\d)?")


class Iri(NamedTuple):
    """An absolute IRI."""

    value: str


class Literal(NamedTuple):
    """A literal: its characters, the IRI of its datatype, and a language tag (empty but for `rdf:langString`)."""

    value: str
    datatype: str = XSD + "string"
    language: str = ""


Term: TypeAlias = Iri | Literal


class Quad(NamedTuple):
    """A triple in a named graph."""

    subject: Iri
    predicate: Iri
    object: Term
    graph: Iri


def to_text(value: str, language: str = "") -> Literal:
    """Return a string literal; verbatim but for lone surrogates, which become U+FFFD (the length stays)."""
    characters = _SURROGATES.sub("\ufffd", value)
    return Literal(characters, _LANG_STRING, language) if language else Literal(characters)


def to_uri_literal(value: str) -> Literal:
    """Return an `xsd:anyURI` literal: safe for a URL of any form, which an IRI is not."""
    return Literal(_SURROGATES.sub("\ufffd", value), XSD + "anyURI")


def to_index(value: int) -> Literal:
    """Return an offset in code points as `xsd:nonNegativeInteger`, as NIF wants it."""
    if value < 0:
        raise ValueError(f"an offset is never negative: {value}")
    return Literal(str(value), XSD + "nonNegativeInteger")


def to_boolean(value: bool) -> Literal:
    """Return an `xsd:boolean`."""
    return Literal("true" if value else "false", XSD + "boolean")


def to_decimal(value: float) -> Literal:
    """Return an `xsd:decimal` of at most three decimals in the canonical form that engines keep (`0.9`, `1`)."""
    text = f"{value:.3f}".rstrip("0").rstrip(".")
    return Literal("0" if text == "-0" else text, XSD + "decimal")


def to_date(value: str) -> Literal | None:
    """Return an ISO 8601 date or time as the XSD type of its form; None where it has none.

    `xsd:dateTime` (seconds are added, an offset gets its colon), `xsd:date`, `xsd:gYearMonth` or `xsd:gYear`.
    A form that is right with a value that is not (31 February) gives None.
    """
    text = value.strip()
    try:
        if _DATE.fullmatch(text):
            date.fromisoformat(text)
            return Literal(text, XSD + "date")
        if parts := _DATE_TIME.fullmatch(text):
            day, minutes, seconds, fraction, offset = parts.groups()
            zone = f"{offset[:3]}:{offset[-2:]}" if offset and offset != "Z" else offset or ""
            datetime.fromisoformat(f"{day}T{minutes}{seconds or ':00'}{zone.replace('Z', '+00:00')}")
            return Literal(f"{day}T{minutes}{seconds or ':00'}{fraction or ''}{zone}", XSD + "dateTime")
    except ValueError:
        return None
    if _YEAR_MONTH.fullmatch(text):
        return Literal(text, XSD + "gYearMonth")
    return Literal(text, XSD + "gYear") if _YEAR.fullmatch(text) else None
