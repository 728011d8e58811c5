"""Whom an answer goes to by what it answers: "dismissed the warning", "a demand that Oslo rejected", "called it a lie"."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from kg.extract.event_arguments import ArgumentFinder
from kg.extract.event_clauses import find_antecedents, find_children, find_doers, find_objects
from kg.extract.event_lexicon import EventLexicon
from kg.extract.event_modality import MEDIATION
from kg.extract.event_parties import PartyFinder
from kg.extract.event_phrases import PhraseReader
from kg.extract.event_triggers import Trigger
from kg.extract.token_table import TokenTable
from kg.model.event import Argument, EventType
from kg.model.mention import Mention

#: Acts that answer what another has said or done.
_ANSWERS = frozenset({"REJECT", "ACCUSE", "SUPPORT", "AGREE", "CONCEDE", "REQUEST"})
_BARE_ANSWERS = frozenset({"REJECT", "AGREE", "CONCEDE"})


class AnswerFinder:
    """Finds those answered in one text.

    Args:
        table: the tokens.
        lexicon: which nouns stand for what may be answered.
        parties: knows the events before.
        phrases: reads noun phrases.
        arguments: turns the head of a phrase into an argument.
        to_actors: turns heads of phrases into the arguments of those who act.
        nouns: type of event of each noun that is itself a trigger, by token.
        names: of all mentions, by id.
    """

    def __init__(  # noqa: PLR0917 - what the reading of one text has at hand
        self,
        table: TokenTable,
        lexicon: EventLexicon,
        parties: PartyFinder,
        phrases: PhraseReader,
        arguments: ArgumentFinder,
        to_actors: Callable[[Trigger, Iterable[int]], list[Argument]],
        nouns: Mapping[int, EventType],
        names: Mapping[str, str],
    ) -> None:
        self._table = table
        self._lexicon = lexicon
        self._parties = parties
        self._phrases = phrases
        self._arguments = arguments
        self._to_actors = to_actors
        self._nouns = nouns
        self._names = names

    def find_answered(self, trigger: Trigger, actors: Sequence[Argument], recipients: Sequence[int]) -> tuple[Argument, ...]:
        """Return whom a verb answers or mediates between, where its clause names no one; empty where nobody is pointed at.

        Args:
            trigger: the verb; nothing is found for a noun.
            actors: who answers.
            recipients: heads of the phrases that the verb governs.
        """
        if not trigger.is_verb:
            return ()
        if trigger.group.cameo in MEDIATION:
            parties = self._parties.find_last_parties(trigger.head)
            return _point_back(mention for mention in parties if mention.id not in {a.mention for a in actors})
        if trigger.group.type not in _ANSWERS:
            return ()
        own = frozenset(self._names[a.mention] for a in actors if a.mention)
        for deed in self._list_deeds(trigger, recipients):
            if deed not in self._nouns and self._table.lemmas[deed] not in self._lexicon.replies:
                continue
            doers = find_doers(self._table, deed) if deed < trigger.head else []
            arguments = [one for one in self._to_actors(trigger, self._phrases.expand(doers)) if one.mention]
            if arguments and not own & {self._names[a.mention or ""] for a in arguments}:
                return tuple(arguments)
            types = (self._nouns[deed],) if deed in self._nouns else ()
            argument = self._arguments.to_argument(deed)
            found = self._parties.find_answered(deed, own, types)
            if found:
                return tuple(argument.model_copy(update={"mention": mention.id}) for mention in found)
        if not recipients and trigger.noun is None and trigger.group.type in _BARE_ANSWERS:
            return _point_back(self._parties.find_asker(trigger.head, own))
        return ()

    def _list_deeds(self, trigger: Trigger, recipients: Sequence[int]) -> list[int]:
        """Return the tokens that may stand for what is answered, the nearest to the verb first, each once."""
        table = self._table
        deeds = [*recipients, *([] if trigger.noun is None else [trigger.noun]), *find_antecedents(table, trigger.head)]
        if trigger.group.has_topic:
            # "Called [the report] a lie": the parser makes it the object or the subject of a small clause.
            deeds = [*find_objects(table, trigger.head), *deeds]
            for clause in find_children(table, trigger.head, "ccomp", "xcomp", "oprd"):
                deeds += find_children(table, clause, "nsubj")
        return list(dict.fromkeys(deeds))


def _point_back(mentions: Iterable[Mention]) -> tuple[Argument, ...]:
    """Return arguments that the sentence leaves out, with the words that named them before."""
    return tuple(Argument(mention=mention.id, spans=mention.spans) for mention in mentions if mention.spans)
