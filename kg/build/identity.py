"""Who is who over all documents of a store, brought up to date: only the blocks that changed are looked at again.

A document's graph is written at once with the identities that are known. What it adds may join or part actors of other
documents; so, at the end of a run, the blocks that are pending are settled, and the graphs of documents that they change get
the new IRIs. Nothing is lost by that: annotations are kept, and undoing a judgement ends in the graph that was there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from kg.build import claims, occurrences
from kg.build.groups import write_described
from kg.build.methods import digest_method
from kg.build.parts import Apply, apply_here
from kg.build.registry_graph import describe_registry
from kg.build.telling import read_again
from kg.model.identity import Comparison, Judgement
from kg.rdf.annotation import to_quads
from kg.resolve.across.cluster import group_keys, identify
from kg.resolve.across.judgements import read_judgements
from kg.resolve.entries import RegistryActor
from kg.resolve.registry import Registry
from kg.settings import Settings
from kg.store.annotations import AnnotationFile
from kg.store.batches import split
from kg.store.embedded import Store

#: Documents written again in one transaction.
_WRITTEN_TOGETHER = 32
#: Groups of blocks whose comparisons are kept in one transaction.
_COMPARED_TOGETHER = 256
_JUDGED = "judgements"
_METHOD = "method"
_REWRITTEN = "rewritten"


def settle_identities(
    store: Store, kept: AnnotationFile, registry: Registry, settings: Settings, apply: Apply = apply_here
) -> int:
    """Make the graphs true of pending blocks, judgements and registry, and return the number of documents rewritten.

    Killed at any point, the same call finishes: what is not in the graphs yet is noted until they are on disk. `apply` has
    done what can be done in parts.

    Raises:
        ResourceInvalidError: the file of judgements is malformed.
    """
    judgements = read_judgements(settings.judgements)
    method = digest_method("across")
    keys = set(kept.list_keys()) if kept.get_note(_METHOD) != method else set(kept.list_pending())
    keys |= _find_changed(kept, judgements)
    groups = _group(kept, judgements, keys)
    changed = _identify(kept, groups, _Registered(registry), judgements)
    rewriting = _plan(store, kept, changed)
    kept.settle(sorted({*keys, *(key for group in groups for key in group)}), rewriting.wanted)
    for name, value in ((_JUDGED, _to_note(judgements)), (_METHOD, method)):
        kept.set_note(name, value)
    reports, wordings = read_again(store, kept, apply, meanwhile=lambda: _rewrite(store, kept, rewriting))
    occurrences.settle_copies(store, kept, settings.base, apply)
    occurrences.compare_fresh(reports, apply)
    claims.compare_fresh(wordings, apply)
    # The engine merges what it is given with much of what it has, beside what this process and others do: so it comes last.
    described = chain(
        occurrences.describe_reports(store, reports, settings.base, apply),
        claims.describe_wordings(store, wordings, settings.base, apply),
    )
    write_described(store, described)
    describe_registry(store, registry)
    store.flush()
    reports.clear_touched()
    wordings.clear_touched()
    kept.set_note(_REWRITTEN, "")
    return len(rewriting.wanted)


def _identify(
    kept: AnnotationFile, groups: Sequence[list[str]], registered: _Registered, judgements: Sequence[Judgement]
) -> dict[str, dict[str, str]]:
    """Compare the actors of groups of blocks, keep what was found, and return the other IRIs of actors, by document."""
    changed: dict[str, dict[str, str]] = {}
    judged = {side.actor for judgement in judgements for side in (judgement.left, judgement.right)}
    for batch in split(groups, _COMPARED_TOGETHER):
        comparisons: dict[str, tuple[Comparison, ...]] = {}
        agreed = kept.find_agreed(key for group in batch for key in group)
        for group in batch:
            actor, documents = agreed.get(group[0], ("", 0)) if len(group) == 1 else ("", 0)
            if actor not in judged and (documents == 1 or actor in registered):
                # Nobody is there to compare it with, or the registry has told whom all documents mean.
                comparisons[group[0]] = ()
                continue
            block = [row for key in group for row in kept.get_block(key)]
            identities = identify([profile for profile, _ in block], registered, judgements)
            comparisons |= {**dict.fromkeys(group, ()), group[0]: identities.comparisons}
            canonical = dict(identities.canonical)
            for profile, before in block:
                after = canonical.get((profile.document, profile.actor), profile.actor)
                if after != before:
                    changed.setdefault(profile.document, {})[profile.actor] = after
        kept.put_comparisons(comparisons)
    return changed


class _Registered(Mapping[str, RegistryActor]):
    """The registered actors by IRI, imported ones too; iteration gives those that are shipped."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._begin = registry.to_iri("")

    def __getitem__(self, iri: str) -> RegistryActor:
        if not iri.startswith(self._begin):
            raise KeyError(iri)
        return self._registry.get_actor(iri.removeprefix(self._begin))

    def __iter__(self) -> Iterator[str]:
        return map(self._registry.to_iri, self._registry.actors)

    def __len__(self) -> int:
        return len(self._registry.actors)


