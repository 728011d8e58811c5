"""One actor of a store: who it is, what it says, what is said of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from kg.api.markup import escape
from kg.api.results import QueryResult
from kg.query.actors import ActorEntry

Ask = Callable[..., QueryResult]


class Actor:
    """An actor; its tables are those of the named queries, read when they are first asked for.

    Attributes:
        iri: what names it in the graph; good for every parameter that is an actor.
        label: its name.
        type: `Person`, `State`, `Organisation`, `Group`, `Place`; `Actor` where no more is known.
        claims: number of claims that it is the speaker of.
        mentions: number of places where a text names, describes or stands for it.
        names: label first, then aliases, sorted.
        same_as: IRIs of the same actor elsewhere.
    """

    def __init__(self, entry: ActorEntry, names: tuple[str, ...], same_as: tuple[str, ...], ask: Ask) -> None:
        self.iri = entry.iri
        self.label = entry.label
        self.type = entry.type
        self.claims = entry.claims
        self.mentions = entry.mentions
        self.names = names
        self.same_as = same_as
        self._ask = ask

    @cached_property
    def says(self) -> QueryResult:
        """The claims that it makes: the query `claims-by`."""
        return self._ask("claims-by", speaker=self.iri)

    @cached_property
    def said_of(self) -> QueryResult:
        """The claims that are about it: the query `claims-about`."""
        return self._ask("claims-about", about=self.iri)

    @cached_property
    def acts(self) -> QueryResult:
        """The events where it acts: the query `events-between`."""
        return self._ask("events-between", actor=self.iri)

    @cached_property
    def is_acted_on(self) -> QueryResult:
        """The events where it is acted on: the query `events-between`."""
        return self._ask("events-between", recipient=self.iri)

    @cached_property
    def posts(self) -> QueryResult:
        """The posts that a person holds; of others those that are held in them: the query `posts`."""
        return self._ask("posts", **{"person" if self.type == "Person" else "organisation": self.iri})

    def __repr__(self) -> str:
        return f"<Actor: {self.label}, {self.type}; {self.claims} claims, {self.mentions} mentions; {self.iri}>"

    def _repr_html_(self) -> str:
        others = f"<p>{escape(', '.join(self.names[1:]))}</p>" if len(self.names) > 1 else ""
        facts = f"{self.type}, {self.claims} claims, {self.mentions} mentions"
        return f'<h4 dir="auto">{escape(self.label)}</h4>{others}<p>{escape(facts)}</p><p>{escape(self.iri)}</p>'
