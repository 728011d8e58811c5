"""Mentions: every name, demonym, noun phrase and pronoun that stands for an actor or a place."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extract.affiliations import find_plain_affiliation, is_listed
from kg.extract.gazetteer_index import GazetteerIndex
from kg.extract.given_names import find_given_names
from kg.extract.mention_candidates import Board, Candidate, make_candidate
from kg.extract.mention_counts import find_counted
from kg.extract.mention_lexicon import MentionLexicon, read_mention_lexicon
from kg.extract.mention_syntax import find_clauses, find_preposition, read_role
from kg.extract.names import find_names
from kg.extract.nominals import find_nominals, is_spoken_for
from kg.extract.organisations import find_organisations
from kg.extract.persons import find_persons
from kg.extract.places import find_places
from kg.extract.posts import find_document_posts
from kg.extract.pronouns import find_pronouns
from kg.extract.titles import Title, TitleReader
from kg.extract.token_table import SUBJECTS, TokenTable, read_table
from kg.model.document import Zone
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import Gender, Mention
from kg.model.post import Post
from kg.model.span import Span

_SKIPPED_ZONES = frozenset({"host", "boilerplate"})
_AUTHOR_ZONES = ("byline", "author-note")
#: "Jane Doe; John Roe", "Jane Doe and John Roe".
_AUTHOR_JOINTS = re.compile(r"\s*;\s*|\s+(?:and|&)\s+(?=[^\W\d_]+\s)")
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_SPACES = re.compile(r"\s+")


class MentionFinder:
    """Finds mentions and posts in analysed documents; built once, used for many.

    Args:
        gazetteer: names that the actor registry knows, in any order.
        lexicon: the word lists; those of `ontology/lexicons` by default.
    """

    def __init__(self, gazetteer: Iterable[GazetteerEntry], lexicon: MentionLexicon | None = None) -> None:
        self._index = GazetteerIndex(gazetteer)
        self._lexicon = lexicon or read_mention_lexicon()

    def find_mentions(self, doc: Doc) -> tuple[Mention, ...]:
        """Return the mentions of a parsed document in order of begin, then of end; none in site furniture.

        Authors come first where the text does not hold their names. Empty for an empty document.
        """
        table = read_table(doc)
        board = find_names(table, self._index, self._lexicon)
        _add_regions(table, board, self._lexicon)
        find_organisations(table, board, self._lexicon)
        find_given_names(table, board, self._lexicon)
        find_persons(table, board, self._lexicon)
        find_places(table, board, self._lexicon)
        authors = _find_authors(table, board)
        titled = _link_titles(table, board, self._lexicon)
        nominals = list(find_nominals(table, board, self._lexicon, titled))
        counted = find_counted(table, board, self._lexicon, nominals)
        candidates = [*board, *nominals, *counted, *find_pronouns(table, board, self._lexicon)]
        return _number(table, candidates, authors)

    def find_posts(self, doc: Doc, mentions: tuple[Mention, ...]) -> tuple[Post, ...]:
        """Return the posts that the text tells of the mentioned persons, in order of holder, then of begin."""
        return find_document_posts(read_table(doc), mentions, self._lexicon)


def _add_regions(table: TokenTable, board: Board, lexicon: MentionLexicon) -> None:
    """Put adjectives of regions ("European") on the board where no name holds them."""
    words = tuple(table.words)
    singles = {name[0] for name in lexicon.regions if len(name) == 1}
    for at, word in enumerate(words):
        present = board.outer[at]
        if word.endswith("s") and word[:-1] in singles and (present is None or present.by == "ner"):
            people = make_candidate(table, (at, at + 1), ("Group", "demonym"), "region", 0.85)
            people.number = "plural"
            board.place(people)
        for length in (2, 1):
            region = lexicon.regions.get(words[at : at + length])
            if region is None or len(words) < at + length:
                continue
            holder = board.outer[at]
            if holder is not None and (holder.length > length or holder.by == "gazetteer"):
                break
            if table.tags[at + length - 1] in {"NNS", "NNPS"}:
                break
            made = make_candidate(table, (at, at + length), ("Place", "demonym"), "region", 0.85)
            made.name = word if length == 1 else None
            board.place(made)
            break


def _find_authors(table: TokenTable, board: Board) -> tuple[str, ...]:
    """Put the authors' names in by-line or note on the board; return the names that the text does not hold, in order."""
    document = table.document
    if document is None or not document.author:
        return ()
    missing: list[str] = []
    for name in _AUTHOR_JOINTS.split(document.author):
        pattern = re.compile(r"\s+".join(re.escape(part) for part in name.split()))
        zones = [z for kind in _AUTHOR_ZONES for z in document.zones if z.kind == kind]
        found = next((m for z in zones if (m := pattern.search(table.text, z.span.begin, z.span.end))), None) if name else None
        if found is not None:
            for zone in zones:
                for match in pattern.finditer(table.text, zone.span.begin, zone.span.end):
                    start, end = table.find_tokens(match.start(), match.end())
                    board.place(Candidate(start, end, match.start(), match.end(), "Person", "author", "author", 0.95))
        elif name.strip():
            missing.append(" ".join(name.split()))
    return tuple(missing)


