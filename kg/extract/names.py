"""Proper names: what the recogniser and the gazetteer say, each corrected by the other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from kg.extract.gazetteer_index import GazetteerIndex, GazetteerMatch
from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import MentionKind, MentionType

_LABELS: dict[str, MentionType] = {
    "PERSON": "Person",
    "ORG": "Organisation",
    "GPE": "Place",
    "LOC": "Place",
    "FAC": "Place",
    "NORP": "Group",
}
#: Labels under which a word of the gazetteer is something else ("May", "Jordan 1").
_OTHER_LABELS = frozenset({"DATE", "TIME", "MONEY", "PERCENT", "QUANTITY", "PRODUCT", "LAW", "LANGUAGE"})
_DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those", "all", "both", "some", "his", "her", "its", "their", "our"}
)
_EDGES = frozenset("\"“”‘’'`.,;:()[]-–—…!?*")
_PERSON_TAGS = frozenset({"NNP", "NNPS", "FW", "NN", "JJ", "IN", "DT", "HYPH"})
_ACRONYM_TAGS = frozenset({"NNP", "NNPS", "NN", "NNS", "JJ", "FW", "ADD", "CD", "AFX"})
Label = tuple[int, int, str]


def find_names(table: TokenTable, index: GazetteerIndex, lexicon: MentionLexicon) -> Board:
    """Return a board with the names of the recogniser and the gazetteer, typed; nested only for demonyms and states in bodies."""
    board = Board(len(table))
    labels: list[str | None] = [None] * len(table)
    entities = list(_clean_entities(table, lexicon))
    for start, end, label in table.entities:
        labels[start:end] = [label] * (end - start)
    matches = [m for m in index.find_matches(table) if not _is_thing(table, m.start, m.end, lexicon)]
    for start, end, label in entities:
        candidate = make_candidate(table, start, end, (_LABELS[label], "name"), "ner", 0.75)
        if label == "NORP":
            _type_people(table, candidate)
        board.place(candidate)
    for match in matches:
        entry = _choose_entry(table, match, labels[match.start], lexicon)
        if entry is not None:
            _merge(table, board, match, entry, lexicon)
    return board


def _clean_entities(table: TokenTable, lexicon: MentionLexicon) -> Iterator[Label]:
    """Yield the recogniser's entities that can be actors or places, without article, title, ending and marks."""
    for start, end, label in table.entities:
        if label not in _LABELS:
            continue
        for part_start, part_end in _split_at_breaks(table, start, end):
            first, last = _trim(table, part_start, part_end, label, lexicon)
            if first < last and any(map(table.is_capitalised, range(first, last))) and not _is_thing(table, first, last, lexicon):
                if (
                    table.words[last - 1].islower()
                    and label in {"PERSON", "ORG"}
                    and last - first > 1
                    and table.kinds[last - 1] in {"VERB", "ADP", "SCONJ"}
                ):
                    last -= 1
                yield first, last, label


