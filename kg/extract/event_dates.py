"""When an event takes place: the time expression that the parse puts into the clause of its trigger.

An expression belongs to one word, its owner: the verb of its clause, or the noun of a deed that it stands beside ("Monday's
attack", "talks in Geneva on Friday"). It never belongs to an event of another clause: in "said on Tuesday that Norland
attacked Vostia" Tuesday is the day of the saying, and the attack has no date. Where nothing tells when, there is none: the
day of publication is what expressions are read against, never what stands in for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.extract.event_clauses import find_children
from kg.extract.event_periods import Period, read_day
from kg.extract.event_tenses import is_future_verb, is_scheduled
from kg.extract.event_time_expressions import TimeExpression, find_expressions
from kg.extract.event_time_readings import Moment
from kg.extract.event_triggers import Trigger
from kg.extract.token_table import TokenTable

#: "After Monday", "until Friday" tell when it is over or not yet.
_OUTSIDE = frozenset(
    {
        "after", "before", "until", "till", "following", "than", "despite", "pending", "like", "about", "because", "given",
        "unlike", "besides", "regarding", "without",
    }
)  # fmt: skip
#: Prepositions whose phrases the parser takes the time of the clause into: "in [Geneva on Friday]".
_WITHIN = frozenset(
    {
        "in", "at", "on", "near", "with", "to", "from", "against", "by", "into", "inside", "outside", "around", "between",
        "during", "through", "across", "off", "toward", "towards", "along", "of", "for", "under", "amid", "as", "onto",
        "throughout", "within", "via",
    }
)  # fmt: skip
_MODIFIERS = frozenset({"poss", "nummod", "compound", "nmod", "amod", "quantmod", "det"})
_TIME_NOUNS = frozenset(
    {
        "morning", "afternoon", "evening", "night", "noon", "midday", "midnight", "dawn", "dusk", "hour", "minute", "day",
        "week", "month", "year", "end", "start", "beginning", "middle", "eve", "close", "early", "late", "course", "period",
        "date", "weekend", "time", "half", "quarter", "earlier", "later",
    }
)  # fmt: skip
#: Verbs that put on, or are, what their object or subject tells of: the date is that of the deed.
_HOSTING = frozenset(
    {
        "hold", "host", "attend", "join", "begin", "start", "open", "resume", "end", "conclude", "launch", "carry", "conduct",
        "stage", "continue", "face", "suffer", "witness", "take", "make", "have", "mount", "complete", "lead", "wage", "repel",
        "survive", "break", "halt", "do", "give", "pay", "deliver", "commit", "perpetrate", "see", "perform", "occur", "happen",
        "participate", "convene", "gather", "meet", "arrive", "travel", "visit",
    }
)  # fmt: skip
_AT_MEETINGS = frozenset({"at", "in", "during"})
_FOR_DEEDS = frozenset({"in", "for", "at", "during", "on"})
_ASPECTUAL = frozenset(
    {
        "begin", "start", "continue", "stop", "resume", "cease", "keep", "manage", "try", "attempt", "fail", "go", "come",
        "help", "finish", "end", "proceed",
    }
)  # fmt: skip
#: "Speaking in Oslo on Tuesday, the minister accused ...": the saying is the deed.
_SPEAKING = frozenset({"speak", "write", "address", "testify", "appear", "post", "talk"})
_PLANNED = frozenset(
    {
        "hold", "carry", "launch", "conduct", "take", "begin", "start", "last", "occur", "happen", "stage", "host", "commit",
        "follow",
    }
)  # fmt: skip
_LONGEST_CLIMB = 14


@dataclass(frozen=True, slots=True)
class _Dated:
    """An expression with its owner and what it comes to for an event that has happened, and for one to come.

    Attributes:
        token: the word of the expression on which the others hang.
        owner: the verb or noun whose time it tells.
        moment: with the tense of the owner.
    """

    expression: TimeExpression
    token: int
    owner: int
    moment: Moment


class EventDates:
    """Finds the dates of the events of one text.

    Args:
        table: the parsed text; of a document without a date only expressions with a year, and those counted from them, resolve.
        triggers: of its events; a time expression beside a noun that tells of one is of that event.
    """

    def __init__(self, table: TokenTable, triggers: Sequence[Trigger]) -> None:
        self._table = table
        self._published = read_day(table.document.published if table.document else None)
        nouns = [(trigger.noun, None if trigger.is_verb else trigger.head) for trigger in triggers]
        self._deeds = frozenset(one for pair in nouns for one in pair if one is not None)
        self._meetings = frozenset(t.head for t in triggers if not t.is_verb and t.group.type == "CONSULT")

    def find_period(self, trigger: Trigger, *, is_future: bool, governor: int | None = None) -> Period | None:
        """Return when the event of a trigger takes place; None where the text does not tell.

        Args:
            trigger: where the event is told of.
            is_future: whether the event is still to come: "on Tuesday" is then the next one.
            governor: the word of refusing or threatening that makes the deed an act of its own, whose time is then meant.
        """
        for owners in self.find_owners(trigger, governor):
            dated = [one for owner in owners for one in self._by_owner.get(owner, ())]
            resolved = [
                (period.coarseness, abs(one.token - trigger.head), one.token, period)
                for one in dated
                if (period := one.expression.resolve(one.moment._replace(is_future=is_future or one.moment.is_future)))
                is not None
            ]
            if resolved:
                return min(resolved, key=lambda item: item[:3])[3]
        return None

    @cached_property
    def _by_owner(self) -> dict[int, list[_Dated]]:
        found: dict[int, list[_Dated]] = {}
        moment = Moment(self._published)
        for expression in find_expressions(self._table.text):
            start, stop = self._table.find_tokens(expression.begin, expression.end)
            if start >= stop:
                continue
            # "On [the eve of Tuesday]'s summit": the eve tells when, not whose Tuesday is.
            eves = [at for at in range(start, stop) if expression.is_eve and self._table.lowers[at] == "eve"]
            token = eves[0] if eves else self._table.find_head(start, stop)
            owner = self._find_owner(token)
            moment = moment._replace(is_future=owner is not None and self._is_future(owner))
            period = expression.resolve(moment)
            if owner is not None:
                found.setdefault(owner, []).append(_Dated(expression, token, owner, moment))
            if period is not None:
                moment = moment._replace(named=period)
                if period.precision == "day" and period.end is None:
                    moment = moment._replace(named_day=period.first)
        return found

    def _find_owner(self, token: int) -> int | None:
        """Return the verb or noun whose time an expression tells; None where it is of another thing or of no clause."""
        table, at, is_attribute = self._table, token, False
        for _ in range(_LONGEST_CLIMB):
            dep, head = table.deps[at], table.heads[at]
            if head == at:
                # The expression is its own sentence, or the parser made the deed's noun a fragment.
                return at if at != token and at in self._deeds else None
            if table.kinds[head] in {"VERB", "AUX"} and dep not in {"pobj", "pcomp"}:
                return self._settle(head, at)
            if dep in _MODIFIERS and not self._is_time(head):
                return head
            if table.kinds[head] == "ADP" or dep in {"pobj", "pcomp"}:
                form = table.lowers[head]
                if form in _OUTSIDE or (form == "of" and table.lowers[table.heads[head]] in {"ahead", "because"}):
                    return None
                if not self._is_time(at) and at != token and form not in _WITHIN:
                    return None
                is_attribute = form == "of" and (at == token or self._is_time(at))
            elif table.kinds[head] in {"NOUN", "PROPN", "NUM", "PRON"} and not self._is_time(head):
                if head in self._deeds or is_attribute:
                    return head
                is_attribute = False
            at = head
        return None

    def _is_time(self, token: int) -> bool:
        return self._table.lemmas[token] in _TIME_NOUNS or self._table.lemmas[token].endswith("day")

    def _settle(self, verb: int, at: int) -> int:
        """Return the verb of the clause in which an expression stands, where the parser hung it on the verb of saying.

        "On Sunday Norland attacked Vostia, Oslo said" and "Oslo said Norland attacked Vostia on Sunday": of the attack.
        """
        table = self._table
        for _ in range(_LONGEST_CLIMB):
            inner = next(find_children(table, verb, "ccomp"), None)
            if inner is None or not (at < inner < verb or verb < inner < at):
                return verb
            verb = inner
        return verb

    def _is_future(self, owner: int) -> bool:
        table = self._table
        if table.kinds[owner] in {"VERB", "AUX"}:
            return is_future_verb(table, owner)
        if is_scheduled(table, owner):
            return True
        for _ in range(_LONGEST_CLIMB):
            dep, head = table.deps[owner], table.heads[owner]
            if head == owner:
                return False
            if dep == "pobj" and table.lowers[head] == "of" and table.lowers[table.heads[head]] == "ahead":
                return True
            if table.kinds[head] in {"VERB", "AUX"}:
                is_own = dep in {"nsubj", "nsubjpass"} or table.lemmas[head] in _HOSTING
                return is_own and is_future_verb(table, head)
            if table.kinds[head] not in {"NOUN", "PROPN"} and table.lowers[head] not in _FOR_DEEDS:
                return False
            owner = head
        return False

    def find_owners(self, trigger: Trigger, governor: int | None = None) -> Iterator[list[int]]:
        """Yield the words whose time, and place, is that of the event, the surest first."""
        if governor is not None and governor != trigger.head:
            yield [governor]
            return
        yield list(dict.fromkeys([trigger.head, *([] if trigger.noun is None else [trigger.noun]), *trigger.tokens]))
        if trigger.is_verb:
            yield list(self._find_governing_verbs(trigger.head))
            return
        yield list(self._find_clauses_of_noun(trigger.head))
        yield list(self._find_hosting_verbs(trigger.head))

    def _find_clauses_of_noun(self, noun: int) -> Iterator[int]:
        """Yield the verbs that tell of the deed itself: "talks [scheduled] for Friday", "the attack, which [began] on Sunday"."""
        table = self._table
        # The parser may hang it on the nearest noun: "talks with [Vostia scheduled for Friday]".
        parties = [p for of in find_children(table, noun, "prep") for p in find_children(table, of, "pobj")]
        for one in (noun, *parties):
            for clause in find_children(table, one, "acl", "relcl"):
                if is_scheduled(table, one, clause) or (one == noun and table.lemmas[clause] in _PLANNED):
                    yield clause

    def _find_hosting_verbs(self, noun: int) -> Iterator[int]:
        """Yield the verb in whose clause a noun of a deed stands, where the deed is what the clause tells."""
        table = self._table
        while table.deps[noun] == "conj" and table.kinds[table.heads[noun]] in {"NOUN", "PROPN"}:
            noun = table.heads[noun]
        dep, head = table.deps[noun], table.heads[noun]
        if dep == "pobj" and table.lowers[head] in _FOR_DEEDS:
            dep, head = "dobj", table.heads[head]
            if table.kinds[head] in {"NOUN", "PROPN"} and table.lemmas[table.heads[head]] in _HOSTING:
                # "take part in talks"
                head = table.heads[head]
        if table.kinds[head] not in {"VERB", "AUX"}:
            return
        if dep == "nsubj" or (dep in {"nsubjpass", "dobj", "attr"} and table.lemmas[head] in _HOSTING):
            yield head
            yield from self._find_governing_verbs(head)
        elif dep == "nsubjpass" and is_scheduled(table, noun, head):
            yield head

    def _find_governing_verbs(self, verb: int) -> Iterator[int]:
        """Yield verbs that share the time of their clause: "began [shelling]", "attacked it, [killing] ten", coordination."""
        table = self._table
        for clause in find_children(table, verb, "advcl"):
            if table.tags[clause] == "VBG" and table.lemmas[clause] in _SPEAKING:
                yield clause
        # "At [talks] in Vienna on Sunday, Norland accused ...": what is done at a meeting is done on its day.
        for preposition in find_children(table, verb, "prep"):
            if table.lowers[preposition] in _AT_MEETINGS:
                yield from (noun for noun in find_children(table, preposition, "pobj") if noun in self._meetings)
        for _ in range(_LONGEST_CLIMB):
            dep, head = table.deps[verb], table.heads[verb]
            is_shared = (
                (dep == "xcomp" and table.lemmas[head] in _ASPECTUAL)
                or (dep == "advcl" and table.tags[verb] == "VBG" and not table.has_child(verb, "nsubj", "mark"))
                or (dep == "conj" and self._shares_time(head, verb))
            )
            if head == verb or not is_shared:
                break
            yield head
            verb = head
        if table.deps[verb] != "conj":
            # "attacked Varna and arrested ten on Tuesday"
            yield from (one for one in find_children(table, verb, "conj") if self._ends_in_time(verb, one))

    def _shares_time(self, first: int, other: int) -> bool:
        """Tell whether the time of a verb is also that of one coordinated with it: it stands in front of both."""
        table = self._table
        if table.has_child(other, "nsubj", "nsubjpass") or is_future_verb(table, first) != is_future_verb(table, other):
            return False
        return all(one.token < first for one in self._by_owner.get(first, ()))

    def _ends_in_time(self, first: int, other: int) -> bool:
        table = self._table
        if table.has_child(other, "nsubj", "nsubjpass") or is_future_verb(table, first) != is_future_verb(table, other):
            return False
        if table.has_child(first, "ccomp"):
            return False
        return any(one.token > other for one in self._by_owner.get(other, ()))
