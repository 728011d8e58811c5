"""Stances: for every attribution and everybody its content is about, how the speaker stands to them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from spacy.tokens import Doc

from kg.extract.stance_lexicon import read_stance_lexicon
from kg.extract.stance_rules import StanceRules, Voice, read_votes
from kg.extract.stance_turns import TURNED, is_asked
from kg.extract.token_table import TokenTable, read_table
from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.model.span import Span
from kg.model.stance import STANCE_VALUES, Stance, StanceValue

#: They mean the speaker, or those whom the speaker is one of.
_FIRST_PERSONS = frozenset({"i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"})
#: What somebody owns is named, seldom they themselves.
_OWNERS = frozenset({"his", "its", "their", "theirs", "whose"})
#: In indirect speech they may mean the speaker.
_THIRD_PERSONS = frozenset({"he", "she", "they", "it", "his", "her", "their", "its"})
#: Characters of a content that is read as a whole.
_LONGEST = 450
#: How often the rules are right, by votes against and for the target (on NewsMTSC), without any, by the cue, where something
#: is only asked, of what others are reported to say (on the project's own cases).
_BLAMED, _PRAISED, _UNVOTED, _BY_CUE, _ASKED, _FOREIGN = 0.92, 0.7, 0.5, 0.95, 0.8, 0.9


class Pair(NamedTuple):
    """An attribution's speaker and somebody whom its content is about.

    Attributes:
        attribution: whose content it is.
        target: the mention.
        text: the content in one piece; of a long one what the target's sentence holds of it.
        begin, end: the characters of the target in `text`.
        head: token index of the target's main word in the doc.
        cue: token indexes of the cue.
    """

    attribution: Attribution
    target: Mention
    text: str
    begin: int
    end: int
    head: int
    cue: frozenset[int]


class Judgement(NamedTuple):
    """A stance and how likely it is right."""

    value: StanceValue
    confidence: float
    by: str


#: Where nothing tells a stance.
UNTOLD = Judgement("neutral", _UNVOTED, "rule:stance")


class StanceJudge(Protocol):
    """What tells a stance: rules or a trained classifier."""

    def judge(self, doc: Doc, pairs: Sequence[Pair]) -> list[Judgement]:
        """Return the stance of each pair, in order; nothing for no pairs."""
        ...


class RuleStanceJudge:
    """The lexicon's votes (profile `fast`)."""

    def __init__(self) -> None:
        self._rules = StanceRules(read_stance_lexicon())

    def judge(self, doc: Doc, pairs: Sequence[Pair]) -> list[Judgement]:
        """See `StanceJudge`."""
        return [self.decide(doc, pair) or UNTOLD for pair in pairs]

    def decide(self, doc: Doc, pair: Pair) -> Judgement | None:
        """Return the stance that the words show to the rules; None where they tell nothing.

        What is only asked or supposed is neutral. Who denies that somebody did wrong stands by them.
        """
        target = doc[pair.head]
        sign = self._rules.vote_by_cue(target, pair.cue)
        if sign:
            return Judgement(STANCE_VALUES[1 + sign], _BY_CUE, "rule:stance-cue")
        if pair.attribution.cue_type == "question" or is_asked(target):
            return Judgement("neutral", _ASKED, "rule:stance-asked")
        own = _FIRST_PERSONS if pair.attribution.speech == "direct" else _FIRST_PERSONS | _THIRD_PERSONS
        votes = self._rules.vote(target, Voice(pair.cue, own))
        if pair.attribution.cue_type == "denial" and pair.head not in pair.cue:
            votes *= -TURNED
        sign = read_votes(votes)
        return Judgement(STANCE_VALUES[1 + sign], _BLAMED if sign < 0 else _PRAISED, "rule:stance") if sign else None


