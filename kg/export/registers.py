"""The actors of a store as a register: FollowTheMoney JSON Lines, CSV as `kg actors import` reads it, or RDF.

Actors that only one document can tell apart (a bare surname, an unnamed official) are left out of a register; RDF holds
the whole graph of actors. Posts are those of the registry, with dates, and those that documents state, without; of the
latter, those that a document calls former are left out.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import PurePath
from typing import BinaryIO, NamedTuple, TextIO

from kg.errors import ExportFormatError
from kg.export.output import open_output, open_text_output
from kg.export.text import to_cell
from kg.model.identifier import to_digest
from kg.query.reader import read_rows, to_text
from kg.rdf import namespaces as ns
from kg.resolve.entries import RegistryActor, RegistryPost
from kg.store.dump import FORMATS as RDF_FORMATS
from kg.store.reader import Reader
from kg.store.terms import NamedNode, serialize

#: The columns of the CSV file.
COLUMNS = ("slug", "type", "label", "aliases", "kind", "gender", "country", "posts", "qid", "iso2")
_FTM_ENDINGS = ("ftm.json", "jsonl", "ftm")
_SCHEMATA = {"Person": "Person", "State": "PublicBody", "Organisation": "Organization", "Group": "Organization"}
_SORT_SCHEMATA = {"company": "Company", "ministry": "PublicBody", "agency": "PublicBody", "parliament": "PublicBody"}
_IDENTITIES = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?actor ?type ?label ?alias ?same ?iso2 ?part_of
WHERE {
  VALUES ?type { kg:Person kg:State kg:Organisation kg:Group kg:Place }
  GRAPH ?graph {
    ?actor a ?type ; skos:prefLabel ?label .
    OPTIONAL { ?actor skos:altLabel ?alias }
    OPTIONAL { ?actor owl:sameAs ?same }
    OPTIONAL { ?actor kg:iso2 ?iso2 }
    OPTIONAL { ?actor kg:partOf ?part_of }
  }
}
ORDER BY ?actor ?type ?label ?alias ?same ?iso2 ?part_of
"""
_ROLES = """
PREFIX kg: <https://sayso.example/ontology#>
PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?actor ?title ?organisation
WHERE {
  GRAPH ?document {
    ?role a kg:Role ; org:member ?actor ; org:organization ?organisation ; kg:postTitle ?title
    FILTER NOT EXISTS { ?role kg:former true }
  }
}
ORDER BY ?actor ?title ?organisation
"""


class ActorRecord(NamedTuple):
    """An actor of the store.

    Attributes:
        slug: the end of its IRI. aliases: sorted. iso2: of a state; else empty.
        country: slug of the state that it is or belongs to; empty where unknown.
        posts: sorted; their organisations are slugs of records.
        qid, gender, sort: empty (gender: unknown) where nobody says so.
    """

    slug: str
    type: str
    label: str
    aliases: tuple[str, ...]
    qid: str
    iso2: str
    country: str
    posts: tuple[RegistryPost, ...]
    gender: str
    sort: str


class RegisterSummary(NamedTuple):
    """How many actors were written, and how many have no identity beyond one document; 0 in RDF, which holds them."""

    actors: int
    left_out: int


def find_register_format(output: str, form: str | None = None) -> str:
    """Return `ftm`, `csv` or an ending of RDF, by `form`, else by the ending of `output`.

    Raises:
        ExportFormatError: it is none of them.
    """
    name = (form or PurePath(output).suffix.removeprefix(".")).lower()
    if name in _FTM_ENDINGS or (form is None and output.lower().endswith(_FTM_ENDINGS)):
        return "ftm"
    if name == "csv" or name in RDF_FORMATS:
        return name
    known = ", ".join((*_FTM_ENDINGS, "csv", *RDF_FORMATS))
    raise ExportFormatError(f"{output!r}: {name or 'no ending'!r} is no format for actors; there are {known}")


