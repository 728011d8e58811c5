"""Titles beside a person's name: "Latvian Defence Minister X", "X, head of Y", "the envoy of Z, X"."""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract.mention_candidates import Board, Candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable

_ARTICLES = frozenset({"a", "an", "the"})
_LINKS = frozenset({"of", "for", "at", "in", "to", "with", "from"})
#: Words between the office and the name: "Minister [of Foreign Affairs] X"; more would be another phrase.
_LONGEST_COMPLEMENT = 7
_LONGEST_PREFIX = 9
_NOMINAL_TAGS = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ", "JJR", "JJS", "VBG", "VBN", "HYPH", "AFX", "RB"})


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


@dataclass(slots=True)
class _Front:
    """What stands before an office word, read leftwards."""

    start: int
    words: list[int]
    affiliation: Candidate | None
    is_former: bool


class TitleReader:
    """Reads titles beside names; `board` tells which tokens are names."""

    def __init__(self, table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
        self._table = table
        self._board = board
        self._lexicon = lexicon

    def read_before(self, start: int) -> Title | None:
        """Read the title that ends right before token `start` ("Estonian Foreign Minister [X]"); None without one."""
        table, lexicon = self._table, self._lexicon
        lowest = self._find_lowest(start)
        address, end = self._read_address(start, lowest)
        found = self._match_head(end, lowest)
        if found is not None:
            head_start, head_end, head, is_plural = found
            return self._make_title(
                head_start, head_end, end, head, is_plural=is_plural, lowest=lowest, by="title-name", address=address
            )
        with_complement = self._read_complement_before(end, lowest)
        if with_complement is not None:
            return replace(with_complement, address=address)
        if end < start:
            return Title(end, start, "", "", None, False, False, "address", address)  # noqa: FBT003 - a form of address says neither
        if end > lowest and table.plains[end - 1] in lexicon.former:
            return Title(end - 1, start, "", "", None, True, False, "former")  # noqa: FBT003 - not plural
        return None

    def read_after(self, end: int) -> list[Title]:
        """Read the appositions right behind token `end - 1` ("[X], journalist, Ukrainian MP"); empty without one."""
        titles: list[Title] = []
        at = end
        table = self._table
        while (
            at + 1 < len(table)
            and table.words[at] in {",", "-", "–", "—", "("}
            and table.sentences[at + 1] == table.sentences[end - 1]
        ):
            title = self._read_phrase(at + 1, "apposition")
            if title is None:
                break
            titles.append(title)
            at = title.end
        while titles and at + 1 < len(table) and table.lowers[at] == "and":
            title = self._read_phrase(at + 1, "apposition")
            if title is None:
                break
            titles.append(title)
            at = title.end
        return titles

    def read_phrase(self, start: int, by: str) -> Title | None:
        """Read a title phrase that starts at token `start` ("the head of Y"); None where there is none."""
        return self._read_phrase(start, by)

    def read_reversed(self, start: int) -> Title | None:
        """Read "Estonia's foreign minister, [X]," and "the foreign minister of Estonia, [X],"; None without one."""
        table = self._table
        if start < 3 or table.words[start - 1] != "," or table.sentences[start - 1] != table.sentences[start]:
            return None
        lowest = self._find_lowest(start - 1)
        found = self._match_head(start - 1, lowest)
        title = None
        if found is not None:
            title = self._make_title(
                found[0], found[1], start - 1, found[2], is_plural=found[3], lowest=lowest, by="reversed-apposition"
            )
        else:
            title = self._read_complement_before(start - 1, lowest)
        if title is None or title.is_plural:
            return None
        before = table.lowers[title.start - 1] if title.start else ""
        is_definite = before in {"the", "his", "her", "their", "its", "our", "my"} or any(
            map(table.is_possessive, range(title.start, title.end))
        )
        return title if is_definite else None

    def _find_lowest(self, start: int) -> int:
        """Return the first token of the sentence, at most so many tokens back as a title is long."""
        lowest = start
        sentence = self._table.sentences[min(start, len(self._table) - 1)]
        while (
            lowest > 0
            and start - lowest < _LONGEST_PREFIX + _LONGEST_COMPLEMENT
            and self._table.sentences[lowest - 1] == sentence
        ):
            lowest -= 1
        return lowest

    def _read_address(self, start: int, lowest: int) -> tuple[str | None, int]:
        """Return the form of address before `start` and where it starts."""
        end = start
        address: str | None = None
        while end > lowest and self._table.plains[end - 1] in self._lexicon.honorifics and self._table.is_capitalised(end - 1):
            address = self._table.plains[end - 1]
            end -= 1
        return address, end

    def _match_head(self, end: int, lowest: int) -> tuple[int, int, str, bool] | None:
        """Return (start, end, singular, is plural) of the office phrase that ends before `end`."""
        table, lexicon = self._table, self._lexicon
        found = lexicon.heads.match_ending(table.plains, end, lowest)
        if found is None:
            short = lexicon.abbreviations.match_ending(table.plains, end, lowest)
            if short is None or not table.is_capitalised(short[0]):
                return None
            return short[0], end, short[1], False
        start, (head, is_plural) = found
        if self._board.innermost(end - 1) is not None:
            return None
        named = [i for i in range(start, end) if self._board.innermost(i)]
        return (named[-1] + 1 if named else start), end, head, is_plural

    def _make_title(
        self,
        head_start: int,
        head_end: int,
        end: int,
        head: str,
        *,
        is_plural: bool,
        lowest: int,
        by: str,
        affiliation: Candidate | None = None,
        complement: tuple[int, int] | None = None,
        address: str | None = None,
    ) -> Title:
        front = self._read_front(head_start, lowest, head)
        words = [*front.words, *range(head_start, head_end)]
        office = self._write_office(words, head, head_start, head_end)
        if complement is not None:
            office += self._write_complement(complement)
        owner = affiliation or front.affiliation
        return Title(front.start, end, office, head, owner, front.is_former, is_plural, by, address)

    def _read_front(self, head_start: int, lowest: int, head: str) -> _Front:
        """Read modifiers and the affiliation leftwards from an office word."""
        table, board, lexicon = self._table, self._board, self._lexicon
        front = _Front(head_start, [], None, is_former=False)
        names: list[Candidate] = []
        at = head_start
        while at > lowest and head_start - at < _LONGEST_PREFIX:
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
            elif (
                (table.is_possessive(index) and board.outer[index - 1] is not None)
                or table.words[index] in {"-", "–", "&"}
                or (table.lowers[index] == "and" and self._joins_modifiers(index))
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
        owner = self._choose_affiliation(names, head)
        persons = [name for name in names if name is owner or name.type == "Person"]
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

    def _joins_modifiers(self, index: int) -> bool:
        """Tell whether an "and" joins words of one office ("foreign [and] security policy chief")."""
        plains, modifiers = self._table.plains, self._lexicon.modifiers
        return 0 < index < len(plains) - 1 and plains[index - 1] in modifiers and plains[index + 1] in modifiers

    def _is_modifier(self, index: int) -> bool:
        table, lexicon = self._table, self._lexicon
        if table.plains[index] in lexicon.modifiers or table.plains[index] in lexicon.title_words:
            return not (table.kinds[index] in {"ADV", "DET", "SCONJ"} and table.is_sentence_start(index))
        return (
            table.tags[index] in {"NN", "NNP"}
            and table.deps[index] in {"compound", "nmod", "amod"}
            and not table.is_sentence_start(index)
        )

    def _choose_affiliation(self, names: list[Candidate], head: str) -> Candidate | None:
        """Choose whose office it is: the name farthest to the left, but not what an envoy is about."""
        table = self._table
        if not names:
            return None
        owner = names[-1]
        is_topic = (
            head in self._lexicon.topics
            and owner.kind == "name"
            and owner.type in {"State", "Place"}
            and not table.is_possessive(owner.end)
            and not table.quote(owner.start, owner.end).replace(".", "").isupper()
        )
        return None if is_topic else owner

    def _read_complement_before(self, end: int, lowest: int) -> Title | None:
        """Read "Minister of Foreign Affairs [X]", "President of Ukraine [X]" leftwards."""
        table, board = self._table, self._board
        for link in range(end - 2, max(lowest, end - _LONGEST_COMPLEMENT - 2), -1):
            if table.lowers[link] not in {"of", "for"} or table.lowers[link - 1] in {"of", "for"}:
                if not self._is_complement_word(link):
                    return None
                continue
            found = self._match_head(link, lowest)
            if found is None:
                continue
            complement = self._read_complement(link, end)
            if complement is None or complement[0] != end or not self._is_complement_word(end - 1):
                return None
            affiliation = complement[1]
            if not (table.is_capitalised(found[0]) or affiliation or board.outer[end - 1] is None):
                return None
            words = None if affiliation is not None else (link, end)
            return self._make_title(
                found[0],
                found[1],
                end,
                found[2],
                is_plural=found[3],
                lowest=lowest,
                by="title-name",
                affiliation=affiliation,
                complement=words,
            )
        return None

    def _is_complement_word(self, index: int) -> bool:
        table = self._table
        owner = self._board.outer[index]
        if owner is not None:
            return owner.type != "Person"
        return table.tags[index] in _NOMINAL_TAGS or table.lowers[index] in {"the", "and", "&"}

    def _read_complement(self, link: int, limit: int) -> tuple[int, Candidate | None] | None:
        """Read "of [the] ORG" or "of words" from the preposition: (end, organisation); None where nothing follows."""
        table, board = self._table, self._board
        at = link + 1
        affiliation: Candidate | None = None
        while at < min(limit, link + 1 + _LONGEST_COMPLEMENT):
            owner = board.outer[at]
            if owner is not None:
                if owner.type == "Person" and not table.is_possessive(owner.end):
                    break
                if affiliation is None or affiliation.kind == "demonym" or affiliation.type == "Person":
                    affiliation = owner
                at = owner.end
                if owner.end < len(table) and not table.is_possessive(owner.end) and owner.kind == "name":
                    break
            elif (
                table.is_possessive(at)
                or table.lowers[at] in _ARTICLES | {"&", "-", "its", "his", "her", "their"}
                or table.tags[at] in _NOMINAL_TAGS
            ) or (
                table.lowers[at] == "and"
                and at + 1 < limit
                and table.tags[at + 1] in {"NN", "NNS", "NNP", "NNPS"}
                and board.outer[at + 1] is None
            ):
                at += 1
            else:
                break
        while at > link + 1 and table.lowers[at - 1] in _ARTICLES | {"and", "&", "-"}:
            at -= 1
        if at == link + 1:
            return None
        return at, affiliation if affiliation is not None and affiliation.type != "Person" else None

    def _read_phrase(self, start: int, by: str) -> Title | None:
        """Read [article] [former] modifiers HEAD [of ORG] rightwards."""
        table, board = self._table, self._board
        lowest = start
        while lowest < len(table) and table.lowers[lowest] in _ARTICLES | {"as", "his", "her", "its", "their", "our", "my"}:
            lowest += 1
        at = lowest
        best: tuple[int, int, str, bool] | None = None
        while at < len(table) and at - lowest < _LONGEST_PREFIX and table.sentences[at] == table.sentences[start]:
            found = self._match_head(at + 1, lowest)
            if found is not None:
                best = found
            owner = board.outer[at]
            if owner is None and not (
                table.tags[at] in _NOMINAL_TAGS
                or table.is_possessive(at)
                or found
                or table.plains[at] in self._lexicon.title_words
                or self._joins_modifiers(at)
            ):
                break
            at = owner.end if owner is not None else at + 1
        if best is None:
            return None
        title_end = best[1]
        if title_end < len(table) and (board.outer[title_end] is not None or table.is_possessive(title_end)):
            return None
        following = title_end < len(table) and table.lowers[title_end] in _LINKS
        complement = self._read_complement(title_end, len(table)) if following else None
        affiliation: Candidate | None = None
        words: tuple[int, int] | None = None
        if complement is not None and (table.lowers[title_end] in {"of", "for", "at"} or complement[1] is not None):
            affiliation = complement[1]
            words = (title_end, complement[0]) if affiliation is None and table.lowers[title_end] in {"of", "for"} else None
            if affiliation is not None or words is not None:
                title_end = complement[0]
        title = self._make_title(
            best[0],
            best[1],
            title_end,
            best[2],
            is_plural=best[3],
            lowest=lowest,
            by=by,
            affiliation=affiliation,
            complement=words,
        )
        if title.start != lowest and not (title.is_former and title.start >= lowest):
            return None
        return title

    def _write_office(self, words: list[int], head: str, head_start: int, head_end: int) -> str:
        """Write the office in lower case but for names and acronyms, its head in the singular."""
        front = "".join(self._lower(i) + self._gap(i) for i in words if i < head_start)
        written = self._table.quote(head_start, head_end)
        return (front + (written if written.isupper() and written.lower() == head else head)).strip()

    def _write_complement(self, span: tuple[int, int]) -> str:
        return " " + "".join(self._lower(i) + self._gap(i) for i in range(*span)).strip()

    def _gap(self, index: int) -> str:
        table = self._table
        return "" if index + 1 < len(table) and table.begins[index + 1] == table.ends[index] else " "

    def _lower(self, index: int) -> str:
        word = self._table.words[index]
        is_name = self._board.outer[index] is not None or (word.isupper() and len(word) > 1)
        return word if is_name else word.lower()
