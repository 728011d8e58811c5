"""Arguments to files: what is to be read, in an order that does not depend on how it was named."""

# ruff: noqa: PTH100, PTH112, PTH116, PTH117, PTH118, PTH122
# pathlib drops a leading `./` and cannot list bytes as they are; a path stays as the person wrote it.
from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from kg.errors import InputMissingError

Format = Literal["text", "html", "jsonl", "csv", "tsv", "feed", "warc", "archive", "stdin", "unknown"]

#: The name of standard input.
STDIN = "-"
FORMATS: dict[str, Format] = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".warc": "warc",
}


#: Packed tables. In folders and globs only those count whose name tells what is packed ("day.csv.zip").
_ARCHIVES = frozenset((".zip", ".gz"))
_PACKED = frozenset((".csv", ".tsv", ".tab"))
#: Files of many records that are read as they are unpacked.
_STREAMED: dict[str, Format] = {".jsonl.gz": "jsonl", ".ndjson.gz": "jsonl", ".warc.gz": "warc"}

#: Files that are about the folder they lie in.
_ABOUT = frozenset(("readme", "license", "licence", "changelog", "contributing"))


@dataclass(frozen=True, slots=True, order=True)
class InputFile:
    r"""A file to be read. It can be pickled, so that another process may read it.

    Attributes:
        path: for the file system; may hold surrogates for bytes that are not UTF-8.
        name: the path as the person named it, fit for printing: such bytes written as `\xff`.
        location: POSIX path relative to the working directory where it lies below it, else absolute; `-` for stdin.
        problem: why it cannot be read, where listing it already failed; None otherwise.
    """

    path: str
    name: str
    location: str
    format: Format
    problem: str | None = None


def find_files(inputs: Sequence[str], *, working_directory: Path | None = None) -> list[InputFile]:
    """Return the files that files, folders, globs (also `**`) and `-` name, each once, sorted by path.

    Of a folder all files with a known ending are taken, at any depth, but no README and the like; of a glob the files
    with a known ending and the folders. Hidden files and folders are passed over, and folders that are links, so that
    no loop is followed; a link that is named itself is followed. A file that exists under the very name is never a
    glob. A file that is named itself is listed whatever its ending: reading refuses it.

    Args:
        inputs: as the person wrote them; empty gives an empty list, as does an empty folder.
        working_directory: what relative paths start from; the process's by default.

    Raises:
        InputMissingError: an argument does not exist or matches nothing that can be read.
    """
    folder = os.path.abspath(working_directory or Path.cwd())
    found: dict[str, InputFile] = {}
    for argument in sorted(set(inputs)):
        for file in sorted(_expand(argument, folder)):
            known = found.get(file.location)
            if known is None or file.path < known.path:
                found[file.location] = file
    return sorted(found.values())


def find_roots(inputs: Sequence[str], *, working_directory: Path | None = None) -> tuple[str, ...]:
    """Return the absolute paths of the folders among the arguments, sorted; those inside another left out."""
    folder = os.path.abspath(working_directory or Path.cwd())
    paths = sorted(
        {_join(folder, argument) for argument in inputs if argument != STDIN and os.path.isdir(_join(folder, argument))}
    )
    return tuple(path for path in paths if not any(path != other and _is_within(path, other) for other in paths))


def lies_below(path: str, roots: Sequence[str], *, working_directory: Path | None = None) -> bool:
    """Tell whether a `Document.path` (or a location that is a path) lies in one of the folders of `find_roots`."""
    folder = os.path.abspath(working_directory or Path.cwd())
    return path.partition("#")[0] != STDIN and any(_is_within(_join(folder, path), root) for root in roots)


def _is_within(path: str, root: str) -> bool:
    return path.startswith(root.rstrip("/") + "/")


def _join(folder: str, path: str) -> str:
    return os.path.normpath(os.path.join(folder, path))


def _expand(argument: str, folder: str) -> Iterator[InputFile]:
    if argument == STDIN:
        yield InputFile(STDIN, STDIN, STDIN, "stdin")
        return
    path = os.path.join(folder, argument)
    if not argument or not _is_possible(argument):
        raise InputMissingError(to_printable(argument))
    if os.path.isdir(path):
        yield from _walk(argument, folder)
    elif os.path.lexists(path):
        yield _make(argument, folder)
    else:
        yield from _expand_glob(argument, folder)


