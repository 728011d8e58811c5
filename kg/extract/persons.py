"""Persons whom the recogniser misses, cuts short or takes for something else."""

from __future__ import annotations

from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_labels import find_labelled_persons
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.mention_runs import find_shaped_names, join_cut_names
from kg.extract.mention_singles import find_single_names
from kg.extract.mention_surnames import spread_surnames
from kg.extract.titles import Title, TitleReader
from kg.extract.token_table import SUBJECTS, TokenTable

_PARTICLES = frozenset(
    {
        "bin",
        "ibn",
        "al",
        "el",
        "von",
        "van",
        "der",
        "den",
        "de",
        "da",
        "di",
        "du",
        "la",
        "le",
        "dos",
        "das",
        "ter",
        "ten",
        "abu",
        "ben",
        "ould",
        "af",
        "zu",
    }
)
_LONGEST_NAME = 6
#: A name that may be a person's or a body's has at most so many words, hyphenated ones counted by their parts.
_LONGEST_UNSURE = 4


def find_persons(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Put persons on the board: behind titles and possessive states; extend names; spread full names to surnames."""
    for at in range(len(table)):
        if table.is_capitalised(at):
            _find_titled(table, board, lexicon, at)
    join_cut_names(table, board, lexicon)
    _find_described(table, board, lexicon)
    find_shaped_names(table, board, lexicon)
    for candidate in list(board):
        if candidate.type == "Person" and candidate.kind == "name":
            _extend(table, board, lexicon, candidate)
    _find_listed(table, board)
    find_labelled_persons(table, board)
    spread_surnames(table, board, lexicon)
    for at in range(1, len(table)):
        if table.is_possessive(at - 1) and table.is_proper(at):
            _find_possessed(table, board, lexicon, at)
    find_single_names(table, board, lexicon)


def _find_titled(table: TokenTable, board: Board, lexicon: MentionLexicon, at: int) -> None:
    """A run of capitalised words right behind an office or form of address is a person."""
    if at == 0 or table.sentences[at - 1] != table.sentences[at]:
        return
    holder = board.outer[at]
    if board.outer[at - 1] is not None:
        if _follows_complement(table, board, lexicon, at):
            _place_name(table, board, at, holder)
        return
    if holder is not None and (holder.type == "Person" or holder.start != at):
        return
    if table.plains[at] in lexicon.title_words or table.tags[at] not in {"NNP", "NNPS", "NN", "FW", "JJ"}:
        return
    is_address = table.plains[at - 1] in lexicon.honorifics and table.is_capitalised(at - 1)
    office = lexicon.heads.match_ending(table.plains, at)
    short = lexicon.abbreviations.match_ending(table.plains, at)
    is_abbreviated = short is not None and table.is_capitalised(at - 1)
    if not is_address and not is_abbreviated:
        if office is None or (table.words[at - 1].islower() and not _is_one_phrase(table, at - 1, at)):
            return
        if holder is not None and (
            holder.by in {"gazetteer", "organisation-form"} or (holder.type != "Organisation" and office[1][1])
        ):
            return
        if holder is not None and table.quote(holder.start, holder.end).isupper():
            return
    elif holder is not None and holder.by == "gazetteer" and holder.kind != "name":
        return
    _place_name(table, board, at, holder)


def _place_name(table: TokenTable, board: Board, at: int, holder: Candidate | None) -> None:
    """Put the run of capitalised words that starts at a token on the board as a person."""
    end = holder.end if holder is not None else at + 1
    while end < len(table) and end - at < _LONGEST_NAME and _continues_name(table, board, end):
        end += 1
    board.place(make_candidate(table, (at, end), ("Person", "name"), "title-name", 0.85))


def _follows_complement(table: TokenTable, board: Board, lexicon: MentionLexicon, at: int) -> bool:
    """Tell whether "envoy for Syria" stands right before two capitalised words that no gazetteer name holds."""
    place = board.outer[at - 1]
    holder = board.outer[at]
    if place is None or place.type not in {"State", "Place"} or place.start == 0 or not table.is_proper(at):
        return False
    link = place.start - 1 - (table.lowers[place.start - 1] == "the")
    is_name = at + 1 < len(table) and table.is_proper(at + 1) and (holder is None or holder.by == "ner")
    return (
        is_name
        and link > 0
        and table.lowers[link] in {"for", "of", "to"}
        and lexicon.heads.match_ending(table.plains, link) is not None
    )


def _find_described(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """What a singular office describes is a person: "[Dmitry Orlov], the Kremlin's spokesman"."""
    reader = TitleReader(table, board, lexicon)
    for candidate in list(board):
        parts = [i for i in range(candidate.start, candidate.end) if table.words[i] != "-"]
        is_open = candidate.by == "ner" and candidate.type in {"Organisation", "Place"} and len(parts) <= _LONGEST_UNSURE
        if _owns_next(table, candidate.end):
            continue
        if not is_open or not all(table.is_proper(i) and not table.words[i].isupper() for i in parts):
            continue
        behind = [title for title in reader.read_after(candidate.end) if not _is_speaker(table, title)]
        titles = [t for t in (reader.read_reversed(candidate.start), *behind) if t and not t.is_plural]
        if titles and not any(
            phrases.match_ending(table.lowers, candidate.end) for phrases in (lexicon.public_bodies, lexicon.other_bodies)
        ):
            candidate.type, candidate.by, candidate.confidence = "Person", "described-name", 0.8


def _is_speaker(table: TokenTable, title: Title) -> bool:
    """Tell whether what looks like an apposition speaks itself ("a strike on Tartu, [an aide] said")."""
    return (
        table.deps[table.find_head(title.start, title.end)] == "nsubj"
        and title.end < len(table)
        and table.kinds[title.end] == "VERB"
    )


def _owns_next(table: TokenTable, end: int) -> bool:
    """Tell whether "its" follows: the name is a body or a place, and the office behind is held in it ("Tartu, its mayor")."""
    return end + 1 < len(table) and table.words[end] == "," and table.lowers[end + 1] == "its"


def _is_one_phrase(table: TokenTable, before: int, at: int) -> bool:
    """Tell whether the parser joins the word before to the name, or both to the same noun."""
    return table.heads[before] in range(at, at + _LONGEST_NAME) or table.heads[at] == before or table.tags[before] == "NNP"


def _continues_name(table: TokenTable, board: Board, at: int) -> bool:
    holder = board.outer[at]
    if table.sentences[at] != table.sentences[at - 1]:
        return False
    if holder is not None:
        return (
            holder.by == "ner" and holder.length == 1 and holder.type in {"Person", "Organisation"} and table.heads[at - 1] == at
        )
    if table.is_proper(at):
        return True
    return (
        table.lowers[at] in _PARTICLES
        and at + 1 < len(table)
        and (table.is_capitalised(at + 1) or table.lowers[at + 1] in _PARTICLES)
    )


def _extend(table: TokenTable, board: Board, lexicon: MentionLexicon, candidate: Candidate) -> None:
    """Add particles and given names in front ("Mohammed bin [Salman]") and cut-off ends behind ("[Ursula von der] Leyen")."""
    start, end = candidate.start, candidate.end
    while start > 0 and table.sentences[start - 1] == table.sentences[candidate.start]:
        before = board.outer[start - 1]
        if before is not None and not (before.by == "ner" and table.lowers[before.end - 1] in _PARTICLES):
            break
        word = table.lowers[start - 1]
        if before is not None:
            start = before.start
        elif (
            word in _PARTICLES
            and (not table.is_sentence_start(start - 1) or table.is_capitalised(start - 1))
            and table.tags[start - 1] != "VBN"
        ):
            start -= 1
        elif table.words[start - 1] == "-" and start > 1 and table.lowers[start - 2] in _PARTICLES:
            start -= 2
        elif _is_given_name(table, lexicon, start - 1, candidate):
            start -= 1
        else:
            break
    if table.lowers[end - 1] in _PARTICLES or (
        end < len(table) and table.lowers[end] in _PARTICLES and _continues_name(table, board, end)
    ):
        while end < len(table) and (_continues_name(table, board, end) or _is_stray(table, board, end)):
            stray = board.outer[end]
            end = stray.end if stray is not None else end + 1
    elif (
        end + 1 < len(table)
        and table.words[end] == "-"
        and table.begins[end] == table.ends[end - 1]
        and table.words[end + 1].islower()
        and candidate.length > 1
    ) and (
        table.ends[end] == table.begins[end + 1]
        and table.tags[end + 1] in {"NNP", "NN", "JJ"}
        and end + 1 - start <= _LONGEST_NAME
        and len(table.words[end + 1]) <= 4
    ):
        end += 2
    if (start, end) != (candidate.start, candidate.end):
        board.place(make_candidate(table, (start, end), ("Person", "name"), candidate.by, candidate.confidence))


def _is_stray(table: TokenTable, board: Board, at: int) -> bool:
    """Tell whether a name behind a particle is the rest of a person's name ("Ursula von der | Leyen")."""
    holder = board.outer[at]
    return holder is not None and holder.start == at and holder.by == "ner" and table.lowers[at - 1] in _PARTICLES


def _is_given_name(table: TokenTable, lexicon: MentionLexicon, at: int, candidate: Candidate) -> bool:
    """Tell whether the word before a name that the gazetteer knows by its last word is its given name."""
    return (
        candidate.by == "gazetteer"
        and candidate.length == 1
        and table.is_proper(at)
        and len(table.words[at]) > 1
        and not table.is_sentence_start(at) | (table.tags[at] != "NNP")
        and table.deps[at] == "compound"
        and candidate.start <= table.heads[at] < candidate.end
        and table.plains[at] not in lexicon.title_words
        and table.plains[at] not in lexicon.honorifics
        and lexicon.abbreviations.match_ending(table.plains, at + 1) is None
    )


def _find_listed(table: TokenTable, board: Board) -> None:
    """Two or three capitalised words that nobody claims, in a list beside a person's name, are a person."""
    at = 0
    while at < len(table):
        end = at
        while (
            end < len(table) and table.is_proper(end) and board.outer[end] is None and table.sentences[end] == table.sentences[at]
        ):
            end += 1
        if end - at in {2, 3} and _is_beside_person(table, board, at, end):
            board.place(make_candidate(table, (at, end), ("Person", "name"), "listed-name", 0.75))
        at = max(end, at + 1)


def _is_beside_person(table: TokenTable, board: Board, start: int, end: int) -> bool:
    """Tell whether a person's full name stands before "," or "and" in front, and another one behind, or the parser joins them."""
    joins = {",", "and", "&"}
    before = board.outer[start - 2] if start > 1 and table.lowers[start - 1] in joins else None
    behind = board.outer[end + 1] if end + 1 < len(table) and table.lowers[end] in joins else None
    named = [c for c in (before, behind) if c is not None and c.type == "Person" and c.length > 1]
    return len(named) == 2 or (len(named) == 1 and table.deps[table.find_head(start, end)] == "conj")


def _starts_person(table: TokenTable, board: Board, at: int) -> bool:
    """Tell whether the unclaimed word is a given name: a person's single name follows ("Egypt's [Hany] Mansour")."""
    behind = board.outer[at + 1] if at + 1 < len(table) else None
    return behind is not None and behind.type == "Person" and behind.length == 1 and table.heads[at] == at + 1


def _find_possessed(table: TokenTable, board: Board, lexicon: MentionLexicon, at: int) -> None:
    """A state's single unknown name that speaks is a person ("Finland's [Korhonen] echoed the sentiment")."""
    owner = board.outer[at - 2] if at > 1 else None
    holder = board.outer[at]
    if owner is None or owner.type not in {"State", "Organisation", "Place"}:
        return
    if holder is None and _starts_person(table, board, at):
        _place_name(table, board, at, None)
        return
    if holder is not None and (holder.by != "ner" or holder.type == "Person" or holder.length > 1):
        return
    word = table.words[at]
    is_single = at + 1 >= len(table) or not table.is_capitalised(at + 1)
    speaks = table.deps[at] in SUBJECTS and table.lemmas[table.heads[at]] in lexicon.speaking
    if is_single and speaks and not word.isupper() and table.lowers[at] not in lexicon.nominals:
        board.place(make_candidate(table, (at, at + 1), ("Person", "name"), "possessed-name", 0.75))
