"""Common noun phrases for actors: "European diplomats", "the ministry", "a senior adviser to the president"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_lexicon import MentionLexicon, Nominal
from kg.extract.token_table import TokenTable

_FRONT_DEPS = frozenset(
    {
        "amod",
        "compound",
        "nmod",
        "poss",
        "nummod",
        "advmod",
        "quantmod",
        "det",
        "predet",
        "case",
        "punct",
        "npadvmod",
        "conj",
        "cc",
        "neg",
        "appos",
    }
)
_LINKS = frozenset({"of", "for", "from", "in", "at", "to", "with", "on", "near", "inside"})
_OWNING_LINKS = frozenset({"of", "for", "from", "at", "to"})
_BREAKS = frozenset({"relcl", "acl", "appos", "advcl", "parataxis", "cc"})
#: What is done with things: "supplying the rebels [with drones]".
_EQUIPPING = frozenset({"supply", "provide", "arm", "equip", "present", "replace", "charge", "hit", "threaten", "help"})
#: Whose kin and people are somebody in particular; "our mothers" are not.
_OWNERS = frozenset({"my", "his", "her", "its", "their", "whose"})
#: What people are "in" without belonging to it: "the team [in the talks]".
_OCCASIONS = frozenset(
    {
        "talk", "talks", "war", "negotiation", "negotiations", "attack", "conflict", "fighting", "election", "elections", "vote",
        "meeting", "ceremony", "crash", "protest", "raid", "strike", "round", "statement", "interview", "letter", "speech",
    }
)  # fmt: skip
_TIMES = frozenset(
    {
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "week",
        "month",
        "year",
        "day",
        "morning",
        "evening",
        "night",
        "time",
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    }
)


def find_nominals(table: TokenTable, board: Board, lexicon: MentionLexicon, titles: frozenset[int]) -> Iterator[Candidate]:
    """Yield candidates for noun phrases whose head is a noun for actors.

    Heads among `titles`, the tokens of titles and appositions beside names, are no mentions by themselves.
    """
    for at in range(len(table)):
        found = lexicon.nominal_phrases.match_ending(table.lowers, at + 1)
        if found is None or at in titles or board.outer[at] is not None:
            continue
        nominal = _read_form(table, lexicon.nominals[found[1]], at)
        is_body = nominal is not None and nominal.type == "Organisation" and is_spoken_for(table, at)
        if nominal is None or not (is_body or _is_phrase_head(table, board, at)):
            continue
        start = _read_front(table, board, lexicon, found[0], at)
        end = _read_behind(table, board, lexicon, at)
        owner = _find_owner(table, board, start, at, end)
        speaks = table.is_subject(at) and table.lemmas[table.heads[at]] in lexicon.speaking
        if nominal.is_weak and owner is None and not speaks and not is_body and not _is_weak_actor(table, lexicon, at, start):
            continue
        made = make_candidate(table, (start, end), (nominal.type, "nominal"), "nominal", 0.6 if nominal.is_weak else 0.8)
        made.affiliation, made.number, made.gender = owner, nominal.number, nominal.gender
        if nominal.lemma in lexicon.personal and nominal.number == "singular" and _is_somebodys(table, at):
            made.type, made.gender = "Person", "unknown"
        yield made


def is_spoken_for(table: TokenTable, at: int) -> bool:
    """Tell whether a noun stands right before who speaks for it ("the [ministry] spokeswoman")."""
    return at + 1 < len(table) and table.lowers[at + 1].startswith("spokes") and table.heads[at] >= at


def _read_form(table: TokenTable, nominal: Nominal, at: int) -> Nominal | None:
    """Return the noun's reading, None where the word is no noun here."""
    tag = table.tags[at]
    if tag not in {"NN", "NNS", "NNP", "NNPS"} and not (
        nominal.number == "plural" and tag in {"VBZ", "JJ"} and table.deps[at] in {"nsubj", "dobj", "pobj", "nsubjpass"}
    ):
        return None
    if tag in {"NNP", "NNPS"} and at + 1 < len(table) and table.is_proper(at + 1) and table.heads[at] > at:
        return None
    if nominal.number == "singular" and tag == "NNS":
        return None
    return nominal


