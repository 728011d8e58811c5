"""Who holds which post where, as texts say and as the registry knows, over time."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen
from kg.query.binding import bind_terms
from kg.query.pages.nodes import Actor, Names, Node, describe_nodes, name_nodes
from kg.query.reader import Reader, read_rows, to_text
from kg.store.terms import NamedNode

#: Posts of one page; an organisation that most texts speak of has more holders than anybody reads.
_MOST = 60
_MOST_ROLES = 2000


class PostLine(Frozen):
    """A post of a person in an organisation or state.

    Attributes:
        title: empty for a bare affiliation ("Finland's …").
        is_former: whether the texts say that it is over; one text that says so makes a line of its own.
        since, until: of `texts`, the first and last day on which one that says so was published; of `register`, the times in
            office as the registry has them. Empty where unknown.
        reports: places in texts that say so; 0 for the registry.
        role: IRI of the first of these; empty for the registry.
    """

    person: Actor
    title: str
    organisation: Actor | None
    is_former: bool
    since: str
    until: str
    reports: int
    role: str
    source: Literal["texts", "register"]


def read_posts(reader: Reader, actor: NamedNode) -> tuple[PostLine, ...]:
    """Return the posts that an actor holds and those held in it: those of most reports first, then those of the registry."""
    found = [to_text(role) for (role,) in read_rows(reader, bind_terms(_POSTS, ["actor"], {"actor": actor}))]
    nodes = describe_nodes(reader, sorted(found)[:_MOST_ROLES])
    ends = {end for node in nodes.values() for name in ("org:member", "org:organization") for end in node.all(name)}
    names = name_nodes(reader, ends)
    roles = [node for node in nodes.values() if "Role" in node.kinds]
    terms = [node for node in nodes.values() if "org:Membership" in node.kinds]
    return (*_group_roles(roles, names)[:_MOST], *_list_terms(terms, names)[:_MOST])


def _group_roles(roles: list[Node], names: Names) -> list[PostLine]:
    groups: dict[tuple[str, str, str, bool], list[Node]] = {}
    for role in roles:
        key = (role.one("org:member"), role.one("postTitle"), role.one("org:organization"), role.one("former") == "true")
        groups.setdefault(key, []).append(role)
    lines = []
    for (person, title, organisation, is_former), group in groups.items():
        days = sorted(day[:10] for role in group for day in role.all("published"))
        lines.append(
            PostLine(
                person=names.actor(person),
                title=title,
                organisation=names.actor(organisation) if organisation else None,
                is_former=is_former,
                since=days[0] if days else "",
                until=days[-1] if days else "",
                reports=len(group),
                role=min(role.iri for role in group),
                source="texts",
            )
        )
    return sorted(lines, key=lambda line: (-line.reports, line.person.label, line.title, line.role))


def _list_terms(terms: list[Node], names: Names) -> list[PostLine]:
    lines = [
        PostLine(
            person=names.actor(term.one("org:member")),
            title=term.one("org:role").rpartition("/")[2].replace("-", " "),
            organisation=names.actor(term.one("org:organization")) if term.one("org:organization") else None,
            is_former=bool(term.one("schema:endDate")),
            since=term.one("schema:startDate"),
            until=term.one("schema:endDate"),
            reports=0,
            role="",
            source="register",
        )
        for term in terms
    ]
    return sorted(lines, key=lambda line: (line.since, line.person.label, line.title), reverse=True)


_POSTS = """
PREFIX org: <http://www.w3.org/ns/org#>
SELECT DISTINCT ?role
WHERE {
  VALUES (?actor_param) { (UNDEF) }
  GRAPH ?graph { { ?role org:member ?actor_param } UNION { ?role org:organization ?actor_param } }
}
"""
