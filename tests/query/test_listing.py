"""The page of the named queries."""

from __future__ import annotations

from pathlib import Path

from kg.query.catalogue import list_queries
from kg.query.listing import describe_queries

PAGE = Path(__file__).parents[2] / "docs" / "queries.md"


def test_the_page_lists_the_queries_as_their_headers_are_now() -> None:
    assert PAGE.read_text("utf-8") == describe_queries(list_queries()), "python -m kg.query.listing > docs/queries.md"


def test_every_query_has_an_entry_with_its_parameters() -> None:
    page = describe_queries(list_queries())
    assert page.count("### `") == len(list_queries())
    assert "- `reports` (2): least number of reports." in page


def test_no_query_gives_a_page_without_sections() -> None:
    assert "\n## " not in describe_queries([])