def write_actors(
    reader: Reader,
    output: str,
    base: str,
    find_registered: Callable[[str], RegistryActor | None],
    *,
    form: str | None = None,
    stdout: BinaryIO | None = None,
) -> RegisterSummary:
    """Write the actors of a store; the file is written whole or not at all.

    Args:
        reader: the store.
        output: path; `-` for standard output.
        base: IRI that data IRIs start with.
        find_registered: gives what the registry knows of a slug; None where it does not know it.
        form: overrides the ending of `output`.
        stdout: where `-` leads; the process's own by default.

    Raises:
        ExportFormatError: the ending names no format.
        OutputUnwritableError: the file cannot be written.
    """
    name = find_register_format(output, form)
    if name in RDF_FORMATS:
        return _write_rdf(reader, output, base, name, stdout)
    records, left_out = read_actor_records(reader, base, find_registered)
    with open_text_output(output, stdout) as stream:
        (write_ftm if name == "ftm" else write_sheet)(records, stream)
    return RegisterSummary(len(records), left_out)


def read_actor_records(
    reader: Reader, base: str, find_registered: Callable[[str], RegistryActor | None]
) -> tuple[tuple[ActorRecord, ...], int]:
    """Return the actors that have an identity beyond one document, sorted by slug, and the number of the others."""
    prefix = f"{base}actor/"
    found: dict[str, dict[str, dict[str, None]]] = {}
    for row in read_rows(reader, _IDENTITIES):
        actor, *values = map(to_text, row)
        columns = found.setdefault(actor, {name: {} for name in ("type", "label", "alias", "same", "iso2", "part_of")})
        for column, value in zip(columns.values(), values, strict=True):
            column.update({value: None} if value else {})
    posts: dict[str, list[RegistryPost]] = {}
    for actor, title, organisation in (map(to_text, row) for row in read_rows(reader, _ROLES)):
        if organisation in found and organisation.startswith(prefix):
            posts.setdefault(actor, []).append(RegistryPost(title, organisation.removeprefix(prefix)))
    known = [actor for actor in found if actor.startswith(prefix)]
    records = (
        _to_record(actor.removeprefix(prefix), found, prefix, posts.get(actor, ()), find_registered(actor.removeprefix(prefix)))
        for actor in known
    )
    return tuple(sorted(records)), len(found) - len(known)


def _to_record(
    slug: str,
    found: Mapping[str, Mapping[str, Mapping[str, None]]],
    prefix: str,
    told: Iterable[RegistryPost],
    registered: RegistryActor | None,
) -> ActorRecord:
    columns = found[prefix + slug]
    same = (iri.removeprefix(ns.WIKIDATA) for iri in columns["same"] if iri.startswith(ns.WIKIDATA))
    known = () if registered is None else registered.posts
    dated = {(post.title, post.organisation) for post in known}
    posts = {*known, *(post for post in told if (post.title, post.organisation) not in dated)}
    return ActorRecord(
        slug=slug,
        type=next(iter(columns["type"])).rpartition("#")[2],
        label=next(iter(columns["label"])),
        aliases=tuple(sorted(columns["alias"])),
        qid=next(same, ""),
        iso2=next(iter(columns["iso2"]), ""),
        country=_find_state(prefix + slug, found).removeprefix(prefix),
        posts=tuple(sorted(posts, key=lambda p: (p.begin or "", p.end or "", p.title, p.organisation))),
        gender="unknown" if registered is None else registered.gender,
        sort="" if registered is None else registered.sort,
    )


def _find_state(actor: str, found: Mapping[str, Mapping[str, Mapping[str, None]]]) -> str:
    """Return the state that an actor is part of, however far up; empty where there is none."""
    seen = {actor}
    waiting = [actor]
    while waiting:
        columns = found.get(waiting.pop())
        for other in () if columns is None else columns["part_of"]:
            if other not in seen:
                if f"{ns.KG}State" in found.get(other, {"type": {}})["type"]:
                    return other
                seen.add(other)
                waiting.append(other)
    return ""


