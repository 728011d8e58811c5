"""Identifiers: minted from content and place alone, never from a clock, a counter of runs or a hash seed."""

from __future__ import annotations

import hashlib
import re
import unicodedata

#: Length of the hex digest in document IRIs: 64 bits, so that 10^8 documents collide with p < 0.001.
_DIGEST_LENGTH = 16
_SLUG_LENGTH = 48


def to_slug(text: str) -> str:
    """Return lower-case ASCII words joined by `-`, at most 48 characters; `x` where nothing is left."""
    plain = unicodedata.normalize("NFKD", text)
    ascii_text = "".join(c for c in plain if not unicodedata.combining(c)).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_text.lower()).strip("-")
    return slug[:_SLUG_LENGTH].rstrip("-") or "x"


def to_digest(text: str) -> str:
    """Return 16 hex digits of the SHA-256 of the text as UTF-8 (lone surrogates kept apart)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:_DIGEST_LENGTH]


def mint_document_iri(base: str, location: str, name: str) -> str:
    """Return `{base}document/{slug of name}-{digest of location}`."""
    return f"{base}document/{to_slug(name)}-{to_digest(location)}"


def mint_part_iri(document_iri: str, part: str) -> str:
    """Return the IRI of a mention, claim, event or role (`m1`, `a1`, `e1`, `r1`) of a document."""
    return f"{document_iri}#{part}"


def mint_actor_iri(base: str, kind: str, name: str) -> str:
    """Return the IRI of an actor that is known by a full name only: the same name and type, the same IRI.

    The digest keeps names apart that fold to one slug (other scripts, diacritics).
    """
    folded = unicodedata.normalize("NFC", name).casefold()
    return f"{base}actor/{kind.lower()}/{to_slug(name)}-{to_digest(folded)[:8]}"


def mint_local_actor_iri(document_iri: str, kind: str, name: str) -> str:
    """Return the IRI of an actor that only this document can tell apart (bare surname, unnamed official)."""
    return f"{document_iri}#actor-{kind.lower()}-{to_slug(name)}-{to_digest(name.casefold())[:8]}"