def _expand_glob(argument: str, folder: str) -> Iterator[InputFile]:
    any_match = False
    for match in _find_matches(argument, folder):
        if os.path.isdir(os.path.join(folder, match)):
            # With `**`, each folder below is a match of its own, and so is each file: walking would add other endings.
            if "**" not in argument:
                any_match = True
                yield from _walk(match, folder)
        elif _is_known(match):
            any_match = True
            yield _make(match, folder)
    if not any_match:
        raise InputMissingError(to_printable(argument))


def _find_matches(argument: str, folder: str) -> list[str]:
    """Return the paths that a pattern matches, hidden ones left out, sorted; `**` follows no linked folder."""
    parts = argument.split("/")
    fixed = next((index for index, part in enumerate(parts) if glob.has_magic(part)), len(parts))
    pattern = "/".join(parts[fixed:])
    if not pattern:
        return []
    prefix = "/".join(parts[:fixed]) or ("/" if argument.startswith("/") else "")
    top = Path(folder, prefix)
    try:
        # Not the `glob` module: its `**` runs through links that loop, once for each way through them.
        found = [match.relative_to(top) for match in top.glob(pattern + "/*" if parts[-1] == "**" else pattern)]
    except (ValueError, NotImplementedError):  # "a**b" in some versions of Python
        return []
    return sorted(os.path.join(prefix, path) for path in found if not any(part.startswith(".") for part in path.parts))


def _walk(argument: str, folder: str) -> Iterator[InputFile]:
    """Yield the files below a folder; one that cannot be listed is given as a file with a problem."""
    problems: list[OSError] = []
    top = os.path.join(folder, argument)
    for root, folders, names in os.walk(top, onerror=problems.append):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        shown = os.path.join(argument, os.path.relpath(root, top)) if root != top else argument
        for name in sorted(names):
            is_about = os.path.splitext(name)[0].lower() in _ABOUT
            if _is_known(name) and not is_about and not name.startswith("."):
                yield _make(os.path.join(shown, name), folder)
    for problem in problems:
        failed = os.path.relpath(os.fsdecode(problem.filename), folder) if not os.path.isabs(argument) else problem.filename
        yield replace(_make(failed, folder), problem=f"cannot be listed ({problem.strerror}); check its permissions")


def _make(path: str, folder: str) -> InputFile:
    absolute = _join(folder, path)
    location = os.path.relpath(absolute, folder) if _is_within(absolute, folder) else _find_location(absolute, folder)
    return InputFile(path, to_printable(path), to_printable(location), _get_format(path))


def _find_location(absolute: str, folder: str) -> str:
    """Return the location of a path that is not below the working directory as it is spelled."""
    parent, name = os.path.split(absolute)
    real = os.path.join(os.path.realpath(parent), name)
    top = os.path.realpath(folder)
    return os.path.relpath(real, top) if _is_within(real, top) else absolute


def _get_format(path: str) -> Format:
    stem, ending = os.path.splitext(path.lower())
    streamed = _STREAMED.get(os.path.splitext(stem)[1] + ending)
    return streamed or ("archive" if ending in _ARCHIVES else FORMATS.get(ending, "unknown"))


def _is_known(path: str) -> bool:
    """Tell whether a file that nobody named itself is read."""
    stem, ending = os.path.splitext(path.lower())
    inner = os.path.splitext(stem)[1]
    return inner in _PACKED or inner + ending in _STREAMED if ending in _ARCHIVES else ending in FORMATS


def to_printable(path: str) -> str:
    r"""Return the path with bytes that are not UTF-8 written as `\xff`, so that it can be stored and printed."""
    # What escapes no byte is no file's name, and only stands in a message.
    whole = "".join(c if "\udc80" <= c <= "\udcff" or not "\ud800" <= c <= "\udfff" else "�" for c in path)
    return whole.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _is_possible(path: str) -> bool:
    """Tell whether a file can have this name: no NUL, and no surrogate but those that stand for bytes."""
    try:
        return b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        return False


def find_problem(path: str, limit: int) -> str | None:
    """Return why the file at the path cannot be read as a whole; None where it can.

    Args:
        path: absolute, or relative to the process's working directory.
        limit: its greatest size in bytes.
    """
    try:
        status = os.stat(path)
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if not stat.S_ISREG(status.st_mode):
        return "is not a regular file"
    if status.st_size == 0:
        return "is empty; it holds no text"
    if status.st_size > limit:
        return f"has {status.st_size:,} bytes, the limit for this format is {limit:,}; split it, or give it as JSON Lines"
    return None
