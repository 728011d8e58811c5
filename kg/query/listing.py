"""The named queries as a page for people: `python -m kg.query.listing > docs/queries.md`."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from kg.query.catalogue import NamedQuery, list_queries

_TITLES = {
    "actors": "Actors",
    "attributions": "Claims",
    "events": "Events",
    "networks": "Counts and networks",
    "checks": "Checks",
}
_ABOUT = {
    "checks": "What must not be there: `kg validate` runs these, and a sound store has no row in any.",
    "networks": "Those called `nodes-` and `edges-` are what `kg export` makes networks of.",
}
_BEGIN = """# Named queries

Made from the headers of the files in `queries/`: `python -m kg.query.listing > docs/queries.md`.

`kg query NAME -p PARAMETER=VALUE` runs one. A parameter that is not given restricts nothing, or keeps the value in brackets.
Actors are given by name, alias, QID or IRI; frames and types by notation; dates as `YYYY-MM-DD`. Every file is valid SPARQL 1.1
by itself; its lines `#? PARAMETER: PATTERN` are comments, which join the query where the parameter is given, so that rows are
looked up by it. Columns that end in `_iri` are left out here.
"""


def describe_queries(queries: Iterable[NamedQuery]) -> str:
    """Return the page: a section for each folder, an entry for each query, in the order given; Markdown, with a last newline."""
    return "\n".join(_find_lines(queries)) + "\n"


def _find_lines(queries: Iterable[NamedQuery]) -> Iterator[str]:
    yield _BEGIN.rstrip("\n")
    folder = ""
    for query in queries:
        if query.folder != folder:
            folder = query.folder
            yield f"\n## {_TITLES.get(folder, folder)}\n"
            if folder in _ABOUT:
                yield f"{_ABOUT[folder]}\n"
        yield from _describe(query)


def _describe(query: NamedQuery) -> Iterator[str]:
    header = query.header
    yield f"### `{query.name}`\n"
    yield f"{header.summary}. {' '.join(header.description.split())}".rstrip() + "\n"
    for name, parameter in header.params.items():
        default = "" if parameter.default is None else f" ({parameter.default})"
        needed = " Required." if parameter.required else ""
        yield f"- `{name}`{default}: {parameter.summary}.{needed}"
    columns = ", ".join(f"`{column}`" for column in header.columns if not column.endswith("_iri"))
    yield f"- gives {columns}\n"


def main() -> int:
    """Write the page to standard output."""
    sys.stdout.write(describe_queries(list_queries()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
