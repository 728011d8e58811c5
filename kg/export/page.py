"""One HTML file of who says what about whom: a graph to search and filter, or plain tables; nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from typing import TextIO
from xml.etree import ElementTree as ET

from kg.export.page_content import PageContent
from kg.export.page_data import to_json
from kg.export.page_table import make, serialize, write_tables
from kg.resources import find_bundle

#: What a page is called, and what is to be known before it is read.
TITLE = "Who says what about whom"
CAVEAT = "What is quoted here was said by others; that it stands here does not make it true."

_TABLE_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #16191d; background: #fff }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere;
  unicode-bidi: plaintext }
thead th { position: sticky; top: 0; background: #fff }
tbody th { background: #f4f5f7; font-weight: 600 }
a { color: #0b57a4 }
mark { padding: 0 .1em; color: inherit; unicode-bidi: isolate }
mark.source, mark.actor, mark.recipient { background: #cfe8ff }
mark.cue, mark.trigger { background: #ffe08a }
mark.content { background: #e3f4dc }
td.note { color: #545b66; font-size: .87em }
"""


def write_page(content: PageContent, stream: TextIO) -> bool:
    """Write the page and return whether it has the graph: without the built scripts it is its tables alone.

    A content policy allows the page's own script and style, by their digests, and nothing else: no request, no form,
    no other script. Text is escaped by serializers; cells take their own direction, so that right-to-left or override
    characters stay within theirs.
    """
    script, style = (_read_bundle(name) for name in ("page.js", "page.css"))
    stream.write('<!DOCTYPE html>\n<html lang="en">\n')
    if script is None or style is None:
        stream.write(serialize(_make_head(_TABLE_STYLE)))
        stream.write("<body>\n")
        _write_heading(stream)
        write_tables(content, stream)
        stream.write("</body>\n</html>\n")
        return False
    stream.write(serialize(_make_head(style, script)))
    stream.write('<body>\n<div id="app"></div>\n<noscript>\n')
    _write_heading(stream)
    write_tables(content, stream)
    stream.write('</noscript>\n<script type="application/json" id="data">')
    stream.write(to_json(content))
    # The script is this program's own, and its bundle is free of what would end the element.
    stream.write(f"</script>\n<script>{script}</script>\n</body>\n</html>\n")
    return True


def _write_heading(stream: TextIO) -> None:
    stream.write(serialize(make("h1", TITLE)))
    stream.write(serialize(make("p", CAVEAT)))


def _read_bundle(name: str) -> str | None:
    path = find_bundle(name)
    return None if path is None else path.read_text("utf-8")


def _make_head(style: str, script: str | None = None) -> ET.Element:
    """Return the head of a page; one with a script has the style of the tables for browsers that do not run it."""
    styles = (style,) if script is None else (style, _TABLE_STYLE)
    policy = ["default-src 'none'", f"style-src {' '.join(map(_name_digest, styles))}"]
    if script is not None:
        policy.append(f"script-src {_name_digest(script)}")
    policy += ["base-uri 'none'", "form-action 'none'"]
    head = ET.Element("head")
    head.append(make("meta", charset="utf-8"))
    head.append(make("meta", **{"http-equiv": "Content-Security-Policy", "content": "; ".join(policy)}))
    head.append(make("meta", name="viewport", content="width=device-width, initial-scale=1"))
    head.append(make("meta", name="referrer", content="no-referrer"))
    head.append(make("title", TITLE))
    # ElementTree writes the text of a style element as it is.
    ET.SubElement(head, "style").text = style
    if script is not None:
        ET.SubElement(ET.SubElement(head, "noscript"), "style").text = _TABLE_STYLE
    return head


def _name_digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
