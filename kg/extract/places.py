"""Places and peoples that the recogniser misses or takes for people: "in Kherson", "the Galata bridge", "Gulf of Aden"."""

from __future__ import annotations

from kg.extract.given_names import read_given_names
from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable

_LOCATIVES = frozenset({"in", "near", "outside", "inside", "across", "around", "throughout", "into", "toward", "towards", "off"})
#: Of these, what stands in front of people as well, but not where the name is of several words and no given name.
_NEAR = frozenset({"in", "near", "outside", "inside", "off"})
#: "south of Isfahan", "on the outskirts of Tartu".
_BEARINGS = frozenset(
    {
        "north", "south", "east", "west", "northeast", "northwest", "southeast", "southwest", "north-east", "north-west",
        "south-east", "south-west", "outskirts", "centre", "center", "downtown", "streets", "kilometres", "kilometers", "miles",
        "suburbs", "vicinity",
    }
)  # fmt: skip
_SETTLEMENTS = frozenset({"city", "town", "village", "port", "province", "region", "district", "island", "suburb", "capital"})
#: "[Rafah] crossing": what only places have in front of it, not people.
_SITES = frozenset(
    {
        "city", "town", "village", "province", "region", "district", "oblast", "governorate", "county", "municipality",
        "suburb", "crossing", "checkpoint", "airport", "airfield", "airbase", "harbour", "harbor", "peninsula",
        "valley", "desert", "island", "islands", "archipelago", "bridge", "canal", "delta", "plateau", "highlands",
        "mountains", "coast", "shoal", "reef", "outskirts", "riverbank", "seaport", "refinery", "dam", "front",
        "direction", "countryside",
    }
)  # fmt: skip
#: Words of waters and land forms whose names go on with "of": "Gulf of Oman", "Strait of Hormuz".
_LANDFORMS = frozenset(
    {"Gulf", "Sea", "Strait", "Straits", "Bay", "Bight", "Cape", "Isle", "Horn", "Gulfs", "Rock", "Lake", "Mount", "Plain"}
)
#: What peoples and tribes are said to have or be.
_PEOPLES = frozenset(
    {
        "militia", "militias", "militiamen", "tribe", "tribes", "tribesmen", "clan", "clans", "community", "communities",
        "minority", "minorities", "herders", "farmers", "people", "villagers", "refugees", "rebels", "elders", "nomads",
    }
)  # fmt: skip
#: What is made "on" places: "a strike on Kremenka", "they marched on Bukova".
_ADVANCES = frozenset({"march", "advance", "strike", "airstrike", "shelling", "bombardment", "raid"})
#: What is put "in" somebody: "faith in Castell", "a rival in Dolny".
_IN_SOMEBODY = frozenset(
    {
        "confidence", "trust", "faith", "belief", "believe", "interest", "confide", "disappoint", "rival", "partner", "ally",
        "friend", "invest", "interested",
    }
)  # fmt: skip
_LONGEST_NAME = 3
_UNREAD = frozenset({"(", "/", ",", "-", "–", "—", ":", "."})


