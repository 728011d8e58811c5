"""`kg.open`: a store to be questioned from Python."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from os import PathLike, fspath
from typing import TYPE_CHECKING, Literal

from kg.api.actors import Actor
from kg.api.answers import Answers, make_hits
from kg.api.evidence import Evidence, to_evidence
from kg.api.opened import Opened
from kg.api.results import QueryResult
from kg.api.tables import Table
from kg.api.values import Day, Given, to_day, to_given
from kg.errors import ParameterInvalidError
from kg.query.actors import identify_actor, list_actors
from kg.query.ask import ask_store
from kg.query.catalogue import list_queries, read_question
from kg.query.explain import explain_claim, explain_triple
from kg.query.parameters import bind_parameters
from kg.query.results import read_result
from kg.query.run import TIME_LIMIT_SECONDS, run_query
from kg.query.search_filters import ClaimFilters
from kg.query.statistics import count_contents
from kg.settings import read_settings

if TYPE_CHECKING:
    from rdflib import Dataset

    from kg.analyse.relations import Filters
    from kg.export.formats import ExportSummary
    from kg.export.multigraph import MultiDiGraph
    from kg.export.plots import PlotSummary


class Store(Opened):
    """A store as it was when it was opened; a context manager. It is only read, beside builds or alone.

    Actors are given by label, alias, QID or IRI, frames and types by notation, days as `datetime.date` or `YYYY-MM-DD`.

    Attributes:
        path: the store's folder.
    """

    def query(self, question: str, /, *, time_limit_seconds: float = TIME_LIMIT_SECONDS, **parameters: Given) -> QueryResult:
        """Return the result of a named query, of a file `….rq`, or of SPARQL text.

        Args:
            question: what holds `{` or several words is SPARQL, what ends in `.rq` a file, one word a name.
            time_limit_seconds: for queries of your own, which run in a process that is ended then. Named ones have none.
            parameters: of a query with a header, bound as terms; None is as if it were not given.

        Raises:
            QueryMissingError, InputMissingError: there is no such query or file.
            QuerySyntaxError: the text is no SPARQL, an update, or asks another service.
            QueryTimeoutError: it ran into the limit of time or memory.
            ParameterInvalidError: a parameter is unknown or cannot be read as its type.
            ActorMissingError, ActorAmbiguousError: a name fits no actor, or several.
        """
        asked = read_question(question)
        values = {name: to_given(name, value) for name, value in parameters.items() if value is not None}
        if isinstance(asked, str):
            if values:
                raise ParameterInvalidError(f"{min(values)!r}: only a query with a `#+` header takes parameters")
            text = asked
        else:
            text = bind_parameters(self._reader, asked, values)
            if asked.is_ours:
                return QueryResult(read_result(self._reader.query(text)), text)
        return QueryResult(run_query(self._reader.files, text, time_limit_seconds=time_limit_seconds), text)

    def queries(self) -> Table:
        """Return the named queries: what each answers, its parameters and columns."""
        headers = (query.header for query in list_queries())
        rows = ((header.id, header.summary, ", ".join(header.params), ", ".join(header.columns)) for header in headers)
        return Table(("query", "answers", "parameters", "columns"), rows)

    def actors(self) -> Table:
        """Return every actor, most claims first, then most mentions."""
        entries = list_actors(self._reader)
        return Table(
            ("label", "type", "claims", "mentions", "iri"),
            ((entry.label, entry.type, entry.claims, entry.mentions, entry.iri) for entry in entries),
        )

    def actor(self, name: str) -> Actor:
        """Return one actor.

        Raises:
            ActorMissingError: nothing has this name.
            ActorAmbiguousError: several actors have it; its `candidates` are their labels and IRIs.
        """
        return Actor(*identify_actor(self._reader, name), self.query)

    def documents(self) -> QueryResult:
        """Return every document and where it comes from: the query `nodes-documents`."""
        return self.query("nodes-documents")

    def stats(self) -> Table:
        """Return how much there is of each kind, as `kg stats` counts it."""
        return Table(("what", "count"), (*count_contents(self._reader), ("statements", self._reader.size)))

    def explain(self, claim: str) -> Evidence:
        """Return the sentence behind a claim, event, role or coded event, with the evidence marked.

        Args:
            claim: its IRI.

        Raises:
            ClaimMissingError: nothing of these has this IRI.
        """
        return to_evidence(explain_claim(self._reader, claim))

    def explain_triple(self, subject: str, predicate: str, target: str) -> tuple[Evidence, ...]:
        """Return the sentences behind a triple, such as `("Kask", "about", "Putin")`; see `kg explain`.

        Raises:
            ActorMissingError, ActorAmbiguousError: subject or target is nothing that this store knows, or several.
            ClaimMissingError: nothing states it.
        """
        return tuple(map(to_evidence, explain_triple(self._reader, subject, predicate, target)))

    def search(
        self,
        text: str,
        *,
        speaker: str | None = None,
        about: str | Iterable[str] = (),
        frame: str | None = None,
        polarity: Literal["affirmed", "negated"] | None = None,
        since: Day = None,
        until: Day = None,
        limit: int = 10,
    ) -> Table:
        """Return the claims whose content is most like a text, best first, as `kg search` does.

        Raises:
            ParameterInvalidError: a filter cannot be read.
            ActorMissingError, ActorAmbiguousError: a name fits no actor, or several.
        """
        if polarity not in {None, "affirmed", "negated"}:
            raise ParameterInvalidError(f"polarity {polarity!r}: write affirmed or negated")
        names = (about,) if isinstance(about, str) else about
        filters = ClaimFilters(
            speaker=self._find_actor(speaker),
            about=tuple(map(self._find_actor, names)),
            frame=self._find_frame(frame),
            polarity=polarity,
            since=to_day("since", since),
            until=to_day("until", until),
        )
        return make_hits(self._searcher.search(text, filters, limit), self._searcher.index)

    def ask(self, question: str, *, today: Day = None, limit: int = 20) -> Answers:
        """Return the answers to a question in plain English, as `kg ask` does.

        Args:
            question: see `docs/search.md`.
            today: what "last week" counts from; the current day (UTC) by default.
            limit: the most rows.

        Raises:
            ActorAmbiguousError: a name means several actors equally well.
        """
        day = to_day("today", today) or datetime.now(tz=UTC).date()
        return Answers(*ask_store(self._reader, question, day, limit))

    def to_networkx(
        self,
        view: str = "actors",
        *,
        kinds: Collection[str] | None = None,
        since: Day = None,
        until: Day = None,
        confidence: float = 0.0,
        unreal: bool = False,
    ) -> MultiDiGraph:
        """Return a view of the graph for networkx; its attributes are in `kg.export.multigraph.to_networkx`.

        Args:
            view: actors (who speaks of whom), events, roles, discourse, ..., as `kg export --view` has them.
            kinds: only these kinds of edges: speaks-of, role, CONSULT, AID, ...; None for all.
            since: not before this day.
            until: not after this day, itself included.
            confidence: 0 to 1, the least.
            unreal: whether events stay that are negated, future or hypothetical.

        Raises:
            ParameterInvalidError: the view is unknown, or a filter has no sense.
        """
        from kg.export.multigraph import to_networkx  # noqa: PLC0415 - networkx takes 0.4 s
        from kg.export.network import read_network  # noqa: PLC0415

        return to_networkx(read_network(self._reader, view, _to_filters(kinds, since, until, confidence, unreal=unreal)))

    def to_rdflib(self, *, copy: bool = False) -> Dataset:
        """Return the store as an rdflib `Dataset` whose default graph is the union of all graphs.

        Args:
            copy: whether it is a copy in memory, which lives on and can be written to (some 6 s for 100,000 statements). Else it
                is the store itself, read through oxrdflib as long as the store is open and not refreshed, where string
                literals have the datatype `xsd:string`; writing to it raises.
        """
        from kg.store.view import copy_store, open_view  # noqa: PLC0415 - rdflib takes 0.3 s

        return copy_store(self._reader) if copy else open_view(self._reader)

    def export(
        self,
        path: str | PathLike[str],
        *,
        form: str | None = None,
        view: str | None = None,
        layout: str | None = None,
        kinds: Collection[str] | None = None,
        since: Day = None,
        until: Day = None,
        confidence: float = 0.0,
        unreal: bool = False,
    ) -> ExportSummary:
        """Write the store, or a view of it, to a file whose ending names the format, as `kg export` does.

        Returns:
            The files written, and in `notes` what was summed, changed or left out.

        Raises:
            ExportFormatError: the ending names no format.
            ParameterInvalidError: a view, layout or filter is unknown, or has no effect in this format.
            OutputUnwritableError: the file cannot be written.
        """
        from kg.export.choice import choose_export  # noqa: PLC0415 - networkx takes 0.4 s

        write = choose_export(fspath(path), file_format=form, view=view, layout=layout)
        return write(self._reader, _to_filters(kinds, since, until, confidence, unreal=unreal), None)

    def plot(
        self,
        kind: str,
        path: str | PathLike[str],
        *,
        about: str | None = None,
        speaker: str | None = None,
        frame: str | None = None,
        since: Day = None,
        until: Day = None,
        confidence: float = 0.0,
        view: str | None = None,
        top: int | None = None,
    ) -> PlotSummary:
        """Draw `frames-over-time`, `speakers`, `timeline` or `network` into a PNG or SVG, as `kg plot` does.

        Raises:
            PackageMissingError: matplotlib is not installed.
            PlotEmptyError: nothing passes the filters; no file is written.
            ParameterInvalidError, ExportFormatError, OutputUnwritableError: see `kg.export.plots.run_plot`.
        """
        from kg.export.plots import run_plot  # noqa: PLC0415 - networkx takes 0.4 s
        from kg.export.plots_data import PlotFilters  # noqa: PLC0415

        filters = PlotFilters(
            about=self._find_actor(about),
            speaker=self._find_actor(speaker),
            frame=self._find_frame(frame),
            since=to_day("since", since),
            until=to_day("until", until),
            min_confidence=confidence,
        )
        return run_plot(self._reader, kind, fspath(path), filters=filters, view=view, top=top)


def open_store(path: str | PathLike[str] | None = None) -> Store:
    """Open a store for reading, as it is now.

    Args:
        path: its folder; by default what the command line would take: `KG_STORE`, `kg.toml`, `./kg-store`.

    Raises:
        StoreMissingError: there is no store.
        StoreInvalidError: it cannot be opened.
        ParameterInvalidError: an endpoint was given; only a folder can be opened.
    """
    settings = read_settings({"store": None if path is None else fspath(path)})
    if settings.remote:
        raise ParameterInvalidError(f"{settings.remote!r}: an endpoint; open the folder of its working store")
    return Store(settings.store)


def _to_filters(kinds: Collection[str] | None, since: Day, until: Day, confidence: float, *, unreal: bool) -> Filters:
    from kg.analyse.relations import Filters  # noqa: PLC0415

    return Filters(
        kinds=frozenset(kinds) if kinds is not None else None,
        since=to_day("since", since),
        until=to_day("until", until),
        min_confidence=confidence,
        unreal=unreal,
    )