def _is_phrase_head(table: TokenTable, board: Board, at: int) -> bool:
    """Tell whether the noun heads a phrase that refers: no modifier of a noun behind, no "as a leader", no predicate."""
    head, dep = table.heads[at], table.deps[at]
    if dep in {"compound", "nmod", "amod", "advmod", "quantmod"} and head > at:
        return False
    if dep == "npadvmod" and table.kinds[head] not in {"VERB", "AUX"}:
        return False
    if (
        at + 1 < len(table)
        and table.words[at + 1] == "-"
        and table.begins[at + 1] == table.ends[at]
        and at + 2 < len(table)
        and table.begins[at + 2] == table.ends[at + 1]
    ):
        return False
    if at + 1 < len(table) and board.outer[at + 1] is not None and dep == "compound":
        return False
    articles = {table.lowers[i] for i in table.children[at] if i < at and table.tags[i] == "DT"}
    is_there = any(table.deps[i] == "expl" for i in table.children[head])
    if (dep == "attr" and not is_there) or (dep == "oprd" and not articles & {"the"}):
        return False
    if dep == "pobj" and table.lowers[head] in {"as", "like"} and not articles & {"the"}:
        return False
    return not articles & {"no"} and dep != "neg"


def _read_front(table: TokenTable, board: Board, lexicon: MentionLexicon, phrase_start: int, at: int) -> int:
    """Return where the phrase starts: its modifiers, without article and quantifiers."""
    below = set(table.iterate_subtree(at))
    start = phrase_start
    sentence = table.sentences[at]
    while start > 0 and table.sentences[start - 1] == sentence and "\n" not in table.words[start - 1]:
        index = start - 1
        holder = board.outer[index]
        is_apart = table.words[index] in {"-", "–"} and table.ends[index] < table.begins[start]
        if is_apart or (table.lowers[index] in _TIMES and table.tags[index] == "NNP"):
            break
        if holder is not None and (index in below or holder.end == start):
            if not all(i in below for i in range(holder.start, holder.end)) and table.heads[holder.end - 1] != at:
                break
            start = holder.start
        elif (
            index in below
            and (table.deps[index] in _FRONT_DEPS)
            and table.words[index] not in {",", ";", ":", "—", "–", "(", ")"} | _QUOTES
        ) or (index in below and table.words[index] == "," and index - 1 in below and table.tags[index - 1].startswith("JJ")):
            start = index
        else:
            break
    while (
        start < phrase_start
        and (
            table.lowers[start] in {"a", "an", "the", "of", "and", "or", ",", "-"}
            or table.lowers[start] in lexicon.quantifiers
            or table.tags[start] in {"DT", "PDT", "RB", "CC", "POS", "WP$", "WDT"}
            or table.words[start] in _QUOTES
        )
        and board.outer[start] is None
    ):
        start += 1
    return start


_QUOTES = frozenset('"“”‘’«»`') | {"''", "``"}


def _read_behind(table: TokenTable, board: Board, lexicon: MentionLexicon, at: int) -> int:
    """Return where the phrase ends: "of", "for", "from", "in" phrases that belong to the noun, up to a clause or apposition."""
    end = at + 1
    if end < len(table) and table.lowers[end] == "with" and table.lemmas[table.heads[at]] in _EQUIPPING:
        return end
    while (
        end < len(table)
        and table.lowers[end] in _LINKS
        and table.heads[end] < end
        and at <= table.heads[end]
        and table.sentences[end] == table.sentences[at]
    ):
        last = _read_link(table, board, lexicon, end)
        if last is None:
            break
        end = last
    return end