def _split_at_breaks(table: TokenTable, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut an entity at line breaks, sentence ends and possessive endings with a name behind ("Russia's Putin")."""
    first = start
    for at in range(start, end):
        is_break = "\n" in table.words[at] or (
            table.is_possessive(at) and table.is_capitalised(at + 1) and at + 1 < end and table.kinds[at + 1] == "PROPN"
        )
        if is_break or (at > first and table.sentences[at] != table.sentences[at - 1]):
            if first < at:
                yield first, at
            first = at + 1 if is_break else at
    if first < end:
        yield first, end


def _trim(table: TokenTable, start: int, end: int, label: str, lexicon: MentionLexicon) -> tuple[int, int]:
    """Cut article, form of address, title, possessive ending and marks off an entity's ends."""
    while start < end and (table.lowers[start] in _DETERMINERS or table.words[start] in _EDGES or table.words[start].isspace()):
        start += 1
    while start < end and (table.is_possessive(end - 1) or table.words[end - 1] in _EDGES or table.words[end - 1].isspace()):
        end -= 1
    if label == "PERSON":
        while start < end - 1:
            if table.plains[start] in lexicon.honorifics or table.plains[start] in lexicon.former:
                start += 1
                continue
            office = lexicon.heads.match_starting(table.plains, start) or lexicon.abbreviations.match_starting(
                table.plains, start
            )
            if office is None or office[0] >= end:
                break
            start = office[0]
    elif label == "ORG":
        office = lexicon.heads.match_ending(table.plains, end, start)
        while office is not None and office[0] > start and office[1][0] not in {"guard", "general", "private", "justice"}:
            end = office[0]
            while end - 1 > start and table.plains[end - 1] in lexicon.modifiers and table.words[end - 1].islower():
                end -= 1
            office = lexicon.heads.match_ending(table.plains, end, start)
    return start, end


def _is_thing(table: TokenTable, start: int, end: int, lexicon: MentionLexicon) -> bool:
    return tuple(table.words[start:end]) in lexicon.things


def _type_people(table: TokenTable, candidate: Candidate) -> None:
    """Give a NORP entity that the gazetteer lacks its kind: an adjective, or people."""
    last = candidate.end - 1
    if table.tags[last] in {"NNS", "NNPS"}:
        candidate.number = "plural"
    if table.deps[last] in {"amod", "compound"} and table.tags[last] in {"JJ", "NNP", "NN"}:
        candidate.kind = "demonym"


def _choose_entry(table: TokenTable, match: GazetteerMatch, label: str | None, lexicon: MentionLexicon) -> GazetteerEntry | None:
    """Choose the reading of a match that fits its context; None where the words mean something else here."""
    entries = match.entries
    tags = {table.tags[i] for i in range(match.start, match.end)}
    if all(e.kind == "acronym" for e in entries) and not tags & _ACRONYM_TAGS:
        return None
    is_single = match.end - match.start == 1
    persons = [e for e in entries if e.type == "Person"]
    others = [e for e in entries if e.type != "Person"]
    titled = _follows_title(table, match.start, lexicon)
    if persons and (titled or (not others and label == "PERSON")):
        return persons[0]
    if others:
        named = [e for e in others if _fits_label(e, label)]
        if (named or not persons) and not (label == "PERSON" and others[0].is_ambiguous and persons):
            pool = named or others
            if pool[0].is_ambiguous and not named and (label is not None or not tags & {"NNP", "NNPS"}):
                return None
            return _prefer(table, match, pool)
    if persons:
        is_noun = bool(tags & {"NNP", "NNPS"}) or (not is_single)
        if label in _OTHER_LABELS or not is_noun or (persons[0].is_ambiguous and label is None):
            return None
        return persons[0]
    return None


def _fits_label(entry: GazetteerEntry, label: str | None) -> bool:
    if entry.kind in {"demonym", "people"}:
        return label in {"NORP", "LANGUAGE", None}
    if label is None:
        return not entry.is_ambiguous
    return (entry.type in {"State", "Place"} and label in {"GPE", "LOC", "FAC", "NORP"}) or (
        entry.type in {"Organisation", "Group"} and label in {"ORG", "GPE", "NORP", "FAC"}
    )


def _prefer(table: TokenTable, match: GazetteerMatch, pool: Sequence[GazetteerEntry]) -> GazetteerEntry:
    """Of an adjective and a noun with the same form, take the one that the tag asks for; else the first."""
    is_plural = table.tags[match.end - 1] in {"NNS", "NNPS"}
    wanted = "people" if is_plural else "demonym"
    return next((e for e in pool if e.kind == wanted), pool[0])


def _follows_title(table: TokenTable, start: int, lexicon: MentionLexicon) -> bool:
    """Tell whether a singular office or a form of address stands right before, in one noun phrase with it."""
    if start == 0 or table.sentences[start - 1] != table.sentences[start]:
        return False
    if table.plains[start - 1] in lexicon.honorifics and table.is_capitalised(start - 1):
        return True
    office = lexicon.heads.match_ending(table.plains, start)
    if office is None:
        return table.is_capitalised(start - 1) and lexicon.abbreviations.match_ending(table.plains, start) is not None
    return table.is_capitalised(start - 1) or table.heads[start - 1] == start or table.heads[start] == table.heads[start - 1]


def _merge(table: TokenTable, board: Board, match: GazetteerMatch, entry: GazetteerEntry, lexicon: MentionLexicon) -> None:
    """Put a gazetteer name on the board, where the recogniser's longer name does not stand against it."""
    made = _make_match(table, match, entry)
    holders = {id(c): c for c in board.outer[match.start : match.end] if c is not None}
    for holder in holders.values():
        if holder.start >= match.start and holder.end <= match.end:
            continue
        if not (holder.start <= match.start and match.end <= holder.end):
            _cut(table, board, holder, match)
            continue
        keeps = _keeps_holder(table, holder, made, lexicon)
        if keeps == "outer":
            return
        if keeps == "nest":
            if made.type != "Person":
                board.nest(made)
            return
        rest = holder.end
        kind_of = (holder.type, holder.kind)
        board.remove(holder)
        if keeps == "split" and match.end + table.is_possessive(match.end) < rest:
            start = match.end + table.is_possessive(match.end)
            board.place(make_candidate(table, start, rest, kind_of, "ner", 0.7))
    board.place(made)


def _make_match(table: TokenTable, match: GazetteerMatch, entry: GazetteerEntry) -> Candidate:
    kind: MentionKind = "demonym" if entry.kind in {"demonym", "people"} else "name"
    type_: MentionType = entry.type
    made = Candidate(
        match.start, match.end, match.begin, match.stop, type_, kind, "gazetteer", 0.95 if not entry.is_ambiguous else 0.8
    )
    if kind == "demonym":
        set_people(table, made, is_noun=entry.kind == "people")
    return made


def set_people(table: TokenTable, made: Candidate, *, is_noun: bool) -> None:
    """Type a demonym: people ("the Russians": Group; "a Russian": Person) or the state's adjective (type kept)."""
    last = made.end - 1
    plural = table.tags[last] in {"NNS", "NNPS"} or (
        is_noun and table.lowers[last].endswith(("s", "men")) and table.deps[last] != "amod"
    )
    modifies = table.deps[last] in {"amod", "compound", "nmod", "npadvmod"} and table.heads[last] > last
    before = table.lowers[made.start - 1] if made.start else ""
    if (plural and not (modifies and not is_noun)) or (not modifies and before == "the" and table.heads[last] != last + 1):
        made.type, made.number = "Group", "plural"
    elif not modifies and before in {"a", "an", "another", "one"}:
        made.type, made.number = "Person", "singular"


def _cut(table: TokenTable, board: Board, holder: Candidate, match: GazetteerMatch) -> None:
    """Cut the recogniser's name where a gazetteer name crosses it; keep what is left of a person's name."""
    board.remove(holder)
    start, end = (match.end, holder.end) if holder.start >= match.start else (holder.start, match.start)
    if holder.type == "Person" and start < end and all(table.is_proper(i) for i in range(start, end)):
        board.place(make_candidate(table, start, end, ("Person", "name"), "ner", 0.7))


def _keeps_holder(table: TokenTable, holder: Candidate, made: Candidate, lexicon: MentionLexicon) -> str:
    """Tell what becomes of a longer name around a gazetteer name: `outer`, `nest`, `split` or `replace`."""
    before, behind = range(holder.start, made.start), range(made.end, holder.end)
    is_body = any(
        lexicon_table.match_ending(table.lowers, holder.end, made.end)
        for lexicon_table in (lexicon.public_bodies, lexicon.other_bodies)
    )
    if holder.type == "Person":
        if made.type == "Person":
            return "outer" if all(table.tags[i] in _PERSON_TAGS for i in (*before, *behind)) else "replace"
        if made.kind == "demonym" or (not before and made.type == "Organisation"):
            return "split"
        return "outer"
    if holder.type in {"Organisation", "Group"}:
        if made.by == "gazetteer" and holder.by == "gazetteer":
            return "outer"
        if is_body and made.type in {"State", "Place"} and not before:
            return "nest"
        if made.type == "Person" and not before and all(table.words[i].islower() for i in behind):
            return "replace"
        if made.type == "Organisation" and (not behind or not is_body) and not _is_titled_name(table, before, behind):
            return "replace" if not before or all(table.words[i].islower() for i in before) else "outer"
        if made.kind == "demonym" and not is_body and all(table.words[i].islower() for i in behind):
            return "replace"
        return "outer"
    return "outer" if all(table.is_capitalised(i) for i in (*before, *behind)) else "replace"


def _is_titled_name(table: TokenTable, before: Iterable[int], behind: Iterable[int]) -> bool:
    return all(table.is_capitalised(i) for i in (*before, *behind))
