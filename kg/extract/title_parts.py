"""The parts of a title phrase: office word, what stands in front of it, what "of" adds, and how a post is written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from kg.extract.mention_candidates import Board, Candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable

ARTICLES = frozenset({"a", "an", "the"})
LINKS = frozenset({"of", "for", "at", "in", "to", "with", "from"})
#: Words between the office and the name: "Minister [of Foreign Affairs] X"; more would be another phrase.
LONGEST_COMPLEMENT = 7
LONGEST_PREFIX = 9
NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBG", "VBN", "HYPH", "AFX", "RB"})


@dataclass(frozen=True, slots=True)
class Title:
    """A title phrase beside a name.

    Attributes:
        start, end: tokens of the whole phrase with affiliation, without the leading article, half-open.
        office: the office in the form of a post's title ("deputy foreign minister").
        head: singular of the office's last word or fixed phrase; "" for a form of address.
        affiliation: the state, organisation or place that it belongs to; the holder of a title whose
            possessor is a person ("Putin's envoy") has none.
        is_former, is_plural: what its words say.
        by: the rule.
    """

    start: int
    end: int
    office: str
    head: str
    affiliation: Candidate | None
    is_former: bool
    is_plural: bool
    by: str
    address: str | None = None

    def as_former(self) -> Title:
        """Return the same title as one held before."""
        return replace(self, is_former=True)

    def with_affiliation(self, owner: Candidate, end: int) -> Title:
        """Return the same title with its organisation named behind the holder, up to token `end`."""
        return replace(self, affiliation=owner, end=end)


class Head(NamedTuple):
    """An office word or phrase: tokens [start, end), its singular, and whether it is plural here."""

    start: int
    end: int
    word: str
    is_plural: bool


class Complement(NamedTuple):
    """What "of", "for", "at" add to an office: tokens [link, end) and the organisation that they name."""

    link: int
    end: int
    owner: Candidate | None


@dataclass(slots=True)
class _Front:
    """What stands before an office word, read leftwards."""

    start: int
    words: list[int]
    affiliation: Candidate | None
    is_former: bool


class TitleParts:
    """Reads the parts of titles; `board` tells which tokens are names, `possessors` which are "its" and the like."""

    def __init__(
        self, table: TokenTable, board: Board, lexicon: MentionLexicon, possessors: Mapping[int, Candidate] | None = None
    ) -> None:
        self._table = table
        self._board = board
        self._lexicon = lexicon
        self._possessors = possessors or {}

    def find_lowest(self, start: int) -> int:
        """Return the first token of the sentence, at most so many tokens back as a title is long."""
        lowest = start
        sentence = self._table.sentences[min(start, len(self._table) - 1)]
        while (
            lowest > 0 and start - lowest < LONGEST_PREFIX + LONGEST_COMPLEMENT and self._table.sentences[lowest - 1] == sentence
        ):
            lowest -= 1
        return lowest

    def read_address(self, start: int, lowest: int) -> tuple[str | None, int]:
        """Return the form of address before `start` and where it starts."""
        end = start
        address: str | None = None
        while end > lowest and self._table.plains[end - 1] in self._lexicon.honorifics and self._table.is_capitalised(end - 1):
            address = self._table.plains[end - 1]
            end -= 1
        return address, end

    def match_head(self, end: int, lowest: int) -> Head | None:
        """Return the office phrase that ends before token `end` and does not start before `lowest`; None without one."""
        table, lexicon = self._table, self._lexicon
        found = lexicon.heads.match_ending(table.plains, end, lowest)
        if found is None:
            short = lexicon.abbreviations.match_ending(table.plains, end, lowest)
            if short is None or not table.is_capitalised(short[0]):
                return None
            return Head(short[0], end, short[1], is_plural=False)
        start, (word, is_plural) = found
        if self._board.innermost(end - 1) is not None:
            return None
        named = [i for i in range(start, end) if self._board.innermost(i)]
        return Head(named[-1] + 1 if named else start, end, word, is_plural)

    def make_title(
        self, head: Head, end: int, *, lowest: int, by: str, complement: Complement | None = None, address: str | None = None
    ) -> Title:
        """Make the title of an office word with what stands in front of it and its complement.

        Args:
            head: the office word.
            end: where the phrase ends.
            lowest: where it can start at the earliest.
            by: the rule.
            complement: what follows the office word.
            address: form of address between title and name.
        """
        front = self._read_front(head.start, lowest, head.word)
        office = self._write_office(front.words, head)
        owner = front.affiliation or self._possessors.get(front.start - 1)
        if complement is not None:
            link = self._table.lowers[complement.link]
            is_topic = head.word in self._lexicon.topics and link in {"for", "to"}
            if complement.owner is not None and not is_topic:
                owner = complement.owner if link == "of" or owner is None else owner
                office += self._write_part(complement, complement.owner) if owner is complement.owner else ""
            elif link in {"of", "for", "to"}:
                office += self._write_complement(complement)
        return Title(front.start, end, office, head.word, owner, front.is_former, head.is_plural, by, address)

    def _read_front(self, head_start: int, lowest: int, head: str) -> _Front:
        """Read modifiers and the affiliation leftwards from an office word."""
        table, board, lexicon = self._table, self._board, self._lexicon
        front = _Front(head_start, [], None, is_former=False)
        names: list[Candidate] = []
        at = head_start
        office_start = lowest
        while at > lowest and head_start - at < LONGEST_PREFIX:
            index = at - 1
            owner = board.outer[index]
            if owner is not None:
                if not self._may_own(owner, names, at):
                    break
                names.append(owner)
                front.words[:0] = range(owner.start, owner.end)
                at = owner.start
            elif table.words[index] == "-" and index > lowest and table.plains[index - 1] in lexicon.former:
                front.is_former = True
                at -= 2
            elif table.plains[index] in lexicon.former:
                front.is_former = True
                at -= 1
            elif not names and table.is_possessive(index) and self._is_body_noun(index - 1):
                office_start = max(office_start, at)
                at -= 1
            elif table.is_possessive(index) and board.outer[index - 1] is not None:
                front.words.insert(0, index)
                at -= 1
            elif names:
                break
            elif (
                table.words[index] in {"-", "–", "&"}
                or (table.lowers[index] == "and" and self.joins_modifiers(index))
                or self._is_modifier(index)
            ):
                front.words.insert(0, index)
                at -= 1
            else:
                break
        while front.words and front.words[0] == at and (table.words[at] in {"-", "–", "&", "and"} or table.is_possessive(at)):
            front.words.pop(0)
            at += 1
        front.start = at
        front.words = [i for i in front.words if i >= office_start]
        owner = self._choose_affiliation(names, head)
        homes = self._lexicon.private_heads if owner is None else frozenset()
        persons = [n for n in names if n is owner or n.type == "Person" or (n.type == "Place" and head in homes)]
        front.words = [i for i in front.words if not table.is_possessive(i) and not any(p.start <= i < p.end for p in persons)]
        front.affiliation = owner if owner is not None and owner.type != "Person" else None
        return front

    def _may_own(self, owner: Candidate, names: list[Candidate], at: int) -> bool:
        """Tell whether a name to the left of `at` can belong to the title phrase."""
        is_possessor = self._table.is_possessive(at)
        if owner.type == "Person":
            return is_possessor
        if names and names[-1].start == owner.end:
            return owner.kind == "demonym" or names[-1].type in {"Place", "State"} or is_possessor
        return True

    def _is_body_noun(self, index: int) -> bool:
        """Tell whether a noun for a body or office stands there ("the coast [guard]'s spokesman", "the [chief]'s envoy")."""
        if index < 0 or self._board.outer[index] is not None:
            return False
        if self._lexicon.heads.match_ending(self._table.plains, index + 1) is not None:
            return True
        found = self._lexicon.nominal_phrases.match_ending(self._table.lowers, index + 1)
        return found is not None and self._lexicon.nominals[found[1]].type == "Organisation"

    def joins_modifiers(self, index: int) -> bool:
        """Tell whether an "and" joins words of one office ("foreign [and] security policy chief")."""
        plains, modifiers = self._table.plains, self._lexicon.modifiers
        return 0 < index < len(plains) - 1 and plains[index - 1] in modifiers and plains[index + 1] in modifiers

    def _is_modifier(self, index: int) -> bool:
        table, lexicon = self._table, self._lexicon
        if table.plains[index] in lexicon.modifiers or table.plains[index] in lexicon.title_words:
            return not (table.kinds[index] in {"ADV", "DET", "SCONJ"} and table.is_sentence_start(index))
        return (
            table.tags[index] in {"NN", "NNP", "NNS"}
            and table.deps[index] in {"compound", "nmod", "amod"}
            and not table.is_sentence_start(index)
        )

    def _choose_affiliation(self, names: list[Candidate], head: str) -> Candidate | None:
        """Choose whose office it is: the name farthest to the left, but not what an envoy is about."""
        table = self._table
        if not names:
            return None
        owner = names[-1]
        if head in self._lexicon.private_heads and owner.type == "Place" and not table.is_possessive(owner.end):
            return None
        is_topic = (
            head in self._lexicon.topics
            and owner.kind == "name"
            and owner.type in {"State", "Place"}
            and not table.is_possessive(owner.end)
            and not table.quote(owner.start, owner.end).replace(".", "").isupper()
        )
        return None if is_topic else owner

    def read_complement(self, link: int, limit: int) -> Complement | None:
        """Read "of [the] ORG" or "of words" from the preposition, up to token `limit`; None where nothing follows."""
        table, board = self._table, self._board
        at = link + 1
        affiliation: Candidate | None = None
        while at < min(limit, link + 1 + LONGEST_COMPLEMENT):
            owner = board.outer[at]
            if affiliation is None and at in self._possessors:
                affiliation = self._possessors[at]
                at += 1
            elif owner is not None:
                if owner.type == "Person" and not table.is_possessive(owner.end):
                    break
                if affiliation is None or affiliation.kind == "demonym" or affiliation.type == "Person":
                    affiliation = owner
                at = owner.end
                if owner.end < len(table) and not table.is_possessive(owner.end) and owner.kind == "name":
                    break
            elif (
                table.is_possessive(at)
                or table.lowers[at] in ARTICLES | {"&", "-", "its", "his", "her", "their"}
                or table.tags[at] in NOMINAL_TAGS
            ) or (
                table.lowers[at] == "and"
                and at + 1 < limit
                and table.tags[at + 1] in {"NN", "NNS", "NNP", "NNPS"}
                and board.outer[at + 1] is None
            ):
                at += 1
            else:
                break
        while at > link + 1 and table.lowers[at - 1] in ARTICLES | {"and", "&", "-"}:
            at -= 1
        if at == link + 1:
            return None
        return Complement(link, at, affiliation if affiliation is not None and affiliation.type != "Person" else None)

    def _write_office(self, front: list[int], head: Head) -> str:
        """Write the office in lower case but for names and acronyms, its head in the singular."""
        words = "".join(self._lower(i) + self._gap(i) for i in front)
        written = self._table.quote(head.start, head.end)
        return (words + (written if written.isupper() and written.lower() == head.word else head.word)).strip()

    def _write_complement(self, complement: Complement) -> str:
        return " " + "".join(self._lower(i) + self._gap(i) for i in range(complement.link, complement.end)).strip()

    def _write_part(self, complement: Complement, owner: Candidate) -> str:
        """Write what part of the owner the office heads ("of delegation" of "of Ukraine's delegation"); "" for all of it."""
        table = self._table
        outer = self._board.outer
        words = [
            i
            for i in range(owner.end, complement.end)
            if not table.is_possessive(i) and ((holder := outer[i]) is None or holder.kind == "nominal")
        ]
        is_part = bool(words) and table.tags[words[-1]] in {"NN", "NNS"} and table.lowers[complement.link] == "of"
        return f" of {''.join(self._lower(i) + self._gap(i) for i in words).strip()}" if is_part else ""

    def _gap(self, index: int) -> str:
        table = self._table
        return "" if index + 1 < len(table) and table.begins[index + 1] == table.ends[index] else " "

    def _lower(self, index: int) -> str:
        word = self._table.words[index]
        is_name = self._board.outer[index] is not None or (word.isupper() and len(word) > 1)
        return word if is_name else word.lower()