def _link_titles(table: TokenTable, board: Board, lexicon: MentionLexicon) -> frozenset[int]:
    """Give persons their titles, affiliations and genders; return the tokens that titles take up."""
    reader = TitleReader(table, board, lexicon)
    taken: set[int] = set()
    previous: tuple[Candidate, Title] | None = None
    for person in list(board):
        if person.type != "Person" or person.kind not in {"name", "author"}:
            continue
        fronts = reader.read_all_before(person.start)
        before = fronts[0] if fronts else None
        titles = [*fronts, *reader.read_after(person.end)]
        for title in titles:
            taken.update(i for i in range(title.start, title.end) if not _is_own_phrase(table, lexicon, person, title, i))
            _apply_title(table, person, title, lexicon)
        if before is None and previous is not None and previous[1].is_plural and is_listed(table, board, previous[0], person):
            _apply_title(table, person, previous[1], lexicon)
            before = previous[1]
        previous = (person, before) if before is not None and before.office else None
        if person.affiliation is None:
            person.affiliation = find_plain_affiliation(table, board, person)
    return frozenset(taken)


def _is_own_phrase(table: TokenTable, lexicon: MentionLexicon, person: Candidate, title: Title, index: int) -> bool:
    """Tell whether a word of a title is a mention all the same.

    It is what the clause is about, with the name as its apposition ("its [chief], X"), or the body that the office is of
    ("member of the ruling [council]", "[ministry] spokesman").
    """
    noun = lexicon.nominals.get(table.lowers[index])
    if (
        noun is not None
        and (noun.type == "Organisation" or noun.lemma in lexicon.collectives)
        and (table.deps[index] == "pobj" or is_spoken_for(table, index))
    ):
        return True
    if title.end > person.start or table.lowers[index] == title.address:
        return False
    return title.by == "reversed-apposition" or table.deps[index] in SUBJECTS


def _apply_title(table: TokenTable, person: Candidate, title: Title, lexicon: MentionLexicon) -> None:
    if person.title is None:
        person.title = table.quote(title.start, title.end).rstrip(" ,") or None
    if person.affiliation is None:
        person.affiliation = title.affiliation
    told: Gender = lexicon.honorifics.get(title.address, "unknown") if title.address else "unknown"
    if told == "unknown":
        told = lexicon.office_gender.get(title.head, "unknown")
    if person.gender == "unknown":
        person.gender = told
    person.number = "singular"


def _number(table: TokenTable, candidates: list[Candidate], authors: tuple[str, ...]) -> tuple[Mention, ...]:
    """Make mentions of the candidates, in order, with ids; drop those in zones that are not read."""
    zones = [z for z in table.document.zones if z.kind in _SKIPPED_ZONES] if table.document is not None else []
    unique: dict[tuple[int, int], Candidate] = {}
    for candidate in candidates:
        if not _is_in_zones(candidate, zones):
            unique.setdefault((candidate.begin, candidate.stop), candidate)
    kept = [unique[key] for key in sorted(unique)]
    mentions: list[Mention] = []
    for number, name in enumerate(authors, 1):
        mentions.append(
            Mention(
                id=f"m{number}",
                spans=(),
                text="",
                name=name,
                type="Person",
                kind="author",
                number="singular",
                confidence=0.95,
                by="author",
            )
        )
    ids = {id(candidate): f"m{number}" for number, candidate in enumerate(kept, len(authors) + 1)}
    quoted = [(q.begin, q.end) for q in table.quotations]
    for candidate in kept:
        text = table.text[candidate.begin : candidate.stop]
        head = table.find_head(candidate.start, candidate.end)
        mentions.append(
            Mention(
                id=ids[id(candidate)],
                spans=(Span(candidate.begin, candidate.stop),),
                text=text,
                name=candidate.name or _ARTICLE.sub("", _SPACES.sub(" ", text)),
                type=candidate.type,
                kind=candidate.kind,
                title=candidate.title,
                affiliation=ids.get(id(candidate.affiliation)) if candidate.affiliation is not None else None,
                number=candidate.number,
                gender=candidate.gender,
                sentence=table.sentences[candidate.start],
                is_subject=table.is_subject(head),
                is_quoted=any(begin <= candidate.begin and candidate.stop <= end for begin, end in quoted),
                role=read_role(table, head),
                clauses=find_clauses(table, head),
                preposition=find_preposition(table, head),
                confidence=candidate.confidence,
                by=candidate.by,
            )
        )
    return tuple(mentions)


def _is_in_zones(candidate: Candidate, zones: list[Zone]) -> bool:
    return any(z.span.begin <= candidate.begin < z.span.end for z in zones)
