"""What documents tell is kept until the document changes, or is read in another way."""

from __future__ import annotations

from pathlib import Path

from kg.model.annotation import Annotation
from kg.model.cluster import ClaimReport, Wording
from kg.model.occurrence import EventReport, Origin
from kg.model.telling import Telling
from kg.store.annotations import AnnotationFile
from kg.store.converted import Converted
from kg.store.packing import pack_annotation
from kg.store.tellings import find_telling, pack_telling, unpack_telling

DOCUMENT = "https://sayso.example/document/a"
TELLING = Telling(
    origin=Origin(document=DOCUMENT, publisher="harbour post", credits=(("reuters", "text"),), copy_of=DOCUMENT),
    reports=(EventReport(event=f"{DOCUMENT}#e1", document=DOCUMENT, type="COERCE", quantities=(("envoy", 4.0),)),),
    claims=(ClaimReport(claim=f"{DOCUMENT}#a1", document=DOCUMENT, wording=Wording(words=("öl", "und", "gas"))),),
    shingles=bytes(range(256)),
    sample=(-(2**63), 7),
)


def put(kept: AnnotationFile, annotation: Annotation, telling: bytes, method: str = "one") -> None:
    kept.put([Converted(DOCUMENT, "0" * 64, "1", "digest", pack_annotation(annotation), (), telling=telling, method=method)])


def test_it_is_read_back_as_it_was_packed_by_the_same_method(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        put(kept, lake_talks, pack_telling(TELLING))
        packed = find_telling(kept, DOCUMENT, "one")
        assert packed is not None
        assert unpack_telling(packed) == TELLING
        assert find_telling(kept, DOCUMENT, "another") is None
        assert find_telling(kept, f"{DOCUMENT}b", "one") is None


def test_it_goes_with_its_document_and_with_its_text(tmp_path: Path, lake_talks: Annotation) -> None:
    with AnnotationFile(tmp_path) as kept:
        put(kept, lake_talks, pack_telling(TELLING))
        put(kept, lake_talks, b"")
        assert find_telling(kept, DOCUMENT, "one") is None
        put(kept, lake_talks, pack_telling(TELLING))
        kept.remove([DOCUMENT])
        assert find_telling(kept, DOCUMENT, "one") is None
