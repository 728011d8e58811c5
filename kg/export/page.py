"""One HTML page of claims and events with their sentences: no script, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import TextIO
from xml.etree import ElementTree as ET

from kg.export.statements import Document, Record, Statement
from kg.export.text import replace_forbidden
from kg.model.span import Spans

_STYLE = """
body { font: 15px/1.45 system-ui, sans-serif; margin: 2rem; color: #1a1a1a; background: #fff }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem }
th, td { border-bottom: 1px solid #ccc; padding: .4rem .6rem; text-align: left; vertical-align: top; overflow-wrap: anywhere }
th { position: sticky; top: 0; background: #fff }
mark { padding: 0 .1em }
mark.source, mark.actor, mark.recipient { background: #cfe8ff }
mark.cue, mark.trigger { background: #ffe08a }
mark.content { background: #e3f4dc }
td.note { color: #555; font-size: .87em }
"""

#: Where parts overlap, the one that is named first is shown.
_PRIORITY = ("cue", "trigger", "source", "actor", "recipient", "content")

_CLAIM_HEADS = ("Speaker", "About", "Frame", "Sentence", "Date", "Document", "How it was found")
_EVENT_HEADS = ("Actor", "Event", "Recipient", "Sentence", "Date", "Document", "How it was found")


def write_page(record: Record, stream: TextIO) -> None:
    """Write claims, then events, in the order of documents and of their places in them.

    Text is escaped by the serializer; a content policy forbids scripts, requests and forms all the same. Cells
    take their own direction, so that right-to-left or override characters stay within theirs.
    """
    links: dict[str, dict[str, list[str]]] = {}
    for link in record.links:
        node = record.actors.get(link.other)
        links.setdefault(link.statement, {}).setdefault(link.relation, []).append(node.label if node else link.other)
    claims = [statement for statement in record.statements.values() if statement.kind == "Claim"]
    events = [statement for statement in record.statements.values() if statement.kind == "Event"]
    stream.write('<!DOCTYPE html>\n<html lang="en">\n')
    stream.write(_serialize(_make_head()))
    stream.write("<body>\n")
    stream.write(_serialize(_make("h1", "Who says what about whom")))
    stream.write(_serialize(_make("p", "What is quoted here was said by others; that it stands here does not make it true.")))
    sections = (
        ("Claims", _CLAIM_HEADS, claims, _find_claim_cells),
        ("Events", _EVENT_HEADS, events, _find_event_cells),
    )
    for title, heads, statements, find_cells in sections:
        stream.write(_serialize(_make("h2", f"{title} ({len(statements)})")))
        stream.write("<table>\n")
        stream.write(_serialize(_make_row(_make("th", head, scope="col") for head in heads)))
        for statement in statements:
            cells = find_cells(statement, links.get(statement.iri, {}))
            stream.write(_serialize(_make_row((*cells, *_find_shared_cells(statement, record.documents)), statement.iri)))
        stream.write("</table>\n")
    stream.write("</body>\n</html>\n")


def mark_sentence(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Return the sentence cut into (part, text) in order; part is empty for text outside all parts.

    Joined, the texts are the sentence. Spans that reach beyond the sentence are cut at its ends.
    """
    quote, begin = statement.quote, statement.span.begin
    parts = [""] * len(quote)
    spans_of: dict[str, Spans] = dict(statement.parts)
    for name in reversed(_PRIORITY):
        for left, right in spans_of.get(name, ()):
            for index in range(max(0, left - begin), min(len(quote), right - begin)):
                parts[index] = name
    cuts = [0, *(index for index in range(1, len(quote)) if parts[index] != parts[index - 1]), len(quote)]
    return tuple((parts[left], quote[left:right]) for left, right in pairwise(cuts) if left < right)


def _find_claim_cells(statement: Statement, links: dict[str, list[str]]) -> Iterator[ET.Element]:
    facts = dict(statement.facts)
    speaker = "; ".join(links.get("says", ())) or facts.get("source_text", "") or "not named"
    yield _make_text_cell(f"{speaker} (did not say so)" if statement.is_disowned else speaker)
    yield _make_text_cell("; ".join(links.get("about", ())))
    denied = facts.get("denied_frame", "").split("; ")
    frames = facts.get("frame", "").split("; ")
    yield _make_text_cell("; ".join(f"{frame} (denied)" if frame and frame in denied else frame for frame in frames))


def _find_event_cells(statement: Statement, links: dict[str, list[str]]) -> Iterator[ET.Element]:
    facts = dict(statement.facts)
    unreal = (facts.get("modality", "actual"), facts.get("polarity", "affirmed"))
    yield _make_text_cell("; ".join(links.get("acts", ())) or facts.get("actor_text", ""))
    yield _make_text_cell(_join_words(facts["type"], *(word for word in unreal if word not in {"actual", "affirmed"})))
    yield _make_text_cell("; ".join(links.get("recipient", ())) or facts.get("recipient_text", ""))


def _find_shared_cells(statement: Statement, documents: dict[str, Document]) -> Iterator[ET.Element]:
    sentence = _make("td", dir="auto")
    last: ET.Element | None = None
    for part, text in mark_sentence(statement):
        if part:
            last = ET.SubElement(sentence, "mark", {"class": part, "title": part})
            last.text = replace_forbidden(text)
        elif last is None:
            sentence.text = replace_forbidden(text)
        else:
            last.tail = replace_forbidden(text)
    yield sentence
    yield _make_text_cell(statement.day)
    yield _make_document_cell(documents.get(statement.document), statement.document)
    rule = dict(statement.facts).get("rule", "")
    yield _make("td", f"{rule}, confidence {statement.confidence:g}", **{"class": "note"})


def _make_document_cell(document: Document | None, iri: str) -> ET.Element:
    if document is None:
        return _make_text_cell(iri)
    name = _join_words(document.title or document.path or iri, document.publisher)
    if not document.url.lower().startswith(("http://", "https://")):
        return _make_text_cell(name)
    cell = _make("td", dir="auto")
    cell.append(_make("a", name, href=document.url, rel="noopener noreferrer"))
    return cell


def _make_head() -> ET.Element:
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head = ET.Element("head")
    head.append(_make("meta", charset="utf-8"))
    head.append(_make("meta", **{"http-equiv": "Content-Security-Policy", "content": policy}))
    head.append(_make("meta", name="viewport", content="width=device-width"))
    head.append(_make("title", "Who says what about whom"))
    style = ET.SubElement(head, "style")
    style.text = _STYLE
    return head


def _make_row(cells: Iterable[ET.Element], title: str = "") -> ET.Element:
    row = _make("tr", **({"title": title} if title else {}))
    row.extend(cells)
    return row


def _make_text_cell(text: str) -> ET.Element:
    return _make("td", text, dir="auto")


def _make(tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    element = ET.Element(tag, {name: replace_forbidden(value) for name, value in attributes.items()})
    element.text = replace_forbidden(text) or None
    return element


def _join_words(*words: str) -> str:
    return ", ".join(word for word in words if word)


def _serialize(element: ET.Element) -> str:
    return ET.tostring(element, encoding="unicode", method="html") + "\n"
