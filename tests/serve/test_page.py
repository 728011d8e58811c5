from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser
from pathlib import Path

from kg.query.catalogue import NamedQuery, list_queries
from kg.query.header import Header
from kg.serve.page import write_page
from tests.serve.conftest import Client


class Elements(HTMLParser):
    """Collects the tags with their attributes, and the text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_lists_every_named_query(client: Client) -> None:
    found = Elements(client.get("/").text)
    for query in list_queries():
        assert f"{query.name}: {query.header.summary}" in found.text


def test_the_links_of_the_page_lead_to_answers(client: Client) -> None:
    links = [attributes["href"] or "" for tag, attributes in Elements(client.get("/").text).tags if tag == "a"]
    asked = [link for link in links if "query=" in link][:3]
    assert asked
    for link in asked:
        assert client.get(link).status_code == 200


def test_the_page_loads_and_runs_nothing(client: Client) -> None:
    answer = client.get("/")
    tags = Elements(answer.text).tags
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in tags}
    assert not any(name.startswith("on") for _, attributes in tags for name in attributes)
    assert all(value is None or not re.match(r"(?:https?:)?//", value) for _, a in tags for k, value in a.items() if k != "class")
    assert "default-src 'none'" in answer.headers["content-security-policy"]


def test_the_policy_allows_the_style_of_the_page_and_no_other(client: Client) -> None:
    answer = client.get("/")
    style = answer.text.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in answer.headers["content-security-policy"]


def test_a_query_that_holds_markup_is_shown_as_text() -> None:
    evil = "</pre><script>alert(1)</script>\"'&"
    query = NamedQuery(
        header=Header(id="odd", summary=evil, params={}, columns=("a",)), text=f"ASK {{}} # {evil}", path=Path("odd.rq")
    )
    found = Elements(write_page([query]))
    assert "script" not in {tag for tag, _ in found.tags}
    assert found.text.count(evil) == 2


def test_a_request_for_another_host_name_is_refused(client: Client) -> None:
    for path in ("/", "/sparql?query=ASK%20%7B%7D"):
        assert client.get(path, headers={"Host": "attacker.example"}).status_code == 400


def test_no_page_of_another_origin_may_read_an_answer(client: Client) -> None:
    answer = client.get("/sparql", params={"query": "ASK {}"}, headers={"Origin": "https://attacker.example"})
    assert not [name for name in answer.headers if name.startswith("access-control-")]


def test_any_other_address_is_not_found(client: Client) -> None:
    assert client.get("/../etc/passwd").status_code == 404
