"""Extraction as one call: a spaCy `Doc` in, an `Extraction` out. Each part is a replaceable room behind its interface."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Protocol

from spacy.tokens import Doc

from kg.extract.attributions import AttributionFinder, RuleAttributionFinder
from kg.extract.contents import Meaning, pack_contents, read_content
from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.event_lexicon import EventLexicon
from kg.extract.event_refining import EventRefiner
from kg.extract.events import EventFinder
from kg.extract.frames import FrameFinder, VectorFinder
from kg.extract.mentions import MentionFinder
from kg.extract.propositions import find_propositions
from kg.extract.stances import RuleStanceJudge, StanceJudge, find_stances
from kg.model.abstention import Abstention
from kg.model.annotation import Extraction
from kg.model.attribution import Attribution
from kg.model.frame import Frame
from kg.model.gazetteer import GazetteerEntry
from kg.model.vector import Vector


class Extractor(Protocol):
    """What turns an analysed text into an extraction."""

    def extract(self, doc: Doc) -> Extraction:
        """Return all that the doc yields but vectors; `doc._.document` and `doc._.quotations` must be set."""
        ...

    def find_vectors(self, text: str, attributions: Sequence[Attribution]) -> tuple[Vector, ...]:
        """Return the sentence vectors of the attributions' contents, in their order; empty where nothing makes them.

        They are for search and comparison; whoever only prints what was found does not wait for them.
        """
        ...

    def find_abstentions(self, doc: Doc) -> tuple[Abstention, ...]:
        """Return the cues and quotations of the doc that are in no attribution of its extraction, and why."""
        ...


class RuleExtractor:
    """The baseline: every part by rules on the parse.

    Args:
        gazetteer: names that the actor registry knows.
        frames: concepts of the frames scheme.
        attribution_finder: another finder in place of the rules.
        event_refiner: corrects the events that the rules find.
        stance_judge: tells stances in place of the rules.
        meaning: reads contents by meaning; without it they have no vectors, and frames by their wordings alone.
    """

    def __init__(
        self,
        gazetteer: Iterable[GazetteerEntry],
        frames: Iterable[Frame],
        attribution_finder: AttributionFinder | None = None,
        event_refiner: EventRefiner | None = None,
        stance_judge: StanceJudge | None = None,
        *,
        meaning: Meaning | None = None,
    ) -> None:
        entries = tuple(gazetteer)
        self._mentions = MentionFinder(entries)
        self._attributions = attribution_finder or RuleAttributionFinder(read_cue_lexicon())
        self._events = EventFinder(EventLexicon.load(), entries, event_refiner)
        self._encoder = meaning.encoder if meaning else None
        self._frames = FrameFinder(frames, meaning.frames if meaning else None, is_sparing=True)
        self._stances = stance_judge or RuleStanceJudge()

    def extract(self, doc: Doc) -> Extraction:
        """See `Extractor`."""
        mentions = self._mentions.find_mentions(doc)
        attributions = self._attributions.find_attributions(doc, mentions)
        attributions = self._frames.assign_frames(doc, attributions, mentions, self._make_vector_finder(doc.text))
        return Extraction(
            mentions=mentions,
            posts=self._mentions.find_posts(doc, mentions),
            attributions=attributions,
            events=self._events.find_events(doc, mentions, attributions),
            propositions=find_propositions(doc, mentions, attributions),
            stances=find_stances(doc, attributions, mentions, self._stances),
        )

    def _make_vector_finder(self, text: str) -> VectorFinder | None:
        encoder = self._encoder
        return None if encoder is None else lambda attribution: encoder.encode([read_content(text, attribution)])[0]

    def find_vectors(self, text: str, attributions: Sequence[Attribution]) -> tuple[Vector, ...]:
        """See `Extractor`."""
        if self._encoder is None:
            return ()
        return pack_contents(attributions, self._encoder.encode([read_content(text, item) for item in attributions]))

    def find_abstentions(self, doc: Doc) -> tuple[Abstention, ...]:
        """See `Extractor`."""
        return self._attributions.find_abstentions(doc, self._mentions.find_mentions(doc))
