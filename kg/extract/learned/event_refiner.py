"""The trained models on top of the rules' events, in the profile `best`.

The tagger names a recipient where the rules found none in the sentence. The classifier corrects the type where it is far
surer of another one than the rules' lead makes up for.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path

from kg.extract.event_phrases import PhraseReader
from kg.extract.event_refining import Found
from kg.extract.learned.event_tagger import PartyTagger, Tagged, load_party_tagger
from kg.extract.learned.event_tagger_features import TaggerFeatures, rank_event
from kg.extract.learned.event_types import TypeClassifier, describe_pair, load_type_classifier
from kg.extract.token_table import TokenTable
from kg.model.event import Argument, Event, EventType
from kg.model.mention import Mention
from kg.model.span import Span, Spans

#: How much surer (in logarithms) the classifier must be of another type, beyond the rules' lead. Less than this made whole
#: news worse: its sentences tell of several events at once, those that it learned from of one.
_LEAD = 3.0
#: Roots that stand for one type each.
_TYPES: Mapping[str, EventType] = {
    root: root
    for root in (
        "AGREE", "CONSULT", "SUPPORT", "COOPERATE", "AID", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION",
        "MOBILIZE", "COERCE", "ASSAULT",
    )
}  # fmt: skip
_CONFIDENCE = 0.6


def load_event_refiner(folder: Path | None = None) -> LearnedEventRefiner:
    """Load both models from a folder, by default the one that is shipped; raises as `load_type_classifier`."""
    return LearnedEventRefiner(load_type_classifier(folder), load_party_tagger(folder))


class LearnedEventRefiner:
    """Corrects and completes events; without state between texts."""

    def __init__(self, classifier: TypeClassifier, tagger: PartyTagger) -> None:
        self._classifier = classifier
        self._tagger = tagger

    def refine(
        self, table: TokenTable, mentions: Sequence[Mention], phrases: PhraseReader, found: Sequence[Found]
    ) -> list[Found]:
        """Return the events in their order.

        Args:
            table: the text's tokens.
            mentions: of the text.
            phrases: reads its noun phrases.
            found: the rules' events with the heads of their triggers.
        """
        starts = [at for at in range(len(table)) if at == 0 or table.sentences[at] != table.sentences[at - 1]]
        bounds = {table.sentences[first]: (first, end) for first, end in pairwise([*starts, len(table)])}
        features = TaggerFeatures(table, mentions, [one.event for one in found])
        by_sentence: dict[int, list[Found]] = {}
        for one in found:
            by_sentence.setdefault(table.sentences[one.head], []).append(one)
        main = {id(max(group, key=lambda one: rank_event(one.event))) for group in by_sentence.values()}
        refined: list[Found] = []
        for one in found:
            first, end = bounds[table.sentences[one.head]]
            event = one.event
            if id(one) in main and not any(argument.mention for argument in event.recipients):
                event = self._add_recipients(table, phrases, event, self._tagger.tag(features.describe(first, end), first))
            refined.append(Found(one.head, self._retype(table, event, first, end)))
        return refined

    def _add_recipients(self, table: TokenTable, phrases: PhraseReader, event: Event, tagged: Sequence[Tagged]) -> Event:
        taken = {token for argument in event.actors for token in _find_tokens(table, argument.spans)}
        own = {argument.mention for argument in event.actors}
        added: list[Argument] = []
        for one in tagged:
            tokens = range(one.first, one.end)
            if one.role != "recipient" or not taken.isdisjoint(tokens):
                continue
            mention = phrases.find_mention(table.find_head(one.first, one.end))
            if mention is not None and mention.id not in own:
                span = Span(table.begins[one.first], table.ends[one.end - 1])
                added.append(Argument(mention=mention.id, spans=(span,)))
        return event.model_copy(update={"recipients": tuple(added)}) if added else event

    def _retype(self, table: TokenTable, event: Event, first: int, end: int) -> Event:
        """Return the event with the classifier's type; what is denied or still to come is left to the rules."""
        proposed = "YIELD" if event.type in {"CONCEDE", "RETREAT"} else event.type
        if event.polarity != "affirmed" or event.modality != "actual" or event.by == "rule:event-act":
            return event
        sides = [
            {token for argument in side for token in _find_tokens(table, argument.spans) if first <= token < end}
            for side in (event.actors, event.recipients)
        ]
        if not all(sides):
            return event
        scores = self._classifier.score(describe_pair(table, range(first, end), *sides))
        scores[proposed] = scores.get(proposed, 0.0) + self._classifier.model.rule_weight + _LEAD
        best = max(scores, key=lambda root: scores[root])
        if best == proposed or best not in _TYPES:
            return event
        changes = {"type": _TYPES[best], "cameo": None, "mode": None, "by": f"model:{self._classifier.model.version}"}
        return event.model_copy(update={**changes, "confidence": _CONFIDENCE})


def _find_tokens(table: TokenTable, spans: Spans) -> list[int]:
    return [token for span in spans for token in range(*table.find_tokens(span.begin, span.end))]
