"""What documents tell of their events and claims: found with each document, and told to the tables when identities are settled.

Killed at any point, the next run goes on: the tables know which documents are still to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from kg.build.methods import digest_method
from kg.build.parts import Apply, apply_here
from kg.model.annotation import Annotation
from kg.model.identifier import mint_part_iri
from kg.model.identity import ActorProfile
from kg.model.occurrence import Origin
from kg.model.telling import Telling
from kg.resolve.across_claims.blocks import find_blocks as find_wording_blocks
from kg.resolve.across_claims.reports import make_claim_reports, rename_claim_report
from kg.resolve.across_events.agencies import find_credits, fold_publisher
from kg.resolve.across_events.blocks import find_blocks as find_report_blocks
from kg.resolve.across_events.copies import find_sample, find_shingles, pack_shingles
from kg.resolve.across_events.reports import make_reports, rename_report
from kg.store.annotations import AnnotationFile
from kg.store.batches import split
from kg.store.claims import ClaimTables, PackedClaim, pack_claim
from kg.store.embedded import Store
from kg.store.reports import ReportTables, Told, pack_report
from kg.store.tellings import find_telling, pack_telling, put_telling, unpack_telling
from kg.store.vectors import DocumentVectors, list_vectors

#: Documents read and written in one transaction.
_BATCH_SIZE = 40
_AGENCIES, _WORDING, _OPPOSITES = (f"ontology/lexicons/{name}.toml" for name in ("agencies", "wording", "opposites"))
_JOINING = ("linkage.py",)
_REPORTS_METHOD, _CLAIMS_METHOD = "occurrence-method", "claims-method"


def tell(annotation: Annotation, profiles: Iterable[ActorProfile]) -> Telling:
    """Return what a document tells of its events and claims, and of itself.

    Args:
        annotation: of the document; its vectors are not used.
        profiles: what it tells of its actors.
    """
    document, profiles = annotation.document, tuple(profiles)
    shingles = find_shingles(document)
    extraction = annotation.extraction.model_copy(update={"vectors": ()})
    return Telling(
        origin=Origin(
            document=document.id,
            publisher=fold_publisher(document.publisher),
            published=document.published,
            credits=find_credits(document),
            copy_of=document.id,
        ),
        reports=make_reports(annotation, profiles),
        claims=make_claim_reports(annotation.model_copy(update={"extraction": extraction}), profiles),
        shingles=pack_shingles(shingles),
        sample=find_sample(shingles),
    )


@cache
def digest_telling() -> str:
    """Return a digest of what `tell` depends on beside the document."""
    return digest_method("across_claims", "across_events", lexicons=(_AGENCIES, _WORDING))


class _Source(NamedTuple):
    """What is kept of a document whose claims and events are to be told to the tables; nothing where it is gone.

    Attributes:
        telling: packed.
        canonical: the IRIs that actors of this document are known by from others.
        vectors: of its claims.
        wanted: the names of the methods whose tables are to be told.
    """

    document: str
    telling: bytes | None
    canonical: Mapping[str, str]
    vectors: tuple[DocumentVectors, ...]
    wanted: frozenset[str]


class _Rows(NamedTuple):
    """What the tables are told of a document; None where one is not to be told."""

    told: Told | None
    claims: tuple[str, Sequence[PackedClaim]] | None


def read_again(store: Store, kept: AnnotationFile, apply: Apply = apply_here) -> tuple[ReportTables, ClaimTables]:
    """Bring up to date what documents tell, and return the tables, in which what is new is still to be compared.

    Who is who must be settled before. `apply` has rows made.
    """
    reports, claims = ReportTables(kept), ClaimTables(kept)
    methods = {
        _REPORTS_METHOD: digest_method("across_events", modules=_JOINING, lexicons=(_AGENCIES, _WORDING)),
        _CLAIMS_METHOD: digest_method("across_claims", "across_events", modules=_JOINING, lexicons=(_WORDING, _OPPOSITES)),
    }
    held = store.documents().keys()
    stale: dict[str, tuple[bool, set[str]]] = {}
    for tables, name in ((reports, _REPORTS_METHOD), (claims, _CLAIMS_METHOD)):
        tables.mark_stale(held, is_everything=kept.get_note(name) != methods[name])
        for document, is_held in tables.list_stale(held):
            stale.setdefault(document, (is_held, set()))[1].add(name)
    sources = (_read_sources(kept, batch, stale) for batch in split(sorted(stale), _BATCH_SIZE))
    for rows in apply(_make_rows, sources):
        reports.replace(one.told for one in rows if one.told is not None)
        claims.replace(one.claims for one in rows if one.claims is not None)
    for name, method in methods.items():
        kept.set_note(name, method)
    return reports, claims


def _read_sources(kept: AnnotationFile, documents: Sequence[str], stale: Mapping[str, tuple[bool, set[str]]]) -> list[_Source]:
    tellings = _get_tellings(kept, [document for document in documents if stale[document][0]])
    return [
        _Source(
            document,
            tellings.get(document),
            kept.get_canonical(document),
            tuple(list_vectors(kept, document)) if document in tellings and _CLAIMS_METHOD in stale[document][1] else (),
            frozenset(stale[document][1]),
        )
        for document in documents
    ]


def _get_tellings(kept: AnnotationFile, documents: Iterable[str]) -> dict[str, bytes]:
    """Return what each document tells, packed; where that is not kept, it is found again and kept."""
    tellings: dict[str, bytes] = {}
    found: list[str] = []
    for document in documents:
        telling = find_telling(kept, document, digest_telling())
        if telling is None:
            telling = pack_telling(tell(kept.get_annotation(document), kept.list_profiles(document)))
            found.append(document)
        tellings[document] = telling
    if found:
        with kept.transaction() as connection:
            for document in found:
                put_telling(connection, document, digest_telling(), tellings[document])
    return tellings


def _make_rows(sources: Iterable[_Source]) -> list[_Rows]:
    return [_make_document_rows(source) for source in sources]


def _make_document_rows(source: _Source) -> _Rows:
    telling = None if source.telling is None else unpack_telling(source.telling)
    told = Told(source.document) if telling is None else _to_told(telling, source.canonical)
    claims = () if telling is None else tuple(_pack_claims(telling, source))
    return _Rows(
        told if _REPORTS_METHOD in source.wanted else None,
        (source.document, claims) if _CLAIMS_METHOD in source.wanted else None,
    )


def _to_told(telling: Telling, canonical: Mapping[str, str]) -> Told:
    reports = (rename_report(report, canonical) for report in telling.reports)
    return Told(
        telling.origin.document,
        telling.origin,
        tuple(pack_report(report, find_report_blocks(report)) for report in reports),
        telling.shingles,
        telling.sample,
    )


def _pack_claims(telling: Telling, source: _Source) -> Iterator[PackedClaim]:
    vectors = {
        mint_part_iri(source.document, vector.attribution): vector.values.hex()
        for item in source.vectors
        for vector in item.vectors
    }
    for claim in telling.claims:
        report = rename_claim_report(claim, source.canonical, vectors.get(claim.claim, ""))
        yield pack_claim(report, find_wording_blocks(report.wording))
