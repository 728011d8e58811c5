"""`kg query`, `kg queries`, `kg explain`: questions and the evidence behind the answers."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kg.cli.coded_rows import print_row
from kg.cli.options import StoreOption, find_settings, open_client, open_store_reader
from kg.cli.tables import print_rows, to_safe, to_safe_lines
from kg.errors import ExportFormatError, ParameterInvalidError

if TYPE_CHECKING:
    from kg.query.catalogue import NamedQuery
    from kg.query.evidence import Explanation
    from kg.query.results import Result, ResultFormat

_FORMATS = ("table", "csv", "tsv", "json", "xml", "ttl", "nt")


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("query")(query)
    app.command("queries")(queries)
    app.command("explain")(explain)


def query(
    name: Annotated[str, typer.Argument(metavar="NAME|FILE.rq|TEXT|-", help="A named query, a file, SPARQL text, or stdin.")],
    *,
    parameter: Annotated[
        list[str] | None, typer.Option("--param", "-p", metavar="NAME=VALUE", help="Repeat for several.")
    ] = None,
    form: Annotated[str | None, typer.Option("--format", "-f", metavar="|".join(_FORMATS))] = None,
    evidence: Annotated[
        bool, typer.Option("--explain", "-e", help="Show the sentence behind each row instead of a table.")
    ] = False,
    store: StoreOption = None,
    time_limit: Annotated[float, typer.Option(metavar="SECONDS", help="For queries of your own.")] = 30.0,
) -> None:
    """Ask the store a question."""
    if form is not None and form not in _FORMATS:
        raise ExportFormatError(f"{form!r}: no such format; there are {', '.join(_FORMATS)}")
    from kg.query.run import run_question, run_remote_question  # noqa: PLC0415 - keeps `kg --help` fast

    values = _read_parameters(parameter or [])
    question = _find_question(name)
    settings = find_settings(store)
    if settings.remote:
        with open_client(settings.remote, time_limit) as client:
            result = run_remote_question(client, question, values)
    else:
        result = run_question(settings.store, question, values, time_limit_seconds=time_limit)
    if evidence:
        _explain_rows(result, store)
    else:
        _print_result(result, form)
    if result.answer is False:
        raise typer.Exit(1)


def _read_parameters(given: list[str]) -> dict[str, str]:
    values = {}
    for item in given:
        key, separator, value = item.partition("=")
        if not separator or not key:
            raise ParameterInvalidError(f"-p {item!r}: write name=value")
        values[key] = value
    return values


def _find_question(name: str) -> NamedQuery | str:
    """Return what is asked: a named query, a file's or standard input's own, which may have a header, or SPARQL text."""
    from kg.query.catalogue import parse_question, read_question  # noqa: PLC0415

    if name != "-":
        return read_question(name)
    data = sys.stdin.buffer.read()
    try:
        return parse_question(data.decode("utf-8"), name)
    except UnicodeDecodeError as error:
        raise ParameterInvalidError(f"{name!r}: a query must be UTF-8 ({error.reason} at byte {error.start})") from error


def _print_result(result: Result, form: str | None) -> None:
    if result.answer is not None and form in {None, "table", "csv", "tsv"}:
        typer.echo("yes" if result.answer else "no")
    elif form == "table" or (form is None and result.triples is None and sys.stdout.isatty()):
        print_rows(result.variables, result.values(), is_table_asked=form == "table")
    else:
        default = "ttl" if result.triples is not None else "tsv"
        written = result.serialize(cast("ResultFormat", form or default))
        if sys.stdout.isatty():
            # What people look at is not what programs read: exact bytes go into files and pipes.
            sys.stdout.write(to_safe_lines(written.decode()))
        else:
            sys.stdout.buffer.write(written)
            sys.stdout.buffer.flush()


#: Columns that hold what can be explained.
_EXPLAINED = ("claim", "event", "role")


def _explain_rows(result: Result, store: str | None) -> None:
    """Print the evidence of each claim, event or role of the rows, each once, in their order."""
    from kg.query.explain import explain_claim  # noqa: PLC0415

    columns = [index for index, name in enumerate(result.variables) if name in _EXPLAINED]
    if not columns:
        raise ParameterInvalidError(f"--explain needs a column named {', '.join(_EXPLAINED)}; this query has none of them")
    iris = dict.fromkeys(str(row[index]) for row in result.values() for index in columns if row[index] is not None)
    with open_store_reader(store) as reader:
        for iri in iris:
            print_explanation(explain_claim(reader, iri))


def queries() -> None:
    """List the named queries: what each answers, and its parameters."""
    from kg.query.catalogue import list_queries  # noqa: PLC0415

    print_rows(
        ("query", "answers", "parameters"),
        [
            (item.name, item.header.summary, ", ".join(f"{key} ({value.type})" for key, value in item.header.params.items()))
            for item in list_queries()
        ],
    )


def explain(
    terms: Annotated[list[str], typer.Argument(metavar="CLAIM | SUBJECT PREDICATE OBJECT", help="An IRI, or a triple.")],
    store: StoreOption = None,
) -> None:
    """Show the sentences behind a claim, event, role or triple, with the evidence marked."""
    from kg.query.explain import explain_claim, explain_triple  # noqa: PLC0415

    if len(terms) not in {1, 3}:
        raise ParameterInvalidError("kg explain takes one IRI, or subject, predicate and object")
    with open_store_reader(store) as reader:
        found = (explain_claim(reader, terms[0]),) if len(terms) == 1 else explain_triple(reader, *terms)
    for explanation in found:
        print_explanation(explanation)


#: How the parts of the evidence are marked where there are no colours.
_BRACKETS = {
    "source": ("<", ">"), "cue": ("{", "}"), "content": ("[", "]"),
    "actors": ("<", ">"), "trigger": ("{", "}"), "recipients": ("[", "]"),
}  # fmt: skip
_OTHER_BRACKETS = ("(", ")")
_STYLES = {
    "source": "bold cyan", "cue": "bold yellow", "content": "green",
    "actors": "bold cyan", "trigger": "bold yellow", "recipients": "green",
}  # fmt: skip


def print_explanation(explanation: Explanation) -> None:
    """Print one piece of evidence: in colours on a terminal, else with each part in brackets of its own."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, soft_wrap=True)
    if explanation.row is not None:
        print_row(console, explanation, explanation.row)
        return
    sentence = explanation.sentence
    where = " · ".join(to_safe(v) for v in (explanation.title, explanation.path, explanation.published) if v)
    console.print(Text(f"{explanation.kind} {to_safe(explanation.iri)}", style="bold"))
    if console.is_terminal:
        marked = Text("".join(to_safe(character) for character in sentence))
        for part in explanation.parts:
            for span in part.spans:
                marked.stylize(_STYLES.get(part.name, "bold"), span.begin, span.end)
    else:
        marked = Text(_bracket(explanation))
    console.print(Text("  “").append_text(marked).append("”"))
    for part in explanation.parts:
        opening, closing = _BRACKETS.get(part.name, _OTHER_BRACKETS)
        label = f"  {part.name:10} " if console.is_terminal else f"  {opening}{part.name}{closing} "
        console.print(Text(label, style=_STYLES.get(part.name, "bold")).append(to_safe(part.text), style="none"))
    for key, value in explanation.details:
        console.print(Text(f"  {key:10} {to_safe(value)}"))
    found = f"{to_safe(explanation.rule)}, confidence {explanation.confidence or 0:.2f}, character {explanation.begin}"
    console.print(Text(f"  found by   {found}"))
    console.print(Text(f"  in         {where or to_safe(explanation.document)}\n"))


def _bracket(explanation: Explanation) -> str:
    marks: dict[int, str] = {}
    for part in explanation.parts:
        opening, closing = _BRACKETS.get(part.name, _OTHER_BRACKETS)
        for span in part.spans:
            marks[span.begin] = marks.get(span.begin, "") + opening
            marks[span.end] = closing + marks.get(span.end, "")
    sentence = explanation.sentence
    pieces = (marks.get(i, "") + to_safe(character) for i, character in enumerate(sentence))
    return "".join(pieces) + marks.get(len(sentence), "")
