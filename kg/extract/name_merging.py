"""Where a gazetteer name meets a longer name of the recogniser: which stands, and what is left of the other."""

from __future__ import annotations

from kg.extract.gazetteer_index import GazetteerMatch
from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import TokenTable
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import MentionKind, MentionType

_PERSON_TAGS = frozenset({"NNP", "NNPS", "FW", "NN", "JJ", "IN", "DT", "HYPH"})


def merge_match(table: TokenTable, board: Board, match: GazetteerMatch, entry: GazetteerEntry, lexicon: MentionLexicon) -> None:
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
            if made.type == "Organisation" and holder.type == "Organisation" and made.end == holder.end:
                holder.name = table.quote(made.start, made.end)
            return
        if keeps == "nest":
            if made.type != "Person":
                board.nest(made)
                holder.affiliation = holder.affiliation or made
            return
        rest = holder.end
        kind_of = (holder.type, holder.kind)
        board.remove(holder)
        if _holds_officer(table, holder, made, lexicon):
            kind_of = ("Person", "name")
        if keeps == "split" and match.end + table.is_possessive(match.end) < rest:
            start = match.end + table.is_possessive(match.end)
            board.place(make_candidate(table, (start, rest), kind_of, "ner", 0.7))
    board.place(made)
    if match.first is not None:
        _nest_state(table, board, made, match.first, lexicon)


def _nest_state(table: TokenTable, board: Board, body: Candidate, first: GazetteerMatch, lexicon: MentionLexicon) -> None:
    """Put the state that begins a public body's name within it ("[Israeli] military", "[Ukraine]'s air force")."""
    while first.first is not None and not any(entry.type == "State" for entry in first.entries):
        first = first.first
    states = [entry for entry in first.entries if entry.type == "State"]
    last = table.lowers[body.end - 1]
    is_public = lexicon.public_bodies.match_ending(table.lowers, body.end, first.end) is not None or last in lexicon.nominals
    if body.type in {"Organisation", "Group"} and states and is_public and first.end < body.end:
        state = _make_match(table, first, states[0])
        state.type = "State"
        board.nest(state)
        body.affiliation = body.affiliation or state


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
    is_last = made.end >= len(table) or table.kinds[made.end] not in {"NOUN", "PROPN", "ADJ"}
    if (plural and (is_noun or not modifies)) or (not modifies and before == "the" and is_last):
        made.type, made.number = "Group", "plural"
    elif not modifies and before in {"a", "an", "another", "one"}:
        made.type, made.number = "Person", "singular"


def _cut(table: TokenTable, board: Board, holder: Candidate, match: GazetteerMatch) -> None:
    """Cut the recogniser's name where a gazetteer name crosses it; keep what is left of a person's name."""
    board.remove(holder)
    start, end = (match.end, holder.end) if holder.start >= match.start else (holder.start, match.start)
    if holder.type == "Person" and start < end and all(table.is_proper(i) for i in range(start, end)):
        board.place(make_candidate(table, (start, end), ("Person", "name"), "ner", 0.7))


def _keeps_holder(table: TokenTable, holder: Candidate, made: Candidate, lexicon: MentionLexicon) -> str:
    """Tell what becomes of a longer name around a gazetteer name: `outer`, `nest`, `split` or `replace`."""
    before, behind = range(holder.start, made.start), range(made.end, holder.end)
    if not before and behind and _holds_officer(table, holder, made, lexicon):
        return "split"
    if holder.type == "Person":
        if made.type == "Person":
            return "outer" if all(table.tags[i] in _PERSON_TAGS for i in (*before, *behind)) else "replace"
        if made.kind == "demonym" or (not before and made.type == "Organisation"):
            return "split"
        return "outer"
    if holder.type in {"Organisation", "Group"}:
        return _keeps_body(table, holder, made, lexicon)
    return "outer" if all(table.is_capitalised(i) for i in (*before, *behind)) else "replace"


def _keeps_body(table: TokenTable, holder: Candidate, made: Candidate, lexicon: MentionLexicon) -> str:
    """As `_keeps_holder`, for a longer name that the recogniser takes for an organisation or people."""
    before, behind = range(holder.start, made.start), range(made.end, holder.end)
    is_body = _ends_in_body(table, holder, made.end, lexicon)
    is_last = bool(before) and not behind and table.lowers[made.start - 1] in {"of", "the"}
    if made.type in {"State", "Place"} and ((is_body and not before) or (is_last and _is_of_body(table, holder, lexicon))):
        return "nest"
    ends_small = all(table.words[i].islower() for i in behind)
    if made.type == "Person" or (made.kind == "demonym" and not is_body):
        return "replace" if ends_small and (made.kind == "demonym" or not before) else "outer"
    if made.type == "Organisation" and not is_body and not all(table.is_capitalised(i) for i in (*before, *behind)):
        return "replace" if all(table.words[i].islower() for i in before) else "outer"
    return "outer"


def _holds_officer(table: TokenTable, holder: Candidate, made: Candidate, lexicon: MentionLexicon) -> bool:
    """Tell whether the longer name is "envoy for [Sudan Ruth Calder]": a topic and then the person."""
    if made.kind != "name" or made.type == "Person" or _ends_in_body(table, holder, made.end, lexicon):
        return False
    start = made.start
    link = start - 1 - (start > 0 and table.lowers[start - 1] == "the")
    if link < 1 or table.lowers[link] not in {"for", "of", "to"}:
        return False
    return lexicon.heads.match_ending(table.plains, link) is not None


def _ends_in_body(table: TokenTable, holder: Candidate, lowest: int, lexicon: MentionLexicon) -> bool:
    bodies = (lexicon.public_bodies, lexicon.other_bodies)
    return any(phrases.match_ending(table.lowers, holder.end, lowest) for phrases in bodies)


def _is_of_body(table: TokenTable, holder: Candidate, lexicon: MentionLexicon) -> bool:
    """Tell whether a public body's word starts the name or stands before "of" in it ("[Ministry] of Defence of Ukraine")."""
    return any(lexicon.public_bodies.match_ending(table.lowers, at + 1, holder.start) for at in range(holder.start, holder.end))