def write_sheet(records: Iterable[ActorRecord], stream: TextIO) -> None:
    """Write CSV with the columns of `COLUMNS`; several values in a cell stand apart by `|`, which values lose."""
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(COLUMNS)
    for record in records:
        posts = (
            f"{_to_value(p.title).replace('@', ' ')}@{p.organisation}:{p.begin or ''}..{p.end or ''}"
            for p in record.posts
            if p.title
        )
        cells = (
            record.slug,
            record.type,
            record.label,
            "|".join(_to_value(alias) for alias in record.aliases),
            record.sort,
            record.gender,
            record.country,
            "|".join(posts),
            record.qid,
            record.iso2,
        )
        writer.writerow([to_cell(cell) for cell in cells])


def write_ftm(records: Iterable[ActorRecord], stream: TextIO) -> None:
    """Write an entity a line: actors, then a Position for each post and an Occupancy for each holder; places are left out."""
    listed = [record for record in records if record.type in _SCHEMATA]
    codes = {record.slug: record.iso2.lower() for record in listed if record.iso2}
    names = {record.slug: record for record in listed}
    positions: dict[str, dict[str, object]] = {}
    occupancies: list[dict[str, object]] = []
    for record in listed:
        _write_line(_to_entity(record, codes), stream)
        for post in record.posts:
            body = names.get(post.organisation)
            if body is None or not post.title:
                continue
            position = f"position-{to_digest(f'{post.title} {post.organisation}')}"
            country = codes.get(body.slug) or codes.get(body.country, "")
            details = {"name": f"{post.title} of {body.label}", "country": country, "organization": _to_id(body)}
            positions[position] = _make(position, "Position", details)
            identifier = f"occupancy-{to_digest(f'{record.slug} {position} {post.begin} {post.end}')}"
            dates = {"startDate": post.begin or "", "endDate": post.end or ""}
            occupancies.append(_make(identifier, "Occupancy", {"holder": _to_id(record), "post": position, **dates}))
    for entity in (*(positions[key] for key in sorted(positions)), *occupancies):
        _write_line(entity, stream)


def _to_entity(record: ActorRecord, codes: Mapping[str, str]) -> dict[str, object]:
    schema = _SORT_SCHEMATA.get(record.sort, _SCHEMATA[record.type])
    country = codes.get(record.slug) or codes.get(record.country, "")
    properties: dict[str, str | tuple[str, ...]] = {"name": record.label, "alias": record.aliases}
    properties |= {"country": country, "wikidataId": record.qid}
    if record.type == "Person" and record.gender != "unknown":
        properties["gender"] = record.gender
    return _make(_to_id(record), schema, properties) | {"caption": record.label}


def _make(identifier: str, schema: str, properties: Mapping[str, str | tuple[str, ...]]) -> dict[str, object]:
    lists = {name: [value] if isinstance(value, str) else list(value) for name, value in properties.items() if value}
    return {"id": identifier, "schema": schema, "properties": lists}


def _to_id(record: ActorRecord) -> str:
    """Return the QID, else the slug in the letters that identifiers of FollowTheMoney may have."""
    return record.qid or record.slug.replace("/", "-")


def _write_line(entity: Mapping[str, object], stream: TextIO) -> None:
    stream.write(json.dumps(entity, ensure_ascii=False) + "\n")


def _to_value(text: str) -> str:
    return " ".join(text.replace("|", " ").split())


def _write_rdf(reader: Reader, output: str, base: str, name: str, stdout: BinaryIO | None) -> RegisterSummary:
    graph = NamedNode(ns.name_actors_graph(base).value)
    triples = sorted((quad.triple for quad in reader.inner.quads_for_pattern(None, None, None, graph)), key=str)
    with open_output(output, stdout) as stream:
        serialize(triples, stream, RDF_FORMATS[name], prefixes=ns.PREFIXES)
    return RegisterSummary(len({str(triple.subject) for triple in triples}), 0)
