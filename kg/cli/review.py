"""`kg review`, `kg merge`, `kg split`: what people decide of identities."""

from __future__ import annotations

import csv
import getpass
import sys
from collections.abc import Iterable
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, cast, get_args

import typer

from kg.cli.grounds import describe_features
from kg.cli.options import StoreOption, find_settings
from kg.cli.tables import print_rows, to_safe

if TYPE_CHECKING:
    from kg.build.dossier import Doubt, Side
    from kg.build.judging import Desk
    from kg.model.identity import Judgement, Verdict

_COLUMNS = (
    "left", "left_document", "right", "right_document", "verdict",
    "suggested", "score", "reasons", "left_name", "left_path", "left_passage", "right_name", "right_path", "right_passage",
)  # fmt: skip
_ANSWERS = {"y": "same", "n": "different", "u": "unsure"}

NameArgument = Annotated[str, typer.Argument(metavar="ACTOR", help="Name, QID or IRI; NAME@DOCUMENT means it in one document.")]
UndoOption = Annotated[bool, typer.Option("--undo", help="Take the decision back.")]
NoteOption = Annotated[str, typer.Option("--note", help="Why, for those who read it later.")]


def add_commands(app: typer.Typer) -> None:
    """Add this group's commands."""
    app.command("review")(review)
    app.command("merge")(merge)
    app.command("split")(split)


def review(
    *,
    store: StoreOption = None,
    everything: Annotated[bool, typer.Option("--all", help="Also what was joined or kept apart without doubt.")] = False,
    output: Annotated[
        str | None, typer.Option("--csv", metavar="FILE", help="Write the open questions to a table; - for stdout.")
    ] = None,
    decided: Annotated[
        str | None, typer.Option("--import", metavar="FILE", help="Read the column `verdict` of such a table.")
    ] = None,
    judged: Annotated[bool, typer.Option("--judged", help="List the decisions that were made.")] = False,
) -> None:
    """Decide on actors that may be one: y same, n different, u unsure, Enter for later, q to stop."""
    from kg.build.judging import open_desk  # noqa: PLC0415 - keeps `kg --help` fast

    settings = find_settings(store)
    if judged:
        _list_judged(settings.judgements)
        return
    with open_desk(settings) as desk:
        if decided is not None:
            _read_decisions(decided, desk)
            return
        doubts = desk.list_doubts(("unsure", "same", "different") if everything else ("unsure",))
        if output is not None:
            _write_table(output, doubts)
        else:
            _ask(list(doubts), desk)


def _list_judged(path: Path) -> None:
    from kg.resolve.across.judgements import read_judgements  # noqa: PLC0415

    rows = [
        (j.verdict, j.left.actor, j.left.document or "", j.right.actor, j.right.document or "", j.author, j.date, j.note)
        for j in read_judgements(path)
    ]
    print_rows(("verdict", "left", "left_document", "right", "right_document", "author", "date", "note"), rows)


def _write_table(path: str, doubts: Iterable[Doubt]) -> None:
    from kg.export.output import open_text_output  # noqa: PLC0415

    with open_text_output(path) as stream:
        writer = csv.writer(stream)
        writer.writerow(_COLUMNS)
        for doubt in doubts:
            left, right, found = doubt.left, doubt.right, doubt.comparison
            writer.writerow(
                (
                    *(left.reference.actor, left.reference.document or "", right.reference.actor, right.reference.document or ""),
                    *("", found.verdict, f"{found.score:.3f}", describe_features(found)),
                    *(left.name, left.path, left.passage, right.name, right.path, right.passage),
                )
            )


