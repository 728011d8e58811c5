"""`kg search` and `kg ask`: claims by what they say, and questions in plain English."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, Literal, cast

import typer

from kg.cli.options import SinceOption, StoreOption, UntilOption, open_store_reader, to_day
from kg.cli.tables import print_rows, to_safe
from kg.errors import ExportFormatError, ParameterInvalidError

if TYPE_CHECKING:
    from kg.query.search import Hit
    from kg.query.search_index import SearchIndex

_FORMATS = ("table", "csv", "tsv", "json")
_POLARITIES = ("affirmed", "negated")
_COLUMNS = (
    "score",
    "speaker",
    "content",
    "cue",
    "published",
    "copies",
    "document",
    "claim",
    "sentence",
    "cue_type",
    "speaker_iri",
)

FormatOption = Annotated[str | None, typer.Option("--format", "-f", metavar="|".join(_FORMATS))]
LimitOption = Annotated[int, typer.Option("--limit", "-n", min=1, help="The most rows.")]
ShowQueryOption = Annotated[bool, typer.Option("--show-query", help="Print the filters as SPARQL on stderr.")]


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("search")(search)
    app.command("ask")(ask)


def search(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="What is said, in any words.")],
    *,
    speaker: Annotated[str | None, typer.Option(metavar="ACTOR", help="Who says it.")] = None,
    about: Annotated[list[str] | None, typer.Option(metavar="ACTOR", help="Whom it is about; repeat for several.")] = None,
    frame: Annotated[str | None, typer.Option(metavar="FRAME", help="Notation of a frame, such as stalling.")] = None,
    polarity: Annotated[str | None, typer.Option(metavar="|".join(_POLARITIES), help="Said so, or denied.")] = None,
    since: SinceOption = None,
    until: UntilOption = None,
    limit: LimitOption = 10,
    form: FormatOption = None,
    show_query: ShowQueryOption = False,
    store: StoreOption = None,
) -> None:
    """Find claims by what they say: by meaning and words, best first."""
    check_format(form)
    if polarity is not None and polarity not in _POLARITIES:
        raise ParameterInvalidError(f"--polarity {polarity!r}: write {' or '.join(_POLARITIES)}")
    from kg.query.lookup import resolve_actor, resolve_concept  # noqa: PLC0415 - keeps `kg --help` fast
    from kg.query.search import open_searcher  # noqa: PLC0415
    from kg.query.search_filters import ClaimFilters, compose_query, name_notation  # noqa: PLC0415

    with open_store_reader(store) as reader:
        filters = ClaimFilters(
            speaker=resolve_actor(reader, speaker).value if speaker else "",
            about=tuple(resolve_actor(reader, name).value for name in about or ()),
            frame=name_notation(resolve_concept(reader, "--frame", "frame", frame)) if frame else "",
            polarity=cast("Literal['affirmed', 'negated'] | None", polarity),
            since=to_day("since", since),
            until=to_day("until", until),
        )
        if show_query:
            sys.stderr.write(compose_query(filters))
        searcher = open_searcher(reader)
        tell_of_vectors(searcher.index)
        hits = searcher.search(text, filters, limit)
    print_records(_COLUMNS, [to_record(hit) for hit in hits], form)


def ask(
    question: Annotated[
        str, typer.Argument(metavar="QUESTION", help="In plain English: who claims that …, who met …, what does …")
    ],
    *,
    today: Annotated[str | None, typer.Option(metavar="DAY", help="What “last week” counts from [today].")] = None,
    limit: LimitOption = 20,
    form: FormatOption = None,
    show_query: ShowQueryOption = False,
    store: StoreOption = None,
) -> None:
    """Answer a question in plain English; how it was understood is told on stderr."""
    check_format(form)
    from kg.query.ask import ask_store  # noqa: PLC0415 - keeps `kg --help` fast

    day = to_day("today", today) or datetime.now(tz=UTC).date()
    with open_store_reader(store) as reader:
        parsed, answers, index = ask_store(reader, question, day, limit)
    sys.stderr.write(f"{to_safe(parsed.describe())}\n")
    tell_of_vectors(index)
    if show_query:
        sys.stderr.write("\n".join(answers.queries))
    if answers.total > len(answers.records) == limit:
        sys.stderr.write(f"kg: {answers.total} pass the filters, {limit} are shown; ask for more with -n\n")
    if form == "json":
        filters = parsed.model_dump(mode="json", exclude_defaults=True)
        told = {
            "question": question,
            "understood": filters,
            "left": parsed.left,
            "queries": answers.queries,
            "answers": answers.records,
        }
        sys.stdout.write(json.dumps(told, ensure_ascii=False, indent=1) + "\n")
    else:
        print_records(answers.columns, answers.records, form)


def check_format(form: str | None) -> None:
    """Refuse a format that there is not."""
    if form is not None and form not in _FORMATS:
        raise ExportFormatError(f"{form!r}: no such format; there are {', '.join(_FORMATS)}")


def to_record(hit: Hit) -> dict[str, Any]:
    """Return a hit as one flat object."""
    return {"score": hit.score, "copies": hit.copies, **hit.row.model_dump()}


def tell_of_vectors(index: SearchIndex) -> None:
    """Say on stderr how many claims can only be compared by their words."""
    if lacking := index.without_vector:
        sys.stderr.write(
            f"kg: {lacking} of {len(index.claims)} claims have no vector and are ranked by their words alone; "
            "build them with profile best\n"
        )


def print_records(columns: Sequence[str], records: Sequence[Mapping[str, Any]], form: str | None) -> None:
    """Print objects as rows; the format is `table` on a terminal and `tsv` elsewhere where none is given."""
    if form == "json":
        sys.stdout.write(json.dumps([dict(record) for record in records], ensure_ascii=False, indent=1) + "\n")
    elif form == "csv":
        writer = csv.writer(sys.stdout, lineterminator="\r\n")
        writer.writerow(columns)
        writer.writerows([record[name] for name in columns] for record in records)
    else:
        rows = [[record[name] for name in columns] for record in records]
        if form == "tsv":
            sys.stdout.writelines("\t".join(map(to_safe, row)) + "\n" for row in (columns, *rows))
        else:
            print_rows(columns, rows, is_table_asked=form == "table")
