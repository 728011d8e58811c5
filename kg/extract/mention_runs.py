"""Persons by the shape of their names: capitalised words that the recogniser leaves out, cuts or takes for a body."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.titles import TitleReader
from kg.extract.token_table import SUBJECTS, TokenTable

_LONGEST_RUN = 4
_NAME_TAGS = frozenset({"NNP", "NNPS"})
#: A name that the tagger does not know is a common word to it where it opens a sentence.
_BARE_TAGS = _NAME_TAGS | {"NN", "JJ"}
_HYPHENS = frozenset({"-", "‐", "‑"})
#: Names of sites: "Prince Sultan Air [Base]" is nobody.
_SITES = frozenset(
    {"base", "airport", "bridge", "street", "square", "palace", "road", "avenue", "park", "river", "island", "sea", "bay"}
)


def join_cut_names(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Join the parts of a person's name ("[Bakri] [Osman Idris]", "Issouf [Tapsoba-Kere]"); free names of their titles."""
    for candidate in list(board):
        if candidate.by == "ner" and candidate.kind == "name" and candidate.type == "Organisation":
            _cut_title(table, board, lexicon, candidate)
    for candidate in list(board):
        if candidate.kind != "name" or candidate.by not in {"ner", "title-name"} or board.outer[candidate.start] is not candidate:
            continue
        following = board.outer[candidate.end] if candidate.end < len(table) else None
        if following is not None and _is_rest(table, candidate, following):
            tokens = (candidate.start, following.end)
            board.place(make_candidate(table, tokens, ("Person", "name"), candidate.by, candidate.confidence))
        elif candidate.type == "Person" and _is_single(table, candidate) and _is_given_name(table, board, lexicon, candidate):
            start = candidate.start - 1
            board.place(make_candidate(table, (start, candidate.end), ("Person", "name"), candidate.by, candidate.confidence))


