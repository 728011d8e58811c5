from __future__ import annotations

import gzip
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path

import networkx as nx
import pytest
from rdflib import Literal, URIRef

import kg
from kg.api.store import Store
from kg.errors import (
    ActorAmbiguousError,
    ClaimMissingError,
    DocumentRefusedError,
    ExportFormatError,
    OutputUnwritableError,
    ParameterInvalidError,
    QueryMissingError,
    QuerySyntaxError,
    QueryTimeoutError,
    StoreInvalidError,
    StoreMissingError,
)
from kg.export.network import VIEWS
from kg.query.catalogue import find_query, list_queries
from kg.query.run import run_named_query
from kg.store.reader import open_reader
from tests.api.graphs import NEWSROOM, write_store

_COUNT = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
_ADDED = "GRAPH <x:g> { <x:s> <x:p> 'new' }"


def test_opening_is_offered_by_the_package_itself_without_loading_anything_heavy() -> None:
    program = (
        "import kg, sys; heavy = {'pyoxigraph', 'rdflib', 'networkx', 'spacy', 'pandas', 'polars', 'pydantic'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
        "kg.open; print(sorted({'rdflib', 'networkx', 'spacy', 'pandas', 'polars'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=120)
    assert run.stdout.splitlines()[0] == "[]"
    assert not {"spacy", "pandas", "polars"} & set(eval(run.stdout.splitlines()[1]))  # noqa: S307 - printed by ourselves


def test_what_the_package_does_not_have_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'shut'"):
        kg.shut  # noqa: B018  # type: ignore[attr-defined]


def test_a_store_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreMissingError, match="no store here"):
        kg.open(tmp_path / "nothing")


