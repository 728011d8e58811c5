"""A question as it was understood: filters, not words."""

from __future__ import annotations

from datetime import date
from typing import Literal

from kg.model.attribution import Polarity
from kg.model.base import Frozen
from kg.query.ask_names import Party
from kg.query.search_filters import ClaimFilters

Kind = Literal["claims", "events", "agreement", "contradiction", "changes"]


class Question(Frozen):
    """What is asked for. Nothing is filtered by what is not given.

    Attributes:
        kind: rows of claims; of events; claims of others like those of `speaker`, or against them; changed positions.
        asked: the question word: who, whom, what, when, where, why, whether, how.
        speaker, about, addressee: of claims; see `ClaimFilters`.
        frame: its notation, and how it was found in `frame_by`.
        clause: what is said, as asked: claims are ranked by it.
        text: the question without its question words: what is searched where nothing else is found.
        other: with whom `speaker` is compared; None for all others.
        actor, recipient: of events: who acts, who is acted on.
        event_type, cameo: notation of a PLOVER type; what the CAMEO code begins with.
        is_mutual: whether actor and recipient may stand either way round.
        left: words that nothing was made of.
    """

    kind: Kind = "claims"
    asked: str = ""
    speaker: Party | None = None
    about: tuple[Party, ...] = ()
    addressee: Party | None = None
    frame: str = ""
    frame_by: str = ""
    polarity: Polarity | None = None
    cue_types: tuple[str, ...] = ()
    clause: str = ""
    text: str = ""
    other: Party | None = None
    actor: Party | None = None
    recipient: Party | None = None
    event_type: str = ""
    cameo: str = ""
    is_mutual: bool = False
    since: date | None = None
    until: date | None = None
    left: str = ""

    def to_filters(self) -> ClaimFilters:
        """Return the filters of claims."""
        return ClaimFilters(
            speaker=self.speaker.iri if self.speaker else "",
            about=tuple(party.iri for party in self.about),
            addressee=self.addressee.iri if self.addressee else "",
            frame=self.frame,
            polarity=self.polarity,
            cue_types=self.cue_types,
            since=self.since,
            until=self.until,
        )

    def describe(self) -> str:
        """Return one line: "understood: claims, about Vladimir Putin, ...; left as words: ..."."""
        names = [
            ("by", self.speaker), ("to", self.addressee), *(("about", party) for party in self.about),
            ("compared with", self.other), ("actor", self.actor), ("recipient", self.recipient),
        ]  # fmt: skip
        parts = [self.kind, *(f"{word} {party.label}" for word, party in names if party is not None)]
        parts += [f"frame {self.frame} (by {self.frame_by})"] if self.frame else []
        parts += [f"type {self.event_type}"] if self.event_type else []
        parts += [f"CAMEO {self.cameo}…"] if self.cameo else []
        parts += ["either way round"] if self.is_mutual else []
        parts += [self.polarity] if self.polarity else []
        parts += [f"cue {' or '.join(self.cue_types)}"] if self.cue_types else []
        parts += [f"from {self.since}"] if self.since else []
        parts += [f"to {self.until}"] if self.until else []
        parts += [f"ranked by “{self.clause}”"] if self.clause else []
        left = f"; left as words: {self.left}" if self.left else ""
        return f"understood: {', '.join(parts)}{left}"
