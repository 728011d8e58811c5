"""Political events: who did what to whom, coded by PLOVER, from a lexicon of verbs and nouns on the parse.

The codebook is PLOVER (Political Language Ontology for Verifiable Event Records); CAMEO codes are given where the words
alone tell them.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence

from spacy.tokens import Doc

from kg.extract.event_answers import AnswerFinder
from kg.extract.event_arguments import ArgumentFinder
from kg.extract.event_clauses import expand_conjuncts, find_children, find_subjects, is_each_other
from kg.extract.event_codes import EventCoder
from kg.extract.event_dates import EventDates
from kg.extract.event_evidence import Evidence
from kg.extract.event_lexicon import EventLexicon, Group
from kg.extract.event_mentions import MentionIndex
from kg.extract.event_modality import Status, assess_status
from kg.extract.event_parties import PartyFinder
from kg.extract.event_phrases import PhraseReader
from kg.extract.event_places import EventPlaces
from kg.extract.event_refining import EventRefiner, Found
from kg.extract.event_senses import is_telling
from kg.extract.event_sides import SideBook, Sides
from kg.extract.event_triggers import Trigger, find_triggers
from kg.extract.token_table import TokenTable, read_table
from kg.model.attribution import Attribution
from kg.model.event import Argument, Event, EventType
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import Mention
from kg.model.span import Spans

#: Where a verb of saying can itself be an event: an act done by speaking.
_SPEECH_ACTS = frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN", "AGREE", "SUPPORT", "CONCEDE", "AID", "CONSULT", "PROTEST"})
#: What the courts do is told with its reason, as an accusation is: "jailed for spying".
_PUNISHMENTS = frozenset({"SANCTION", "COERCE"})
_ACT_TYPES: Mapping[str, EventType] = {"reject": "REJECT", "threaten": "THREATEN", "agree": "AGREE"}
_ACT_CAMEO: Mapping[str, str] = {"reject": "120", "threaten": "130", "agree": "030"}
#: "Will not lift the blockade" refuses; "will not attack" promises.
#: CAMEO's code of accords: who does not reach one declines it.
_ACCORD = "057"
_REFUSABLE = frozenset({"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"})
#: Where "its troops" and "their envoys" are what is moved, not whom it is done to.
_OWN_MOVES = frozenset({"MOBILIZE", "RETREAT", "SANCTION"})
#: What both of two sides do, they do to each other: "the two sides exchanged prisoners".
_BETWEEN_BOTH = frozenset({"AGREE", "SUPPORT", "COOPERATE", "CONCEDE", "RETREAT", "ACCUSE", "THREATEN", "ASSAULT"})
_BOTH = 2
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
        return self._coder.complete(table, mentions, (one.head for one in found), (one.event for one in found))


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
        self._parties = PartyFinder(table, index, lexicon, attributions, self.sides)
        self._attributions = attributions
        self.phrases = PhraseReader(table, index, lexicon.agents, lexicon.agents | lexicon.leaders)
        self._arguments = ArgumentFinder(table, index, self.phrases)
        self._triggers = find_triggers(table, lexicon, index.types)
        self._nouns: dict[int, EventType] = {t.head: t.group.type for t in self._triggers if not t.is_verb}
        self._answers = AnswerFinder(
            table, lexicon, self._parties, self.phrases, self._arguments, self._to_actors, self._nouns, self._names
        )
        self._dates = EventDates(table, self._triggers)
        self._places = EventPlaces(table, index, self._dates)
        self._evidence = Evidence(table, attributions)

    def find_all(self) -> list[Found]:
        """Return the events in order of their triggers, ids still to be given."""
        triggers = self._triggers
        statuses = [assess_status(self._table, self._lexicon, trigger) for trigger in triggers]
        governors = {status.governor for status in statuses if status.governor is not None}
        protests = {trigger.head for trigger in triggers if trigger.group.type == "PROTEST" and trigger.is_verb}
        heads = self._table.heads
        announced = {heads[trigger.head] for trigger in triggers if trigger.is_verb and heads[trigger.head] != trigger.head}
        found: list[Found] = []
        for trigger, status in zip(triggers, statuses, strict=True):
            # A governing word that makes a speech act of another deed is told with that deed.
            if trigger.head in governors and trigger.noun in {None, trigger.head}:
                continue
            if trigger.group.needs == "clause" and trigger.head in announced:
                continue
            if self._is_of_protest(trigger, protests):
                continue
            event = self._to_event(trigger, status)
            if event is not None:
                found.append(Found(trigger.head, event))
                self._parties.add(trigger.head, event)
        found += self._find_obligations({one.event.trigger for one in found})
        found.sort(key=lambda one: (one.event.trigger[0], one.event.trigger, one.event.type))
        return found

    def _is_of_protest(self, trigger: Trigger, protests: Container[int]) -> bool:
        """Tell whether a trigger only says what a protest is for: "marched to demand a vote", "blocked roads in protest"."""
        table, head = self._table, trigger.head
        if trigger.group.type == "PROTEST" and table.deps[head] == "pobj":
            return table.heads[table.heads[head]] in protests
        if trigger.group.type != "REQUEST" or table.deps[head] not in {"advcl", "xcomp"} or table.heads[head] not in protests:
            return False
        return any(table.lowers[one] == "to" for one in find_children(table, head, "aux"))

    def _to_event(self, trigger: Trigger, status: Status) -> Event | None:
        actors = self._arguments.find_actors(trigger)
        recipients = self._arguments.find_recipients(trigger, actors)
        if trigger.group.is_inverse:
            actors, recipients = self._arguments.find_sources(trigger), actors
        return self._build(trigger, status, actors, recipients)

    def _to_actors(self, trigger: Trigger, heads: Iterable[int]) -> list[Argument]:
        return self._to_arguments(trigger, heads, is_actor=True)

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

    def _find_sides(
        self, trigger: Trigger, status: Status, actors: list[int], recipients: list[int]
    ) -> tuple[tuple[Argument, ...], tuple[Argument, ...]]:
        """Return the arguments that act and those acted on, from the heads of the phrases that the grammar gives."""
        said = self._evidence.find_speaker(trigger.head if status.governor is None else status.governor)
        actor_arguments = tuple(self._to_actors(trigger, actors)) if said is None else (said,)
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
        is_shared = len(named) > 1 and (
            trigger.group.is_mutual
            or any(is_each_other(self._table, one) for one in recipients)
            or (trigger.group.type in _BETWEEN_BOTH and len(named) == _BOTH and self._are_both(actors))
        )
        if not any(argument.mention for argument in recipient_arguments) or (
            is_shared and not any(self.sides.find(argument.mention) for argument in recipient_arguments)
        ):
            if is_shared:
                actor_arguments, recipient_arguments = actor_arguments[:1], actor_arguments[1:]
            else:
                recipient_arguments = self._answers.find_answered(trigger, actor_arguments, recipients) or recipient_arguments
        if trigger.group.type in _TOLD_AGAIN and not trigger.is_verb and not actors and not recipients:
            same = self._parties.find_same(trigger.head, trigger.group.type)
            if same is not None:
                actor_arguments, recipient_arguments = same.actors, same.recipients
        return actor_arguments, recipient_arguments

    def _build(self, trigger: Trigger, status: Status, actors: list[int], recipients: list[int]) -> Event | None:
        actor_arguments, recipient_arguments = self._find_sides(trigger, status, actors, recipients)
        named = {argument.mention for argument in actor_arguments if argument.mention}
        if not any(argument.mention for argument in (*actor_arguments, *recipient_arguments)):
            return None
        has_recipient = any(argument.mention for argument in recipient_arguments)
        is_named = (
            any(argument.mention for argument in actor_arguments),
            has_recipient,
            has_recipient and any(one not in self._arguments.find_clause_subjects(trigger) for one in recipients),
        )
        if trigger.group.type == "CONSULT" and trigger.is_verb and not has_recipient and self._is_one_body(named):
            return None
        if not is_telling(self._table, self._lexicon, trigger, actors, is_named, is_governed=status.act is not None):
            return None
        spans = self._evidence.to_spans(trigger.tokens if status.governor is None else (*trigger.tokens, status.governor))
        if self._evidence.is_furniture(spans):
            return None
        reported_in, is_cue = self._evidence.find_report(spans)
        event_type, cameo, mode, rule = self._classify(trigger, status)
        if is_cue and rule == "rule:event-verb" and event_type not in _SPEECH_ACTS | _PUNISHMENTS:
            return None
        polarity, modality = status.polarity, status.modality
        if polarity == "negated" and modality == "hypothetical" and status.act is None and not is_cue:
            # "If it did not stop": neither done nor announced.
            return None
        if trigger.group.is_promise and modality == "actual" and status.act is None:
            modality = "future"
        if event_type == "PROTEST" and trigger.is_verb and self._is_complaint(trigger, named):
            event_type, cameo, mode = "ACCUSE", "111", "disapprove"
        if event_type == "REJECT" and trigger.group.type != "REJECT" and status.act is None:
            polarity, modality = "affirmed", "actual"
        confidence = _CONFIDENCES[rule] - (0 if actor_arguments and recipient_arguments else _ONE_SIDED)
        sentence = self._evidence.find_sentence(trigger.head)
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

    def _is_complaint(self, trigger: Trigger, mentions: Collection[str]) -> bool:
        """Tell whether a state protests: it complains of another, and takes to no street."""
        found = [self.sides.get(one) for one in mentions]
        return (
            self._table.lemmas[trigger.head] == "protest"
            and bool(found)
            and all(m is not None and m.type == "State" for m in found)
        )

    def _is_one_body(self, mentions: Collection[str]) -> bool:
        """Tell whether a single body is all that is named: a council that meets consults nobody else."""
        found = [self.sides.get(one) for one in mentions]
        return len(found) == 1 and found[0] is not None and found[0].type == "Organisation"

    def _are_both(self, actors: Sequence[int]) -> bool:
        """Tell whether the two who act are named by one plural: "both sides", "the two governments"."""
        return len(actors) == 1 and len(self._parties.find_parties(actors[0])) == _BOTH

    def _classify(self, trigger: Trigger, status: Status) -> tuple[EventType, str | None, str | None, str]:
        group = trigger.group
        if status.act is not None:
            return _ACT_TYPES[status.act], _ACT_CAMEO[status.act], None, "rule:event-act"
        is_refusal = status.polarity == "negated" and group.type in _REFUSABLE
        if is_refusal and (status.modality == "future" or group.type == "AGREE" or group.cameo == _ACCORD):
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
