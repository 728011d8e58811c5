"""What documents tell of their events and claims: found with each document, and told to the tables when identities are settled.

Killed at any point, the next run goes on: the tables know which documents are still to be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kg.build.methods import digest_method
from kg.build.parts import Apply
from kg.build.reading import closing_tables, open_tables
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
from kg.store.batches import gather, split
from kg.store.claims import ClaimTables, PackedClaim, pack_claim
from kg.store.embedded import Store
from kg.store.reports import ReportTables, Told, pack_report
from kg.store.tellings import find_telling, pack_telling, put_telling, unpack_telling
from kg.store.vectors import DocumentVectors, list_vectors

#: Documents of a part, and those of which rows are written in one transaction: rows go all over the tables, so that the pages
#: written are hardly more for many documents than for a few.
_READ_TOGETHER, _WRITTEN_TOGETHER = 32, 256
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


class _Documents(NamedTuple):
    """Documents of which the tables are to be told, and the folder of the store.

    Attributes:
        method: by which what they tell was found; what was found otherwise is found again.
        wanted: each document with whether there is something to read, and the names of the methods whose tables are to be told.
    """

    folder: Path
    method: str
    wanted: tuple[tuple[str, bool, frozenset[str]], ...]


class _Rows(NamedTuple):
    """What the tables are told of a document; None where one is not to be told.

    Attributes:
        telling: what the document tells, packed, where that is not kept yet.
    """

    document: str
    telling: bytes | None
    told: Told | None
    claims: tuple[str, Sequence[PackedClaim]] | None


def read_again(
    store: Store, kept: AnnotationFile, apply: Apply, *, meanwhile: Callable[[], None]
) -> tuple[ReportTables, ClaimTables]:
    """Bring up to date what documents tell, and return the tables, in which what is new is still to be compared.

    Who is who must be settled in the file of annotations before.

    Args:
        store: whose documents are read.
        kept: holds what was found in them.
        apply: has rows made.
        meanwhile: is done while others make the first rows; it does not write to the file of annotations.
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
    method = digest_telling()
    wanted = [(document, is_held, frozenset(names)) for document, (is_held, names) in sorted(stale.items())]
    parts = (_Documents(kept.folder, method, tuple(batch)) for batch in split(wanted, _READ_TOGETHER))
    with closing_tables():
        found = apply(_make_rows, parts)
        meanwhile()
        for several in gather(found, len, _WRITTEN_TOGETHER):
            rows = [one for part in several for one in part]
            _keep_tellings(kept, method, rows)
            reports.replace(one.told for one in rows if one.told is not None)
            claims.replace(one.claims for one in rows if one.claims is not None)
    for name, value in methods.items():
        kept.set_note(name, value)
    return reports, claims


def _keep_tellings(kept: AnnotationFile, method: str, rows: Iterable[_Rows]) -> None:
    found = [(one.document, one.telling) for one in rows if one.telling is not None]
    if found:
        with kept.transaction() as connection:
            for document, telling in found:
                put_telling(connection, document, method, telling)


def _make_rows(part: _Documents) -> list[_Rows]:
    kept = open_tables(part.folder).kept
    return [_make_document_rows(kept, part.method, *wanted) for wanted in part.wanted]


def _make_document_rows(kept: AnnotationFile, method: str, document: str, is_held: bool, names: frozenset[str]) -> _Rows:
    told, claims, new = Told(document), tuple[PackedClaim, ...](), None
    if is_held:
        packed = find_telling(kept, document, method)
        if packed is None:
            packed = new = pack_telling(tell(kept.get_annotation(document), kept.list_profiles(document)))
        telling, canonical = unpack_telling(packed), kept.get_canonical(document)
        if _REPORTS_METHOD in names:
            told = _to_told(telling, canonical)
        if _CLAIMS_METHOD in names:
            claims = tuple(_pack_claims(telling, canonical, list_vectors(kept, document)))
    return _Rows(
        document, new, told if _REPORTS_METHOD in names else None, (document, claims) if _CLAIMS_METHOD in names else None
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


def _pack_claims(telling: Telling, canonical: Mapping[str, str], kept: Iterable[DocumentVectors]) -> Iterator[PackedClaim]:
    vectors = {mint_part_iri(item.document, vector.attribution): vector.values.hex() for item in kept for vector in item.vectors}
    for claim in telling.claims:
        report = rename_claim_report(claim, canonical, vectors.get(claim.claim, ""))
        yield pack_claim(report, find_wording_blocks(report.wording))
