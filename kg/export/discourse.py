"""Discourse networks as tables: statements as Discourse Network Analyzer has them, and matrices (Leifeld 2017)."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple, TextIO

from kg.analyse.relations import Filters, Relation, check_filters, to_day
from kg.analyse.rows import Reader, read_rows
from kg.export.text import replace_forbidden, to_cell

STATEMENT_COLUMNS = ("id", "date", "person", "organization", "concept", "agreement", "text", "document", "title", "claim")


class Position(NamedTuple):
    """One statement of one speaker on one concept.

    Attributes:
        date: ISO 8601 day of publication; empty where unknown.
        actor: IRI of who speaks. person: its name, where it is a person, else empty.
        organization: what speaks, or what the person belongs to; empty where unknown.
        is_agreement: whether the speaker puts the matter in the concept's frame, or rejects that.
    """

    date: str
    document: str
    claim: str
    actor: str
    person: str
    organization: str
    concept: str
    is_agreement: bool
    text: str
    title: str

    @property
    def name(self) -> str:
        """Who speaks, as tables show it."""
        return self.person or self.organization


class Matrix(NamedTuple):
    """Rows and columns by name, sorted; `cells` holds a row of numbers for each row."""

    rows: tuple[str, ...]
    columns: tuple[str, ...]
    cells: tuple[tuple[int, ...], ...]


def read_positions(
    reader: Reader, filters: Filters, query: str = "discourse-statements"
) -> tuple[tuple[Position, ...], tuple[tuple[str, int], ...]]:
    """Return the positions that the filters let through, by date and place, and how many were left out for which reason.

    Args:
        reader: the store.
        filters: their kinds are concepts.
        query: `discourse-statements`, whose concepts are frames, or `stance-statements`, whose concepts are actors.

    Raises:
        ParameterInvalidError: a filter has no sense.
    """
    check_filters(filters)
    left_out: Counter[str] = Counter()
    found: dict[tuple[str, str, str], Position] = {}
    for row in read_rows(reader, query):
        day = to_day(row["date"])
        objection = filters.find_objection(Relation("", "", row["concept"], row["claim"], float(row["confidence"]), day))
        if objection is not None:
            left_out[objection] += 1
            continue
        position = Position(
            date=day,
            document=row["document"],
            claim=row["claim"],
            actor=row["speaker_iri"],
            person=row["person"],
            organization=row["organisation"],
            concept=row["concept"],
            is_agreement=row["agreement"] == "1",
            text=row["text"],
            title=row["title"],
        )
        found.setdefault((position.claim, position.actor, position.concept), position)
    return tuple(sorted(found.values())), tuple(sorted(left_out.items()))


def write_statements(positions: Iterable[Position], stream: TextIO) -> None:
    """Write a header and a line for each position, numbered from 1; `agreement` is 1 or 0. Every text is quoted."""
    writer = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(STATEMENT_COLUMNS)
    for number, position in enumerate(positions, start=1):
        texts = (position.text, position.document, position.title, position.claim)
        names = (position.date, position.person, position.organization, position.concept)
        cells = [number, *map(_clean, names), int(position.is_agreement), *map(_clean, texts)]
        writer.writerow(cells)


def count_affiliations(positions: Sequence[Position]) -> Matrix:
    """Return actors by concepts: statements that agree less those that disagree."""
    balance: Counter[tuple[str, str]] = Counter()
    for position in positions:
        balance[position.actor, position.concept] += 1 if position.is_agreement else -1
    names = _name_actors(positions)
    concepts = tuple(sorted({position.concept for position in positions}))
    return Matrix(
        tuple(names.values()), concepts, tuple(tuple(balance[actor, concept] for concept in concepts) for actor in names)
    )


def count_congruence(positions: Sequence[Position]) -> Matrix:
    """Return actors by actors: on how many concepts two of them take the same position; the diagonal is 0.

    Who has agreed and disagreed with a concept shares each of the two with others (Leifeld 2017, "congruence").
    """
    return _count_pairs(positions, lambda one, other: len(one & other))


def count_conflict(positions: Sequence[Position]) -> Matrix:
    """Return actors by actors: on how many concepts one takes a position that the other rejects; the diagonal is 0."""
    return _count_pairs(positions, _count_opposites)


def count_difference(positions: Sequence[Position]) -> Matrix:
    """Return congruence less conflict, by which friends stand above 0 and foes below ("subtract")."""
    return _count_pairs(positions, lambda one, other: len(one & other) - _count_opposites(one, other))


def write_matrix(matrix: Matrix, stream: TextIO) -> None:
    """Write the names of columns behind an empty cell, then a line for each row. Every name is quoted.

    A name that a spreadsheet would run as a formula has a `'` in front.
    """
    writer = csv.writer(stream, lineterminator="\r\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow(["", *map(_clean, matrix.columns)])
    for name, cells in zip(matrix.rows, matrix.cells, strict=True):
        writer.writerow([_clean(name), *cells])


#: The matrices by the name of their layout.
MATRICES: Mapping[str, Callable[[Sequence[Position]], Matrix]] = {
    "affiliation": count_affiliations,
    "congruence": count_congruence,
    "conflict": count_conflict,
    "subtract": count_difference,
}

_Stance = frozenset[tuple[str, bool]]


def _count_pairs(positions: Sequence[Position], count: Callable[[_Stance, _Stance], int]) -> Matrix:
    names = _name_actors(positions)
    stances = {actor: frozenset((p.concept, p.is_agreement) for p in positions if p.actor == actor) for actor in names}
    cells = tuple(tuple(0 if one == other else count(stances[one], stances[other]) for other in names) for one in names)
    return Matrix(tuple(names.values()), tuple(names.values()), cells)


def _count_opposites(one: _Stance, other: _Stance) -> int:
    return sum((concept, not is_agreement) in other for concept, is_agreement in one)


def _name_actors(positions: Iterable[Position]) -> dict[str, str]:
    """Return the name of each actor, sorted by name; where several have one name, their IRIs tell them apart."""
    names = {position.actor: position.name for position in positions}
    counts = Counter(names.values())
    shown = {actor: name if counts[name] == 1 else f"{name} <{actor}>" for actor, name in names.items()}
    return dict(sorted(shown.items(), key=lambda item: (item[1], item[0])))


def _clean(text: str) -> str:
    return to_cell(" ".join(replace_forbidden(text).split()))
