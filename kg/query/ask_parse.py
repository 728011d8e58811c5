"""A question in plain English as filters: deterministic, by the shapes of `kg.query.ask_grammar`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from functools import cache
from typing import Any

from kg.model.attribution import Polarity
from kg.query.ask_frames import FrameFinder
from kg.query.ask_grammar import MARK, Grammar
from kg.query.ask_lexicon import EventWords, read_lexicon
from kg.query.ask_names import NamedText, NameSource, Party, mark_names
from kg.query.ask_question import Question
from kg.query.ask_time import find_days

_OPENING = re.compile(
    r"(?i)\A(?:please|could you|can you|would you|tell me|show me|show|list|find me|find|give me|i want to know"
    r"|in which (?:statements?|articles?|documents?|reports?|texts?)"
    r"|i would like to know|do you know|do we know|let me know|is it true that|all the times|every time|and|so|but|then)[,\s]+"
)
#: "Has anyone said", "everybody who said": who said.
_ANYBODY = re.compile(
    r"(?i)\A(?:(?:did|does|do|has|have|is|was|were|will|is\s+there|was\s+there)\s+)?(?:(?:any|some|every)(?:one|body)|those|people)\s+(?:who\s+)?"
)
#: Patterns of frames know the full forms alone.
_CONTRACTED = re.compile(r"(?i)\b(do|does|did|is|are|was|were|has|have|had|would|could|should)n't\b")
_IS = re.compile(r"(?i)\b(what|who|where|when|how)'s\b")
_SENTENCE_END = re.compile(r"(?<=[?!])\s+")
_QUESTION_WORDS = re.compile(
    r"(?i)\A(?:(?:who|whom|what|when|where|why|how|how often)\b\s*)?(?:(?:did|does|do|has|have|is|was|were)\b\s*)?"
)
_NEGATION = re.compile(r"(?i)\s*\b(?:do|does|did)(?:n['’]t|\s+not)\b|(?<=\w)n['’]t\b|\s+\b(?:not|never|no longer)\b")
_JOINING = re.compile(r"[\s,]|\b(?:and|or|the|both)\b|['’]s?\b", re.IGNORECASE)
_IN_FRONT = re.compile(r"\A(?:it\s+is|it['’]s|that|the)\s+", re.IGNORECASE)
_OPPOSITE: Mapping[Polarity, Polarity] = {"affirmed": "negated", "negated": "affirmed"}
_VERBS_OF_WILL = frozenset({"intention", "demand", "promise"})

Parts = dict[str, Any]
_Groups = Mapping[str, str | None]


@cache
def read_grammar() -> Grammar:
    """Return the grammar of the lexicon that is shipped."""
    return Grammar(read_lexicon())


def parse_question(text: str, names: NameSource, frames: FrameFinder, today: date) -> Question:
    """Return what a question asks for.

    Args:
        text: one question, with or without a question mark; of several the last one counts.
        names: what its names are looked up in.
        frames: what its clauses are matched with.
        today: what "last week" counts from.

    Raises:
        ActorAmbiguousError: a name means several actors equally well.
    """
    plain = _CONTRACTED.sub(r"\1 not", _IS.sub(r"\1 is", text.replace("’", "'")))
    cleaned = " ".join(plain.split()).strip(" ?!.")
    days, rest = find_days(cleaned, today)
    while (match := _OPENING.match(rest)) is not None:
        rest = rest[match.end() :]
    rest = _ANYBODY.sub("who ", rest)
    *before, last = _SENTENCE_END.split(rest)
    named = mark_names(last, names, read_lexicon().titles)
    parts = _Reading(named, frames).read()
    left = " ".join((*before, parts["left"])).strip()
    return Question(since=days.since, until=days.until, **{**parts, "left": left})


class _Reading:
    """One question under way."""

    def __init__(self, named: NamedText, frames: FrameFinder) -> None:
        self._named = named
        self._frames = frames
        self._grammar = read_grammar()
        self._readers: Mapping[str, Callable[[_Groups], Parts | None]] = {
            "changes": self._read_changes,
            "agreement": self._read_agreement,
            "contradiction": self._read_contradiction,
            "happened": lambda groups: (
                self._read_event_parties(groups, is_mutual=False) if groups["b"] is None else self._read_both(groups)
            ),
            "suffered": lambda groups: {"kind": "events", "recipient": self._party(groups["a"])},
            "event": self._read_event,
            "passive": self._read_passive,
            "noun": self._read_noun,
            "noun of": self._read_noun_of,
            "said of": lambda groups: {"polarity": "affirmed", **self._read_clause(groups["clause"] or "", "affirmed")},
            "accusation": self._read_accusation,
            "told": lambda groups: {**self._read_what(groups), "addressee": self._party(groups["b"])},
            "topic": self._read_what,
            "speech": self._read_speech,
        }

    def read(self) -> Parts:
        """Return the fields of the question but for its days; one of no known shape is a search about the names in it."""
        text = _QUESTION_WORDS.sub("", self._restore(self._named.text))
        for name, pattern in self._grammar.shapes:
            match = pattern.fullmatch(self._named.text)
            if match is None:
                continue
            groups = {key: match.groupdict().get(key) for key in _GROUPS}
            parts = self._readers[name](groups)
            if parts is not None:
                asked = (groups["asked"] or self._named.text).casefold().split()
                left = " ".join(self._restore(groups[key] or "") for key in ("left", "tail")).strip()
                return {"asked": asked[0] if asked and asked[0] in _ASKED else "", "left": left, "text": text, **parts}
        return {"clause": text, "about": self._named.parties[:1], "left": self._restore(self._named.text), "text": text}

    def _party(self, mark: str | None) -> Party | None:
        match = MARK.search(mark or "")
        return None if match is None else self._named.parties[int(match[1])]

    def _parties(self, text: str) -> tuple[Party, ...]:
        return tuple(dict.fromkeys(self._named.parties[int(match[1])] for match in MARK.finditer(text)))

    def _restore(self, text: str) -> str:
        """Return a part of the question with its names as they were written."""
        return MARK.sub(lambda match: self._named.names[int(match[1])], text).strip()

    def _read_topic(self, topic: str | None) -> Parts:
        """Return what a claim is about: actors, a frame by its name or pattern, or words."""
        if not topic:
            return {}
        parties = self._parties(topic)
        if parties and not _JOINING.sub("", MARK.sub("", topic)):
            return {"about": parties}
        text = self._restore(topic)
        found = self._frames.find_named(MARK.sub(" ", topic)) or self._frames.find_by_pattern(text)
        frame = {"frame": found.notation, "frame_by": found.by, "about": parties[:1]} if found is not None else {}
        return {"clause": text, **frame}

    def _read_clause(self, clause: str, polarity: Polarity) -> Parts:
        """Return what is claimed: of whom, which frame, and on which side of it once the clause's own negation is counted."""
        text = self._restore(clause)
        found = self._frames.find_named(MARK.sub(" ", clause)) or self._frames.find_by_pattern(text)
        negation = _NEGATION.search(text)
        if negation is not None and not (found is not None and found.begin < negation.end() and negation.start() < found.end):
            text = _affirm(text)
            found = self._frames.find_named(MARK.sub(" ", _affirm(clause))) or self._frames.find(text)
            polarity = _OPPOSITE[polarity]
        elif found is None:
            found = self._frames.find_near(text)
        parts: Parts = {"clause": text, "polarity": polarity}
        subject = MARK.match(_IN_FRONT.sub("", clause))
        if subject is not None:
            parts["about"] = (self._named.parties[int(subject[1])],)
        elif found is not None:
            parts["about"] = self._parties(clause)[:1]
        if found is not None:
            parts |= {"frame": found.notation, "frame_by": found.by}
        return parts

    def _read_speech(self, groups: _Groups) -> Parts | None:
        """Who says that …, when did X say that …."""
        verb = self._grammar.speech.get(_fold(groups["say"])) if groups["say"] else None
        clause = groups["clause"] or ""
        cue_types = verb.cue_types if verb is not None else ()
        if "accusation" in cue_types:
            return {
                "speaker": self._party(groups["a"]),
                "cue_types": cue_types,
                "about": self._parties(clause),
                "clause": self._restore(clause),
            }
        parts = self._read_clause(clause, verb.polarity or "affirmed" if verb is not None else "affirmed")
        if set(cue_types) & _VERBS_OF_WILL and "frame" not in parts:
            parts |= self._find_willed(f"{groups['say']} {clause}")
        return {**parts, "speaker": self._party(groups["a"]), "cue_types": cue_types}

    def _find_willed(self, words: str) -> Parts:
        """Return the frame that a verb and its object make together: "wants peace", "promised aid to X"."""
        found = self._frames.find_named(MARK.sub(" ", words)) or self._frames.find_by_pattern(self._restore(words))
        about = self._parties(words)[:1]
        return {} if found is None else {"frame": found.notation, "frame_by": found.by, "about": about}

    def _read_what(self, groups: _Groups) -> Parts:
        """What does X say about Y."""
        verb = self._grammar.speech.get(_fold(groups["say"])) if groups["say"] else None
        parts: Parts = {"speaker": self._party(groups["a"]), **self._read_topic(groups["topic"])}
        if verb is not None:
            parts |= {"cue_types": verb.cue_types, "polarity": verb.polarity}
        return parts

    def _read_accusation(self, groups: _Groups) -> Parts | None:
        verb = self._grammar.speech.get(_fold(groups["say"]))
        if verb is None or "accusation" not in verb.cue_types:
            return None
        clause = groups["clause"] or ""
        found = self._frames.find_named(MARK.sub(" ", clause)) or self._frames.find(self._restore(clause))
        frame = {"frame": found.notation, "frame_by": found.by} if found is not None else {}
        about = self._parties(groups["a"] or "")
        return {
            "speaker": self._party(groups["speaker"]),
            "about": about,
            "cue_types": verb.cue_types,
            "clause": self._restore(clause),
            **frame,
        }

    def _read_agreement(self, groups: _Groups) -> Parts:
        return {"kind": "agreement", "speaker": self._party(groups["a"]), **self._read_topic(groups["topic"])}

    def _read_contradiction(self, groups: _Groups) -> Parts:
        parts = {"kind": "contradiction", "speaker": self._party(groups["a"]), **self._read_topic(groups["topic"])}
        return parts if groups["b"] is None else {**parts, "other": self._party(groups["b"])}

    def _read_changes(self, groups: _Groups) -> Parts:
        return {"kind": "changes", "speaker": self._party(groups["a"]), **self._read_topic(groups["topic"])}

    def _read_event(self, groups: _Groups) -> Parts | None:
        """Who met X: X is acted on; whom did X meet: X acts. The verb decides the type."""
        words = self._grammar.events.get(_fold(groups["do"])) if groups["do"] else None
        if words is None and groups["consult"] is None:
            return None
        event: Parts = {"kind": "events"}
        if words is None:
            event |= {"event_type": "CONSULT", "is_mutual": True}
        else:
            event |= _to_type(words)
        is_object = groups["b"] is None and not _stands_before_verb(self._named.text, groups)
        sides = ("recipient", "actor") if is_object else ("actor", "recipient")
        return {**event, sides[0]: self._party(groups["a"]), sides[1]: self._party(groups["b"])}

    def _read_passive(self, groups: _Groups) -> Parts:
        """Who was attacked by X; was X attacked by Y."""
        words = self._grammar.events[_fold(groups["do"])]
        event: Parts = {"kind": "events", **_to_type(words)}
        if _stands_before_verb(self._named.text, groups):
            return {**event, "recipient": self._party(groups["a"]), "actor": self._party(groups["b"])}
        return {**event, "actor": self._party(groups["a"])}

    def _read_both(self, groups: _Groups) -> Parts:
        is_mutual = " between " in f" {self._named.text.casefold()} "
        return self._read_event_parties(groups, is_mutual=is_mutual)

    def _read_event_parties(self, groups: _Groups, *, is_mutual: bool) -> Parts:
        return {
            "kind": "events",
            "actor": self._party(groups["a"]),
            "recipient": self._party(groups["b"]),
            "is_mutual": is_mutual,
        }

    def _read_noun(self, groups: _Groups) -> Parts:
        """Meetings between X and Y, strikes by X on Y."""
        words = self._grammar.nouns[_fold(groups["noun"])]
        return {**self._read_event_parties(groups, is_mutual=False), **_to_type(words)}

    def _read_noun_of(self, groups: _Groups) -> Parts:
        """Strikes on X by Y."""
        words = self._grammar.nouns[_fold(groups["noun"])]
        parties = {"recipient": self._party(groups["a"]), "actor": self._party(groups["b"])}
        return {"kind": "events", **_to_type(words), **parties}


_GROUPS = ("asked", "a", "b", "say", "do", "noun", "clause", "topic", "left", "tail", "speaker", "consult")
_ASKED = frozenset(
    {"who", "whom", "whoever", "what", "which", "when", "where", "why", "how", "did", "does", "has", "have", "is", "was"}
)


def _fold(words: str | None) -> str:
    return " ".join((words or "").casefold().split())


def _to_type(words: EventWords) -> Parts:
    return {"event_type": words.type, "cameo": words.cameo, "is_mutual": words.is_mutual}


def _stands_before_verb(text: str, groups: _Groups) -> bool:
    """Whether the first name stands before the verb."""
    return text.find(groups["a"] or "") < text.find(groups["do"] or "")


def _affirm(clause: str) -> str:
    """Return a clause without its negation: "is not stalling" as "is stalling", "does not want" as "wants" in effect."""
    return " ".join(_NEGATION.sub("", clause, count=1).split())
