"""Wordings and claims to compare, made by hand."""

from __future__ import annotations

from kg.model.cluster import ClaimReport, FrameUse, Mood, Predication, Wording
from kg.model.occurrence import Party
from kg.resolve.across_events.wording import find_content, find_quantities, split_words

NORLAND = Party(actor="https://x.example/norland", type="State", country="https://x.example/norland")
SUDRIA = Party(actor="https://x.example/sudria", type="State", country="https://x.example/sudria")
BERG = Party(actor="https://x.example/berg", type="Person", country=NORLAND.actor)
KELL = Party(actor="https://x.example/kell", type="Person", country=SUDRIA.actor)


def make_vector(*values: int) -> str:
    """Return a packed vector of 48 numbers that begins with these; the others are 0."""
    return bytes(value % 256 for value in (*values, *[0] * (48 - len(values)))).hex()


def make_wording(
    text: str,
    *parties: Party,
    mood: Mood = "is",
    negated: bool = False,
    turned: bool = False,
    done: Predication | None = None,
    frames: tuple[FrameUse, ...] = (),
    vector: str = "",
) -> Wording:
    """Return the wording of a text about these parties, whose names stand in it as `N` and `S`."""
    words = split_words(text)
    return Wording(
        mood=mood,
        negated=negated,
        turned=turned,
        is_held=mood not in {"if", "ask"},
        parties=tuple(sorted(parties, key=lambda party: party.actor)),
        predications=() if done is None else (done,),
        frames=frames,
        content=find_content(words, ("n", "s")),
        quantities=find_quantities(words),
        words=words,
        vector=vector,
    )


def make_claim(
    name: str,
    wording: Wording,
    *speakers: Party,
    published: str | None = "2026-05-01",
    source: str = "",
    relays: tuple[str, ...] = (),
) -> ClaimReport:
    """Return the claim `doc#a1` of the document `doc`."""
    return ClaimReport(
        claim=f"{name}#a1",
        document=name,
        published=published,
        speakers=speakers,
        source=split_words(source),
        relays=relays,
        wording=wording,
    )
