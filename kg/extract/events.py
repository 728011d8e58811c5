"""Political events: who did what to whom, coded by PLOVER, from a lexicon of verbs and nouns on the parse.

The codebook is PLOVER (Political Language Ontology for Verifiable Event Records); CAMEO codes are given where the words
alone tell them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence

from spacy.tokens import Doc

from kg.extract.event_arguments import ArgumentFinder
from kg.extract.event_clauses import expand_conjuncts, find_antecedents, find_children, find_doers, find_subjects
from kg.extract.event_codes import EventCoder
from kg.extract.event_dates import EventDates
from kg.extract.event_implied import ImpliedRecipients
from kg.extract.event_lexicon import EventLexicon, Group
from kg.extract.event_modality import MEDIATION, Status, assess_status
from kg.extract.event_parties import PartyFinder
from kg.extract.event_phrases import MentionIndex, PhraseReader
from kg.extract.event_places import EventPlaces
from kg.extract.event_refining import EventRefiner, Found
from kg.extract.event_senses import is_telling
from kg.extract.event_sides import SideBook, Sides
from kg.extract.event_triggers import Trigger, find_triggers
from kg.extract.furniture import find_eventless_spans
from kg.extract.token_table import TokenTable, read_table
from kg.model.attribution import Attribution
from kg.model.event import Argument, Event, EventType
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import Mention
from kg.model.span import Span, Spans

#: Where a verb of saying can itself be an event: an act done by speaking.
_SPEECH_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "SUPPORT", "CONCEDE", "AID", "CONSULT", "PROTEST"})
_ACT_TYPES: Mapping[str, EventType] = {"reject": "REJECT", "threaten": "THREATEN", "agree": "AGREE"}
_ACT_CAMEO: Mapping[str, str] = {"reject": "120", "threaten": "130", "agree": "030"}
#: "Will not lift the blockade" refuses; "will not attack" promises.
_REFUSABLE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
#: Acts that answer what another has said or done.
_ANSWERS = frozenset({"REJECT", "ACCUSE", "SUPPORT", "AGREE", "CONCEDE", "REQUEST"})
#: Where "its troops" and "their envoys" are what is moved, not whom it is done to.
_OWN_MOVES = frozenset({"MOBILIZE", "RETREAT", "SANCTION"})
_BARE_ANSWERS = frozenset({"REJECT", "AGREE", "CONCEDE"})
#: Deeds that are told of again with "the": "the strikes".
_TOLD_AGAIN = frozenset({"ASSAULT"})
_CONFIDENCES = {
    "rule:event-phrase": 0.85, "rule:event-carried": 0.8, "rule:event-verb": 0.75, "rule:event-noun": 0.65,
    "rule:event-act": 0.8, "rule:event-obligation": 0.7,
}  # fmt: skip
#: Taken off where only one side of the event is known.
_ONE_SIDED = 0.15
_OBLIGATION = Group("REQUEST", "100", None, (), (), frozenset())


class EventFinder:
    """Finds events by the lexicon; deterministic and without state between texts.

    Args:
        lexicon: what tells of events.
        gazetteer: names that the actor registry knows, to see that "Tehran" and "Iranian" are one side.
        refiner: corrects what the lexicon yields.
    """

    def __init__(
        self, lexicon: EventLexicon, gazetteer: Iterable[GazetteerEntry] = (), refiner: EventRefiner | None = None
    ) -> None:
        self._lexicon, self._refiner, self._coder = lexicon, refiner, EventCoder()
        self._book = SideBook(gazetteer)

    def find_events(self, doc: Doc, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> tuple[Event, ...]:
        """Return the events of a text in order of their triggers; empty where it tells of none.

        Args:
            doc: parsed, its text the document's text.
            mentions: of the same text; an event has at least one of them as actor or recipient.
            attributions: of the same text, for `reported_in` and to leave mere reporting verbs out.
        """
        table = read_table(doc)
        reading = _Reading(table, self._lexicon, self._book, mentions, attributions)
        found = reading.find_all()
        if self._refiner is not None:
            found = self._refiner.refine(table, mentions, reading.phrases, found)
        implied = ImpliedRecipients(table, reading.sides).complete(found)
        return self._coder.complete(table, mentions, (one.head for one in found), implied)


class _Reading:
    """One text's events being found."""

    def __init__(
        self,
        table: TokenTable,
        lexicon: EventLexicon,
        book: SideBook,
        mentions: Sequence[Mention],
        attributions: Sequence[Attribution],
    ) -> None:
        self._table = table
        self._lexicon = lexicon
        self._index = index = MentionIndex(table, mentions)
        self.sides = Sides(book, mentions)
        self._names = {mention.id: mention.name for mention in mentions}
        self._nouns: dict[int, EventType] = {}
        self._parties = PartyFinder(table, index, lexicon, attributions, self.sides)
        self._attributions = attributions
        self.phrases = PhraseReader(table, index, lexicon.agents, lexicon.agents | lexicon.leaders)
        self._arguments = ArgumentFinder(table, index, self.phrases)
        self._triggers = find_triggers(table, lexicon, index.types)
        self._dates = EventDates(table, self._triggers)
        self._places = EventPlaces(table, index, self._dates)
        self._zones = find_eventless_spans(table)
        self._starts = [at for at in range(len(table)) if at == 0 or table.sentences[at] != table.sentences[at - 1]]

    def find_all(self) -> list[Found]:
        """Return the events in order of their triggers, ids still to be given."""
        triggers = self._triggers
        self._nouns = {trigger.head: trigger.group.type for trigger in triggers if not trigger.is_verb}
        statuses = [assess_status(self._table, self._lexicon, trigger) for trigger in triggers]
        governors = {status.governor for status in statuses if status.governor is not None}
        found: list[Found] = []
        for trigger, status in zip(triggers, statuses, strict=True):
            # A governing word that makes a speech act of another deed is told with that deed.
            if trigger.head in governors and trigger.noun in {None, trigger.head}:
                continue
            event = self._to_event(trigger, status)
            if event is not None:
                found.append(Found(trigger.head, event))
                self._parties.add(trigger.head, event)
        found += self._find_obligations({one.event.trigger for one in found})
        found.sort(key=lambda one: (one.event.trigger[0], one.event.trigger, one.event.type))
        return found

    def _to_event(self, trigger: Trigger, status: Status) -> Event | None:
        actors = self._arguments.find_actors(trigger)
        recipients = self._arguments.find_recipients(trigger, actors)
        return self._build(trigger, status, actors, recipients)

    def _to_arguments(self, trigger: Trigger, heads: Iterable[int], *, is_actor: bool) -> list[Argument]:
        """Return the arguments of phrases in order; a phrase that means several parties is one argument for each."""
        found: list[Argument] = []
        for head in heads:
            argument = self._arguments.to_argument(head)
            if trigger.group.type in _OWN_MOVES and not is_actor and self.phrases.is_moved(head):
                argument = argument.model_copy(update={"mention": None})
            parties = self._parties.find_parties(head)
            found += [argument.model_copy(update={"mention": m.id}) for m in parties] if parties else [argument]
        return found

    def _build(self, trigger: Trigger, status: Status, actors: list[int], recipients: list[int]) -> Event | None:
        actor_arguments = tuple(self._to_arguments(trigger, actors, is_actor=True))
        named = {argument.mention for argument in actor_arguments if argument.mention}
        whereabouts = {m.id for one in recipients if self.phrases.is_whereabouts(one) and (m := self.phrases.find_mention(one))}
        recipient_arguments = tuple(
            argument
            for argument in self._to_arguments(trigger, recipients, is_actor=False)
            if argument.mention is None or argument.mention not in named
        )
        if named:
            # A place is told of as recipient only where it is struck or visited itself, or where nobody else is known.
            recipient_arguments = tuple(
                argument.model_copy(update={"mention": None}) if argument.mention in whereabouts else argument
                for argument in recipient_arguments
            )
        is_shared = trigger.group.is_mutual and len(named) > 1
        if not any(argument.mention for argument in recipient_arguments) or (
            is_shared and not any(self.sides.find(argument.mention) for argument in recipient_arguments)
        ):
            if is_shared:
                actor_arguments, recipient_arguments = actor_arguments[:1], actor_arguments[1:]
            else:
                recipient_arguments = self._find_answered(trigger, actor_arguments, recipients) or recipient_arguments
        if trigger.group.type in _TOLD_AGAIN and not trigger.is_verb and not actors and not recipients:
            same = self._parties.find_same(trigger.head, trigger.group.type)
            if same is not None:
                actor_arguments, recipient_arguments = same.actors, same.recipients
        if not any(argument.mention for argument in (*actor_arguments, *recipient_arguments)):
            return None
        has_recipient = any(argument.mention for argument in recipient_arguments)
        is_named = (
            any(argument.mention for argument in actor_arguments),
            has_recipient,
            has_recipient and any(one not in self._arguments.find_clause_subjects(trigger) for one in recipients),
        )
        if not is_telling(self._table, self._lexicon, trigger, actors, is_named, is_governed=status.act is not None):
            return None
        spans = self._to_spans(trigger.tokens if status.governor is None else (*trigger.tokens, status.governor))
        if any(zone.begin <= spans[0].begin < zone.end for zone in self._zones):
            return None
        reported_in, is_cue = self._find_report(spans)
        event_type, cameo, mode, rule = self._classify(trigger, status)
        if is_cue and rule == "rule:event-verb" and event_type not in _SPEECH_ACTS:
            return None
        polarity, modality = status.polarity, status.modality
        if trigger.group.is_promise and modality == "actual" and status.act is None:
            modality = "future"
        if event_type == "REJECT" and trigger.group.type != "REJECT" and status.act is None:
            polarity, modality = "affirmed", "actual"
        confidence = _CONFIDENCES[rule] - (0 if actor_arguments and recipient_arguments else _ONE_SIDED)
        sentence = self._sentence(trigger.head)
        period = self._dates.find_period(trigger, is_future=modality == "future", governor=status.governor)
        return Event(
            id="e0",
            type=event_type,
            mode=mode,
            cameo=cameo,
            trigger=spans,
            sentence=sentence,
            actors=actor_arguments,
            recipients=recipient_arguments,
            place=self._places.find_place(trigger, (*actors, *recipients), recipients, status.governor),
            date=None if period is None else period.begin,
            date_end=None if period is None else period.end,
            date_precision=None if period is None else period.precision,
            polarity=polarity,
            modality=modality,
            reported_in=reported_in,
            confidence=round(confidence, 2),
            by=rule,
        )

    def _find_answered(self, trigger: Trigger, actors: Sequence[Argument], recipients: Sequence[int]) -> tuple[Argument, ...]:
        """Return whom an answer goes to by what it answers: "dismissed the warning", "a demand that Oslo rejected"."""
        if not trigger.is_verb:
            return ()
        if trigger.group.cameo in MEDIATION:
            parties = self._parties.find_last_parties(trigger.head)
            return self._point_back(mention for mention in parties if mention.id not in {a.mention for a in actors})
        if trigger.group.type not in _ANSWERS:
            return ()
        own = frozenset(self._names[a.mention] for a in actors if a.mention)
        deeds = [*recipients, *([] if trigger.noun is None else [trigger.noun]), *find_antecedents(self._table, trigger.head)]
        for deed in dict.fromkeys(deeds):
            if deed not in self._nouns and self._table.lemmas[deed] not in self._lexicon.replies:
                continue
            doers = find_doers(self._table, deed) if deed < trigger.head else []
            arguments = [
                argument
                for argument in self._to_arguments(trigger, self.phrases.expand(doers), is_actor=True)
                if argument.mention
            ]
            if arguments and not own & {self._names[a.mention or ""] for a in arguments}:
                return tuple(arguments)
            types = (self._nouns[deed],) if deed in self._nouns else ()
            argument = self._arguments.to_argument(deed)
            found = self._parties.find_answered(deed, own, types)
            if found:
                return tuple(argument.model_copy(update={"mention": mention.id}) for mention in found)
        if not recipients and trigger.noun is None and trigger.group.type in _BARE_ANSWERS:
            return self._point_back(self._parties.find_asker(trigger.head, own))
        return ()

    def _point_back(self, mentions: Iterable[Mention]) -> tuple[Argument, ...]:
        """Return arguments that the sentence leaves out, with the words that named them before."""
        return tuple(Argument(mention=mention.id, spans=mention.spans) for mention in mentions if mention.spans)

    def _classify(self, trigger: Trigger, status: Status) -> tuple[EventType, str | None, str | None, str]:
        group = trigger.group
        if status.act is not None:
            return _ACT_TYPES[status.act], _ACT_CAMEO[status.act], None, "rule:event-act"
        is_refusal = status.polarity == "negated" and group.type in _REFUSABLE
        if is_refusal and (status.modality == "future" or group.type == "AGREE"):
            return "REJECT", "120", None, "rule:event-act"
        return group.type, group.cameo, group.mode, trigger.rule

    def _find_obligations(self, seen: set[Spans]) -> list[Found]:
        """Find demands made by saying that another must do something."""
        table, lexicon = self._table, self._lexicon
        found: list[Found] = []
        for verb in range(len(table)):
            if table.deps[verb] != "ccomp" or table.lemmas[table.heads[verb]] not in lexicon.obligation_verbs:
                continue
            if not any(table.lowers[c] in lexicon.obligation_auxiliaries for c in find_children(table, verb, "aux")):
                continue
            saying = table.heads[verb]
            asked = [one for s in find_children(table, verb, "nsubj", "nsubjpass") for one in expand_conjuncts(table, s)]
            asked = [one for one in asked if self.phrases.find_mention(one) is not None and table.kinds[one] != "PRON"]
            askers = find_subjects(table, saying)
            modal = next(c for c in find_children(table, verb, "aux") if table.lowers[c] in lexicon.obligation_auxiliaries)
            trigger = Trigger(saying, (saying, modal), _OBLIGATION, "rule:event-obligation", is_verb=True)
            event = self._build(trigger, Status(), askers, asked) if askers and asked else None
            if event is not None and event.trigger not in seen:
                found.append(Found(saying, event))
        return found

    def _to_spans(self, tokens: Sequence[int]) -> Spans:
        """Return the tokens' characters, neighbours (with only space between) joined."""
        table = self._table
        spans: list[Span] = []
        for at in sorted(set(tokens)):
            begin, end = table.begins[at], table.ends[at]
            if spans and not table.text[spans[-1].end : begin].strip(" "):
                spans[-1] = Span(spans[-1].begin, end)
            else:
                spans.append(Span(begin, end))
        return tuple(spans)

    def _sentence(self, token: int) -> Span:
        table = self._table
        at = bisect_right(self._starts, token)
        first = self._starts[at - 1]
        last = (self._starts[at] if at < len(self._starts) else len(table)) - 1
        while last > first and table.words[last].isspace():
            last -= 1
        while first < last and table.words[first].isspace():
            first += 1
        return Span(table.begins[first], table.ends[last])

    def _find_report(self, trigger: Spans) -> tuple[str | None, bool]:
        """Return the innermost attribution whose content holds the trigger, and whether the trigger is itself a cue."""
        begin = trigger[0].begin
        holding = [
            (sum(s.end - s.begin for s in a.content), a.id)
            for a in self._attributions
            if any(s.begin <= begin < s.end for s in a.content)
        ]
        is_cue = any(s.begin <= begin < s.end for a in self._attributions for s in a.cue)
        return (min(holding)[1] if holding else None), is_cue