def _group(kept: AnnotationFile, judgements: Iterable[Judgement], keys: set[str]) -> list[list[str]]:
    """Return the blocks to be looked at, those together that judgements join."""
    leaders = group_keys(judgements, lambda reference: kept.find_keys(reference.actor, reference.document))
    groups: dict[str, list[str]] = {}
    for key in sorted(leaders):
        groups.setdefault(leaders[key], []).append(key)
    wanted = {leaders.get(key, key) for key in keys}
    return [groups.get(leader, [leader]) for leader in sorted(wanted)]


class _Rewriting(NamedTuple):
    """What graphs of documents have to become.

    Attributes:
        wanted: by document, the other IRIs of its actors.
        names: of those documents of which some statements are to be changed, the new IRI of each actor; the others are
            written again, whole.
    """

    wanted: dict[str, dict[str, str]]
    names: dict[str, dict[str, str]]


def _plan(store: Store, kept: AnnotationFile, found: Mapping[str, Mapping[str, str]]) -> _Rewriting:
    """Note which graphs are to be made true of other IRIs of their actors, and return how.

    A graph is changed in the statements that name these actors; it is written again, whole, where that cannot part what one
    IRI named, and where an earlier run may have made it true of what then was not noted.
    """
    unsure = _find_unsure(store, kept)
    before = {document: kept.get_canonical(document) for document in sorted(unsure.union(found))}
    wanted = {
        document: {actor: iri for actor, iri in {**names, **found.get(document, {})}.items() if iri != actor}
        for document, names in before.items()
    }
    names = {
        document: renamed
        for document in sorted(found.keys() - unsure)
        if (renamed := _find_names(kept.list_actors(document), found[document])) is not None
    }
    if wanted:
        kept.set_note(_REWRITTEN, "\n".join(wanted))
    return _Rewriting(wanted, names)


def _rewrite(store: Store, kept: AnnotationFile, rewriting: _Rewriting) -> None:
    """Make the graphs of documents what they have to become; they are not on disk then."""
    whole = (rewriting.wanted.keys() - rewriting.names.keys()) | store.rename_actors(rewriting.names)
    for batch in split(sorted(whole), _WRITTEN_TOGETHER):
        graphs = {
            document: to_quads(
                kept.get_annotation(document), extractor_version=kept.get_version(document), canonical=rewriting.wanted[document]
            )
            for document in batch
        }
        store.replace_documents(graphs)


def _find_unsure(store: Store, kept: AnnotationFile) -> set[str]:
    """Return the documents whose graphs an interrupted run may have changed.

    A graph that is older than the annotation kept is left out: its own text, when read again, puts another in its place.
    """
    noted = kept.get_note(_REWRITTEN).splitlines()
    if not noted:
        return set()
    known, records = store.documents(), kept.list_records()
    return {
        document
        for document in noted
        if document in known and records.get(document) == (known[document].sha256, known[document].extractor_version)
    }


def _find_names(actors: Mapping[str, str], changed: Mapping[str, str]) -> dict[str, str] | None:
    """Return the new IRI of each that a document's graph has to change; None where two that had one shall have two.

    Args:
        actors: of the document alone, with the IRIs that its graph has for them.
        changed: those of them that get another IRI.
    """
    names: dict[str, str] = {}
    for actor, iri in actors.items():
        wanted = changed.get(actor, iri)
        if names.setdefault(iri, wanted) != wanted:
            return None
    return {old: new for old, new in names.items() if old != new}


def _find_changed(kept: AnnotationFile, judgements: Iterable[Judgement]) -> set[str]:
    """Return the blocks that judgements concern which were made or undone since the last time."""
    before = {Judgement.model_validate_json(line) for line in kept.get_note(_JUDGED).splitlines()}
    changed = before.symmetric_difference(judgements)
    actors = {reference.actor for judgement in changed for reference in (judgement.left, judgement.right)}
    return {key for actor in actors for key in kept.find_keys(actor)}


def _to_note(judgements: Iterable[Judgement]) -> str:
    return "\n".join(sorted(judgement.model_dump_json() for judgement in judgements))
