"""The file of people's judgements: one line for each pair of actors, sorted, kept beside the store and written at once."""

from __future__ import annotations

import csv
import io
import os
import re
from collections.abc import Iterable
from pathlib import Path

from pydantic import ValidationError

from kg.errors import OutputUnwritableError, ResourceInvalidError
from kg.model.identity import ActorReference, Judgement
from kg.resolve.across.nodes import sort_judgements, to_pair

COLUMNS = ("left", "left_document", "right", "right_document", "verdict", "author", "date", "note")
_IRI = re.compile(r"[^\s<>\"{}|\\^`]+")
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}(?:T[\d:.]+(?:Z|[+-]\d{2}:\d{2})?)?")


def read_judgements(path: str | Path) -> tuple[Judgement, ...]:
    """Return the judgements of a file, sorted; none where there is no file.

    Raises:
        ResourceInvalidError: the file cannot be read, its first line is not `COLUMNS`, or a line is no judgement; names file
            and line (1-based).
    """
    file = Path(path)
    if not file.exists():
        return ()
    found: dict[tuple[tuple[str, str], tuple[str, str]], int] = {}
    judgements = []
    line = 1
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            if tuple(next(reader, ())) != COLUMNS:
                raise ResourceInvalidError(f"{path} line 1", f"is not {','.join(COLUMNS)!r}")
            line = reader.line_num + 1
            for cells in reader:
                judgement = _to_judgement(f"{path} line {line}", cells)
                earlier = found.setdefault(to_pair(judgement), line)
                if earlier != line:
                    raise ResourceInvalidError(f"{path} line {line}", f"judges the two of line {earlier} again; keep one")
                judgements.append(judgement)
                line = reader.line_num + 1
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise ResourceInvalidError(f"{path} line {line}", f"cannot be read ({error})") from error
    return tuple(sort_judgements(judgements))


def _to_judgement(where: str, cells: list[str]) -> Judgement:
    if len(cells) != len(COLUMNS):
        raise ResourceInvalidError(where, f"has {len(cells)} cells, not {len(COLUMNS)}")
    row = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    for column in ("left", "right"):
        if not _IRI.fullmatch(row[column]):
            raise ResourceInvalidError(where, f"{column} is {row[column]!r}, which is no IRI")
        if row[f"{column}_document"] and not _IRI.fullmatch(row[f"{column}_document"]):
            raise ResourceInvalidError(where, f"{column}_document is {row[f'{column}_document']!r}, which is no IRI")
    if row["date"] and not _DATE.fullmatch(row["date"]):
        raise ResourceInvalidError(where, f"date is {row['date']!r}, which is no ISO 8601 date")
    left, right = (ActorReference(actor=row[side], document=row[f"{side}_document"] or None) for side in ("left", "right"))
    if left == right:
        raise ResourceInvalidError(where, f"judges {left.actor!r} against itself")
    rest = {column: row[column] for column in ("verdict", "author", "date", "note")}
    try:
        return _put_in_order(Judgement.model_validate({"left": left, "right": right, **rest}))
    except ValidationError as error:
        raise ResourceInvalidError(where, f"verdict is {row['verdict']!r}, not same, different or unsure") from error


def write_judgements(path: str | Path, judgements: Iterable[Judgement]) -> None:
    """Write the judgements, sorted, the whole file or nothing; where there are none the file goes.

    Raises:
        OutputUnwritableError: the folder does not take the file.
    """
    file = Path(path)
    rows = sort_judgements(_put_in_order(j) for j in judgements)
    temporary = file.with_name(f".{file.name}.{os.getpid()}")
    try:
        if not rows:
            file.unlink(missing_ok=True)
            return
        file.parent.mkdir(parents=True, exist_ok=True)
        with temporary.open("wb") as stream:
            stream.write(_to_text(rows).encode("utf-8"))
            stream.flush()
            os.fsync(stream.fileno())
        temporary.replace(file)
    except OSError as error:
        raise OutputUnwritableError(str(path), error.strerror or str(error)) from error
    finally:
        temporary.unlink(missing_ok=True)


def _to_text(rows: Iterable[Judgement]) -> str:
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        left, right = row.left, row.right
        # A cell is one line, so that the lines of the file are its judgements.
        rest = (" ".join(cell.split()) for cell in (row.author, row.date, row.note))
        writer.writerow((left.actor, left.document or "", right.actor, right.document or "", row.verdict, *rest))
    return text.getvalue()


def add(judgements: Iterable[Judgement], new: Judgement) -> tuple[Judgement, ...]:
    """Return the judgements with a new one, which takes the place of an earlier one of the same two; sorted."""
    return tuple(sort_judgements([*(j for j in judgements if to_pair(j) != to_pair(new)), _put_in_order(new)]))


def remove(judgements: Iterable[Judgement], left: ActorReference, right: ActorReference) -> tuple[Judgement, ...]:
    """Return the judgements without that of these two, in whichever order they are named; sorted."""
    gone = to_pair(Judgement(left=left, right=right, verdict="unsure"))
    return tuple(sort_judgements(j for j in judgements if to_pair(j) != gone))


def _put_in_order(judgement: Judgement) -> Judgement:
    """Return the judgement with the smaller side left, so that the same two are always written the same way."""
    left, right = judgement.left, judgement.right
    if (left.actor, left.document or "") <= (right.actor, right.document or ""):
        return judgement
    return judgement.model_copy(update={"left": right, "right": left})