def _read_decisions(path: str, desk: Desk) -> None:
    from kg.build.judging import make_judgements  # noqa: PLC0415
    from kg.errors import JudgementInvalidError  # noqa: PLC0415
    from kg.model.identity import ActorReference, Verdict  # noqa: PLC0415

    judgements: list[Judgement] = []
    try:
        with ExitStack() as stack:
            stream = sys.stdin if path == "-" else stack.enter_context(Path(path).open(encoding="utf-8-sig", newline=""))
            reader = csv.DictReader(stream, strict=True)
            missing = [name for name in _COLUMNS[:5] if name not in (reader.fieldnames or ())]
            if missing:
                raise JudgementInvalidError(f"{path!r}: has no column {missing[0]!r}; write it with `kg review --csv`")
            for row in reader:
                verdict = (row["verdict"] or "").strip().casefold()
                if not verdict:
                    continue
                if verdict not in get_args(Verdict):
                    raise JudgementInvalidError(
                        f"{path!r} line {reader.line_num}: verdict {verdict!r}; same, different or unsure"
                    )
                left, right = (
                    ActorReference(actor=row[side] or "", document=row[f"{side}_document"] or None) for side in ("left", "right")
                )
                judgements += make_judgements([left], [right], cast("Verdict", verdict), author=_name_author())
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise JudgementInvalidError(f"{path!r}: cannot be read ({error})") from error
    rewritten = desk.judge(judgements)
    typer.echo(f"{len(judgements)} decisions; {rewritten} documents rewritten")


def _ask(doubts: list[Doubt], desk: Desk) -> None:
    from kg.build.judging import make_judgements  # noqa: PLC0415

    judgements: list[Judgement] = []
    for number, doubt in enumerate(doubts, 1):
        typer.echo(f"\n{number} of {len(doubts)}: one actor?  {doubt.comparison.score:.2f}")
        for side in (doubt.left, doubt.right):
            _show_side(side)
        typer.echo(_indent(describe_features(doubt.comparison)))
        answer = sys.stdin.readline() if not sys.stdin.isatty() else input("[y/n/u/Enter/q] ")
        word = answer.strip().casefold()[:1]
        if word == "q":
            break
        if word in _ANSWERS:
            sides = ((doubt.comparison.left,), (doubt.comparison.right,))
            judgements += make_judgements(*sides, cast("Verdict", _ANSWERS[word]), author=_name_author())
    if judgements:
        rewritten = desk.judge(judgements)
        typer.echo(f"{len(judgements)} decisions; {rewritten} documents rewritten")
    elif not doubts:
        typer.echo("no open questions")


def _show_side(side: Side) -> None:
    typer.echo(f"  {to_safe(side.name)}  ({to_safe(side.path)}{f', {side.published[:10]}' if side.published else ''})")
    if side.passage:
        typer.echo(f"    {to_safe(side.passage)}")


def _indent(text: str) -> str:
    return f"    {to_safe(text)}"


def _name_author() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def merge(
    left: NameArgument, right: NameArgument, store: StoreOption = None, note: NoteOption = "", *, undo: UndoOption = False
) -> None:
    """Decide that two actors are one, or take that back."""
    _decide(left, right, "same", store, note, is_undone=undo)


def split(
    left: NameArgument, right: NameArgument, store: StoreOption = None, note: NoteOption = "", *, undo: UndoOption = False
) -> None:
    """Decide that two actors are not one, or take that back."""
    _decide(left, right, "different", store, note, is_undone=undo)


def _decide(left: str, right: str, verdict: Verdict, store: str | None, note: str, *, is_undone: bool) -> None:
    from kg.build.judging import make_judgements, open_desk  # noqa: PLC0415
    from kg.errors import JudgementInvalidError  # noqa: PLC0415

    with open_desk(find_settings(store)) as desk:
        if is_undone:
            judgements = desk.find_judgements(left, right, verdict)
            if not judgements:
                raise JudgementInvalidError(f"{left!r}, {right!r}: no such decision; `kg review --judged` lists those there are")
            rewritten = desk.forget(judgements)
        else:
            sides = desk.find_references(left), desk.find_references(right)
            rewritten = desk.judge(make_judgements(*sides, verdict, author=_name_author(), note=note))
    typer.echo(f"{'undone' if is_undone else verdict}: {to_safe(left)}, {to_safe(right)}; {rewritten} documents rewritten")
