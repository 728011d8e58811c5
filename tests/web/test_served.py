"""The picture and the editor in a served page, under the content policies that docs/web.md names."""

import json
import re
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from kg.resources import find_bundle
from tests.web.browser import open_page
from tests.web.conftest import find_scripts

DOCS = Path(__file__).parents[2] / "docs" / "web.md"
PICTURE_POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:"
NETWORK = {
    "nodes": [
        {
            "id": "a",
            "label": "Anna <b>Noor</b>",
            "type": "Person",
            "x": 0,
            "y": 0,
            "size": 20,
            "colour": "#0072b2",
            "href": "/actor?a",
        },
        {"id": "b", "label": "Ostia", "type": "State", "x": 10, "y": 5, "size": 20, "colour": "#d55e00"},
    ],
    "edges": [{"source": "a", "target": "b", "kind": "speaks-of", "weight": 3, "href": "/edge?ab"}],
}
PAGES = {
    "/": "<title>Picture</title><link rel=icon href=data:,><link rel=stylesheet href=page.css>"
    "<div id=p data-picture=network.json><table></table></div><script type=module src=explorer.js></script>",
    "/missing": "<title>Missing</title><link rel=icon href=data:,><div id=p data-picture=none.json>kept</div>"
    "<script type=module src=explorer.js></script>",
    "/editor": "<title>Editor</title><link rel=icon href=data:,><link rel=stylesheet href=yasgui.css>"
    "<div data-editor=/sparql data-query='ASK {}'>kept</div><script type=module src=yasgui.js></script>",
    "/actor": "<title>Actor</title><link rel=icon href=data:,>",
    "/edge": "<title>Edge</title><link rel=icon href=data:,>",
}
ANSWER = {
    "head": {"vars": ["who"]},
    "results": {"bindings": [{"who": {"type": "literal", "value": "<script>document.title='run'</script>"}}]},
}


def find_editor_policy():
    parts = re.search(r"style-src 'self' 'sha256-[^']+'; img-src 'self' data:", DOCS.read_text("utf-8"))
    return f"default-src 'none'; script-src 'self'; connect-src 'self'; {parts.group()}"


class Handler(BaseHTTPRequestHandler):
    def __init__(self, queries, *arguments):
        self.queries = queries
        super().__init__(*arguments)

    def do_GET(self):
        path = self.path.partition("?")[0]
        if path in PAGES:
            self.answer(f"<!DOCTYPE html><meta charset=utf-8>{PAGES[path]}", "text/html; charset=utf-8")
        elif path == "/network.json":
            self.answer(json.dumps(NETWORK), "application/json")
        elif path == "/page.css":
            self.answer("#p { height: 400px }", "text/css")
        elif (file := find_bundle(path[1:])) is not None:
            self.answer(file.read_text("utf-8"), "text/css" if path.endswith(".css") else "text/javascript; charset=utf-8")
        else:
            self.send_error(404)

    def do_POST(self):
        self.queries.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.answer(json.dumps(ANSWER), "application/sparql-results+json")

    def answer(self, text, media_type):
        content = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(content)))
        self.send_header("Content-Security-Policy", find_editor_policy() if self.path.startswith("/editor") else PICTURE_POLICY)
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_arguments):
        pass


@pytest.fixture(scope="module")
def queries():
    return []


@pytest.fixture(scope="module")
def base(queries):
    find_scripts()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, queries))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_picture_is_drawn_from_its_address(page, base):
    page.page.goto(f"{base}/")
    page.page.wait_for_selector("[data-state=drawn]")
    assert page.page.evaluate("document.getElementById('p').picture.graph.order") == 2
    assert page.page.locator("#p table").count() == 0
    page.take_picture("picture")


def test_a_node_that_is_clicked_leads_to_its_page_and_so_does_an_edge(page, base):
    for target, address in ((["a", "a"], "/actor?a"), (["a", "b"], "/edge?ab")):
        page.page.goto(f"{base}/")
        page.page.wait_for_selector("[data-state=drawn]")
        x, y = page.page.evaluate(
            """([one, other]) => {
              const box = document.getElementById("p");
              const places = [one, other].map((id) => box.picture.find(id));
              const { left, top } = box.getBoundingClientRect();
              return [left + (places[0].x + places[1].x) / 2, top + (places[0].y + places[1].y) / 2];
            }""",
            target,
        )
        page.page.mouse.click(x, y)
        page.page.wait_for_url(f"{base}{address}")


def test_a_network_that_cannot_be_had_leaves_what_was_there(browser, base):
    with open_page(browser) as watched:
        watched.page.goto(f"{base}/missing")
        watched.page.wait_for_selector("[data-state=failed]")
        assert watched.page.inner_text("#p") == "kept"
    assert any("none.json: 404" in text for text in watched.complaints)


def test_the_editor_asks_this_server_alone_and_shows_the_rows_as_text(page, base, queries):
    queries.clear()
    page.page.goto(f"{base}/editor")
    page.page.click(".yasqe_queryButton")
    page.page.wait_for_selector(".yasr td")
    assert queries == ["query=ASK+%7B%7D"]
    assert page.page.title() == "Editor"
    assert "<script>document.title='run'</script>" in page.page.inner_text(".yasr")
    page.take_picture("editor")
    page.page.click(".yasr .select_response")
    page.page.wait_for_selector(".yasr .CodeMirror")


def test_the_address_of_the_editor_can_hold_a_query(page, base):
    page.page.goto(f"{base}/editor?query=SELECT%20*%20%7B%7D")
    page.page.wait_for_selector(".yasqe .CodeMirror-line")
    assert page.page.inner_text(".yasqe .CodeMirror-line") == "SELECT * {}"
