"""Posts: who holds which office in which state or organisation, read beside names and from "was appointed" clauses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.extract.affiliations import find_plain_affiliation, is_listed
from kg.extract.mention_candidates import Board, Candidate
from kg.extract.mention_lexicon import MentionLexicon
from kg.extract.titles import Title, TitleReader
from kg.extract.token_table import SUBJECTS, TokenTable
from kg.model.mention import Mention
from kg.model.post import Post
from kg.model.span import Span

_CONFIDENCE = {
    "title-name": 0.9,
    "apposition": 0.85,
    "reversed-apposition": 0.8,
    "appointed": 0.85,
    "is-title": 0.8,
    "leads": 0.75,
}
#: Offices that an officer of the force itself holds: a member of a council need not command it.
_LEADING_ENDS = ("chief", "commander", "head", "spokesman", "spokeswoman", "spokesperson", "commander-in-chief", "chief of staff")
_SERVING = frozenset({"serve", "work", "spend", "act", "return", "retire", "resign"})
#: "his adviser" says of whom; only these say of what.
_POSSESSORS = frozenset({"its", "their"})
#: Only these hold posts; a city in front of "its mayor" does not.
_HOLDERS = frozenset({"Person", "Group"})
_NAMELIKE = frozenset({"name", "demonym", "author"})


@dataclass(frozen=True, slots=True)
class _Found:
    holder: Candidate
    title: Title


def find_document_posts(table: TokenTable, mentions: tuple[Mention, ...], lexicon: MentionLexicon) -> tuple[Post, ...]:
    """Return the posts of all persons, in order of holder, then of the words that say so; empty without persons."""
    ids: dict[int, str] = {}
    candidates: list[Candidate] = []
    possessors: dict[int, Candidate] = {}
    for mention in mentions:
        candidate = _to_candidate(table, mention) if mention.spans else None
        if candidate is None:
            continue
        if mention.kind in _NAMELIKE or (mention.kind == "nominal" and mention.type == "Organisation"):
            candidates.append(candidate)
        elif mention.kind == "pronoun" and table.lowers[candidate.start] in _POSSESSORS:
            possessors[candidate.start] = candidate
        ids[id(candidate)] = mention.id
    board = Board.fill(len(table), candidates)
    drafts: list[Post] = []
    types = {mention.id: mention.type for mention in mentions}
    seen: set[tuple[str, str | None, str | None, int]] = set()
    for found in _find_all(table, board, lexicon, possessors):
        draft = _make_post(table, found, ids)
        key = (draft.holder, draft.organisation, draft.title, draft.spans[0].begin)
        if key not in seen and types[draft.holder] in _HOLDERS:
            seen.add(key)
            drafts.append(draft)
    return tuple(draft.model_copy(update={"id": f"r{number}"}) for number, draft in enumerate(drafts, 1))


def _to_candidate(table: TokenTable, mention: Mention) -> Candidate | None:
    begin, stop = mention.spans[0].begin, mention.spans[-1].end
    start, end = table.find_tokens(begin, stop)
    if start >= end:
        return None
    return Candidate(start, end, begin, stop, mention.type, mention.kind, mention.by, mention.confidence)


def _find_all(table: TokenTable, board: Board, lexicon: MentionLexicon, possessors: Mapping[int, Candidate]) -> Iterator[_Found]:
    reader = TitleReader(table, board, lexicon, possessors)
    previous: _Found | None = None
    for person in board:
        if person.type != "Person" or person.kind == "demonym":
            continue
        found: list[_Found] = []
        found += [_Found(person, title) for title in reader.read_all_before(person.start) if title.head]
        if not found and previous is not None and previous.title.is_plural and is_listed(table, board, previous.holder, person):
            found.append(_Found(person, previous.title))
        previous = found[0] if found else None
        others = [*reader.read_after(person.end), *_read_clauses(table, board, reader, lexicon, person)]
        found += [_Found(person, title) for title in others if title.head]
        owner = find_plain_affiliation(table, board, person)
        if (
            owner is not None
            and found
            and found[0].title.by == "title-name"
            and found[0].title.affiliation is None
            and owner.start >= person.end
        ):
            found[0] = _Found(person, found[0].title.with_affiliation(owner, end=owner.end))
            owner = None
        if owner is not None and not any(f.title.affiliation is owner for f in found):
            found.append(_Found(person, Title(owner.start, owner.end, "", "", owner, False, False, "affiliation")))  # noqa: FBT003 - says neither
        yield from _place_ranks(found, lexicon)


def _place_ranks(found: list[_Found], lexicon: MentionLexicon) -> Iterator[_Found]:
    """Yield the titles, ranks with the organisation of another title ("[NATO]'s spokesman, Colonel X"); not those without any."""
    leading = (f.title for f in found if f.title.head.endswith(_LEADING_ENDS) and f.title.by != "title-name")
    owner = next((title.affiliation for title in leading if title.affiliation is not None), None)
    for one in found:
        title = one.title
        is_rank = title.by == "title-name" and title.head in lexicon.ranks and title.office == title.head
        if not is_rank or title.affiliation is not None:
            yield one
        elif owner is not None:
            yield _Found(one.holder, title.with_affiliation(owner, end=title.end))


def _read_clauses(
    table: TokenTable, board: Board, reader: TitleReader, lexicon: MentionLexicon, person: Candidate
) -> Iterator[Title]:
    """Yield titles from "X was appointed T of O", "appointed X T", "X is T of O", "X, who leads O"."""
    head = table.find_head(person.start, person.end)
    verb = table.heads[head]
    lemma = table.lemmas[verb]
    is_subject = table.deps[head] in SUBJECTS and verb > head
    if is_subject and not _is_unreal(table, verb):
        if lemma in lexicon.appointing and table.deps[head] == "nsubjpass":
            yield from _read_behind_verb(table, reader, verb, "appointed")
        elif lemma in lexicon.being and table.kinds[verb] in {"AUX", "VERB"}:
            is_past = table.lowers[verb] in {"was", "were", "served"}
            for held in _read_behind_verb(table, reader, verb, "is-title"):
                yield held.as_former() if is_past else held
        else:
            yield from _read_as(table, reader, verb)
    elif not is_subject:
        yield from _read_appointed_object(table, board, reader, lexicon, person)
    yield from _read_who_leads(table, board, lexicon, person)


def _read_appointed_object(
    table: TokenTable, board: Board, reader: TitleReader, lexicon: MentionLexicon, person: Candidate
) -> Iterator[Title]:
    """Yield the title in "[Latvia] named X [as] defence minister": the office is the subject's where no other owner stands."""
    verb = person.start - 1
    if verb < 0 or table.lemmas[verb] not in lexicon.appointing or table.sentences[verb] != table.sentences[person.start]:
        return
    if not table.tags[verb].startswith("VB") or _is_unreal(table, verb):
        return
    title = reader.read_phrase(person.end, "appointed")
    if title is None:
        return
    subjects = [i for i in table.children[verb] if table.deps[i] == "nsubj"]
    owner = board.outer[subjects[0]] if subjects else None
    if title.affiliation is None and owner is not None and owner.type == "State":
        title = title.with_affiliation(owner, end=title.end)
    yield title


