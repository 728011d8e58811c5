"""Frames: what each means, and who takes it up about whom, over time."""

from __future__ import annotations

from collections import Counter
from typing import TypeVar

from pydantic import Field

from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.lookup import resolve_concept
from kg.query.pages.choosing import ClaimChoice, choose_claims
from kg.query.pages.lines import ClaimLine, read_claims
from kg.query.pages.nodes import Actor, Concept, describe_node, describe_nodes, name_nodes, to_notation
from kg.query.pages.paging import PART_SIZE
from kg.query.pages.parameters import NoParameters, Text
from kg.query.pages.tallies import count_frames
from kg.query.pages.timeline import Series, make_series
from kg.query.reader import Reader, read_rows, to_text
from kg.store.terms import NamedNode

Key = TypeVar("Key", str, tuple[str, str])

_PAIRS = 20
_ACTORS = 10


class FrameParameters(Frozen):
    """One frame."""

    name: Text = Field(description="Notation of the frame, such as stalling.", min_length=1)


class FrameEntry(Frozen):
    """A frame in the list of frames."""

    frame: Concept
    definition: str
    claims: int


class FrameList(Frozen):
    """All frames of the ontology, those of most claims first."""

    frames: tuple[FrameEntry, ...]


class SpeakerTally(Frozen):
    """An actor, and how many claims it is the speaker or the target of."""

    actor: Actor
    claims: int


class PairTally(Frozen):
    """A speaker, whom it says the frame of, and in how many claims it says so or not so."""

    speaker: Actor
    target: Actor
    claims: int


class FramePage(Frozen):
    """One frame."""

    frame: Concept
    definition: str
    scope: tuple[str, ...] = Field(description="When it applies and when not.")
    usual_target: str
    examples: tuple[str, ...]
    counter_examples: tuple[str, ...]
    related: tuple[Concept, ...]
    opposite: tuple[Concept, ...]
    claims_total: int
    affirming: int = Field(description="Claims that say that it holds.")
    denying: int = Field(description="Claims that say that it does not.")
    series: Series = Field(description="Claims over time.")
    speakers: tuple[SpeakerTally, ...] = Field(description="Who takes it up most.")
    targets: tuple[SpeakerTally, ...] = Field(description="Of whom it is said most.")
    pairs: tuple[PairTally, ...] = Field(description="Who says it of whom.")
    claims: tuple[ClaimLine, ...] = Field(description="The latest ones.")


def list_frames(reader: Reader, _: NoParameters) -> FrameList:
    """Return all frames."""
    counts = count_frames(reader)
    found = {to_text(frame) for (frame,) in read_rows(reader, _SCHEME)} | set(counts)
    nodes = describe_nodes(reader, found)
    entries = (
        FrameEntry(
            frame=Concept(notation=to_notation(iri), label=node.one("skos:prefLabel") or to_notation(iri)),
            definition=node.one("skos:definition"),
            claims=counts[iri],
        )
        for iri, node in nodes.items()
    )
    return FrameList(frames=tuple(sorted(entries, key=lambda entry: (-entry.claims, entry.frame.notation))))


def read_frame(reader: Reader, given: FrameParameters) -> FramePage:
    """Return one frame.

    Raises:
        ParameterInvalidError: there is none with this notation.
    """
    iri = resolve_concept(reader, "name", "frame", given.name).value
    node = describe_node(reader, iri)
    names = name_nodes(reader, (iri, *node.all("skos:related"), *node.all("opposite")))
    frame = names.concept(iri)
    claims = choose_claims(reader, ClaimChoice(frame=frame.notation))
    sides = {side: len(choose_claims(reader, ClaimChoice(frame=frame.notation, side=side))) for side in ("affirmed", "negated")}
    speakers, targets, pairs = _count_parties(reader, iri)
    parties = name_nodes(reader, {end for pair in pairs for end in pair} | set(speakers) | set(targets))
    return FramePage(
        frame=frame,
        definition=node.one("skos:definition"),
        scope=node.all("skos:scopeNote"),
        usual_target=node.one("usualTarget"),
        examples=node.all("skos:example"),
        counter_examples=node.all("counterExample"),
        related=tuple(names.concept(other) for other in node.all("skos:related")),
        opposite=tuple(names.concept(other) for other in node.all("opposite")),
        claims_total=len(claims),
        affirming=sides["affirmed"],
        denying=sides["negated"],
        series=make_series(claims),
        speakers=tuple(SpeakerTally(actor=parties.actor(end), claims=count) for end, count in _rank(speakers, _ACTORS)),
        targets=tuple(SpeakerTally(actor=parties.actor(end), claims=count) for end, count in _rank(targets, _ACTORS)),
        pairs=tuple(
            PairTally(speaker=parties.actor(pair[0]), target=parties.actor(pair[1]), claims=count)
            for pair, count in _rank(pairs, _PAIRS)
        ),
        claims=read_claims(reader, [chosen.iri for chosen in claims[:PART_SIZE]]),
    )


def _count_parties(reader: Reader, frame: str) -> tuple[Counter[str], Counter[str], Counter[tuple[str, str]]]:
    """Return how many of the claims that take a frame up there are by speaker, by target, and by both."""
    text = bind_terms(_PARTIES, ["frame"], {"frame": NamedNode(frame)})
    found = {(to_text(claim), to_text(speaker), to_text(target)) for claim, speaker, target in read_rows(reader, text)}
    speakers = Counter(speaker for _, speaker in {(claim, speaker) for claim, speaker, _ in found} if speaker)
    targets = Counter(target for _, target in {(claim, target) for claim, _, target in found} if target)
    pairs = Counter((speaker, target) for _, speaker, target in found if speaker and target)
    return speakers, targets, pairs


def _rank(counts: Counter[Key], number: int) -> list[tuple[Key, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))[:number]


_SCHEME = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?frame
WHERE { GRAPH ?schemes { ?frame skos:inScheme <https://sayso.example/scheme/frame> } }
"""
_PARTIES = """
PREFIX kg: <https://sayso.example/ontology#>
SELECT DISTINCT ?claim ?speaker ?target
WHERE {
  VALUES (?frame_param) { (UNDEF) }
  GRAPH ?document {
    # Theses have frames, too, and no speaker or target: asking each node for its class would take many times as long.
    ?claim kg:frame ?frame_param .
    OPTIONAL { ?claim kg:speaker ?speaker }
    OPTIONAL {
      ?claim kg:frameTarget ?target .
      # Of several frames of a claim each has its own targets.
      FILTER(
        NOT EXISTS { ?claim kg:framing ?any }
        || EXISTS { ?claim kg:framing ?framing . ?framing kg:inFrame ?frame_param ; kg:ofActor ?target }
      )
    }
  }
}
"""