def test_without_a_path_the_store_of_the_settings_is_opened(plain_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE", str(plain_path))
    with kg.open() as store:
        assert store.path == str(plain_path)


def test_an_endpoint_cannot_be_opened() -> None:
    with pytest.raises(ParameterInvalidError, match="working store"):
        kg.open("sparql+http://127.0.0.1:9/query")


def test_a_named_query_gives_what_the_command_line_gives(plain: Store, plain_path: Path) -> None:
    with open_reader(plain_path) as reader:
        expected = run_named_query(reader, find_query("who-claims"), {"frame": "stalling"})
    found = plain.query("who-claims", frame="stalling")
    assert found.serialize("tsv") == expected.serialize("tsv")
    assert found.columns == expected.variables


def test_days_are_given_as_python_has_them(plain: Store) -> None:
    as_text = plain.query("who-claims", since="2025-03-05")
    assert 0 < len(as_text) < len(plain.query("who-claims"))
    for day in (date(2025, 3, 5), datetime(2025, 3, 5, 23, 59, tzinfo=UTC)):
        assert list(plain.query("who-claims", since=day)) == list(as_text)


def test_a_parameter_that_is_none_is_not_given(plain: Store) -> None:
    assert list(plain.query("who-claims", about=None, since=None)) == list(plain.query("who-claims"))


@pytest.mark.parametrize("value", [1.5, True, ["stalling"]])
def test_a_parameter_of_a_strange_type_is_refused(plain: Store, value: object) -> None:
    with pytest.raises(ParameterInvalidError, match="frame="):
        plain.query("who-claims", frame=value)  # type: ignore[arg-type]


def test_parameters_are_terms_whatever_their_text(plain: Store) -> None:
    with pytest.raises(ParameterInvalidError, match="not in the scheme"):
        plain.query("who-claims", frame="stalling> } DROP ALL #")


def test_the_text_that_ran_has_its_parameters_bound_and_runs_again(plain: Store) -> None:
    found = plain.query("who-claims", frame="stalling", since=date(2025, 3, 5))
    assert '"2025-03-05"^^<http://www.w3.org/2001/XMLSchema#date>' in found.sparql
    assert list(plain.query(found.sparql)) == list(found)


def test_no_parameter_of_a_named_query_has_the_name_of_an_option() -> None:
    assert not [query.name for query in list_queries() if {"question", "time_limit_seconds"} & set(query.header.params)]


def test_sparql_without_a_header_takes_no_parameters(plain: Store) -> None:
    with pytest.raises(ParameterInvalidError, match="only a query with a `#\\+` header"):
        plain.query(_COUNT, about="Putin")


def test_a_file_with_a_header_takes_its_parameters(plain: Store, tmp_path: Path) -> None:
    path = tmp_path / "own.rq"
    path.write_text(
        "#+ id: own\n#+ summary: One\n#+ params:\n#+   text: {type: string}\n#+ columns: [text]\n"
        "SELECT ?text WHERE { VALUES (?text_param) { (UNDEF) } BIND(?text_param AS ?text) }"
    )
    assert list(plain.query(str(path), text='"} #')) == [('"} #',)]


def test_an_unknown_query_is_refused_with_near_ones(plain: Store) -> None:
    with pytest.raises(QueryMissingError, match="did you mean who-claims"):
        plain.query("who-claim")


@pytest.mark.parametrize("text", ["INSERT DATA { <x:a> <x:b> <x:c> }", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"])
def test_what_would_write_or_reach_the_network_is_refused(plain: Store, text: str) -> None:
    with pytest.raises(QuerySyntaxError):
        plain.query(text)


def test_a_query_of_ones_own_ends_at_its_limit(plain: Store) -> None:
    endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o FILTER(?a != ?o) }"
    with pytest.raises(QueryTimeoutError):
        plain.query(endless, time_limit_seconds=1)


def test_an_ask_is_true_or_false(plain: Store) -> None:
    yes, no = plain.query("ASK { ?s ?p ?o }"), plain.query("ASK { <x:a> <x:b> <x:c> }")
    assert (bool(yes), bool(no), yes.answer, no.answer) == (True, False, True, False)
    assert (repr(no), no._repr_html_()) == ("<QueryResult: no>", "<p>no</p>")


def test_rows_make_a_result_true_and_none_make_it_false(plain: Store) -> None:
    assert plain.query("SELECT ?s { ?s ?p ?o } LIMIT 1")
    assert not plain.query("SELECT ?s { ?s <x:none> ?o }")


def test_triples_are_rows_and_a_graph(plain: Store) -> None:
    found = plain.query("CONSTRUCT { ?s <x:label> ?o } WHERE { ?s <http://www.w3.org/2004/02/skos/core#prefLabel> ?o }")
    assert found.columns == ("subject", "predicate", "object")
    graph = found.to_rdflib()
    assert {(str(s), str(p), str(o)) for s, p, o in graph} == {tuple(row) for row in found}
    assert (None, URIRef("x:label"), Literal("Vladimir Putin")) in graph


def test_rows_make_no_graph(plain: Store) -> None:
    with pytest.raises(ExportFormatError, match="only a CONSTRUCT"):
        plain.query("SELECT ?s { ?s ?p ?o }").to_rdflib()


def test_a_store_stays_as_it_was_opened_until_it_is_refreshed(tmp_path: Path) -> None:
    path = write_store(tmp_path / "store", NEWSROOM.read_bytes())
    with kg.open(path) as store:
        before = store.query(_COUNT)[0].n
        write_store(path, _ADDED)
        assert store.query(_COUNT)[0].n == before
        assert dict(store.stats())["statements"] == before
        store.refresh()
        assert store.query(_COUNT)[0].n == before + 1


def test_a_refresh_that_fails_leaves_the_store_as_it_was(tmp_path: Path) -> None:
    path = write_store(tmp_path / "store", NEWSROOM.read_bytes())
    with kg.open(path) as store:
        before = store.query("who-claims")
        (path / "CURRENT").rename(path / "GONE")
        with pytest.raises(StoreMissingError):
            store.refresh()
        assert list(store.query("who-claims")) == list(before)


@pytest.mark.parametrize("text", ["who-claims", _COUNT])
def test_a_closed_store_says_so_and_what_was_read_stays(plain_path: Path, text: str) -> None:
    with kg.open(plain_path) as store:
        found = store.query(text)
    store.close()
    assert len(found) > 0
    with pytest.raises(StoreInvalidError, match="closed already"):
        store.query(text)


def test_nothing_is_left_beside_the_files_of_a_closed_store(tmp_path: Path) -> None:
    path = write_store(tmp_path / "store", NEWSROOM.read_bytes())
    with kg.open(path) as store:
        store.query(_COUNT)
        store.refresh()
    assert list((path / "snapshots").iterdir()) == []


def test_every_named_query_is_listed_with_its_parameters(plain: Store) -> None:
    listed = {row.query: row for row in plain.queries()}
    assert listed.keys() == {query.name for query in list_queries()}
    assert listed["who-claims"].parameters == "about, frame, since, until"


def test_actors_come_most_claims_first(plain: Store) -> None:
    claims = [row.claims for row in plain.actors()]
    assert claims == sorted(claims, reverse=True)
    assert claims[0] > 0


def test_the_tables_of_an_actor_are_of_that_actor(plain: Store) -> None:
    actor = plain.actor("Ilmar Kask")
    assert (actor.label, actor.type, actor.names[0]) == ("Ilmar Kask", "Person", "Ilmar Kask")
    assert {row.speaker_iri for row in actor.says} == {actor.iri}
    assert list(actor.said_of) == list(plain.query("claims-about", about=actor.iri))
    assert list(actor.posts) == list(plain.query("posts", person=actor.iri))


def test_a_state_has_the_posts_that_are_held_in_it(store: Store) -> None:
    assert [(row.person, row.post) for row in store.actor("Norway").posts] == [("Ragnhild Tveitdal", "prime minister")]


def test_a_name_of_several_actors_is_refused_with_their_iris(tmp_path: Path) -> None:
    kinds = "PREFIX kg: <https://sayso.example/ontology#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    twins = "GRAPH <x:actors> { <x:a> a kg:Person ; skos:prefLabel 'Twin' . <x:b> a kg:Person ; skos:prefLabel 'Twin' }"
    with kg.open(write_store(tmp_path / "store", f"{kinds} {twins}")) as store, pytest.raises(ActorAmbiguousError) as caught:
        store.actor("Twin")
    assert caught.value.candidates == (("Twin", "x:a"), ("Twin", "x:b"))


def test_the_evidence_of_a_claim_is_its_sentence(plain: Store) -> None:
    evidence = plain.explain("https://sayso.example/document/wire#a2")
    assert str(evidence) == evidence.sentence == "European diplomats argue that Putin is dragging the talks out."
    assert evidence._repr_html_().startswith(
        '<blockquote dir="auto"><mark title="source" style="background:#cfe8ff;color:#1a1a1a">European diplomats</mark> '
    )


def test_what_is_no_claim_has_no_evidence(plain: Store) -> None:
    with pytest.raises(ClaimMissingError):
        plain.explain("https://sayso.example/document/none#a1")


def test_a_triple_has_the_evidence_of_all_that_states_it(store: Store) -> None:
    found = store.explain_triple("Maarika Tohvri", "about", "Russia")
    assert [evidence.sentence.split()[0] for evidence in found] == ["Estonian", '"Moscow']


def test_a_search_keeps_to_its_filters(store: Store) -> None:
    found = store.search("the talks", speaker="Ragnhild Tveitdal", about="Russia", frame="stalling", since=date(2026, 3, 5))
    assert [(row.speaker, row.published, row.copies) for row in found] == [("Ragnhild Tveitdal", date(2026, 3, 5), 1)]
    assert not store.search("the talks", speaker="Ragnhild Tveitdal", until="2026-03-04")


@pytest.mark.parametrize("filters", [{"polarity": "maybe"}, {"since": "March"}, {"frame": "no-frame"}])
def test_a_filter_that_has_no_sense_is_refused(store: Store, filters: dict[str, str]) -> None:
    with pytest.raises(ParameterInvalidError):
        store.search("the talks", **filters)  # type: ignore[arg-type]


def test_claims_without_vectors_are_told_of(plain: Store) -> None:
    (note,) = plain.search("Putin stalls").notes
    assert "have no vector" in note


def test_a_question_about_time_counts_from_the_day_that_is_given(store: Store) -> None:
    asked = "who claimed last week that Russia is stalling"
    assert "from 2026-03-02, to 2026-03-08" in store.ask(asked, today=date(2026, 3, 11)).understood
    assert "from 2026-03-09, to 2026-03-15" in store.ask(asked, today="2026-03-18").understood


def test_the_answers_to_a_question_about_events_have_days(store: Store) -> None:
    answers = store.ask("whom did Maarika Tohvri meet")
    assert [(row.recipient, row.date) for row in answers] == [("Aino Hallakorpi", date(2026, 3, 2))]
    assert (answers.total, answers.question.kind) == (1, "events")
    assert "CONSULT" in answers.understood


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_passes_through_each_writer_of_networkx(plain: Store, view: str, tmp_path: Path) -> None:
    network = plain.to_networkx(view)
    assert network.graph["view"] == view
    for name, write in (("graphml", nx.write_graphml), ("gexf", nx.write_gexf), ("gml", nx.write_gml), ("net", nx.write_pajek)):
        if name != "net":  # Pajek's writer takes edge data as text alone
            write(network, str(tmp_path / name))
    read = nx.read_graphml(tmp_path / "graphml", force_multigraph=True)
    assert dict(read.nodes(data=True)) == dict(network.nodes(data=True))
    assert sorted(read.edges(keys=True)) == sorted(network.edges(keys=True))
    for *ends, data in network.edges(keys=True, data=True):
        assert read.edges[tuple(ends)].items() >= data.items()


def test_a_network_is_filtered_as_an_export_is(store: Store) -> None:
    whole = store.to_networkx("network")
    kinds = {data["kind"] for *_, data in whole.edges(data=True)}
    assert {"speaks-of", "role", "CONSULT"} <= kinds
    met = store.to_networkx("network", kinds=["CONSULT"], since=date(2026, 3, 1), until="2026-03-02")
    assert [data["kind"] for *_, data in met.edges(data=True)] == ["CONSULT"]
    assert not store.to_networkx("network", confidence=1.0).edges


def test_an_unknown_view_is_refused(plain: Store) -> None:
    with pytest.raises(ParameterInvalidError, match="no such view"):
        plain.to_networkx("friends")


def test_the_store_as_rdflib_sees_it_cannot_be_written_to(plain: Store) -> None:
    dataset = plain.to_rdflib()
    size = len(dataset)
    with pytest.raises(RuntimeError):
        dataset.graph(URIRef("x:g")).add((URIRef("x:s"), URIRef("x:p"), URIRef("x:o")))
    assert len(dataset) == size == plain.query(_COUNT)[0].n


def test_a_copy_for_rdflib_outlives_the_store_and_is_ones_own(plain_path: Path) -> None:
    with kg.open(plain_path) as store:
        dataset = store.to_rdflib(copy=True)
        size = store.query(_COUNT)[0].n
    dataset.graph(URIRef("x:g")).add((URIRef("x:s"), URIRef("x:p"), URIRef("x:o")))
    assert len(dataset) == size + 1
    label = URIRef("http://www.w3.org/2004/02/skos/core#prefLabel")
    assert list(dataset.quads((None, label, Literal("Vladimir Putin"), None)))


def test_an_export_is_the_file_of_the_command_line(plain: Store, tmp_path: Path) -> None:
    summary = plain.export(tmp_path / "x.csv", view="actors", since=date(2025, 3, 5))
    assert summary.paths == (str(tmp_path / "x.csv"), str(tmp_path / "x-nodes.csv"))
    assert any(note.startswith("left out, outside the dates") for note in summary.notes)
    assert plain.export(tmp_path / "t.csv", layout="dna").paths == (str(tmp_path / "t.csv"),)


def test_an_export_that_cannot_be_is_refused(plain: Store, tmp_path: Path) -> None:
    with pytest.raises(OutputUnwritableError):
        plain.export(tmp_path / "none" / "x.ttl")
    with pytest.raises(ParameterInvalidError, match="has no views"):
        plain.export(tmp_path / "x.csv", layout="dna", view="actors")


def test_a_text_is_annotated_without_a_store() -> None:
    annotation = kg.annotate_text("Harbour talks fail\n\nMira Solano said on Friday that Ostia was stalling.\n", profile="fast")
    (attribution,) = annotation.extraction.attributions
    text = annotation.document.text
    assert [text[begin:end] for begin, end in attribution.source] == ["Mira Solano"]
    assert annotation.document.title == "Harbour talks fail"


@pytest.mark.parametrize("text", ["", " \n", "half a pair \ud83d"])
def test_a_text_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(DocumentRefusedError):
        kg.annotate_text(text, profile="fast")


def test_a_plot_is_drawn_with_filters(plain: Store, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    summary = plain.plot("speakers", tmp_path / "x.svg", speaker="Ilmar Kask", since=date(2025, 1, 1))
    assert (summary.path, summary.notes) == (str(tmp_path / "x.svg"), ())
    assert "by Ilmar Kask, from 2025-01-01" in (tmp_path / "x.svg").read_text("utf-8")


def test_packed_rdf_is_exported_too(plain: Store, tmp_path: Path) -> None:
    plain.export(tmp_path / "x.nq.gz")
    lines = gzip.decompress((tmp_path / "x.nq.gz").read_bytes()).splitlines()
    assert len(lines) == plain.query(_COUNT)[0].n
