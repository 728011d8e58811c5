"""Claims that contradict one on a frame: the same frame of the same actor, on the other side, by somebody else."""

from __future__ import annotations

from collections.abc import Iterator

from kg.model.attribution import Polarity
from kg.query.pages.lines import ClaimLine, read_claims
from kg.query.reader import Reader
from kg.query.search_filters import ClaimFilters, find_claims
from kg.query.sides import find_side

#: Candidates looked at: of a frame that thousands take up, the first ones will do.
_MOST_READ = 200
_NO_POSITION = frozenset({"conditional", "possible"})


def read_rivals(reader: Reader, claim: ClaimLine, number: int) -> tuple[ClaimLine, ...]:
    """Return claims that contradict one on a frame that it says or denies of somebody, by IRI.

    As the named query `contradictions` has it: the speakers differ, and what is hedged, only possible, under a condition or
    asked contradicts nobody.

    Args:
        reader: an open store.
        claim: what is contradicted.
        number: the most to return.
    """
    if claim.is_hedged or claim.modality in _NO_POSITION:
        return ()
    found: set[str] = set()
    for framing in claim.framings:
        frame = framing.frame.notation
        side = find_side(frame, claim.cue_type, is_denied=framing.is_denied, is_unsaid=claim.is_unsaid)
        if side is None or frame == "denial":
            continue
        other: Polarity = "negated" if side == "affirmed" else "affirmed"
        for target in framing.targets:
            filters = ClaimFilters(about=(target.iri,), frame=frame, polarity=other)
            found |= find_claims(reader, filters)
    found.discard(claim.iri)
    return tuple(_keep(claim, read_claims(reader, sorted(found)[:_MOST_READ]), number))


def _keep(claim: ClaimLine, others: tuple[ClaimLine, ...], number: int) -> Iterator[ClaimLine]:
    own = {actor.iri for actor in claim.speakers}
    kept = 0
    for other in others:
        speakers = {actor.iri for actor in other.speakers}
        is_other = not own & speakers if own and speakers else other.source != claim.source
        if is_other and not other.is_hedged and other.modality not in _NO_POSITION and kept < number:
            kept += 1
            yield other
