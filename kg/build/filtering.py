"""Documents that a build passes over: in other languages, without name or cue, and those that nearly have an earlier one's text.

What is skipped depends on the documents alone, not on the order in which they come: of texts that are nearly one another, the
earliest published stays, then the one with the first IRI. A copy that comes before its original is stored, and taken out
again at the end; one whose original goes comes back. Killed anywhere, the next run goes on with what is noted as touched.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from typing import NamedTuple

from kg.build.workers import Job
from kg.extract.prefilter import is_idle
from kg.model.document import Document
from kg.read.filters import is_in_languages
from kg.resolve.across_events.copies import find_shingles, order_text, pack_shingles, unpack_shingles
from kg.resolve.signatures import find_bands, find_copied, is_nearly
from kg.store.annotations import AnnotationFile
from kg.store.embedded import DocumentRecord, Store
from kg.store.skipped import Signature, Skipped, SkippedTables

_LANGUAGE, _IDLE, _COPY = "language", "idle", "copy"
#: Under this name stands the version by which all documents of the store were found to have a name or a cue; empty for none.
_NOTE = "prefilter"


class Selection(NamedTuple):
    """Which documents a build takes.

    Attributes:
        languages: ISO 639-1 codes; none for all.
        skips_copies: whether of texts that are nearly one another only the first is taken.
        skips_idle: whether texts without name, reporting word and quotation mark are left out.
    """

    languages: frozenset[str] = frozenset()
    skips_copies: bool = False
    skips_idle: bool = False


class SkippedDocument(NamedTuple):
    """A document of the inputs that was passed over.

    Attributes:
        path: as `Document.path`.
        reason: why, for people.
        is_new: whether it was not already passed over by the last run that saw it.
    """

    path: str
    reason: str
    is_new: bool


class Gate:
    """Decides which documents go into a store that is open for writing.

    Args:
        selection: what is asked for.
        store, kept: the store and what is kept beside it.
        version: the extractor's, which reads documents; it is not asked for where none are read.
        known: what the store holds.
        may_sign: whether texts that the store took in when copies were kept get their signatures now.
    """

    def __init__(
        self,
        selection: Selection,
        store: Store,
        kept: AnnotationFile,
        version: str,
        known: Mapping[str, DocumentRecord],
        *,
        may_sign: bool = True,
    ) -> None:
        self._selection, self._store, self._kept, self._version = selection, store, kept, version
        self._tables = SkippedTables(kept)
        self._stored = set(known)
        before = self._tables.list_skipped()
        # A run that was killed may have left a document both in the store and skipped: the store is right until it is settled.
        both = sorted(before.keys() & self._stored)
        self._tables.forget_skipped(both)
        self._tables.touch(both)
        self._before = {iri: skipped for iri, skipped in before.items() if iri not in self._stored}
        if selection.skips_copies and may_sign:
            self._sign_stored(known)

    def _sign_stored(self, known: Mapping[str, DocumentRecord]) -> None:
        """Make signatures of what the store took in when copies were kept."""
        signed = self._tables.list_signatures()
        for iri, record in known.items():
            if signed.get(iri) != record.sha256:
                self._sign(self._kept.get_annotation(iri).document)

    def _sign(self, document: Document) -> Signature:
        shingles = find_shingles(document)
        signature = Signature(
            document.id, document.path, document.sha256, document.published, pack_shingles(shingles), find_bands(shingles)
        )
        self._tables.put_signature(signature)
        return signature

    def find_current(self, current: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
        """Return the documents that need not be read, by path and digest: of those of the store, and of those passed over."""
        unwanted = self._find_foreign() | self._find_idle(current.values())
        found = {place: iri for place, iri in current.items() if iri not in unwanted}
        for iri, skipped in self._before.items():
            if skipped.version == self._version and self._is_still_out(skipped):
                found[skipped.path, skipped.sha256] = iri
        return found

    def _find_foreign(self) -> frozenset[str]:
        languages = self._selection.languages
        if not languages:
            return frozenset()
        return frozenset(iri for iri, language in self._store.languages().items() if language not in languages)

    def _find_idle(self, documents: Iterable[str]) -> frozenset[str]:
        """Return the documents of the store that are to be left out now; where all were looked at before, none is read."""
        noted = self._kept.get_note(_NOTE)
        if not self._selection.skips_idle:
            if noted:
                self._kept.set_note(_NOTE, "")
            return frozenset()
        if noted == self._version:
            return frozenset()
        found = frozenset(iri for iri in documents if _is_idle(self._kept.get_annotation(iri).document))
        self._kept.set_note(_NOTE, "" if found else self._version)
        return found

    def _is_still_out(self, skipped: Skipped) -> bool:
        if skipped.reason == _COPY:
            return self._selection.skips_copies
        if skipped.reason == _IDLE:
            return self._selection.skips_idle
        return bool(self._selection.languages) and skipped.detail not in self._selection.languages

    def admits(self, document: Document) -> bool:
        """Tell whether a document that was read is to be converted; one that is not is noted."""
        if not is_in_languages(document, self._selection.languages):
            self._tables.forget_signature(document.id)
            self._skip(document, _LANGUAGE, document.language or "", b"")
            return False
        if self._selection.skips_idle and _is_idle(document):
            self._tables.forget_signature(document.id)
            self._skip(document, _IDLE, "", b"")
            return False
        if self._selection.skips_copies and (original := self._find_original(self._sign(document))):
            self._skip(document, _COPY, original, _pack(document))
            return False
        self._tables.forget_skipped((document.id,))
        return True

    def _find_original(self, signature: Signature) -> str | None:
        """Return the first document before this one, of those not passed over, that nearly has its text."""
        shingles = unpack_shingles(signature.shingles)
        place = order_text(signature.document, signature.published)
        earlier = []
        for other in self._tables.find_beside(signature.document):
            text = self._tables.get_signature(other)
            before = order_text(other, text.published)
            if before < place and is_nearly(shingles, unpack_shingles(text.shingles)):
                earlier.append(before)
        return min(earlier)[1] if earlier else None

    def _skip(self, document: Document, reason: str, detail: str, body: bytes) -> None:
        self._tables.put_skipped(Skipped(document.id, document.path, document.sha256, self._version, reason, detail), body)

    def prune(self, find_unnamed: Callable[[Mapping[str, DocumentRecord]], Iterator[str]]) -> None:
        """Forget the documents passed over that `find_unnamed` yields: no input holds them any more."""
        records = {
            iri: DocumentRecord(skipped.sha256, skipped.version, skipped.path)
            for iri, skipped in self._tables.list_skipped().items()
        }
        self.forget(list(find_unnamed(records)))

    def forget(self, documents: Iterable[str]) -> None:
        """Forget documents, stored ones or such as were passed over."""
        gone = list(documents)
        self._tables.forget_skipped(gone)
        for iri in gone:
            self._tables.forget_signature(iri)

    def list_paths(self) -> dict[str, str]:
        """Return the paths of the documents passed over, by IRI."""
        return {iri: skipped.path for iri, skipped in self._tables.list_skipped().items()}

    def settle(
        self,
        added: Iterable[str],
        removed: Iterable[str],
        take_in: Callable[[Iterable[Job]], Iterable[str]],
        *,
        may_skip: bool = True,
    ) -> set[str]:
        """Make the store true of what was decided, and return the documents that came back into it.

        Args:
            added: documents that went into the store since the gate was made.
            removed: documents that went out of it.
            take_in: converts and stores documents, and returns those that were not refused.
            may_skip: whether copies go out of the store; those that come back always do.
        """
        self._stored = (self._stored | set(added)) - set(removed)
        skipped = self._tables.list_skipped()
        self._remove([iri for iri, row in skipped.items() if row.reason != _COPY and iri in self._stored])
        returned: set[str] = set()
        if self._selection.skips_copies:
            while touched := self._touch():
                returned |= self._settle_copies(touched, take_in, may_skip=may_skip)
                self._tables.clear_touched(touched)
        return returned

    def _touch(self) -> list[str]:
        """Forget the signatures of documents that are neither stored nor passed over, and return what is to be looked at."""
        skipped = self._tables.list_skipped()
        for document in sorted(self._tables.list_signatures().keys() - self._stored - skipped.keys()):
            self._tables.forget_signature(document)
        return self._tables.list_touched()

    def _settle_copies(
        self, touched: list[str], take_in: Callable[[Iterable[Job]], Iterable[str]], *, may_skip: bool
    ) -> set[str]:
        bands = self._tables.find_connected(touched)
        published = {document: self._tables.get_signature(document).published for document in bands}
        copied = find_copied(published, bands, lambda document: unpack_shingles(self._tables.get_signature(document).shingles))
        skipped = [iri for iri, row in self._tables.list_skipped().items() if row.reason == _COPY and iri in bands]
        if may_skip:
            for document in sorted(self._stored & copied.keys()):
                text = self._tables.find_body(document)
                found = _unpack(text) if text else self._kept.get_annotation(document).document
                self._skip(found, _COPY, copied[document], text or _pack(found))
            self._remove(sorted(self._stored & copied.keys()))
        self._tables.set_originals(sorted(copied.items()))
        returning = [iri for iri in skipped if iri not in copied]
        returned = set(take_in(Job(_unpack(self._tables.find_body(iri)), {}) for iri in returning)) if returning else set()
        self._stored |= returned
        # One that was refused is in neither now: its signature goes next, and others may have its place.
        self._tables.forget_skipped(returning)
        return returned

    def _remove(self, documents: list[str]) -> None:
        self._kept.remove(documents)
        for document in documents:
            self._store.remove_document(document)
        self._store.flush()
        self._stored -= set(documents)

    def list_skipped(self, seen: Container[str]) -> dict[str, SkippedDocument]:
        """Return the documents of the inputs that are passed over now, by IRI, sorted."""
        found = {}
        for iri, skipped in self._tables.list_skipped().items():
            if iri in seen:
                before = self._before.get(iri)
                is_new = before is None or before.reason != skipped.reason or before.sha256 != skipped.sha256
                found[iri] = SkippedDocument(skipped.path, self._explain(skipped), is_new)
        return found

    def _explain(self, skipped: Skipped) -> str:
        if skipped.reason == _LANGUAGE:
            return f"its language is {skipped.detail}"
        if skipped.reason == _IDLE:
            return "has no name, reporting word or quotation mark"
        return f"nearly has the text of {self._tables.get_signature(skipped.detail).path!r}, which was published first"


def _is_idle(document: Document) -> bool:
    # Coded events have a document without a text.
    return bool(document.text) and is_idle(f"{document.title or ''}\n{document.text}")


def _pack(document: Document) -> bytes:
    return zlib.compress(document.model_dump_json().encode(), 6)


def _unpack(body: bytes) -> Document:
    return Document.model_validate_json(zlib.decompress(body))
