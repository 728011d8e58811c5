import pytest

from kg.rdf.terms import XSD, Iri, Literal, Quad, to_date, to_decimal, to_index, to_text


@pytest.mark.parametrize(
    ("given", "value", "datatype"),
    [
        ("2031-05-02", "2031-05-02", "date"),
        ("2031-05-02T18:14:00+03:00", "2031-05-02T18:14:00+03:00", "dateTime"),
        ("2031-05-02T18:14Z", "2031-05-02T18:14:00Z", "dateTime"),
        ("2031-05-02 18:14:09.5-0330", "2031-05-02T18:14:09.5-03:30", "dateTime"),
        ("2031-05-02T18:14", "2031-05-02T18:14:00", "dateTime"),
        ("2031-05", "2031-05", "gYearMonth"),
        ("2031", "2031", "gYear"),
    ],
)
def test_a_date_has_the_datatype_of_its_form(given: str, value: str, datatype: str) -> None:
    assert to_date(given) == Literal(value, XSD + datatype)


@pytest.mark.parametrize("given", ["2031-02-31", "2031-13-01", "2031-13", "2031-05-02T25:00", "Friday", "", "02/05/2031"])
def test_a_date_that_is_none_gives_nothing(given: str) -> None:
    assert to_date(given) is None


@pytest.mark.parametrize(
    ("given", "value"), [(0.9, "0.9"), (0.91, "0.91"), (0.9126, "0.913"), (1.0, "1"), (0.0, "0"), (1e-9, "0")]
)
def test_a_confidence_is_a_decimal_in_canonical_form(given: float, value: str) -> None:
    assert to_decimal(given) == Literal(value, XSD + "decimal")


def test_half_a_character_is_replaced_and_nothing_else_is_touched() -> None:
    assert to_text("a\ud800b\x00\u202e\\u0041").value == "a\ufffdb\x00\u202e\\u0041"


def test_an_offset_is_never_negative() -> None:
    with pytest.raises(ValueError, match="never negative"):
        to_index(-1)


def test_quads_with_iris_and_literals_sort_together() -> None:
    subject, predicate, graph = Iri("urn:s"), Iri("urn:p"), Iri("urn:g")
    objects = [to_text("b", "en"), Iri("c"), to_text("a"), to_text("b")]
    ordered = sorted(Quad(subject, predicate, value, graph) for value in objects)
    assert [quad.object.value for quad in ordered] == ["a", "b", "b", "c"]
