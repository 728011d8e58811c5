from __future__ import annotations

import pytest

from kg.errors import QueryHeaderError
from kg.query.header import read_header

GOOD = """#+ id: who-sings
#+ summary: Who sings
#+ params:
#+   about: {type: actor, summary: "of whom"}
#+   frame: {type: concept, scheme: frame}
#+ columns: [singer, song]
SELECT ?singer ?song { }
"""


def test_a_header_tells_parameters_and_columns_in_order() -> None:
    header = read_header(GOOD, "x.rq")
    assert header.id == "who-sings"
    assert [(name, parameter.type) for name, parameter in header.params.items()] == [("about", "actor"), ("frame", "concept")]
    assert header.columns == ("singer", "song")


def test_a_file_without_a_header_is_refused() -> None:
    with pytest.raises(QueryHeaderError, match=r"^x.rq: its first line"):
        read_header("SELECT * { }", "x.rq")


def test_only_the_leading_lines_are_the_header() -> None:
    with pytest.raises(QueryHeaderError, match="columns"):
        read_header(GOOD.replace("#+ columns", "\n#+ columns"), "x.rq")


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("#+ summary: Who sings", "#+ summary: [", "not YAML"),
        ("#+ summary: Who sings", "#+ summary: ''", "'summary'"),
        ("id: who-sings", "id: Who Sings", "'id'"),
        ("type: actor", "type: person", "'params.about.type'"),
        ("scheme: frame", "summary: x", "scheme"),
        ("type: actor,", "type: actor, scheme: frame,", "scheme"),
        ("type: actor,", "type: actor, required: true, default: Kask,", "required"),
        ("[singer, song]", "['singer } DROP', song]", "'columns"),
        ("#+ columns", "#+ colour: red\n#+ columns", "'colour'"),
    ],
)
def test_a_malformed_field_is_named_in_one_line(old: str, new: str, problem: str) -> None:
    assert old in GOOD
    with pytest.raises(QueryHeaderError, match=problem) as caught:
        read_header(GOOD.replace(old, new, 1), "x.rq")
    assert "\n" not in str(caught.value)
