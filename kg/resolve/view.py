"""What one document's extraction says around its mentions: roles, titles, affiliations, names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator

from kg.model.annotation import Extraction
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.mention import Mention
from kg.model.span import cover_spans
from kg.resolve.names import fold_name

_DEFINITE = re.compile(r"(?:^|\W)(the|this|that|these|those|both|his|her|its|their|our|my)\s+$", re.IGNORECASE)
_DEFINITE_WORDS = frozenset({"the", "this", "that", "these", "those", "both", "his", "her", "its", "their", "our", "my"})
_LOCATIVE = re.compile(
    r"\b(?:in|at|near|outside|around|inside|into|across|throughout|within|over|above|through|via|beyond|left|reached|"
    r"(?:flights?|trains?|buses|ferry|ferries|roads?|highway) (?:to|from))\s+"
    r"(?:the\s+|central\s+|downtown\s+|nearby\s+|(?:north|south|east|west)(?:ern|-?(?:east|west)(?:ern)?)?\s+)*$",
    re.IGNORECASE,
)
#: "LONDON (Reuters) -", "Kyiv, 3 May (Interfax) —", "PARIS —" at the beginning of a line.
_DATELINE = re.compile(r"(?:,[ ][\w.,/ ]{2,40})?[ ](?:\([\w./ -]{2,40}\)[ ]*)?[-–—]{1,2}[ ]")
#: "Cairo was the code name", "Moscow is a city": what is said to be something does not act.
_EQUATED = re.compile(r"\s+(?:is|was|are|were|has been|had been|became|remains)\s+(?:an?|the|one)\b")
_BREAK = re.compile(r"\n\s*")
_SPOKEN_FOR = (" spokesman", " spokeswoman", " spokesperson")
_INDEFINITE = re.compile(r",\s+(?:an?|the)\s+")
_APPOSED = re.compile(r",\s+(?:(?:an?|the)\s+)?$")
_ORIGIN = re.compile(r",\s+(?:from|of|at)\s+(?:the\s+)?")
_POSSESSIVE = ("'s", "’s")
_NAME_BEHIND = re.compile(r",?[ ](?:[A-Z][\w.'’-]*[ ]){1,4}[A-Z][\w'’-]+")
_BEFORE = 24
#: Room for a comma and a title: ", Lieutenant General ".
_LONGEST_GAP = 30


class View:
    """Look-ups over one extraction, each built in one pass."""

    def __init__(self, document: Document, extraction: Extraction) -> None:
        """Index the extraction."""
        self.document = document
        self.extraction = extraction
        self.mentions: dict[str, Mention] = {mention.id: mention for mention in extraction.mentions}
        self.begins: dict[str, int] = {}
        for mention in extraction.mentions:
            cover = cover_spans(mention.spans)
            self.begins[mention.id] = -1 if cover is None else cover.begin
        self.speeches: dict[str, list[Attribution]] = defaultdict(list)
        self.addressees: set[str] = set()
        self.about: set[str] = set()
        self.frame_targets: set[str] = set()
        for attribution in extraction.attributions:
            for speaker in find_sources(attribution):
                self.speeches[speaker].append(attribution)
            if attribution.addressee is not None:
                self.addressees.add(attribution.addressee)
            self.about.update(attribution.about)
            self.frame_targets.update(attribution.frame_targets)
        self.event_actors: set[str] = set()
        self.event_recipients: set[str] = set()
        self.event_targets: set[str] = set()
        for event in extraction.events:
            self.event_actors.update(a.mention for a in event.actors if a.mention is not None)
            recipients = {a.mention for a in event.recipients if a.mention is not None}
            (self.event_targets if event.type == "ASSAULT" else self.event_recipients).update(recipients)
        self._nominals_by_begin = {m.spans[0].begin: m for m in extraction.mentions if m.spans and m.kind == "nominal"}
        self._names_by_end = {m.spans[-1].end: m for m in extraction.mentions if m.spans and m.kind == "name"}
        self._names_by_begin = {m.spans[0].begin: m for m in extraction.mentions if m.spans and m.kind == "name"}
        self._breaks = [match.start() for match in _BREAK.finditer(document.text)]
        self._speech_places = {attribution.id: place for place, attribution in enumerate(extraction.attributions)}
        self._nested = self._find_nested()
        self._enclosing = self._find_enclosing()
        self._person_begins = sorted(
            (self.begins[m.id], m.id) for m in extraction.mentions if m.type == "Person" and m.kind == "name"
        )
        self.opponents: dict[str, set[str]] = self._find_opponents()
        self.titles: dict[str, set[str]] = defaultdict(set)
        self.affiliations: dict[str, list[str]] = defaultdict(list)
        for mention in extraction.mentions:
            if mention.title:
                self.titles[mention.id].add(mention.title)
            if mention.affiliation is not None:
                self.affiliations[mention.id].append(mention.affiliation)
        for post in extraction.posts:
            if post.title:
                self.titles[post.holder].add(post.title)
            if post.organisation is not None and post.organisation not in self.affiliations[post.holder]:
                self.affiliations[post.holder].append(post.organisation)
        self.affiliated_to: set[str] = {other for ids in self.affiliations.values() for other in ids}
        self.names = frozenset(fold_name(m.name) for m in extraction.mentions if m.kind in {"name", "demonym"})

    def _find_opponents(self) -> dict[str, set[str]]:
        """Return, for each mention, those that it cannot be: the other side of its speech or event."""
        opponents: dict[str, set[str]] = defaultdict(set)
        pairs: list[tuple[str | None, str | None]] = [
            (source, a.addressee) for a in self.extraction.attributions for source in find_sources(a)
        ]
        for event in self.extraction.events:
            pairs += [(actor.mention, recipient.mention) for actor in event.actors for recipient in event.recipients]
        for left, right in pairs:
            if left is not None and right is not None:
                opponents[left].add(right)
                opponents[right].add(left)
        return opponents

    def find_paragraph(self, mention: Mention) -> int:
        """Return the 0-based paragraph of a mention; line breaks part paragraphs; 0 for an author without spans."""
        return bisect_left(self._breaks, self.begins[mention.id])

    def find_parent(self, speech: Attribution) -> Attribution | None:
        """Return the attribution whose content holds this one; None outside of all."""
        place = None if speech.parent is None else self._speech_places.get(speech.parent)
        return None if place is None else self.extraction.attributions[place]

    def find_earlier_speeches(self, speech: Attribution, sentence: int) -> Iterator[Attribution]:
        """Yield the other attributions whose source stands in that sentence (0-based) or behind it, nearest first.

        Those behind `speech` are left out.
        """
        place = self._speech_places.get(speech.id, 0)
        for at in range(place - 1, -1, -1):
            other = self.extraction.attributions[at]
            source = self.mentions.get(other.source_mention or "")
            if source is not None and source.sentence < sentence:
                return
            if source is not None:
                yield other

    def text_before(self, mention: Mention) -> str:
        """Return up to 24 characters in front of a mention, on one line; empty for an author without spans."""
        begin = self.begins[mention.id]
        return " ".join(self.document.text[max(0, begin - _BEFORE) : begin].split(None)) + " " if begin > 0 else ""

    def is_definite(self, mention: Mention) -> bool:
        """Return whether "the", "this" or a possessive pronoun stands in front of a noun or opens it.

        "Ministry spokesman X" is of the ministry that the text is about, too.
        """
        first = mention.text.split(None, 1)[0].casefold() if mention.text.strip() else ""
        if mention.spans and self.document.text.startswith(_SPOKEN_FOR, mention.spans[-1].end):
            return True
        return first in _DEFINITE_WORDS or _DEFINITE.search(self.text_before(mention)) is not None

    def is_determined(self, mention: Mention) -> bool:
        """Return whether a preposition of place or "the" stands in front of a name, as seldom in front of a person's."""
        before = self.text_before(mention)
        return before.casefold().endswith("the ") or _LOCATIVE.search(before) is not None

    def acts(self, mention: Mention) -> bool:
        """Return whether a place's name stands for who governs from there: it speaks, acts, is addressed or owns a post.

        A place that is hit, that a preposition of place stands in front of, or that stands behind the name of a smaller
        one ("Everett, Washington,") is a place.
        """
        is_located = self.is_located(mention)
        if self.opens_dateline(mention):
            return False
        if mention.id in self.speeches or (mention.id in self.affiliated_to and not is_located):
            return True
        if mention.id in self.event_targets or is_located or self.find_part(mention) is not None or self._is_named(mention):
            return False
        if (
            mention.id in self.addressees
            or mention.id in self.event_actors
            or mention.id in self.event_recipients
            or mention.id in self.frame_targets
            or mention.is_subject
        ):
            return True
        return mention.id in self.about and self.is_possessive(mention)

    def is_located(self, mention: Mention) -> bool:
        """Return whether a preposition of place stands in front of a mention: "in Moscow", "across eastern Washington"."""
        return _LOCATIVE.search(self.text_before(mention)) is not None

    def opens_dateline(self, mention: Mention) -> bool:
        """Return whether a name only says where a report was written: "LONDON (Reuters) - "."""
        end = mention.spans[-1].end if mention.spans else 0
        match = _DATELINE.match(self.document.text, end)
        if match is None:
            return False
        # Without an agency, only capitals at the beginning of a line tell a dateline from a dash within a sentence.
        begin = self.begins[mention.id]
        is_first = begin == 0 or self.document.text[:begin].rstrip(" ").endswith("\n")
        return "(" in match[0] or (is_first and mention.text.isupper())

    def _is_named(self, mention: Mention) -> bool:
        """Return whether a name is said to be something, or stands in one list with a person's name ("Paris and Kim")."""
        end = mention.spans[-1].end if mention.spans else 0
        if _EQUATED.match(self.document.text, end):
            return True
        beside = self._names_by_begin.get(end + 5) if self.document.text.startswith(" and ", end) else None
        return beside is not None and beside.type == "Person"

    def find_part(self, mention: Mention) -> Mention | None:
        """Return the place whose name stands in front, behind a comma: "[Savannah], Georgia"; None without one."""
        if not mention.spans or not self.document.text.startswith(", ", self.begins[mention.id] - 2):
            return None
        part = self._names_by_end.get(self.begins[mention.id] - 2)
        # In a list ("Kyiv, Moscow and Minsk") the name is one of several.
        is_listed = self.document.text.startswith((" and ", ", and ", " or "), mention.spans[-1].end)
        return None if part is None or part.type != "Place" or is_listed else part

    def find_name_at(self, begin: int) -> Mention | None:
        """Return the name that begins at a character; None without one."""
        return self._names_by_begin.get(begin)

    def find_name_ending(self, end: int) -> Mention | None:
        """Return the name that ends in front of a character; None without one."""
        return self._names_by_end.get(end)

    def is_possessive(self, mention: Mention) -> bool:
        """Return whether `'s` ends the mention or follows it."""
        if mention.text.endswith(_POSSESSIVE):
            return True
        return bool(mention.spans) and self.document.text[mention.spans[-1].end : mention.spans[-1].end + 2] in _POSSESSIVE

    def find_apposed(self, mention: Mention) -> tuple[Mention, str] | None:
        """Return the person's name behind a description, and the words between them.

        "her colleague [Bo Quist]": nothing; "its chair, General [Ada Reyes]": "General".
        """
        if not mention.spans:
            return None
        end = mention.spans[-1].end
        place = bisect_left(self._person_begins, (end, ""))
        if place == len(self._person_begins):
            return None
        begin, other = self._person_begins[place]
        gap = self.document.text[end:begin] if begin - end <= _LONGEST_GAP else "\n"
        if not gap.startswith((" ", ", ")) or "\n" in gap:
            return None
        return self.mentions[other], gap.removeprefix(",").strip()

    def find_introduced(self, mention: Mention) -> Mention | None:
        """Return the name right in front of an apposition between commas: "[China], its ally, ..."; None without one."""
        text = self.document.text
        if not mention.spans or text[mention.spans[-1].end : mention.spans[-1].end + 1] != ",":
            return None
        gap = _APPOSED.search(text, max(0, self.begins[mention.id] - _BEFORE), self.begins[mention.id])
        return None if gap is None else self._names_by_end.get(gap.start())

    def find_described(self, mention: Mention) -> Mention | None:
        """Return the common noun phrase in apposition right behind a mention: "one of them, [a nurse from Lausanne],"."""
        if not mention.spans:
            return None
        gap = _INDEFINITE.match(self.document.text, mention.spans[-1].end)
        begin = -1 if gap is None else gap.end()
        return self._nominals_by_begin.get(begin)

    def find_origin(self, mention: Mention) -> tuple[str, ...]:
        """Return the mention that ", from" joins to a description ("A second diplomat, from [Malta],"); empty without one."""
        match = _ORIGIN.match(self.document.text, mention.spans[-1].end) if mention.spans else None
        other = None if match is None else self._names_by_begin.get(match.end())
        return () if other is None or other.type == "Person" else (other.id,)

    def names_follow(self, mention: Mention) -> bool:
        """Return whether a full name stands behind a description, whether or not extraction found it."""
        return bool(mention.spans) and _NAME_BEHIND.match(self.document.text, mention.spans[-1].end) is not None

    def opens_sentence(self, mention: Mention) -> bool:
        """Return whether a mention's first capital letter may be that of its sentence."""
        begin = self.begins[mention.id]
        return begin <= 0 or self.document.text[:begin].rstrip(" \"“‘'(")[-1:] in {"", ".", "!", "?", ":", "\n", "”"}

    def find_nested(self, mention: Mention) -> list[Mention]:
        """Return the names and pronouns inside a longer mention ("[Ada Reyes]'s office"), in order of text."""
        return [self.mentions[other] for other in self._nested.get(mention.id, ())]

    def _find_nested(self) -> dict[str, list[str]]:
        """Return, for each common noun phrase, the names and pronouns that it holds, in one pass over the mentions."""
        nested: dict[str, list[str]] = defaultdict(list)
        open_phrases: list[tuple[int, str]] = []
        ordered = sorted((m for m in self.mentions.values() if m.spans), key=lambda m: (m.spans[0].begin, -m.spans[-1].end))
        for mention in ordered:
            begin, end = mention.spans[0].begin, mention.spans[-1].end
            open_phrases = [(last, holder) for last, holder in open_phrases if last > begin]
            if mention.kind == "nominal":
                open_phrases.append((end, mention.id))
            elif mention.kind != "author":
                for last, holder in open_phrases:
                    if end <= last:
                        nested[holder].append(mention.id)
        return nested

    def is_in_own_content(self, mention: Mention, speaker: Mention) -> bool:
        """Return whether a mention stands in what another mention says: who speaks seldom calls themselves by name."""
        begin = self.begins[mention.id]
        spans = (span for speech in self.speeches.get(speaker.id, ()) for span in speech.content)
        return any(span.begin <= begin < span.end for span in spans)

    def find_enclosing_speech(self, mention: Mention) -> Attribution | None:
        """Return the attribution with the shortest content that holds the mention; None outside of all."""
        return self._enclosing.get(mention.id)

    def _find_enclosing(self) -> dict[str, Attribution]:
        """Return, for each pronoun, the innermost attribution around it, in one pass over the sorted spans."""
        spans = [
            (s.begin, s.end, sum(c.end - c.begin for c in a.content), a) for a in self.extraction.attributions for s in a.content
        ]
        spans.sort(key=lambda row: (row[0], row[2], row[3].id))
        pronouns = sorted((self.begins[m.id], m.id) for m in self.mentions.values() if m.kind == "pronoun")
        enclosing: dict[str, Attribution] = {}
        open_spans: list[tuple[int, int, int, Attribution]] = []
        following = 0
        for begin, identifier in pronouns:
            while following < len(spans) and spans[following][0] <= begin:
                open_spans.append(spans[following])
                following += 1
            open_spans = [row for row in open_spans if row[1] > begin]
            if open_spans:
                enclosing[identifier] = min(open_spans, key=lambda row: (row[2], row[3].id))[3]
        return enclosing


def find_sources(speech: Attribution) -> tuple[str, ...]:
    """Return the mention ids of all who say it together, the first speaker first; empty where the text gives none."""
    return (() if speech.source_mention is None else (speech.source_mention,)) + speech.other_source_mentions
