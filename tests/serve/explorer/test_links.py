from __future__ import annotations

from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.serve.explorer.links import change_link, make_link, to_outside


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(min_size=1))
def test_whatever_an_iri_holds_comes_back_from_its_address(iri: str) -> None:
    try:
        iri.encode()
    except UnicodeEncodeError:
        return
    address = make_link("/actor", iri=iri)
    assert parse_qs(urlsplit(address).query, keep_blank_values=True) == {"iri": [iri]}
    assert not set(address) & set(" \"'<>#")


def test_what_is_empty_is_left_out_of_an_address() -> None:
    assert make_link("/claims", speaker="", about=None, page=0) == "/claims?page=0"
    assert make_link("/claims", since=date(2026, 3, 1)) == "/claims?since=2026-03-01"


def test_another_filter_begins_at_the_first_page() -> None:
    assert change_link("/claims", {"frame": "threat", "page": 7}, about="Q1") == "/claims?frame=threat&about=Q1"
    assert change_link("/claims", {"frame": "threat", "page": 7}, page=8) == "/claims?frame=threat&page=8"
    assert change_link("/claims", {"frame": "threat"}, frame=None) == "/claims"


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)", "JAVASCRIPT:alert(1)", "data:text/html,<b>", "//evil.example/x", "ftp://a.example/", "http:///x",
        "https://a.example/\nx", "vbscript:x", "", "relative/path", "http://[bad",
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url: str) -> None:
    assert to_outside(url) == ""


def test_an_address_of_the_web_is_kept_as_it_is() -> None:
    assert to_outside(" https://a.example/x?y=1#z ") == "https://a.example/x?y=1#z"