def find_shaped_names(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Put runs of two to four capitalised words on the board as persons where the text shows that they are one.

    They are described by an office beside them, do what only people do ("said", "smiled"), or their last word stands
    alone elsewhere and does so.
    """
    runs = list(_find_runs(table, board, lexicon))
    reader = TitleReader(table, board, lexicon)
    acting = {table.words[at] for at in range(len(table)) if board.outer[at] is None and _speaks(table, lexicon, at, _BARE_TAGS)}
    for start, end in runs:
        head = table.find_head(start, end)
        is_said = _speaks(table, lexicon, head) or (table.words[end - 1] in acting and table.deps[head] in SUBJECTS)
        if is_said or _is_described(table, reader, start, end):
            board.place(make_candidate(table, (start, end), ("Person", "name"), "shaped-name", 0.75))


def _cut_title(table: TokenTable, board: Board, lexicon: MentionLexicon, candidate: Candidate) -> None:
    """Make a person of "Major General Eamon Tierney", which the recogniser takes for a body."""
    office = lexicon.heads.match_starting(table.plains, candidate.start)
    if office is None or office[1][1]:
        return
    rest = range(office[0], candidate.end)
    is_name = 2 <= len(rest) <= _LONGEST_RUN and all(table.is_proper(i) or table.words[i] in _HYPHENS for i in rest)
    if not is_name or table.lowers[candidate.end - 1] in _SITES or _ends_in_body(table, lexicon, candidate.end, office[0]):
        return
    board.remove(candidate)
    board.place(make_candidate(table, (office[0], candidate.end), ("Person", "name"), "title-name", 0.8))


def _is_rest(table: TokenTable, candidate: Candidate, following: Candidate) -> bool:
    """Tell whether the next name is the rest of this one: no mark between them, and the parser joins them."""
    return (
        following.by == "ner"
        and following.type == "Person"
        and following.kind == "name"
        and candidate.length == 1
        and (candidate.type == "Person" or (_is_single(table, following) and not table.words[candidate.start].isupper()))
        and table.sentences[candidate.start] == table.sentences[following.start]
        and following.start <= table.heads[candidate.end - 1] < following.end
        and table.deps[candidate.end - 1] in {"compound", "nmod"}
    )


def _is_single(table: TokenTable, candidate: Candidate) -> bool:
    """Tell whether a name is one word, hyphens aside ("Tapsoba-Kere")."""
    return all(table.words[i] in _HYPHENS for i in range(candidate.start + 1, candidate.end, 2)) and candidate.length % 2 == 1


def _is_given_name(table: TokenTable, board: Board, lexicon: MentionLexicon, candidate: Candidate) -> bool:
    """Tell whether an unclaimed capitalised word in front belongs to the name ("told [Issouf] Tapsoba-Kere")."""
    at = candidate.start - 1
    return (
        at >= 0
        and board.outer[at] is None
        and table.is_proper(at)
        and table.words[at].isalpha()
        and not table.words[at].isupper()
        and table.deps[at] == "compound"
        and candidate.start <= table.heads[at] < candidate.end
        and table.sentences[at] == table.sentences[candidate.start]
        and (at == 0 or not table.is_capitalised(at - 1) or not table.words[at - 1].isalpha())
        and not _is_title_word(table, lexicon, at)
    )


def _find_runs(table: TokenTable, board: Board, lexicon: MentionLexicon) -> Iterator[tuple[int, int]]:
    """Yield the runs of two to four unclaimed capitalised words, hyphenated ones counted once, that no title is in."""
    at = 0
    while at < len(table):
        end = at
        words = 0
        while end < len(table) and board.outer[end] is None and table.sentences[end] == table.sentences[at]:
            is_joined = table.words[end] in _HYPHENS and end > at and table.is_capitalised(end + 1)
            if not is_joined and not (table.is_proper(end) and table.words[end][:1].isalpha()):
                break
            words += not is_joined and (end == at or table.words[end - 1] not in _HYPHENS)
            end += 1
        is_bounded = end >= len(table) or board.outer[end] is None
        if 2 <= words <= _LONGEST_RUN and is_bounded and _may_be_person(table, lexicon, at, end):
            yield at, end
        at = max(end, at + 1)


def _may_be_person(table: TokenTable, lexicon: MentionLexicon, start: int, end: int) -> bool:
    if any(_is_title_word(table, lexicon, i) or table.words[i].isupper() for i in range(start, end) if table.words[i].isalpha()):
        return False
    is_thing = table.lowers[end - 1] in lexicon.thing_heads
    return not is_thing and table.lowers[end - 1] not in _SITES and not _ends_in_body(table, lexicon, end, start)


def _is_title_word(table: TokenTable, lexicon: MentionLexicon, at: int) -> bool:
    return (
        table.plains[at] in lexicon.title_words
        or table.plains[at] in lexicon.honorifics
        or table.plains[at] in lexicon.former
        or lexicon.abbreviations.match_ending(table.plains, at + 1) is not None
        or lexicon.regions.get((table.words[at],)) is not None
    )


def _speaks(table: TokenTable, lexicon: MentionLexicon, at: int, tags: frozenset[str] = _NAME_TAGS) -> bool:
    """Tell whether a capitalised word with one of the tags is the subject of a verb of saying."""
    is_named = table.is_capitalised(at) and table.tags[at] in tags
    return is_named and table.deps[at] in SUBJECTS and table.lemmas[table.heads[at]] in lexicon.speaking


def _is_described(table: TokenTable, reader: TitleReader, start: int, end: int) -> bool:
    titles = [reader.read_reversed(start), *reader.read_after(end)]
    return any(title is not None and not title.is_plural for title in titles) and (start == 0 or table.words[start - 1] != "the")


def _ends_in_body(table: TokenTable, lexicon: MentionLexicon, end: int, start: int) -> bool:
    bodies = (lexicon.public_bodies, lexicon.other_bodies)
    return any(phrases.match_ending(table.lowers, end, start) is not None for phrases in bodies)
