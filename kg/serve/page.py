"""The page at `/`: where the endpoint is, and the named queries. Plain HTML without script, from this machine alone."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from kg.query.catalogue import NamedQuery, list_queries
from kg.serve.asking import Asker

_STYLE = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 60rem; margin: 2rem auto; padding: 0 1rem }
body { color: #1a1a1a; background: #fff }
textarea { width: 100%; box-sizing: border-box; font: .9rem/1.4 ui-monospace, monospace }
pre { overflow-x: auto; background: #f3f3f3; padding: .8rem; font-size: .85rem }
summary { cursor: pointer }
code { background: #f3f3f3; padding: 0 .2rem }
"""
_DIGEST = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()

#: Nothing is loaded from anywhere, nothing is run, and the page cannot be framed.
CONTENT_SECURITY_POLICY = (
    f"default-src 'none'; style-src 'sha256-{_DIGEST}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_EXAMPLE = """PREFIX kg: <https://sayso.example/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?speaker ?content ?document WHERE {
  GRAPH ?document { ?claim a kg:Claim ; kg:speaker ?iri ; kg:content ?content }
  GRAPH ?actors { ?iri skos:prefLabel ?speaker }
} LIMIT 20"""


_HEADERS = {"Content-Security-Policy": CONTENT_SECURITY_POLICY, "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def routes(_: Asker) -> list[BaseRoute]:
    """Return the page's address, `/`."""
    text = write_page(list_queries())

    async def show(_: Request) -> Response:
        return HTMLResponse(text, headers=_HEADERS)

    return [Route("/", show, methods=["GET"])]


def write_page(queries: Iterable[NamedQuery]) -> str:
    """Return the page; every text in it is escaped."""
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sayso</title>
<style>{_STYLE}</style>
</head>
<body>
<h1>Sayso</h1>
<p>Who says what about whom. The graph is answered at <a href="/sparql"><code>/sparql</code></a> by the SPARQL 1.1 Protocol:
it reads only, and on this machine only. Without <code>FROM</code>, the default graph is the union of all graphs.</p>
<form action="/sparql" method="get">
<p><label for="query">SPARQL</label></p>
<textarea id="query" name="query" rows="9" spellcheck="false">{escape(_EXAMPLE)}</textarea>
<p><button>Ask</button></p>
</form>
<h2>Named queries</h2>
<p>With parameters, they are asked by <code>kg query NAME -p name=value</code>; here they run without.</p>
{"".join(_write_query(query) for query in queries)}</body>
</html>
"""


def _write_query(query: NamedQuery) -> str:
    parameters = ", ".join(f"{name} ({parameter.type})" for name, parameter in query.header.params.items())
    needed = any(parameter.required for parameter in query.header.params.values())
    link = "" if needed else f'<p><a href="/sparql?query={escape(quote(query.text, safe=""))}">Ask it</a></p>\n'
    return f"""<details>
<summary><strong>{escape(query.name)}</strong>: {escape(query.header.summary)}</summary>
<p>Parameters: {escape(parameters or "none")}. Columns: {escape(", ".join(query.header.columns))}.</p>
{link}<pre>{escape(query.text)}</pre>
</details>
"""
