"""Proper names: what the recogniser and the gazetteer say, each corrected by the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.extract.gazetteer_index import GazetteerIndex, GazetteerMatch
from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.name_merging import merge_match, set_people
from kg.extract.token_table import SUBJECTS, TokenTable
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import MentionType

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
_NOUN_TAGS = frozenset({"NNP", "NNPS", "NN", "NNS", "FW"})
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
    common = {word for word in table.words if word.islower()}
    for start, end, label in entities:
        if end - start == 1 and table.lowers[start] in common and table.is_sentence_start(start):
            continue
        if label == "NORP" and _heads_product(table, start, end):
            continue
        candidate = make_candidate(table, (start, end), (_LABELS[label], "name"), "ner", 0.75)
        if label == "NORP":
            _type_people(table, candidate)
        board.place(candidate)
    for match in matches:
        people = _find_people_within(table, match, lexicon)
        if people is not None:
            board.place(people)
            continue
        entry = _choose_entry(table, match, labels[match.start], lexicon)
        if entry is not None:
            merge_match(table, board, match, entry, lexicon)
    return board


def _clean_entities(table: TokenTable, lexicon: MentionLexicon) -> Iterator[Label]:
    """Yield the recogniser's entities that can be actors or places, without article, title, ending and marks."""
    for start, end, label in table.entities:
        if label not in _LABELS:
            continue
        for part_start, part_end in _split_at_breaks(table, start, end):
            first, kind = _skip_office(table, part_start, part_end, label, lexicon)
            first, last = _trim(table, first, part_end, kind, lexicon)
            is_name = first < last and any(map(table.is_capitalised, range(first, last)))
            is_thing = _is_thing(table, first, last, lexicon) or _ends_in_thing(table, first, last, kind, lexicon)
            if is_name and not is_thing:
                if (
                    table.words[last - 1].islower()
                    and label in {"PERSON", "ORG"}
                    and last - first > 1
                    and table.kinds[last - 1] in {"VERB", "ADP", "SCONJ"}
                ):
                    last -= 1
                is_body = kind == "PERSON" and last - first > 1 and _is_body_name(table, first, last, lexicon)
                yield first, last, "ORG" if is_body else kind


def _is_body_name(table: TokenTable, start: int, end: int, lexicon: MentionLexicon) -> bool:
    """Tell whether the words end as an organisation's name does ("Helmsway [Maritime]")."""
    bodies = (lexicon.public_bodies, lexicon.other_bodies)
    return any(phrases.match_ending(table.lowers, end, start + 1) is not None for phrases in bodies)


def _skip_office(table: TokenTable, start: int, end: int, label: str, lexicon: MentionLexicon) -> tuple[int, str]:
    """Return where the name starts behind an office that reaches into the entity ("Secretary of [State X Y]"), and its label.

    An entity that is only part of an office ("[Defence] Secretary") starts at its end: it is empty.
    """
    is_portfolio = all(table.plains[i] in lexicon.modifiers for i in range(start, end))
    if is_portfolio and end < len(table) and lexicon.heads.match_starting(table.plains, end) is not None:
        return end, label
    for stop in range(min(end + 3, len(table)), start, -1):
        office = lexicon.heads.match_ending(table.plains, stop)
        if (
            office is not None
            and office[0] <= start
            and stop - office[0] > 1
            and table.sentences[office[0]] == table.sentences[start]
        ):
            if stop >= end:
                return end, label
            if office[0] < start:
                return stop, "PERSON"
    return start, label


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
    """Tell whether the words are the name of a thing, or a label in capitals such as "ANALYSIS:"."""
    if tuple(table.words[start:end]) in lexicon.things:
        return True
    is_kind = all(table.lowers[i] in lexicon.text_kinds and table.words[i].isupper() for i in range(start, end))
    return is_kind and table.is_sentence_start(start) and end < len(table) and table.words[end] in {":", "|", "-", "–", "—"}


def _ends_in_thing(table: TokenTable, start: int, end: int, label: str, lexicon: MentionLexicon) -> bool:
    """Tell whether what the recogniser found is a law, treaty, prize or arm by its last word; "Jude Law" has no article."""
    is_form = end - start > 1 and table.is_capitalised(end - 1) and table.lowers[end - 1] in lexicon.thing_heads
    return is_form and (label != "PERSON" or (start > 0 and table.lowers[start - 1] == "the"))


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
    entries = tuple(e for e in entries if e.kind != "people" or not _is_bare_singular(table, match))
    if _heads_product(table, match.start, match.end):
        entries = tuple(e for e in entries if e.kind not in {"demonym", "people"})
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
        is_noun = not is_single or bool(tags & ({"NNP", "NNPS"} if persons[0].is_ambiguous else _NOUN_TAGS))
        if label in _OTHER_LABELS or not is_noun or (persons[0].is_ambiguous and label is None):
            return None
        return persons[0]
    return None


def _find_people_within(table: TokenTable, match: GazetteerMatch, lexicon: MentionLexicon) -> Candidate | None:
    """Return the people within a nation that a demonym only ends ("African [American]"); None where it stands for the nation."""
    before = match.start - 1 - (match.start > 1 and table.words[match.start - 1] == "-")
    if (
        before < 0
        or table.words[before] not in lexicon.people_prefixes
        or table.words[match.end - 1] not in lexicon.people_nations
    ):
        return None
    if table.sentences[before] != table.sentences[match.start]:
        return None
    made = make_candidate(table, (before, match.end), ("Group", "demonym"), "people-name", 0.85)
    set_people(table, made, is_noun=True)
    return made


def _heads_product(table: TokenTable, at: int, end: int) -> bool:
    """Tell whether the word ends a capitalised compound as its noun ("Nail [Polish]"), where a demonym would be its adjective."""
    last = end - 1
    is_compound = at > 0 and table.heads[at - 1] == last and table.deps[at - 1] == "compound" and table.is_proper(at - 1)
    return is_compound and table.tags[last] == "NNP" and (last + 1 >= len(table) or not table.is_proper(last + 1))


def _is_bare_singular(table: TokenTable, match: GazetteerMatch) -> bool:
    """Tell whether a noun for one of a people stands without article or number, as only a person's name does ("[Finn] left")."""
    at = match.start
    if table.tags[match.end - 1] not in {"NN", "NNP"} or table.lowers[match.end - 1].endswith(("s", "men", "sh", "ch", "ese")):
        return False
    is_noun = table.deps[match.end - 1] in SUBJECTS | {"dobj", "pobj", "conj", "poss"}
    has_front = any(i < at for i in table.children[match.end - 1]) or (
        at > 0 and table.tags[at - 1] in {"DT", "CD", "JJ", "PRP$"}
    )
    return is_noun and not has_front


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
