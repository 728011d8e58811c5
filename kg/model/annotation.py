"""What extraction and resolution say of one document, and the check that its spans are true."""

from __future__ import annotations

from kg.errors import SpanMismatchError
from kg.model.actor import Actor
from kg.model.attribution import Attribution
from kg.model.base import Frozen
from kg.model.document import Document
from kg.model.event import Event
from kg.model.mention import Mention
from kg.model.post import Post
from kg.model.proposition import Proposition
from kg.model.span import Spans, quote_spans
from kg.model.stance import Stance
from kg.model.vector import Vector


class Extraction(Frozen):
    """All that one text yields, before any identity is known. Ids refer to each other within it.

    Attributes:
        vectors: of the attributions' contents, in their order, as a store keeps them; empty where none were asked for.
    """

    mentions: tuple[Mention, ...] = ()
    posts: tuple[Post, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    events: tuple[Event, ...] = ()
    propositions: tuple[Proposition, ...] = ()
    stances: tuple[Stance, ...] = ()
    vectors: tuple[Vector, ...] = ()


class Link(Frozen):
    """Which actor a mention means, and why.

    Attributes:
        actor: IRI; None where the mention stays unresolved (ambiguous name, pronoun without antecedent).
        by: the rule: `registry`, `surname`, `demonym`, `metonym`, `pronoun`, `new`, `local`, ...
    """

    mention: str
    actor: str | None
    confidence: float
    by: str


class Resolution(Frozen):
    """Identities for one document: one link for each mention, and every actor that a link names, by IRI.

    Attributes:
        events: the extraction's events with the parties that identities tell, in their order; None where they are as
            extraction found them.
    """

    links: tuple[Link, ...] = ()
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] | None = None


class Annotation(Frozen):
    """A document with its extraction and resolution: what is printed, stored and turned into RDF."""

    document: Document
    extraction: Extraction
    resolution: Resolution

    @property
    def events(self) -> tuple[Event, ...]:
        """The events with the parties that resolution settled."""
        return self.extraction.events if self.resolution.events is None else self.resolution.events


def check_spans(document: Document, extraction: Extraction) -> None:
    """Raise `SpanMismatchError` at the first span that is empty, out of range, unordered or not its text."""
    text = document.text

    def check(identifier: str, spans: Spans, recorded: str | None = None) -> None:
        last = 0
        for begin, end in spans:
            if not last <= begin < end <= len(text):
                raise SpanMismatchError(f"{document.path} {identifier}", begin, end, recorded or "", text[begin:end])
            last = end
        if recorded is not None and quote_spans(text, spans) != recorded:
            raise SpanMismatchError(f"{document.path} {identifier}", spans[0].begin, last, recorded, quote_spans(text, spans))

    for mention in extraction.mentions:
        if mention.spans:
            check(mention.id, mention.spans, mention.text)
    for post in extraction.posts:
        check(post.id, post.spans, post.text)
    for attribution in extraction.attributions:
        for spans in (attribution.source, attribution.cue, attribution.content, attribution.sentences):
            check(attribution.id, spans)
    for event in extraction.events:
        check(event.id, event.trigger)
        check(event.id, (event.sentence,))
        for argument in (*event.actors, *event.recipients):
            check(event.id, argument.spans)
    for proposition in extraction.propositions:
        for spans in (proposition.subject, proposition.relation, proposition.object, *proposition.arguments):
            check(proposition.id, spans)
