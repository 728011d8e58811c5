"""Which of its IRIs an actor keeps."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from kg.model.identifier import to_digest
from kg.model.identity import ActorProfile
from kg.resolve.across.body_names import BodyName
from kg.resolve.across.evidence import parse_any
from kg.resolve.across.personal_names import PersonalName

_DIGITS = 8


def choose_iri(profiles: Iterable[ActorProfile]) -> str:
    """Return the IRI that the profiles of one actor have together, before other actors are looked at.

    The registered one; else the minted one of the fullest name, of equally full ones that with the most mentions, then the
    first by code points; a local one only where there is no other.
    """
    mentions: Counter[str] = Counter()
    fullness: dict[str, tuple[int, int, int]] = {}
    for profile in profiles:
        mentions[profile.actor] += sum(count for _, count in profile.names)
        rank = (0 if profile.is_registered else 2 if profile.is_local else 1, *_measure_fullness(profile))
        fullness[profile.actor] = min(rank, fullness.get(profile.actor, rank))
    return min(fullness, key=lambda iri: (fullness[iri], -mentions[iri], iri))


def _measure_fullness(profile: ActorProfile) -> tuple[int, int]:
    """Return (- words of the fullest name that are no initials, - all its words)."""
    counts = [(0, 0)]
    for name, _ in profile.names:
        form = parse_any(profile.type, name, is_bare=profile.is_local)
        if isinstance(form, PersonalName):
            words: Sequence[str] = (*form.given, *form.family_words)
        else:
            words = form.words if isinstance(form, BodyName) else form.split()
        counts.append((-sum(len(word) > 1 for word in words), -len(words)))
    return min(counts)


def name_clusters(clusters: Sequence[Sequence[ActorProfile]]) -> list[str]:
    """Return the IRI of each cluster; no two have one.

    Of several actors with one IRI, that with the most documents keeps it (of equals that with the smallest document); the
    others get a suffix made of their smallest document.
    """
    chosen = [choose_iri(profiles) for profiles in clusters]
    rivals: dict[str, list[int]] = defaultdict(list)
    for at, iri in enumerate(chosen):
        rivals[iri].append(at)
    names = list(chosen)
    for iri, places in rivals.items():
        documents = {at: sorted({p.document for p in clusters[at] if p.actor == iri}) for at in places}
        for at in sorted(places, key=lambda at: (-len(documents[at]), documents[at][0]))[1:]:
            names[at] = f"{iri}-{to_digest(documents[at][0])[:_DIGITS]}"
    return names
