"""Which format an answer has: the `Accept` header against what each kind of query can be written in (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from kg.query.guard import Kind
from kg.query.results import ResultFormat


class Offer(NamedTuple):
    """A format by its media type, and what to say of it in `Content-Type`."""

    media_type: str
    form: ResultFormat
    content_type: str


_JSON = Offer("application/sparql-results+json", "json", "application/sparql-results+json")
_XML = Offer("application/sparql-results+xml", "xml", "application/sparql-results+xml")
# Clients that know no SPARQL ask for these; the bytes are the same.
_PLAIN_JSON = Offer("application/json", "json", "application/json")
_PLAIN_XML = Offer("application/xml", "xml", "application/xml")
_CSV = Offer("text/csv", "csv", "text/csv; charset=utf-8; header=present")
_TSV = Offer("text/tab-separated-values", "tsv", "text/tab-separated-values; charset=utf-8")
_TURTLE = Offer("text/turtle", "ttl", "text/turtle; charset=utf-8")
_N_TRIPLES = Offer("application/n-triples", "nt", "application/n-triples")
_JSON_LD = Offer("application/ld+json", "jsonld", "application/ld+json")
_RDF_XML = Offer("application/rdf+xml", "rdf", "application/rdf+xml")
_TRIG = Offer("application/trig", "trig", "application/trig")
_N_QUADS = Offer("application/n-quads", "nq", "application/n-quads")

#: In order of preference where a client has none.
TABLES = (_JSON, _XML, _CSV, _TSV, _PLAIN_JSON, _PLAIN_XML)
ANSWERS = (_JSON, _XML, _PLAIN_JSON, _PLAIN_XML)
GRAPHS = (_TURTLE, _N_TRIPLES, _JSON_LD, _RDF_XML, _TRIG, _N_QUADS)
OFFERS: Mapping[Kind, Sequence[Offer]] = {"table": TABLES, "answer": ANSWERS, "triples": GRAPHS}


def rank_offers(accept: str, offers: Sequence[Offer]) -> list[Offer]:
    """Return the offers that the client accepts, the one that it likes best first; equals in the server's order.

    Args:
        accept: the header's value; empty where there is none, which accepts everything. A range that is malformed is
            passed over.
        offers: in the server's order.

    Returns:
        Nothing where nothing is acceptable.
    """
    if not accept.strip():
        return list(offers)
    ranges = list(_parse_ranges(accept))
    rated = sorted(((_rate(offer.media_type, ranges), offer) for offer in offers), key=lambda pair: -pair[0])
    return [offer for rate, offer in rated if rate > 0]


class _Range(NamedTuple):
    media_type: str
    quality: float


def _parse_ranges(accept: str) -> list[_Range]:
    ranges = []
    for item in accept.lower().split(","):
        media_type, *parameters = (part.strip() for part in item.split(";"))
        quality = next((value for name, _, value in (p.partition("=") for p in parameters) if name.strip() == "q"), "1")
        try:
            number = float(quality)
        except ValueError:
            continue
        if media_type and 0 <= number <= 1:
            ranges.append(_Range(media_type, number))
    return ranges


def _rate(media_type: str, ranges: Sequence[_Range]) -> float:
    """Return the quality of the most specific range that holds the media type; 0 where none does."""
    for pattern in (media_type, f"{media_type.partition('/')[0]}/*", "*/*"):
        qualities = [item.quality for item in ranges if item.media_type == pattern]
        if qualities:
            return max(qualities)
    return 0.0
