"""What people decide of identities: decisions made and undone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from kg.build.dossier import Dossier
from kg.build.identity import settle_identities
from kg.build.writing import open_annotations, open_for_writing
from kg.errors import JudgementInvalidError, StoreInvalidError, StoreMissingError
from kg.model.identity import ActorReference, Judgement, Verdict
from kg.query.lookup import fold_name
from kg.resolve.across.judgements import read_judgements, write_judgements
from kg.resolve.registry import Registry, read_registry
from kg.settings import Settings
from kg.store.annotations import AnnotationFile
from kg.store.embedded import Store


class Desk(Dossier):
    """A store that is open for decisions. Made by `open_desk`."""

    def __init__(self, store: Store, kept: AnnotationFile, registry: Registry, settings: Settings) -> None:
        super().__init__(store, kept)
        self._store = store
        self._registry = registry
        self._settings = settings

    def judge(self, judgements: Iterable[Judgement]) -> int:
        """Add judgements, each in place of what was said of its pair before, and return the number of documents rewritten."""
        found = {_to_pair(item): item for item in read_judgements(self._settings.judgements)}
        found |= {_to_pair(item): item for item in judgements}
        return self._write(found.values())

    def forget(self, judgements: Iterable[Judgement]) -> int:
        """Undo judgements, and return the number of documents rewritten."""
        gone = {_to_pair(item) for item in judgements}
        return self._write(item for item in read_judgements(self._settings.judgements) if _to_pair(item) not in gone)

    def _write(self, judgements: Iterable[Judgement]) -> int:
        write_judgements(self._settings.judgements, judgements)
        rewritten = settle_identities(self._store, self.kept, self._registry, self._settings)
        self._store.flush()
        return rewritten

    def find_judgements(self, left: str, right: str, verdict: Verdict) -> tuple[Judgement, ...]:
        """Return the judgements of this verdict whose two actors are called so, in either order."""

        def is_called(reference: ActorReference, name: str) -> bool:
            bare, _, place = name.rpartition("@")
            documents = {iri for iri, path in self.paths.items() if bare and place in {iri, path}}
            if documents and reference.document not in documents:
                return False
            wanted = bare if documents else name
            if reference.actor == wanted:
                return True
            names = self.kept.list_names(reference.actor)
            return any(fold_name(known) == fold_name(wanted) for known in names)

        return tuple(
            item
            for item in read_judgements(self._settings.judgements)
            if item.verdict == verdict
            and any(is_called(item.left, a) and is_called(item.right, b) for a, b in ((left, right), (right, left)))
        )


@contextmanager
def open_desk(settings: Settings) -> Iterator[Desk]:
    """Yield the store that the settings name with all blocks settled.

    Raises:
        StoreMissingError: there is no store.
        StoreLockedError: another process writes to it.
        StoreInvalidError: a build of it was interrupted, or it is of an earlier version.
    """
    if not Path(settings.store).is_dir():
        raise StoreMissingError(settings.store)
    registry = read_registry(settings.base, imported=settings.imported_actors)
    with open_for_writing(settings, registry) as store, open_annotations(store) as kept:
        records = store.documents()
        lacking = kept.reconcile({iri: (record.sha256, record.extractor_version) for iri, record in records.items()})
        if lacking:
            raise StoreInvalidError(
                settings.store, f"{len(lacking)} of its documents were not built to the end; run `kg build` on them"
            )
        settle_identities(store, kept, registry, settings)
        yield Desk(store, kept, registry, settings)


def make_judgements(
    left: Sequence[ActorReference], right: Sequence[ActorReference], verdict: Verdict, *, author: str = "", note: str = ""
) -> tuple[Judgement, ...]:
    """Return judgements that say the same of all that two names mean: the first of each, and the others with it.

    Raises:
        JudgementInvalidError: both names mean the very same words of the documents.
    """
    if set(left) & set(right):
        raise JudgementInvalidError("both names mean the same mentions; tell them apart by NAME@DOCUMENT")
    today = datetime.now(UTC).date().isoformat()
    pairs = [(a, b) for a in left for b in right] if verdict == "different" else _chain([*left, *right])
    return tuple(Judgement(left=a, right=b, verdict=verdict, author=author, date=today, note=note) for a, b in pairs)


def _chain(references: Sequence[ActorReference]) -> list[tuple[ActorReference, ActorReference]]:
    return [(references[0], other) for other in references[1:]]


def _to_pair(judgement: Judgement) -> frozenset[tuple[str, str]]:
    return frozenset((r.actor, r.document or "") for r in (judgement.left, judgement.right))
