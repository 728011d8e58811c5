"""Titles beside a person's name: "Latvian Defence Minister X", "X, head of Y", "the envoy of Z, X"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from kg.extract.mention_candidates import Board, Candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.title_parts import ARTICLES, LINKS, LONGEST_COMPLEMENT, LONGEST_PREFIX, NOMINAL_TAGS, Head, Title, TitleParts
from kg.extract.token_table import TokenTable

__all__ = ["Title", "TitleReader"]


class TitleReader:
    """Reads titles beside names; `board` tells which tokens are names, `possessors` which are "its" and the like."""

    def __init__(
        self, table: TokenTable, board: Board, lexicon: MentionLexicon, possessors: Mapping[int, Candidate] | None = None
    ) -> None:
        self._table = table
        self._board = board
        self._lexicon = lexicon
        self._parts = TitleParts(table, board, lexicon, possessors)

    def read_before(self, start: int) -> Title | None:
        """Read the title that ends right before token `start` ("Estonian Foreign Minister [X]"); None without one."""
        table, lexicon = self._table, self._lexicon
        lowest = self._parts.find_lowest(start)
        address, end = self._parts.read_address(start, lowest)
        found = self._parts.match_head(end, lowest)
        if found is not None:
            return self._parts.make_title(found, end, lowest=lowest, by="title-name", address=address)
        with_complement = self._read_complement_before(end, lowest)
        if with_complement is not None:
            return replace(with_complement, address=address)
        if end < start:
            return Title(end, start, "", "", None, False, False, "address", address)  # noqa: FBT003 - a form of address says neither
        if end > lowest and table.plains[end - 1] in lexicon.former:
            return Title(end - 1, start, "", "", None, True, False, "former")  # noqa: FBT003 - not plural
        return None

    def read_all_before(self, start: int) -> list[Title]:
        """Read all titles in front, the nearest first: "Deputy Premier and Foreign Minister [X]", "the army chief, General [X]".

        An office without an organisation takes that of the office joined to it. Empty without a title.
        """
        nearest = self.read_before(start)
        if nearest is None:
            reversed_title = self.read_reversed(start)
            return [] if reversed_title is None else [reversed_title]
        titles = [nearest]
        if nearest.head and nearest.start > 1 and self._table.lowers[nearest.start - 1] == "and":
            lowest = self._parts.find_lowest(nearest.start - 1)
            found = self._parts.match_head(nearest.start - 1, lowest)
            if found is not None and self._table.is_capitalised(found.start) and not found.is_plural:
                joined = self._parts.make_title(found, nearest.start - 1, lowest=lowest, by=nearest.by)
                titles = [nearest if nearest.affiliation else replace(nearest, affiliation=joined.affiliation), joined]
        elif nearest.start > 1:
            behind = self.read_reversed(nearest.start)
            titles += [] if behind is None else [behind]
        return titles

    def read_after(self, end: int) -> list[Title]:
        """Read the appositions right behind token `end - 1` ("[X], journalist, Ukrainian MP"); empty without one."""
        titles: list[Title] = []
        table = self._table
        is_aged = end + 3 < len(table) and table.tags[end + 1] == "CD" and table.words[end] == table.words[end + 2] == ","
        at = end + 2 if is_aged else end
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
        lowest = self._parts.find_lowest(start - 1)
        found = self._parts.match_head(start - 1, lowest)
        if found is not None:
            title: Title | None = self._parts.make_title(found, start - 1, lowest=lowest, by="reversed-apposition")
        else:
            title = self._read_complement_before(start - 1, lowest)
        if title is None or title.is_plural:
            return None
        before = table.lowers[title.start - 1] if title.start else ""
        is_definite = before in {"the", "his", "her", "their", "its", "our", "my"} or any(
            map(table.is_possessive, range(title.start, title.end))
        )
        if before == "its" and (title.affiliation is None or title.affiliation.kind == "pronoun"):
            title = replace(title, affiliation=self._find_antecedent(title.start) or title.affiliation)
        return title if is_definite or (before in {"a", "an"} and self._closes(start)) else None

    def _closes(self, start: int) -> bool:
        """Tell whether the name that starts here stands between commas: "A former minister, [X], wrote", not in a list."""
        table = self._table
        end = start
        while end < len(table) and (table.is_proper(end) or table.words[end] == "-"):
            end += 1
        is_open = end == start or end >= len(table) or table.words[end] != ","
        return not is_open and end + 1 < len(table) and (table.kinds[end + 1] in {"VERB", "AUX"} or table.tags[end + 1] == "MD")

    def _find_antecedent(self, start: int) -> Candidate | None:
        """Return the nearest organisation or state in front, in the same sentence ("NATO sent its chief, X")."""
        for at in range(start - 1, self._parts.find_lowest(start) - 1, -1):
            holder = self._board.outer[at]
            if holder is not None and holder.kind == "name" and holder.type in {"Organisation", "State"}:
                return holder
        return None

    def _read_complement_before(self, end: int, lowest: int) -> Title | None:
        """Read "Minister of Foreign Affairs [X]", "President of Ukraine [X]" leftwards."""
        table = self._table
        for link in range(end - 2, max(lowest, end - LONGEST_COMPLEMENT - 2), -1):
            if table.lowers[link] not in LINKS or table.lowers[link - 1] in LINKS:
                if not self._is_complement_word(link):
                    return None
                continue
            found = self._parts.match_head(link, lowest)
            if found is None:
                continue
            complement = self._parts.read_complement(link, end)
            if complement is None or complement.end != end or not self._is_complement_word(end - 1):
                return None
            is_posted = found.word in self._lexicon.topics and table.lowers[link] == "to"
            if (
                complement.owner is None
                and not is_posted
                and (table.lowers[link] not in {"of", "for"} or not table.is_capitalised(found.start))
            ):
                return None
            return self._parts.make_title(found, end, lowest=lowest, by="title-name", complement=complement)
        return None

    def _is_complement_word(self, index: int) -> bool:
        table = self._table
        owner = self._board.outer[index]
        if owner is not None:
            return owner.type != "Person"
        return table.tags[index] in NOMINAL_TAGS or table.lowers[index] in {"the", "and", "&"}

    def _read_phrase(self, start: int, by: str) -> Title | None:
        """Read [article] [former] modifiers HEAD [of ORG] rightwards."""
        table, board = self._table, self._board
        lowest = start
        while lowest < len(table) and table.lowers[lowest] in ARTICLES | {"as", "his", "her", "its", "their", "our", "my"}:
            lowest += 1
        at = lowest
        best: Head | None = None
        while at < len(table) and at - lowest < LONGEST_PREFIX and table.sentences[at] == table.sentences[start]:
            found = self._parts.match_head(at + 1, lowest)
            if found is not None:
                best = found
            owner = board.outer[at]
            if owner is None and not (
                table.tags[at] in NOMINAL_TAGS
                or table.is_possessive(at)
                or found
                or table.plains[at] in self._lexicon.title_words
                or self._parts.joins_modifiers(at)
            ):
                break
            at = owner.end if owner is not None else at + 1
        if best is None:
            return None
        title_end = best.end
        if title_end < len(table) and (board.outer[title_end] is not None or table.is_possessive(title_end)):
            return None
        following = title_end < len(table) and table.lowers[title_end] in LINKS
        complement = self._parts.read_complement(title_end, len(table)) if following else None
        if complement is not None and complement.owner is None and table.lowers[title_end] not in {"of", "for"}:
            complement = None
        if complement is not None:
            title_end = complement.end
        title = self._parts.make_title(best, title_end, lowest=lowest, by=by, complement=complement)
        if title.start != lowest and not (title.is_former and title.start >= lowest):
            return None
        return title
