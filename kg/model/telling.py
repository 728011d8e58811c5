"""What one document tells of itself, its events and its claims, in the form that documents are compared by."""

from __future__ import annotations

from pydantic import ConfigDict

from kg.model.base import Frozen
from kg.model.cluster import ClaimReport
from kg.model.occurrence import EventReport, Origin


class Telling(Frozen):
    """One document, before it is known who of its actors is who over all documents, and without the vectors of its claims.

    Attributes:
        origin: as if it copied no other document.
        reports, claims: in order of the document, with the IRIs that it gives to actors by itself.
        shingles: of the text, packed (`kg.resolve.across_events.copies`).
        sample: those of the shingles by which texts to compare are found, sorted.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    origin: Origin
    reports: tuple[EventReport, ...] = ()
    claims: tuple[ClaimReport, ...] = ()
    shingles: bytes = b""
    sample: tuple[int, ...] = ()