def find_stances(
    doc: Doc, attributions: Sequence[Attribution], mentions: Sequence[Mention], judge: StanceJudge
) -> tuple[Stance, ...]:
    """Return the stances of a doc's attributions to the mentions that they are about.

    What others are reported to say of somebody is no stance of who reports it: it counts as neutral there, and belongs to
    the attribution within. Claims that somebody is said not to have made show none.
    """
    pairs = list(find_pairs(doc, attributions, mentions))
    foreign = _find_foreign(pairs, attributions, mentions)
    judged = iter(judge.judge(doc, [pair for pair, is_foreign in zip(pairs, foreign, strict=True) if not is_foreign]))
    found = []
    for number, (pair, is_foreign) in enumerate(zip(pairs, foreign, strict=True), 1):
        value, confidence, by = Judgement("neutral", _FOREIGN, "rule:others-words") if is_foreign else next(judged)
        about = {"attribution": pair.attribution.id, "target": pair.target.id}
        found.append(Stance(id=f"s{number}", **about, value=value, confidence=confidence, by=by))
    return tuple(found)


def find_pairs(doc: Doc, attributions: Sequence[Attribution], mentions: Sequence[Mention]) -> Iterator[Pair]:
    """Yield the pairs of a doc, by attribution, then by the target's place in the text.

    Nobody is a target of their own words, nor are those for whom a speaker speaks ("we"), nor owners ("its").
    """
    table = read_table(doc)
    by_id = {mention.id: mention for mention in mentions}
    for attribution in attributions:
        if attribution.negated_cue:
            continue
        cue = frozenset(token for span in attribution.cue for token in range(*table.find_tokens(*span)))
        speakers = {attribution.source_mention, *attribution.other_source_mentions}
        for identifier in attribution.about:
            target = by_id[identifier]
            if identifier not in speakers and target.spans and target.text.lower() not in _FIRST_PERSONS | _OWNERS:
                yield _make_pair(table, attribution, target, cue)


def _make_pair(table: TokenTable, attribution: Attribution, target: Mention, cue: frozenset[int]) -> Pair:
    place = Span(target.spans[0].begin, target.spans[-1].end)
    first, last = table.find_tokens(*place)
    spans = attribution.content
    if sum(end - begin for begin, end in spans) > _LONGEST:
        sentence = _find_sentence(table, first)
        cut = (Span(max(span.begin, sentence.begin), min(span.end, sentence.end)) for span in spans)
        spans = tuple(span for span in cut if span.begin < span.end)
    # The words as `kg.extract.contents` has them, so that the encoder reads them once for both.
    words = " ".join(table.text[begin:end] for begin, end in spans)
    at = 0
    for begin, end in spans:
        if place.begin < end:
            at += place.begin - begin
            break
        at += end - begin + 1
    before, named = words[:at], words[at : at + place.end - place.begin]
    shown = " ".join(before.split())
    first_character = len(shown) + (bool(shown) and before[-1].isspace())
    last_character = first_character + len(" ".join(named.split()))
    head = table.find_head(first, last)
    return Pair(attribution, target, " ".join(words.split()), first_character, last_character, head, cue)


def _find_sentence(table: TokenTable, token: int) -> Span:
    """Return the characters of the sentence of a token."""
    number, first, last = table.sentences[token], token, token
    while first > 0 and table.sentences[first - 1] == number:
        first -= 1
    while last + 1 < len(table) and table.sentences[last + 1] == number:
        last += 1
    return Span(table.begins[first], table.ends[last])


def _find_foreign(pairs: Sequence[Pair], attributions: Sequence[Attribution], mentions: Sequence[Mention]) -> list[bool]:
    """Tell for each pair whether its target stands in the content of an attribution within whose speaker is another.

    What a pronoun believes or wants ("he thinks", "we believe") may well be the speaker's own.
    """
    kinds: Mapping[str | None, str] = {mention.id: mention.kind for mention in mentions}
    nested: dict[str | None, list[Attribution]] = {}
    for attribution in attributions:
        if kinds.get(attribution.source_mention, "pronoun") != "pronoun":
            nested.setdefault(attribution.parent, []).append(attribution)
    return [
        any(
            begin <= pair.target.spans[0].begin and pair.target.spans[-1].end <= end
            for attribution in nested.get(pair.attribution.id, ())
            for begin, end in attribution.content
        )
        for pair in pairs
    ]
