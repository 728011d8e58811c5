"""What of a text is not read for claims: by-lines, datelines, notes on the author, boilerplate."""

from __future__ import annotations

from spacy.tokens import Doc, Span

_UNREAD_ZONES = frozenset({"host", "dateline", "byline", "author-note", "boilerplate"})


def find_furniture(doc: Doc, sentence: Span) -> str | None:
    """Return the kind of the zone that the sentence begins in, if it is one that is not read for claims."""
    zones = (zone for zone in doc._.document.zones if zone.kind in _UNREAD_ZONES)
    return next((zone.kind for zone in zones if zone.span.begin <= sentence.start_char < zone.span.end), None)
