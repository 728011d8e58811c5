"""What the script of the page is given: numbers that point into tables of texts."""

import pytest

from kg.analyse.relations import Filters, Node
from kg.errors import ParameterInvalidError
from kg.export.page_content import read_page
from kg.export.page_data import to_data, to_json
from kg.export.statements import Document, Link, Record, Statement
from kg.model.span import Span
from tests.export.test_html_page import to_content

ONE = "https://sayso.example/document/one"


@pytest.fixture(scope="module")
def data(told):
    return to_data(read_page(told, Filters()))


def find_statement(data, iri):
    return next(row for row in data["statements"] if data["documents"][row[1]][5] + row[9]["iri"] == iri)


def list_relations(data, name):
    numbers = next(family["relations"] for family in data["families"] if family["name"] == name)
    rows = [numbers[at : at + 5] for at in range(0, len(numbers), 5)]
    names = [node[1] for node in data["nodes"]]
    return [(names[s], data["kinds"][k], names[t], data["statements"][number][9]["iri"], c) for s, t, k, number, c in rows]


def test_a_sentence_with_two_claims_is_there_once(data):
    outer, inner = (find_statement(data, f"{ONE}#{name}") for name in ("a2", "a3"))
    assert outer[2] == inner[2]
    assert len(data["sentences"]) == len(set(data["sentences"]))


def test_the_marks_cut_the_sentence_into_its_parts(data):
    row = find_statement(data, f"{ONE}#a3")
    sentence, cuts, at = data["sentences"][row[2]], [], 0
    for part, length in zip(row[6][::2], row[6][1::2], strict=True):
        cuts.append((part, sentence[at : at + length]))
        at += length
    assert cuts == [
        (0, "Noor said that "),
        (3, "Veld"),
        (0, " "),
        (1, "had denied"),
        (0, " "),
        (6, "that Ostia was stalling"),
        (0, "."),
    ]


def test_lengths_are_counted_as_scripts_count_them():
    statement = Statement("x:c", "Claim", "", "😀 yes", Span(0, 5), (("content", (Span(0, 1),)),), "", 1.0, "x:d", ())
    row = to_data(to_content(Record({"x:c": statement}, (), {}, {}, ())))["statements"][0]
    assert row[6] == [6, 2, 0, 4]


def test_a_claim_ties_its_speaker_to_whom_it_is_about(data):
    assert ("Anna Noor", "speaks-of", "Ostia", "#a1", 90) in list_relations(data, "speaks-of")


def test_a_post_ties_a_person_to_an_organisation_and_has_its_words(data):
    assert list_relations(data, "roles") == [("Anna Noor", "role", "Harbour League", "#r1", 95)]
    row = find_statement(data, f"{ONE}#r1")
    assert (row[0], data["sentences"][row[2]], row[9]["type"]) == (2, "Harbour League secretary Anna Noor", "secretary")


def test_an_event_that_did_not_happen_is_a_statement_and_no_tie(data):
    assert find_statement(data, f"{ONE}#e3")[9]["notes"] == ["negated"]
    assert "#e3" not in [relation[3] for relation in list_relations(data, "events")]


def test_frames_are_nodes_of_a_layout_of_their_own(data):
    types = {data["types"][data["nodes"][row[0]][2]] for row in data["layouts"][1]}
    assert "Frame" in types
    assert "Frame" not in {data["types"][data["nodes"][row[0]][2]] for row in data["layouts"][0]}


def test_every_end_of_a_tie_has_a_place_in_the_layout_of_its_family(data):
    for family in data["families"]:
        placed = {row[0] for row in data["layouts"][family["layout"]]}
        assert {*family["relations"][::5], *family["relations"][1::5]} <= placed


def test_a_speaker_whom_no_document_names_is_the_words_for_him():
    facts = (("source_text", "two officials"),)
    statement = Statement("x:d#c", "Claim", "", "It is so.", Span(0, 9), (), "2031-01-02", 1.0, "x:d", facts)
    data = to_data(to_content(Record({"x:d#c": statement}, (), {}, {}, ())))
    assert data["statements"] == [[0, 0, 0, 0, 1.0, 0, [0, 9], ["two officials"], [], {"iri": "#c"}]]


def test_a_party_that_no_tie_has_is_its_name():
    statement = Statement("x:c", "Claim", "", "So.", Span(0, 3), (), "", 1.0, "x:d", ())
    record = Record({"x:c": statement}, (Link("x:c", "says", "x:a"),), {"x:a": Node("x:a", "Anna Noor", "Person")}, {}, ())
    assert to_data(to_content(record))["statements"][0][7] == ["Anna Noor"]


def test_a_document_without_a_title_has_its_path():
    statement = Statement("x:c", "Claim", "", "So.", Span(0, 3), (), "", 1.0, "x:d", ())
    document = Document("x:d", "", "The Quay", "", "2031", "quay/one.txt", "ftp://quay.example/")
    data = to_data(to_content(Record({"x:c": statement}, (), {}, {"x:d": document}, ())))
    assert data["documents"] == [["quay/one.txt", "The Quay", "", "2031", "", "x:d"]]


def test_the_json_has_no_character_that_html_or_old_scripts_would_act_on():
    text = "</script><!-- & \u2028\u2029"
    statement = Statement("x:c", "Claim", "", text, Span(0, len(text)), (), "", 1.0, "x:d", ())
    found = to_json(to_content(Record({"x:c": statement}, (), {}, {}, ())))
    assert not set("<>&\u2028\u2029") & set(found)


def test_filters_leave_out_posts_too(reader):
    assert read_page(reader, Filters(min_confidence=0.96)).roles == ()
    assert [role.iri for role in read_page(reader, Filters(min_confidence=0.95)).roles] == [f"{ONE}#r1"]


def test_a_filter_without_sense_is_refused(reader):
    with pytest.raises(ParameterInvalidError, match="between 0 and 1"):
        read_page(reader, Filters(min_confidence=2))


def test_an_empty_store_has_empty_tables():
    data = to_data(to_content(Record({}, (), {}, {}, ())))
    assert {name: value for name, value in data.items() if value} == {"layouts": [[], []]}
