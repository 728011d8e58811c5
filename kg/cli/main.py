"""The application: its commands, and how errors leave it."""

from __future__ import annotations

import os
import sys

import typer

from kg.cli import actors, build, inspect, networks, output, query, serve
from kg.errors import KgError

_INTERRUPTED = 130
_DEBUG_OPTION = "--debug"

app = typer.Typer(
    name="kg",
    help="Who says what about whom: news into a graph of attributed claims, political events and posts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for register in (build, query, actors, networks, output, inspect, serve):
    register.add_commands(app)


@app.callback()
def _configure(
    version: bool = typer.Option(False, "--version", help="Print the version and stop.", is_eager=True),
    debug: bool = typer.Option(False, _DEBUG_OPTION, help="Show the traceback of an error."),
) -> None:
    if version:
        from kg import __version__  # noqa: PLC0415 - not needed by any other command

        typer.echo(f"sayso {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; an error that is foreseen is one line on stderr and its own exit code."""
    is_debugging = _DEBUG_OPTION in sys.argv
    if is_debugging:
        # Accepted in any place, as people append it to the command that failed.
        sys.argv = [sys.argv[0], _DEBUG_OPTION, *(word for word in sys.argv[1:] if word != _DEBUG_OPTION)]
    try:
        app()
    except KgError as error:
        if is_debugging:
            raise
        _tell(str(error))
        raise SystemExit(error.exit_code) from error
    except KeyboardInterrupt as error:
        _tell("interrupted; the same command finishes the work")
        raise SystemExit(_INTERRUPTED) from error
    except BrokenPipeError as error:
        # The reader of a pipe left (`kg query ... | head`): nothing is wrong, and nothing more can be written.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from error


def _tell(message: str) -> None:
    sys.stderr.write(f"kg: {' '.join(message.splitlines())}\n")
