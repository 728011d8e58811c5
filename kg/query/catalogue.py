"""The named queries: every `.rq` file below `queries/`."""

from __future__ import annotations

import difflib
from pathlib import Path

from kg.errors import InputMissingError, QueryHeaderError, QueryMissingError
from kg.model.base import Frozen
from kg.query.header import Header, read_header
from kg.resources import find_resource


class NamedQuery(Frozen):
    """A query of the catalogue.

    Attributes:
        text: the whole file: SPARQL that is valid and unfiltered by itself.
        folder: the folder's name below `queries/` ("attributions"); empty for a file elsewhere.
        is_ours: whether it is one of the catalogue, which need no time limit.
    """

    header: Header
    text: str
    path: Path
    folder: str = ""
    is_ours: bool = True

    @property
    def name(self) -> str:
        """What people call it: `who-claims`."""
        return self.header.id


def read_query(path: Path, folder: str = "") -> NamedQuery:
    """Read one `.rq` file that has a header.

    Raises:
        QueryMissingError: it cannot be read.
        QueryHeaderError: its header is missing, malformed, or names another query than the file.
    """
    try:
        text = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryMissingError(f"{str(path)!r}: cannot be read as a query ({error})") from error
    header = read_header(text, str(path))
    if header.id != path.stem:
        raise QueryHeaderError(str(path), f"its id is {header.id!r}, but the file is called {path.name!r}")
    return NamedQuery(header=header, text=text, path=path, folder=folder)


def read_question(text: str, root: Path | None = None) -> NamedQuery | str:
    """Return what a person asks by: a named query, a file's query, or SPARQL as they wrote it.

    What holds `{` is SPARQL; what ends in `.rq` is a file, which may have a header and then takes parameters; several
    words are SPARQL, too; one word is a name.

    Raises:
        InputMissingError: there is no such file.
        QueryMissingError: there is no such named query, or the file is no text.
        QueryHeaderError: the header is malformed.
    """
    if "{" in text:
        return text
    if not text.endswith(".rq"):
        return text if len(text.split()) > 1 else find_query(text, root)
    path = Path(text)
    if not path.is_file():
        raise InputMissingError(text)
    try:
        content = path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise QueryMissingError(f"{text!r}: cannot be read as a query ({error})") from error
    return parse_question(content, text)


def parse_question(text: str, path: str) -> NamedQuery | str:
    """Return a person's own query: with its header where it has one, else as it is.

    Args:
        text: all of it.
        path: where it is from, for messages: a file's name, `-` for standard input.

    Raises:
        QueryHeaderError: the header is malformed.
    """
    if not text.startswith("#+"):
        return text
    return NamedQuery(header=read_header(text, path), text=text, path=Path(path), is_ours=False)


def list_queries(root: Path | None = None) -> tuple[NamedQuery, ...]:
    """Return every named query, by folder and name.

    Args:
        root: the folder to list instead of the project's own.

    Raises:
        QueryHeaderError: a header is malformed, or two queries have one name.
    """
    root = root or find_resource("queries")
    queries = tuple(
        read_query(path, path.parent.relative_to(root).as_posix() if path.parent != root else "")
        for path in sorted(root.rglob("*.rq"), key=lambda path: path.relative_to(root).parts)
    )
    seen: dict[str, NamedQuery] = {}
    for query in queries:
        if query.name in seen:
            raise QueryHeaderError(str(query.path), f"{seen[query.name].path} has the same name")
        seen[query.name] = query
    return queries


def find_query(name: str, root: Path | None = None) -> NamedQuery:
    """Return the query of this name, reading no other file.

    Raises:
        QueryMissingError: there is none; the message names the nearest ones.
        QueryHeaderError: its header is malformed.
    """
    root = root or find_resource("queries")
    paths = {path.stem: path for path in sorted(root.rglob("*.rq"))}
    if name not in paths:
        near = difflib.get_close_matches(name, sorted(paths), n=3)
        hint = f"did you mean {' or '.join(near)}?" if near else "`kg queries` lists them"
        raise QueryMissingError(f"{name!r}: no such query; {hint}")
    path = paths[name]
    return read_query(path, path.parent.relative_to(root).as_posix() if path.parent != root else "")