def _read_link(table: TokenTable, board: Board, lexicon: MentionLexicon, link: int) -> int | None:
    """Return the end of the prepositional phrase at `link`; None where it tells a time or has no noun."""
    objects = [i for i in table.children[link] if table.deps[i] == "pobj" and i > link]
    if objects and table.lowers[link] in {"in", "at"} and table.lowers[objects[0]] in _OCCASIONS:
        return None
    if table.lowers[link : link + 2] == ["on", "board"]:
        return None
    if objects and objects[0] == link + 1 and table.lowers[link] == "of" and _is_headcount(table, objects[0]):
        return objects[0] + 1
    if (
        not objects
        or table.lowers[objects[0]] in _TIMES
        or table.lemmas[objects[0]] in _TIMES
        or table.tags[objects[0]] in {"CD", "VBG"}
    ):
        return None
    below = set(table.iterate_subtree(link))
    at = link + 1
    while at < len(table) and at in below:
        if table.deps[at] == "conj" and board.outer[at] is None and table.lowers[at] in lexicon.nominals:
            break
        if (table.deps[at] in _BREAKS and at > objects[0] and table.deps[at] != "cc") or table.words[at] in {
            ",",
            "—",
            "–",
            ";",
            ":",
            "(",
        } | _QUOTES:
            break
        if table.tags[at] == "IN" and table.lowers[at] != "of" and at > objects[0]:
            break
        if any(table.deps[i] in {"relcl", "acl"} and at <= i for i in table.children[objects[0]]) and at > objects[0]:
            break
        holder = board.outer[at]
        at = holder.end if holder is not None else at + 1
    while at > link + 1 and table.lowers[at - 1] in {"and", "or", "the"}:
        at -= 1
    return at if at > objects[0] else None


def _is_headcount(table: TokenTable, at: int) -> bool:
    """Tell whether a number behind "of" counts people ("crew of 22"), and is no year."""
    return table.tags[at] == "CD" and not (len(table.words[at]) == 4 and table.words[at].isdecimal())


def _find_owner(table: TokenTable, board: Board, start: int, at: int, end: int) -> Candidate | None:
    """Return the state, place or organisation that the phrase names: nearest in front, else behind "of", "for", "from"."""
    for index in range(at - 1, start - 1, -1):
        holder = board.innermost(index)
        if holder is not None and holder.type != "Person" and holder.start >= start:
            return holder
    for index in range(at + 1, end):
        holder = board.outer[index]
        if holder is not None and holder.type != "Person":
            link = holder.start - 1 - (table.lowers[holder.start - 1] in {"the", "both"})
            return holder if table.lowers[link] in _OWNING_LINKS | {"in"} else None
    return None


def _is_weak_actor(table: TokenTable, lexicon: MentionLexicon, at: int, start: int) -> bool:
    """Tell whether a weak noun acts all the same.

    It is a subject or source with a modifier or article, a number of people, or somebody of whom a clause tells more
    ("two people who were in the hall", "a person familiar with it", "thousands of people").
    """
    if any(table.deps[i] in {"relcl", "nummod"} or (i > at and table.deps[i] in {"acl", "amod"}) for i in table.children[at]):
        return True
    link = table.heads[at]
    if table.lowers[link] == "of" and table.lowers[table.heads[link]] in lexicon.quantities:
        return True
    if any(table.lowers[i] == "both" for i in table.children[at]):
        return True
    noun = lexicon.nominals.get(table.lowers[at])
    is_body = noun is None or noun.type == "Organisation"
    if not is_body and any(table.lowers[i] in _OWNERS for i in table.children[at]):
        return True
    is_source = table.deps[at] == "pobj" and table.lowers[link - 1 : link + 1] == ["according", "to"]
    is_marked = start < at or any(table.tags[i] in {"DT", "PRP$", "PDT"} for i in table.children[at])
    return (table.is_subject(at) or is_source) and is_marked


def _is_somebodys(table: TokenTable, at: int) -> bool:
    return any(table.lowers[i] in {"his", "her", "my"} for i in table.children[at])
