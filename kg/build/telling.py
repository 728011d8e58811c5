"""What documents tell of their events and claims, read again where they or their identities changed: once for both.

Killed at any point, the next run goes on: the tables know which documents are still to be read.
"""

from __future__ import annotations

from collections.abc import Mapping

from kg.build.batches import split
from kg.build.methods import digest_method
from kg.model.annotation import Annotation
from kg.model.cluster import ClaimReport
from kg.model.identity import ActorProfile
from kg.model.occurrence import Origin
from kg.resolve.across_claims.keys import find_keys as find_wording_keys
from kg.resolve.across_claims.reports import make_claim_reports
from kg.resolve.across_events.agencies import find_credits, fold_publisher
from kg.resolve.across_events.copies import find_sample, find_shingles, pack_shingles
from kg.resolve.across_events.keys import find_keys as find_report_keys
from kg.resolve.across_events.reports import make_reports
from kg.store.annotations import AnnotationFile
from kg.store.claims import ClaimTables
from kg.store.embedded import Store
from kg.store.reports import ReportTables, Told

#: Documents read and written in one transaction.
_BATCH_SIZE = 200
_AGENCIES, _WORDING, _OPPOSITES = (f"ontology/lexicons/{name}.toml" for name in ("agencies", "wording", "opposites"))
_REPORTS_METHOD, _CLAIMS_METHOD = "occurrence-method", "claims-method"


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
        for document in batch:
            is_held, wanted = stale[document]
            annotation = kept.get_annotation(document) if is_held else None
            profiles = kept.list_profiles(document) if is_held else []
            canonical = kept.get_canonical(document) if is_held else {}
            if _REPORTS_METHOD in wanted:
                told.append(_tell(annotation, profiles, canonical) if annotation else Told(document))
            if _CLAIMS_METHOD in wanted:
                found = make_claim_reports(annotation, profiles, canonical) if annotation else ()
                claimed[document] = [(report, find_wording_keys(report.wording)) for report in found]
        reports.replace(told)
        claims.replace(claimed.items())
    for name, method in methods.items():
        kept.set_note(name, method)
    return reports, claims


def _tell(annotation: Annotation, profiles: list[ActorProfile], canonical: Mapping[str, str]) -> Told:
    """Return what a document tells of its events, and of itself."""
    document = annotation.document
    shingles = find_shingles(document)
    origin = Origin(
        document=document.id,
        publisher=fold_publisher(document.publisher),
        published=document.published,
        credits=find_credits(document),
        copy_of=document.id,
    )
    reports = make_reports(annotation, profiles, canonical)
    return Told(
        document.id,
        origin,
        tuple((report, find_report_keys(report)) for report in reports),
        pack_shingles(shingles),
        find_sample(shingles),
    )