def _is_unreal(table: TokenTable, verb: int) -> bool:
    """Tell whether the clause is negated, modal, asked or planned: it then says nothing of a post held."""
    helpers = table.children[verb]
    return (
        any(
            table.deps[i] == "neg" or table.tags[i] == "MD" or (table.deps[i] == "mark" and table.lowers[i] in {"if", "unless"})
            for i in helpers
        )
        or table.tags[verb] == "VB"
        or any(table.deps[i] == "aux" and table.tags[i] == "TO" for i in helpers)
    )


def _read_behind_verb(table: TokenTable, reader: TitleReader, verb: int, by: str) -> Iterator[Title]:
    at = verb + 1
    while (
        at < len(table)
        and table.lowers[at] in {"in", "then", "now", "also", "currently", "still", "once", "long"}
        and table.tags[at] in {"RB", "RP", "IN"}
    ):
        at += 1
    if at < len(table) and table.sentences[at] == table.sentences[verb]:
        title = reader.read_phrase(at, by)
        if title is not None:
            yield title


def _read_as(table: TokenTable, reader: TitleReader, verb: int) -> Iterator[Title]:
    """Yield the title in "X spent two years as head of Y": held before where the verb is in the past."""
    for at in table.children[verb]:
        if table.lowers[at] == "as" and table.deps[at] == "prep" and table.lemmas[verb] in _SERVING:
            title = reader.read_phrase(at + 1, "is-title")
            if title is not None:
                yield title.as_former() if table.tags[verb] == "VBD" else title


def _read_who_leads(table: TokenTable, board: Board, lexicon: MentionLexicon, person: Candidate) -> Iterator[Title]:
    at = person.end
    if at + 3 >= len(table) or table.words[at] != "," or table.lowers[at + 1] != "who":
        return
    verb = at + 2
    is_for = table.lowers[verb + 1] == "for"
    head = lexicon.leading.get(f"{table.lemmas[verb]} for" if is_for else table.lemmas[verb])
    if head is None or table.kinds[verb] != "VERB":
        return
    target = verb + 1 + is_for
    while target < len(table) and table.lowers[target] in {"the", "its", "a"}:
        target += 1
    owner = board.outer[target] if target < len(table) else None
    is_body = owner is not None and owner.type in {"State", "Organisation", "Place"} and owner.kind in {"name", "nominal"}
    if owner is not None and is_body and not table.is_possessive(owner.end):
        yield Title(verb, owner.end, head, head, owner, table.tags[verb] == "VBD", False, "leads")  # noqa: FBT003 - never plural


def _make_post(table: TokenTable, found: _Found, ids: dict[int, str]) -> Post:
    holder, title = found.holder, found.title
    starts, ends = [holder.start, title.start], [holder.end, title.end]
    begin = min(holder.begin, table.begins[min(starts)])
    stop = max(holder.stop, table.ends[max(ends) - 1])
    owner = title.affiliation
    return Post(
        id="r0",
        holder=ids[id(holder)],
        organisation=ids.get(id(owner)) if owner is not None else None,
        title=title.office or None,
        spans=(Span(begin, stop),),
        text=table.text[begin:stop],
        is_former=title.is_former,
        confidence=_CONFIDENCE.get(title.by, 0.7),
        by=f"post:{title.by}",
    )
