"""Single names of persons that nothing else finds: "Dolny smiled", where "he" or "she" is near."""

from __future__ import annotations

from kg.extract.given_names import read_given_names
from kg.extract.mention_candidates import Board, make_candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.token_table import SUBJECTS, TokenTable

_TOLD = frozenset({"he", "she", "him", "her", "his", "hers", "himself", "herself"})
_NAME_TAGS = frozenset({"NNP", "NNPS", "NNS", "NN", "JJ", "RB"})
_ROLES = SUBJECTS | {"dobj", "dative", "poss", "pobj", "appos", "conj", "attr"}
#: "Dolny" as one of a list, or with a noun that explains it.
_PARTS = frozenset({"cc", "conj", "punct", "appos", "relcl", "case", "acl", "prep", "advmod"})
#: Labels of the recogniser under which a capitalised word is no person's name.
_OTHER_LABELS = frozenset({"DATE", "TIME", "LANGUAGE", "LAW", "EVENT", "MONEY", "QUANTITY", "PERCENT"})
_FEWEST_LETTERS = 3
_CONFIDENCE = 0.65


def find_single_names(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Put single capitalised words on the board as persons that the recogniser and the gazetteer leave out.

    They are a given name, or begin a person's full name in the text, or are a subject or possessor with "he" or "she" in
    the sentence or the next one. The text never has them in small letters, and what it once shows to be a person it is
    wherever nothing else claims it.
    """
    common = {word for word in table.words if word.islower()}
    labels: dict[int, str] = {i: label for start, end, label in table.entities for i in range(start, end)}
    open_words = [
        at
        for at in range(len(table))
        if labels.get(at) not in _OTHER_LABELS and _is_single(table, board, lexicon, at) and table.lowers[at] not in common
    ]
    if not open_words:
        return
    given = read_given_names()
    firsts = {table.words[c.start] for c in board if c.type == "Person" and c.kind == "name" and c.length > 1}
    told = {table.sentences[at] for at in range(len(table)) if table.lowers[at] in _TOLD}
    shown = {table.words[at] for at in open_words if _is_shown(table, at, given, firsts, told)}
    for at in open_words:
        if table.words[at] in shown:
            board.place(make_candidate(table, (at, at + 1), ("Person", "name"), "single-name", _CONFIDENCE))


def _is_single(table: TokenTable, board: Board, lexicon: MentionLexicon, at: int) -> bool:
    """Tell whether a token is an unclaimed capitalised word by itself, in a place where a person's name may stand."""
    word = table.words[at]
    if board.outer[at] is not None or len(word) < _FEWEST_LETTERS or not word[0].isupper() or word.isupper():
        return False
    if not word.replace("'", "").replace("*", "").isalpha() or table.tags[at] not in _NAME_TAGS:
        return False
    if table.plains[at] in lexicon.title_words or table.lowers[at] in lexicon.nominals or table.lowers[at] in lexicon.thing_heads:
        return False
    return not _is_part(table, at - 1, at) and not _is_part(table, at + 1, at) and not _has_determiner(table, at)


def _is_part(table: TokenTable, beside: int, at: int) -> bool:
    """Tell whether the word beside a name may belong to it: capitalised, or joined by a hyphen, in its sentence."""
    if not 0 <= beside < len(table) or table.sentences[beside] != table.sentences[at]:
        return False
    word = table.words[beside]
    if word in {"-", "‐", "‑", "/", "&"}:
        return True
    return table.is_capitalised(beside) and not (beside < at and table.is_sentence_start(beside) and not table.is_proper(beside))


def _has_determiner(table: TokenTable, at: int) -> bool:
    before = at - 1
    return before >= 0 and table.tags[before] in {"DT", "PRP$", "CD", "JJ"} and table.sentences[before] == table.sentences[at]


def _is_shown(table: TokenTable, at: int, given: frozenset[str], firsts: set[str], told: set[int]) -> bool:
    """Tell whether the words around one occurrence show that a name is a person's."""
    word = table.words[at]
    if word in firsts and table.is_proper(at):
        return True
    if word in given and table.deps[at] in _ROLES and (table.is_proper(at) or table.deps[at] in SUBJECTS):
        return True
    sentence = table.sentences[at]
    if not {sentence, sentence + 1} & told or not table.is_proper(at):
        return False
    if any(table.deps[child] not in _PARTS for child in table.children[at]):
        return False
    is_actor = table.deps[at] in SUBJECTS and table.kinds[table.heads[at]] in {"VERB", "AUX"}
    return is_actor or (table.deps[at] == "poss" and table.is_possessive(at + 1))
