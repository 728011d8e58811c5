"""Blocks: reports that share none cannot be of one event, so that work grows with what happens at one time.

The number of a block is a digest: the same in every store, and blocks of one group are beside each other.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b

from kg.model.occurrence import EventReport
from kg.model.plover import QUAD_CLASSES
from kg.resolve.across_events.parties import find_local_name
from kg.resolve.across_events.windows import list_buckets, read_window

#: Bits of the number of a group, and of that of a block in its group; together a positive integer of 64 bits.
_GROUP_BITS, _OWN_BITS = 24, 39
_MOST_GROUPS = 4096


def find_blocks(report: EventReport) -> tuple[int, ...]:
    """Return the numbers of the blocks in which a report is compared, sorted; none where nothing tells of parties or time.

    A block is of a week, a quad class, polarity, modality, and one of those who take part, its state, or the place: reports
    tell one event with more and with fewer of its parties, and not every document tells whose a party is.
    """
    window = read_window(report.date, report.published, is_ahead=report.modality != "actual")
    if window is None:
        return ()
    parties = (*report.actors, *report.recipients, *report.places)
    who = {
        one
        for party in parties
        for one in (party.country, find_local_name(party) or party.actor if party.is_named else None)
        if one
    }
    kind = f"{QUAD_CLASSES[report.type]} {report.polarity} {report.modality}"
    return tuple(sorted({number_block(bucket, f"{kind} {one}") for bucket in list_buckets(window) for one in who}))


def number_block(group: str, own: str) -> int:
    """Return the number of a block of 63 bits: first that of its group, then its own.

    Two blocks that get one number are compared as one; that costs comparisons and changes no result.

    Args:
        group: what blocks share that find much the same.
        own: what tells the block from the others of its group.
    """
    return _number_group(group) << _OWN_BITS | _digest(own, _OWN_BITS)


@lru_cache(maxsize=_MOST_GROUPS)
def _number_group(group: str) -> int:
    return _digest(group, _GROUP_BITS)


def _digest(text: str, bits: int) -> int:
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest) >> 64 - bits
