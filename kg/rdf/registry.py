# ruff: noqa: D102 - the class says what its properties are
"""The registry as RDF: codes, and who holds or held which post when (ORG), in a graph of its own."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from typing import Protocol

from kg.model.identifier import to_slug
from kg.model.mention import Gender, MentionType
from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad, to_date, to_text


class Post(Protocol):
    """An office: `organisation` is a slug; `begin` and `end` are ISO 8601 dates or their first parts."""

    @property
    def title(self) -> str: ...
    @property
    def organisation(self) -> str: ...
    @property
    def begin(self) -> str | None: ...
    @property
    def end(self) -> str | None: ...


class Entry(Protocol):
    """What a row of the registry tells, as `kg.resolve.entries.RegistryActor` holds it; actors are named by slug."""

    @property
    def slug(self) -> str: ...
    @property
    def type(self) -> MentionType: ...
    @property
    def posts(self) -> Sequence[Post]: ...
    @property
    def sort(self) -> str: ...
    @property
    def scope(self) -> str: ...
    @property
    def gender(self) -> Gender: ...
    @property
    def iso3(self) -> str | None: ...
    @property
    def cow(self) -> str | None: ...
    @property
    def cameo(self) -> str | None: ...
    @property
    def source(self) -> str: ...


def registry_quads(entries: Iterable[Entry], base: str, described: Container[str]) -> tuple[Quad, ...]:
    """Return what the registry tells of each entry beyond names, in `{base}graph/registry`, sorted, each quad once.

    A time in office is an `org:Membership` of the person in the organisation with an `org:role`, `schema:startDate` and
    `schema:endDate`; a date that is a year or a month is one in the graph too, an unknown one is absent. The office is an
    `org:Post`, shared by all who hold or held it; `org:holds` leads to it from those whose time has no known end. Labels,
    Wikidata ids and countries stand in the graph of actors (`kg.rdf.actors`).

    Args:
        entries: rows of the registry; none give no quads.
        base: IRI that data IRIs start with.
        described: IRIs of the actors that the store describes: offices in others are left out.
    """
    graph = ns.name_registry_graph(base)
    found: set[Quad] = set()
    for entry in entries:
        subject = _to_iri(entry.slug, base)
        found.update(_find_code_quads(entry, subject, graph))
        for post in entry.posts:
            if _to_iri(post.organisation, base).value in described:
                found.update(_find_post_quads(post, subject, base, graph))
    return tuple(sorted(found))


def _to_iri(slug: str, base: str) -> Iri:
    return Iri(f"{base}actor/{slug}")


def _find_code_quads(entry: Entry, subject: Iri, graph: Iri) -> Iterator[Quad]:
    told = {
        ns.ISO3: entry.iso3,
        ns.COW_NUMBER: entry.cow,
        ns.CAMEO_ACTOR: entry.cameo,
        ns.SORT: entry.sort,
        ns.SCOPE: entry.scope,
        ns.GENDER: entry.gender if entry.type == "Person" and entry.gender != "unknown" else None,
        ns.SOURCE: entry.source,
    }
    for predicate, value in told.items():
        if value:
            yield Quad(subject, predicate, to_text(value), graph)


def _find_post_quads(post: Post, holder: Iri, base: str, graph: Iri) -> Iterator[Quad]:
    organisation = _to_iri(post.organisation, base)
    name = to_slug(post.title)
    role = Iri(f"{base}role/{name}")
    office = Iri(f"{organisation.value}/post/{name}")
    time = post.begin or f"until-{post.end or 'unknown'}"
    membership = Iri(f"{holder.value}/membership/{name}-{to_slug(post.organisation)}-{time}")
    yield Quad(role, ns.TYPE, ns.ORG_ROLE_CLASS, graph)
    yield Quad(role, ns.PREF_LABEL, to_text(post.title), graph)
    yield Quad(office, ns.TYPE, ns.POST, graph)
    yield Quad(office, ns.POST_IN, organisation, graph)
    yield Quad(office, ns.ORG_ROLE, role, graph)
    yield Quad(membership, ns.TYPE, ns.MEMBERSHIP, graph)
    yield Quad(membership, ns.MEMBER, holder, graph)
    yield Quad(membership, ns.ORGANIZATION, organisation, graph)
    yield Quad(membership, ns.ORG_ROLE, role, graph)
    for predicate, text in ((ns.START_DATE, post.begin), (ns.END_DATE, post.end)):
        date = None if text is None else to_date(text)
        if date is not None:
            yield Quad(membership, predicate, date, graph)
    if post.end is None:
        yield Quad(holder, ns.HOLDS, office, graph)
