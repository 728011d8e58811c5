"""What documents tell of their events and claims: found with each document, and told to the tables when identities are settled.

Killed at any point, the next run goes on: the tables know which documents are still to be read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from kg.build.batches import split
from kg.build.methods import digest_method
from kg.model.annotation import Annotation
from kg.model.cluster import ClaimReport
from kg.model.identifier import mint_part_iri
from kg.model.identity import ActorProfile
from kg.model.occurrence import Origin
from kg.model.telling import Telling
from kg.resolve.across_claims.keys import find_keys as find_wording_keys
from kg.resolve.across_claims.reports import make_claim_reports, rename_claim_report
from kg.resolve.across_events.agencies import find_credits, fold_publisher
from kg.resolve.across_events.copies import find_sample, find_shingles, pack_shingles
from kg.resolve.across_events.keys import find_keys as find_report_keys
from kg.resolve.across_events.reports import make_reports, rename_report
from kg.store.annotations import AnnotationFile
from kg.store.claims import ClaimTables
from kg.store.embedded import Store
from kg.store.reports import ReportTables, Told
from kg.store.tellings import find_telling, pack_telling, put_telling
from kg.store.vectors import list_vectors

#: Documents read and written in one transaction.
_BATCH_SIZE = 200
_AGENCIES, _WORDING, _OPPOSITES = (f"ontology/lexicons/{name}.toml" for name in ("agencies", "wording", "opposites"))
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


def read_again(store: Store, kept: AnnotationFile) -> tuple[ReportTables, ClaimTables]:
    """Bring up to date what documents tell, and return the tables, in which what is new is still to be compared.

    Who is who must be settled before.
    """
    reports, claims = ReportTables(kept), ClaimTables(kept)
    methods = {
        _REPORTS_METHOD: digest_method("across_events", lexicons=(_AGENCIES, _WORDING)),
        _CLAIMS_METHOD: digest_method("across_claims", "across_events", lexicons=(_WORDING, _OPPOSITES)),
    }
    held = store.documents().keys()
    stale: dict[str, tuple[bool, set[str]]] = {}
    for tables, name in ((reports, _REPORTS_METHOD), (claims, _CLAIMS_METHOD)):
        tables.mark_stale(held, is_everything=kept.get_note(name) != methods[name])
        for document, is_held in tables.list_stale(held):
            stale.setdefault(document, (is_held, set()))[1].add(name)
    for batch in split(sorted(stale), _BATCH_SIZE):
        told: list[Told] = []
        claimed: dict[str, list[tuple[ClaimReport, tuple[str, ...]]]] = {}
        tellings = _get_tellings(kept, [document for document in batch if stale[document][0]])
        for document in batch:
            wanted, telling = stale[document][1], tellings.get(document)
            canonical = kept.get_canonical(document)
            if _REPORTS_METHOD in wanted:
                told.append(_to_told(telling, canonical) if telling else Told(document))
            if _CLAIMS_METHOD in wanted:
                found = _list_claims(kept, telling, canonical) if telling else ()
                claimed[document] = [(report, find_wording_keys(report.wording)) for report in found]
        reports.replace(told)
        claims.replace(claimed.items())
    for name, method in methods.items():
        kept.set_note(name, method)
    return reports, claims


def _get_tellings(kept: AnnotationFile, documents: Iterable[str]) -> dict[str, Telling]:
    """Return what each document tells; where that is not kept, it is found again and kept."""
    tellings: dict[str, Telling] = {}
    found: list[str] = []
    for document in documents:
        telling = find_telling(kept, document, digest_telling())
        if telling is None:
            telling = tell(kept.get_annotation(document), kept.list_profiles(document))
            found.append(document)
        tellings[document] = telling
    if found:
        with kept.transaction() as connection:
            for document in found:
                put_telling(connection, document, digest_telling(), pack_telling(tellings[document]))
    return tellings


def _to_told(telling: Telling, canonical: Mapping[str, str]) -> Told:
    reports = (rename_report(report, canonical) for report in telling.reports)
    return Told(
        telling.origin.document,
        telling.origin,
        tuple((report, find_report_keys(report)) for report in reports),
        telling.shingles,
        telling.sample,
    )


def _list_claims(kept: AnnotationFile, telling: Telling, canonical: Mapping[str, str]) -> Iterator[ClaimReport]:
    document = telling.origin.document
    vectors = {
        mint_part_iri(document, vector.attribution): vector.values.hex()
        for item in list_vectors(kept, document)
        for vector in item.vectors
    }
    return (rename_claim_report(claim, canonical, vectors.get(claim.claim, "")) for claim in telling.claims)