def find_places(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Make places of unknown names that stand where places do, of the same name elsewhere, and of names of waters.

    Names of the gazetteer, acronyms, and names that are part of a full person's name are left as they are.
    """
    _find_landforms(table, board)
    _find_datelines(table, board)
    _find_districts(table, board)
    surnames = {
        table.words[c.end - 1] for c in board if c.type == "Person" and c.length > 1 and not _is_located(table, c, lexicon)
    }
    open_names = [c for c in board if _is_open(table, c) and table.words[c.end - 1] not in surnames]
    open_names += [c for c in board if _is_located(table, c, lexicon) and c not in open_names]
    speakers = {_quote(table, c) for c in open_names if c.type == "Person" and _speaks(table, c, lexicon)}
    found = {_quote(table, c) for c in open_names if c.length > 1 or _stands_as_place(table, c)} - speakers
    for candidate in open_names:
        if _quote(table, candidate) in found:
            _make_place(table, board, candidate)
    _spread_places(table, board, surnames)
    for candidate in list(board):
        if _is_people(table, candidate) and table.words[candidate.start] not in surnames:
            candidate.type, candidate.kind, candidate.by, candidate.confidence = "Group", "demonym", "people-name", 0.65


def _is_people(table: TokenTable, candidate: Candidate) -> bool:
    """Tell whether a single name, taken for a person, is a people's by the noun that it modifies: "a [Hutu] militia"."""
    end = candidate.end
    if candidate.type != "Person" or candidate.length != 1 or candidate.by != "ner" or end >= len(table):
        return False
    return table.words[end] in _PEOPLES and table.heads[candidate.start] == end


def _make_place(table: TokenTable, board: Board, candidate: Candidate) -> None:
    """Make a place of a candidate, with capitalised words behind that the parser joins to it ("Bandar [Rashid]")."""
    end = candidate.end
    while (
        end < len(table)
        and end - candidate.start < _LONGEST_NAME
        and table.is_proper(end)
        and board.outer[end] is None
        and table.heads[end - 1] == end
        and table.deps[end - 1] == "compound"
    ):
        end += 1
    candidate.type, candidate.by, candidate.confidence = "Place", "locative", 0.7
    if end > candidate.end:
        board.place(make_candidate(table, (candidate.start, end), ("Place", "name"), "locative", 0.7))


def _quote(table: TokenTable, candidate: Candidate) -> str:
    return table.quote(candidate.start, candidate.end)


def _is_open(table: TokenTable, candidate: Candidate) -> bool:
    is_unsure = candidate.by == "ner" and candidate.type in {"Person", "Organisation"} and candidate.length == 1
    return is_unsure and not table.words[candidate.start].isupper()


def _is_located(table: TokenTable, candidate: Candidate, lexicon: MentionLexicon) -> bool:
    """Tell whether a name of several words, taken for a person, is a place by what stands before it: "near Kiryat Shmona"."""
    at = candidate.start
    if candidate.by != "ner" or candidate.type != "Person" or not 1 < candidate.length <= _LONGEST_NAME or at == 0:
        return False
    if any(not table.is_capitalised(i) and table.words[i] != "-" for i in range(at, candidate.end)):
        return False
    if table.words[at] in read_given_names() or table.plains[at] in lexicon.honorifics:
        return False
    is_behind = table.lowers[at - 1] in _NEAR and table.lemmas[table.heads[at - 1]] not in _IN_SOMEBODY
    return (is_behind or _has_bearing(table, at)) and not table.is_possessive(candidate.end)


def _speaks(table: TokenTable, candidate: Candidate, lexicon: MentionLexicon) -> bool:
    head = table.find_head(candidate.start, candidate.end)
    return table.deps[head] == "nsubj" and table.lemmas[table.heads[head]] in lexicon.speaking


def _stands_as_place(table: TokenTable, candidate: Candidate) -> bool:
    """Tell whether words around a single name are those around a place."""
    at, end = candidate.start, candidate.end
    if (
        end < len(table)
        and table.lowers[end] in _SITES
        and table.heads[end - 1] >= end
        and table.sentences[end] == table.sentences[at]
    ):
        return True
    if at == 0:
        return False
    before = table.heads[at - 1]
    if table.lowers[at - 1] == "on" and table.lemmas[before] in _ADVANCES and before < at and not table.is_possessive(end):
        return True
    is_behind = table.lowers[at - 1] in _LOCATIVES and table.lemmas[before] not in _IN_SOMEBODY
    if is_behind and not (table.lowers[at - 1] == "in" and table.is_possessive(end)):
        return True
    return _has_bearing(table, at)


def _has_bearing(table: TokenTable, at: int) -> bool:
    """Tell whether "the city of", "south of" stands in front."""
    return at > 1 and table.lowers[at - 1] == "of" and table.lowers[at - 2] in _SETTLEMENTS | _BEARINGS


def _find_landforms(table: TokenTable, board: Board) -> None:
    """Put "Gulf of Oman", "Sea of Japan" on the board as one place; what the gazetteer knows by this name stays."""
    for at, word in enumerate(table.words):
        if word not in _LANDFORMS or at + 2 >= len(table) or table.lowers[at + 1] != "of":
            continue
        first = at + 2 + (table.lowers[at + 2] == "the" and at + 3 < len(table))
        holder, inside = board.outer[at], board.outer[first]
        is_known = holder is not None and holder.by == "gazetteer" and holder.end > first
        if is_known or not table.is_capitalised(first) or table.sentences[first] != table.sentences[at]:
            continue
        end = inside.end if inside is not None and inside.type in {"State", "Place", "Person", "Organisation"} else first + 1
        start = holder.start if holder is not None and holder.by == "ner" and holder.type == "Place" else at
        board.place(make_candidate(table, (start, end), ("Place", "name"), "landform", 0.85))


def _find_districts(table: TokenTable, board: Board) -> None:
    """Put a word on the board that nobody claims and that names a region or city behind it ("the [Donetsk] region")."""
    for at in range(len(table) - 1):
        is_named = table.is_proper(at) and board.outer[at] is None and not table.words[at].isupper() and len(table.words[at]) > 2
        is_site = table.words[at + 1] in _SETTLEMENTS and table.heads[at] == at + 1
        is_alone = at == 0 or not table.is_proper(at - 1) or table.sentences[at - 1] != table.sentences[at]
        if is_named and is_site and is_alone:
            board.place(make_candidate(table, (at, at + 1), ("Place", "name"), "locative", 0.75))


def _find_datelines(table: TokenTable, board: Board) -> None:
    """Put the city that a dateline begins with on the board ("GENEVA, April 14 -") where nothing else is known of it."""
    zones = table.document.zones if table.document is not None else ()
    for zone in zones:
        if zone.kind != "dateline":
            continue
        start, stop = table.find_tokens(zone.span.begin, zone.span.end)
        end = start
        while end < stop and table.words[end] not in _UNREAD and table.words[end].isalpha() and table.words[end].isupper():
            end += 1
        if not 0 < end - start <= _LONGEST_NAME or end >= len(table) or table.words[end] not in _UNREAD:
            continue
        held = [c for c in board.outer[start:end] if c is not None]
        if not any(c.by == "gazetteer" for c in held):
            board.place(make_candidate(table, (start, end), ("Place", "name"), "dateline", 0.85))


def _spread_places(table: TokenTable, board: Board, surnames: set[str]) -> None:
    """Where one text gives the name of a place, the same capitalised word that nobody claims is the place too."""
    known = {table.words[c.start] for c in board if c.type == "Place" and c.kind == "name" and c.length == 1} - surnames
    for at, word in enumerate(table.words):
        if word not in known or board.outer[at] is not None or not table.is_proper(at):
            continue
        neighbours = [i for i in (at - 1, at + 1) if 0 <= i < len(table) and table.sentences[i] == table.sentences[at]]
        if not any(table.is_proper(i) and board.outer[i] is None for i in neighbours):
            board.place(make_candidate(table, (at, at + 1), ("Place", "name"), "repeated-place", 0.75))
