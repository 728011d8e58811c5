from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rdflib import Dataset

from tests.cli.desk import run, write_texts

RDF = {"ttl": "turtle", "trig": "trig", "nt": "nt", "nq": "nquads", "jsonld": "json-ld", "rdf": "xml"}


def test_actors_are_listed_those_who_say_most_first(store: Path) -> None:
    answer = run("actors", "-s", store)
    claims = [int(row[2]) for row in answer.rows[1:]]
    assert answer.rows[0] == ["actor", "type", "claims", "mentions", "iri"]
    assert claims == sorted(claims, reverse=True)
    assert {"Norway", "Maarika Tohvri"} <= {row[0] for row in answer.rows}


def test_the_list_of_actors_can_be_restricted(store: Path) -> None:
    answer = run("actors", "--type", "person", "--limit", "2", "-s", store)
    assert [row[1] for row in answer.rows[1:]] == ["Person", "Person"]


def test_an_unknown_type_of_actor_is_refused(store: Path) -> None:
    answer = run("actors", "--type", "persona", "-s", store)
    assert (answer.exit_code, "Person" in answer.stderr) == (2, True)


def test_one_actor_has_names_roles_and_claims(store: Path) -> None:
    answer = run("actor", "Maarika Tohvri", "-s", store)
    assert answer.exit_code == 0
    for part in ("Maarika Tohvri (Person)", "foreign minister", "says (", "roles (1)"):
        assert part in answer.stdout


def test_an_actor_can_be_named_by_its_iri(store: Path) -> None:
    iri = next(row[4] for row in run("actors", "-s", store).rows if row[0] == "Norway")
    assert run("actor", iri, "-s", store).stdout == run("actor", "Norway", "-s", store).stdout


def test_an_unknown_actor_ends_with_1(store: Path) -> None:
    answer = run("actor", "<script>alert(1)</script>", "-s", store)
    assert (answer.exit_code, answer.stdout, answer.stderr.count("\n")) == (1, "", 1)


def test_a_path_lists_the_evidence_of_each_step(store: Path) -> None:
    answer = run("path", "Maarika Tohvri", "Russia", "-s", store)
    assert (answer.exit_code, "path 1: Maarika Tohvri - " in answer.stdout) == (0, True)
    evidence = [line.strip() for line in answer.stdout.splitlines() if line.startswith("    ")]
    assert evidence
    assert run("explain", evidence[0], "-s", store).exit_code == 0


def test_where_there_is_no_path_the_answer_is_no(store: Path) -> None:
    assert run("path", "Maarika Tohvri", "Japan", "-s", store).exit_code == 1


@pytest.mark.parametrize("measure", ["degree", "in-degree", "out-degree", "pagerank", "betweenness", "closeness"])
def test_actors_are_ranked_by_each_measure(store: Path, measure: str) -> None:
    answer = run("centrality", measure, "-s", store)
    scores = [float(row[2]) for row in answer.rows[1:]]
    assert (answer.exit_code, answer.rows[0][2]) == (0, measure)
    assert scores == sorted(scores, reverse=True)


def test_an_unknown_measure_projection_or_day_ends_with_2(store: Path) -> None:
    assert run("centrality", "fame", "-s", store).exit_code == 2
    assert run("centrality", "--projection", "fame", "-s", store).exit_code == 2
    assert run("centrality", "--since", "soon", "-s", store).exit_code == 2
    assert run("centrality", "--confidence", "7", "-s", store).exit_code == 2


def test_filters_leave_edges_out(store: Path) -> None:
    everything, few = (run("centrality", "degree", *words, "-s", store).rows for words in ((), ("--kind", "CONSULT")))
    assert 1 < len(few) < len(everything)


def test_every_actor_of_the_projection_is_in_one_community(store: Path) -> None:
    members = [row[3] for row in run("communities", "-s", store).rows[1:]]
    assert members
    assert len(members) == len(set(members))
    assert set(members) == {row[4] for row in run("centrality", "-s", store).rows[1:]}


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # rdflib's parsers call what rdflib deprecates
@pytest.mark.parametrize("ending", sorted(RDF))
def test_rdf_exports_are_read_by_another_parser(store: Path, tmp_path: Path, ending: str) -> None:
    out = tmp_path / f"all.{ending}"
    assert run("export", out, "-s", store).stdout == f"wrote {out}\n"
    found = Dataset(default_union=True)
    found.parse(data=out.read_text("utf-8"), format=RDF[ending])
    assert len(found) > 500


