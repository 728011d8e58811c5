"""The application: its commands, and how errors leave it."""

from __future__ import annotations

import errno
import os
import select
import sys
from typing import Annotated, Any, TextIO

import typer
from typer.core import TyperGroup

from kg.cli import actors, audit, build, inspect, maintain, networks, output, plot, query, review, search, serve
from kg.cli.tables import to_safe
from kg.errors import KgError, OutputUnwritableError

_INTERRUPTED = 130
_DEBUG_OPTION = "--debug"
_FULL_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})


class _Commands(TyperGroup):
    """Turns what a command raises into one line on stderr and the exit code of the contract."""

    def invoke(self, ctx: Any) -> Any:  # its class has moved from one version of Typer to the next
        try:
            return self._invoke(ctx)
        except KgError as error:
            if ctx.params.get("debug"):
                raise
            _tell(str(error))
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            _tell("interrupted; the same command finishes the work")
            raise typer.Exit(_INTERRUPTED) from error

    def _invoke(self, ctx: Any) -> Any:
        try:
            try:
                return super().invoke(ctx)
            finally:
                sys.stdout.flush()
        except BrokenPipeError as error:
            if not _has_lost_its_reader(sys.stdout):
                raise
            # `kg query ... | head`: nothing is wrong, and nothing more can be written, not even by the last flush.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from error
        except OSError as error:
            if error.errno not in _FULL_DISK:
                raise
            raise OutputUnwritableError(str(error.filename or "-"), os.strerror(error.errno or 0)) from error


def _has_lost_its_reader(stream: TextIO) -> bool:
    """Whether the stream is a pipe that nobody reads from any more."""
    watch = select.poll()
    watch.register(stream.fileno(), 0)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in watch.poll(0))


app = typer.Typer(
    name="kg",
    cls=_Commands,
    help="Who says what about whom: news into a graph of attributed claims, political events and posts.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
for register in (build, audit, query, search, actors, review, networks, output, plot, inspect, maintain, serve):
    register.add_commands(app)


def _show_version(is_asked: bool) -> None:
    if is_asked:
        from kg import __version__  # noqa: PLC0415 - not needed by any other command

        typer.echo(f"sayso {__version__}")
        raise typer.Exit


@app.callback()
def _configure(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and stop.", is_eager=True, callback=_show_version)
    ] = False,
    debug: Annotated[bool, typer.Option(_DEBUG_OPTION, help="Show the traceback of an error; at any place.")] = False,
) -> None:
    """Declare the options of all commands; `_Commands` acts on them."""


def main() -> None:
    """Run the command line; an error that is foreseen is one line on stderr and its own exit code."""
    if _DEBUG_OPTION in sys.argv:
        # Accepted at any place, as people append it to the command that failed.
        sys.argv = [sys.argv[0], _DEBUG_OPTION, *(word for word in sys.argv[1:] if word != _DEBUG_OPTION)]
    for stream in (sys.stdout, sys.stderr):
        # A name in a script that the terminal cannot show must not end the command; a pipe gets UTF-8, whatever the locale.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding=None if stream.isatty() else "utf-8", errors="backslashreplace")
    app(prog_name="kg")  # also as `python -m kg`: completion goes by this name


def _tell(message: str) -> None:
    sys.stderr.write(f"kg: {to_safe(message)}\n")
