"""How bulk files are loaded into other stores: one table, of which `LOAD.md` beside the files and docs/bulk.md are made."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

_FILES = "@FILES@"
_UNPACK = "@UNPACK@"
_UNPACKERS = {"nq": "cat", "nq.gz": "gzip -dc", "nq.zst": "zstd -dc"}
_ZSTD, _PLAIN = "nq.zst", "nq"


class Step(NamedTuple):
    """Something to type, or to put into a file.

    Attributes:
        language: `sh`, `sql`, `ini`.
        text: `@FILES@` is the pattern of the parts' names, `@UNPACK@` the command that prints files unpacked.
        before: a sentence that stands before it; may be empty.
    """

    language: str
    text: str
    before: str = ""


class Loader(NamedTuple):
    """A store and how its own loader is called.

    Attributes:
        name: of the store.
        reads: what its steps take as it is; of other files, the unpacked ones.
        steps: in the folder of the parts.
        union: how its default graph becomes the union of all graphs, which people's own queries without GRAPH need.
        check: how far the commands are tested here.
    """

    name: str
    reads: frozenset[str]
    steps: tuple[Step, ...]
    union: str
    check: str


_ALL = frozenset(_UNPACKERS)
_GZIP = frozenset({"nq", "nq.gz"})

LOADERS = (
    Loader(
        "Oxigraph",
        _ALL,
        (
            Step("sh", f"{_UNPACK} {_FILES} | oxigraph load --location news.oxigraph --format nq"),
            Step("sh", "oxigraph serve-read-only --location news.oxigraph --bind 127.0.0.1:7878 --union-default-graph"),
        ),
        "`--union-default-graph`, as above",
        "run in tests",
    ),
    Loader(
        "QLever",
        _ALL,
        (
            Step(
                "ini",
                "\n".join(
                    (
                        "[data]",
                        "NAME = news",
                        "FORMAT = nq",
                        "",
                        "[index]",
                        f"INPUT_FILES = {_FILES}",
                        f"CAT_INPUT_FILES = {_UNPACK} ${{INPUT_FILES}}",
                        'SETTINGS_JSON = {"num-triples-per-batch": 1000000}',
                        "",
                        "[server]",
                        "PORT = 7019",
                        "ACCESS_TOKEN = choose-one",
                        "",
                        "[runtime]",
                        "SYSTEM = native",
                    )
                ),
                "As `Qleverfile` in the folder (`SYSTEM = docker` without an installation of one's own):",
            ),
            Step("sh", "qlever index && qlever start"),
            Step(
                "sh",
                f"echo '{{\"num-triples-per-batch\": 1000000}}' > news.settings.json\n"
                f"{_UNPACK} {_FILES} | qlever-index -i news -s news.settings.json"
                " --vocabulary-type on-disk-compressed -F nq -f -",
                "What `qlever index` runs:",
            ),
        ),
        "it is that already",
        "what `qlever index` runs is what version 0.6.0 of the command shows for this Qleverfile; no index was built",
    ),
    Loader(
        "Virtuoso",
        _GZIP,
        (
            Step(
                "sql",
                f"ld_dir('/path/of/this/folder', '{_FILES}', 'urn:unused');\n"
                "rdf_loader_run();\n"
                "checkpoint;\n"
                "SELECT ll_file, ll_error FROM DB.DBA.load_list WHERE ll_error IS NOT NULL;",
                "In `isql-vt 1111 dba` (`isql` where it was not installed by Debian). The folder must be in `DirsAllowed` of the"
                " server's ini. The graph that is given is not used: each statement names its own. The last line shows nothing"
                " where all went well. Several sessions may call `rdf_loader_run()` at once.",
            ),
        ),
        "it is that already",
        "run in tests where Virtuoso is installed",
    ),
    Loader(
        "Apache Jena TDB2",
        _GZIP,
        (
            Step("sh", f"tdb2.tdbloader --loader=parallel --loc news.tdb2 {_FILES}"),
            Step("sh", f"tdb2.xloader --loc news.tdb2 {_FILES}", "Above some hundred million statements:"),
            Step("sh", "fuseki-server --localhost --tdb2 --loc news.tdb2 /news"),
        ),
        "`--set tdb2:unionDefaultGraph=true` when the server starts",
        "from its documentation",
    ),
    Loader(
        "GraphDB",
        _GZIP,
        (
            Step(
                "sh",
                f"importrdf preload -f -i news {_FILES}",
                "With the server stopped, into a repository `news` that was made before (`-c FILE.ttl` makes one):",
            ),
        ),
        "it is that already",
        "from its documentation",
    ),
    Loader(
        "Amazon Neptune",
        _GZIP,
        (
            Step("sh", f"aws s3 cp . s3://BUCKET/news/ --recursive --exclude '*' --include '{_FILES}'"),
            Step(
                "sh",
                "curl -X POST -H 'Content-Type: application/json' https://ENDPOINT:8182/loader -d '\n"
                '{"source": "s3://BUCKET/news/", "format": "nquads", "iamRoleArn": "arn:aws:iam::ACCOUNT:role/ROLE",\n'
                ' "region": "REGION", "failOnError": "TRUE", "parallelism": "HIGH", "queueRequest": "TRUE"}\'',
                "The answer holds a `loadId`; `GET /loader/LOADID` tells how far it is.",
            ),
        ),
        "it is that already",
        "from its documentation",
    ),
)

_BEGIN = """# Loading these files

Sorted N-Quads, made by `kg export`; `manifest.json` has the number of statements and the SHA-256 of each file, packed and
unpacked. Every statement names its graph: one for each document, one for actors, for what is derived, and for the ontology.
Sayso's own queries name graphs and need no default graph. Commands are typed in this folder; names in capitals are to be
replaced.
"""


def describe_loading(names: Sequence[str], form: str) -> str:
    """Return the page that lies beside parts; Markdown, with a last newline.

    Args:
        names: of the files, in order; may be one.
        form: `nq`, `nq.gz` or `nq.zst`.
    """
    pattern = names[0] if len(names) == 1 else f"part-*.{form}"
    return "\n".join((_BEGIN, *(line for loader in LOADERS for line in _describe(loader, form, pattern))))


def fill_step(loader: Loader, step: Step, form: str, pattern: str) -> str:
    """Return a step's text for files of a form; where the loader cannot read it, for the files that are unpacked from them."""
    if form not in loader.reads:
        pattern, form = pattern.removesuffix(f".{form}") + f".{_PLAIN}", _PLAIN
    return step.text.replace(_FILES, pattern).replace(_UNPACK, _UNPACKERS[form])


def _describe(loader: Loader, form: str, pattern: str, heading: str = "##") -> Iterator[str]:
    yield f"{heading} {loader.name}\n"
    if form not in loader.reads:
        yield f"It does not read `{form}`; first:\n\n```sh\n{'zstd -d' if form == _ZSTD else 'gunzip -k'} {pattern}\n```\n"
    for step in loader.steps:
        if step.before:
            yield f"{step.before}\n"
        yield f"```{step.language}\n{fill_step(loader, step, form, pattern)}\n```\n"
    yield f"Default graph as the union of all: {loader.union}. Commands: {loader.check}.\n"


def describe_all() -> str:
    """Return the part of docs/bulk.md on loaders: `python -m kg.export.bulk_loaders`."""
    lines = (line for loader in LOADERS for line in _describe(loader, "nq.gz", "part-*.nq.gz", heading="###"))
    return "\n".join(lines).rstrip("\n") + "\n"


def main() -> int:
    """Write the part of the page to standard output."""
    sys.stdout.write(describe_all())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
