"""Who is who over many documents: a pure function of profiles, registered actors and judgements, in whatever order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.model.identity import ActorProfile, ActorReference, Comparison, Identities, Judgement
from kg.resolve.across.block import Block
from kg.resolve.across.canonical import name_clusters
from kg.resolve.across.evidence import Gatherer
from kg.resolve.across.keys import find_key
from kg.resolve.entries import RegistryActor


def identify(
    profiles: Sequence[ActorProfile], registered: Mapping[str, RegistryActor], judgements: Sequence[Judgement] = ()
) -> Identities:
    """Return who is who among the profiles of one or several whole blocks.

    Blocks that judgements join must be given together (`group_keys`); apart from that, the result for several blocks is the
    sum of those for each.

    Args:
        profiles: all that the store has with these keys, in any order, one for each document and actor.
        registered: registered actors by IRI; those that the profiles name, are part of or mention.
        judgements: all; those that concern no profile are ignored.
    """
    gatherer = Gatherer(registered)
    canonical: list[tuple[tuple[str, str], str]] = []
    comparisons: list[Comparison] = []
    by_actor: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        by_actor[judgement.left.actor].append(judgement)
    for block in _find_blocks(profiles, judgements):
        members = {p.actor for p in block}
        own = [j for actor in sorted(members & by_actor.keys()) for j in by_actor[actor] if j.right.actor in members]
        if len(block) == 1 and not own:
            continue
        clusters, found = Block(block, own, gatherer).identify()
        comparisons += found
        for iri, cluster in zip(name_clusters(clusters), clusters, strict=True):
            canonical += [((p.document, p.actor), iri) for p in cluster if p.actor != iri]
    return Identities(canonical=tuple(sorted(canonical)), comparisons=tuple(sorted(comparisons, key=_to_order)))


def _to_order(comparison: Comparison) -> tuple[str, str, str, str, str, str]:
    left, right = comparison.left, comparison.right
    sides = (left.actor, left.document or "", right.actor, right.document or "")
    return (*sides, comparison.by, comparison.model_dump_json())


def _find_blocks(profiles: Iterable[ActorProfile], judgements: Sequence[Judgement]) -> list[list[ActorProfile]]:
    """Return the profiles of each block, sorted; judgements that say same join blocks."""
    blocks: dict[str, list[ActorProfile]] = defaultdict(list)
    judged = {side.actor for judgement in judgements for side in (judgement.left, judgement.right)}
    keys: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for profile in sorted(profiles, key=lambda p: (p.document, p.actor)):
        key = find_key(profile)
        blocks[key].append(profile)
        if profile.actor in judged:
            keys[profile.actor].add((key, profile.document))

    def key_of(reference: ActorReference) -> list[str]:
        return [key for key, document in keys.get(reference.actor, ()) if reference.document in {None, document}]

    for key, leader in group_keys(judgements, key_of).items():
        if key != leader:
            blocks[leader] += blocks.pop(key)
    return [sorted(blocks[key], key=lambda p: (p.document, p.actor)) for key in sorted(blocks)]


def group_keys(judgements: Iterable[Judgement], key_of: Callable[[ActorReference], Iterable[str]]) -> dict[str, str]:
    """Return block key -> smallest key of the blocks that must be looked at together with it.

    Args:
        judgements: of these only those that say same join blocks; what is different need not meet.
        key_of: gives the keys of the profiles that a reference means; none where no document has it.

    Returns:
        Only keys that some judgement joins with another one; every other block stands alone.
    """
    leaders: dict[str, str] = {}

    def find(key: str) -> str:
        while leaders.setdefault(key, key) != key:
            key = leaders[key]
        return key

    for judgement in judgements:
        if judgement.verdict != "same":
            continue
        found = sorted({find(key) for side in (judgement.left, judgement.right) for key in key_of(side)})
        for key in found[1:]:
            leaders[key] = found[0]
    groups = {key: find(key) for key in sorted(leaders)}
    joined = {leader for key, leader in groups.items() if key != leader}
    return {key: leader for key, leader in groups.items() if leader in joined}