def test_network_exports_and_the_page_are_well_formed(store: Path, tmp_path: Path) -> None:
    for ending in ("graphml", "gexf"):
        assert run("export", tmp_path / f"x.{ending}", "-s", store).exit_code == 0
        ET.parse(tmp_path / f"x.{ending}")  # noqa: S314 ours
    run("export", tmp_path / "x.csv", "-s", store)
    for name in ("x.csv", "x-nodes.csv"):
        rows = list(csv.reader(io.StringIO((tmp_path / name).read_text("utf-8"), newline="")))
        assert {len(row) for row in rows} == {len(rows[0])}
        assert len(rows) > 1
    run("export", tmp_path / "x.html", "-s", store)
    HTMLParser().feed((tmp_path / "x.html").read_text("utf-8"))


def test_an_export_to_standard_output_is_the_file(store: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "a.nq", "-s", store)
    assert run("export", "-", "-f", "nq", "-s", store).stdout == (tmp_path / "a.nq").read_text("utf-8")


def test_an_export_that_cannot_be_written_ends_with_2(store: Path, tmp_path: Path) -> None:
    assert run("export", tmp_path / "a.doc", "-s", store).exit_code == 2
    assert run("export", tmp_path / "none" / "a.nq", "-s", store).exit_code == 2
    assert run("export", "-", "-s", store).exit_code == 2
    assert run("export", tmp_path / "a.nq", "--since", "2026-01-01", "-s", store).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_a_sound_graph_is_valid(store: Path) -> None:
    answer = run("validate", "-s", store)
    assert (answer.exit_code, answer.stdout.startswith("valid: ")) == (0, True)


def test_a_damaged_graph_is_reported_and_ends_with_1(tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("build", write_texts(tmp_path / "texts"), "-s", store)
    from kg.store.terms import OxStore  # noqa: PLC0415 - only to do the damage

    inner = OxStore(str(store))
    content = "GRAPH ?g { ?s <https://sayso.example/ontology#content> ?c }"
    inner.update(f"DELETE {{ {content} }} WHERE {{ {content} }}")
    inner.flush()
    del inner
    answer = run("validate", "-s", store)
    assert answer.exit_code == 1
    assert answer.rows[0] == ["check", "what", "where", "why"]
    assert any("#a1" in row[1] and "content" in row[2] for row in answer.rows[1:])
    assert "findings" in answer.stderr


def test_stats_count_and_list_the_documents(store: Path, texts: Path) -> None:
    rows = run("stats", "-s", store).rows
    counts = {row[0]: row[1] for row in rows}
    assert counts["documents"] == "3"
    assert int(counts["claims"]) > 3
    assert str(texts / "aid.txt") in counts


def test_two_stores_that_are_equal_do_not_differ(store: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "a.nq", "-s", store)
    answer = run("diff", store, tmp_path / "a.nq")
    assert answer == (0, "", "")


def test_differences_are_signed_lines_and_end_with_1(store: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "a.nq", "-s", store)
    lines = (tmp_path / "a.nq").read_text("utf-8").splitlines(keepends=True)
    (tmp_path / "b.nq").write_text("".join(lines[:-2]), "utf-8")
    answer = run("diff", tmp_path / "a.nq", tmp_path / "b.nq")
    assert answer.exit_code == 1
    assert answer.stdout == "".join(f"- {line}" for line in sorted(lines[-2:]))
    assert run("diff", tmp_path / "a.nq", tmp_path / "b.nq", "--limit", "1").stdout.count("\n") == 1


def test_a_command_without_a_store_says_how_to_make_one(tmp_path: Path) -> None:
    for words in (["stats"], ["actors"], ["validate"], ["query", "who-claims"], ["export", tmp_path / "a.nq"], ["centrality"]):
        answer = run(*words, "-s", tmp_path / "none")
        assert (answer.exit_code, "kg build" in answer.stderr, answer.stderr.count("\n")) == (2, True, 1), words
    assert not (tmp_path / "none").exists()


def test_json_ld_is_json(store: Path, tmp_path: Path) -> None:
    run("export", tmp_path / "a.jsonld", "-s", store)
    assert json.loads((tmp_path / "a.jsonld").read_text("utf-8"))
