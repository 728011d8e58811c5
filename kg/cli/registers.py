"""`kg actors import|imports|export`: registers of actors in and out."""

from __future__ import annotations

import re
import sys
from typing import TYPE_CHECKING, Annotated, cast

import typer

from kg.cli.options import StoreOption, find_settings
from kg.cli.tables import print_rows, to_safe
from kg.errors import DocumentRefusedError, ParameterInvalidError

if TYPE_CHECKING:
    from kg.model.mention import MentionType
    from kg.settings import Settings

_PARTLY_DONE = 5
_TYPES = ("Person", "State", "Organisation", "Group", "Place")
_CLASS = re.compile(r"(Q[1-9][0-9]*)(?:=([A-Za-z]+))?")
#: Records of one file that are told one by one; a table in another format than it seems must not flood the terminal.
_MOST_TOLD = 100


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("import")(import_files)
    app.command("imports")(list_imports)
    app.command("export")(export)


def import_files(
    context: typer.Context,
    files: Annotated[list[str] | None, typer.Argument(metavar="FILE...", help="Registers; also .gz, .bz2, .xz.")] = None,
    *,
    form: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="wikidata|sparql|ftm|popolo|petrarch|csv|tsv", help="Else told by content."),
    ] = None,
    classes: Annotated[
        list[str] | None,
        typer.Option("--class", metavar="Q...[=TYPE]", help="Of Wikidata, in place of the usual ones; +Q... adds to these."),
    ] = None,
    kind: Annotated[str | None, typer.Option("--type", "-t", help="Of records that do not tell theirs.")] = None,
    country: Annotated[str | None, typer.Option("--country", help="Of records that name none: code, QID or name.")] = None,
    remove: Annotated[str | None, typer.Option("--remove", metavar="SOURCE", help="Remove what came from this file.")] = None,
    store: StoreOption = None,
) -> None:
    """Import registers of actors, whose names resolution then looks up; a file of the same name is replaced."""
    settings = _find_settings(context, store)
    if remove is not None:
        from kg.build.registers import forget_register  # noqa: PLC0415 - keeps `kg --help` fast

        if files:
            raise ParameterInvalidError("--remove takes no files; import them by another command")
        forget_register(remove, settings)
        typer.echo(f"removed {to_safe(remove)}")
        return
    if not files:
        raise ParameterInvalidError("no FILE to import; see `kg actors import --help`")
    from kg.build.registers import import_registers  # noqa: PLC0415
    from kg.resolve.registers.entries import ReadingOptions, to_country  # noqa: PLC0415

    options = ReadingOptions(
        classes=_read_classes(classes or []), type=None if kind is None else _to_type(kind), country=to_country(country or "")
    )
    told: dict[str, int] = {}

    def tell(error: DocumentRefusedError) -> None:
        told[error.path] = told.get(error.path, 0) + 1
        if told[error.path] <= _MOST_TOLD:
            sys.stderr.write(f"kg: {to_safe(error)}\n")

    for register in import_registers(files, settings, form=form, options=options, on_refusal=tell):
        counts = f"{register.actors} actors, {register.posts} posts, {register.refused} refused"
        typer.echo(f"{to_safe(register.name)} ({register.format}): {counts}")
    for path, count in told.items():
        if count > _MOST_TOLD:
            sys.stderr.write(f"kg: {to_safe(path)!r}: {count - _MOST_TOLD} more records refused\n")
    if told:
        raise typer.Exit(_PARTLY_DONE)


def list_imports(context: typer.Context, store: StoreOption = None) -> None:
    """List the imported registers: counts, the date of their data, the digest of the file."""
    from kg.build.registers import read_registers  # noqa: PLC0415

    columns = ("source", "format", "actors", "posts", "refused", "dated", "sha256")
    registers = read_registers(_find_settings(context, store))
    print_rows(columns, [(r.name, r.format, r.actors, r.posts, r.refused, r.dated, r.digest) for r in registers])


def export(
    context: typer.Context,
    out: Annotated[str, typer.Argument(metavar="OUT.{ftm.json,jsonl,csv,ttl,nt,jsonld,rdf}", help="- for stdout.")],
    *,
    form: Annotated[str | None, typer.Option("--format", "-f", help="Overrides the ending.")] = None,
    store: StoreOption = None,
) -> None:
    """Write the store's actors: FollowTheMoney JSON Lines, CSV that `kg actors import` reads, or RDF."""
    from kg.build.registers import export_actors  # noqa: PLC0415

    summary = export_actors(out, _find_settings(context, store), form=form, stdout=sys.stdout.buffer)
    if out != "-":
        typer.echo(f"wrote {to_safe(out)}: {summary.actors} actors")
    if summary.left_out:
        typer.echo(f"left out, known to one document only: {summary.left_out}", err=True)


def _find_settings(context: typer.Context, store: str | None) -> Settings:
    """Return the settings; the store may also be named in front of the command (`kg actors -s DIR import FILE`)."""
    parent = context.parent.params.get("store") if context.parent is not None else None
    return find_settings(store or parent)


def _to_type(text: str) -> MentionType:
    name = text.strip().capitalize()
    if name not in _TYPES:
        raise ParameterInvalidError(f"{text!r}: no such type; there are {', '.join(_TYPES)}")
    return cast("MentionType", name)


def _read_classes(words: list[str]) -> dict[str, MentionType]:
    """Return the classes to keep; empty for the usual ones. A class without a type is of organisations, Q5 of persons."""
    from kg.resolve.registers.wikidata import CLASSES  # noqa: PLC0415

    classes: dict[str, MentionType] = dict(CLASSES) if any(word.startswith("+") for word in words) else {}
    for word in words:
        found = _CLASS.fullmatch(word.removeprefix("+"))
        if found is None:
            raise ParameterInvalidError(f"--class {word!r}: write Q..., Q...=TYPE, or +Q... to add to the usual ones")
        classes[found[1]] = CLASSES.get(found[1], "Organisation") if found[2] is None else _to_type(found[2])
    return classes
