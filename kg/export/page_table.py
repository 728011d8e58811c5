"""The page's content as plain tables, for a browser without scripts, and what rows and cards have in common."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise
from typing import TextIO
from xml.etree import ElementTree as ET

from kg.export.page_content import PageContent
from kg.export.statements import Document, Statement
from kg.export.text import replace_forbidden
from kg.model.span import Spans

#: Parts of a sentence that are marked. Where they overlap, the one that is named first is shown.
PARTS = ("cue", "trigger", "source", "actor", "recipient", "content")

#: (IRI, label); the IRI is empty where a document does not tell who it is.
Party = tuple[str, str]

_CLAIM_HEADS = ("Speaker", "About", "Frame", "Sentence", "Date", "How it was found")
_EVENT_HEADS = ("Actor", "Event", "Recipient", "Sentence", "Date", "How it was found")
_ROLE_HEADS = ("Person", "Post", "Organisation", "Words", "Date", "How it was found")


def write_tables(content: PageContent, stream: TextIO) -> None:
    """Write claims, events and posts as a table each, by documents and their places in them.

    Text is escaped by the serializer. A row has the statement's IRI as its title, without the document's, which is
    that of its group.
    """
    parties = find_parties(content)
    statements = content.record.statements.values()
    sections = (
        ("Claims", _CLAIM_HEADS, [statement for statement in statements if statement.kind == "Claim"]),
        ("Events", _EVENT_HEADS, [statement for statement in statements if statement.kind == "Event"]),
        ("Posts", _ROLE_HEADS, list(content.roles)),
    )
    for title, heads, rows in sections:
        stream.write(serialize(make("h2", f"{title} ({len(rows)})")))
        stream.write("<table>\n<thead>")
        stream.write(serialize(_make_row(make("th", head, scope="col") for head in heads)))
        stream.write("</thead>\n")
        for iri, group in groupby(rows, key=lambda statement: statement.document):
            stream.write("<tbody>\n")
            stream.write(serialize(_make_document_row(content.record.documents.get(iri), iri, len(heads))))
            for statement in group:
                cells = (*_find_cells(statement, *parties[statement.iri]), *_find_shared_cells(statement))
                stream.write(serialize(_make_row(cells, statement.iri.removeprefix(iri))))
            stream.write("</tbody>\n")
        stream.write("</table>\n")


def find_parties(content: PageContent) -> dict[str, tuple[list[Party], list[Party]]]:
    """Return who and whom of each statement, by its IRI: who speaks of whom, acts on whom, holds a post where.

    Where the document does not tell who it is, the party is its words; none where there are no words either.
    """
    found: dict[str, dict[str, list[Party]]] = {}
    for link in content.record.links:
        node = content.record.actors.get(link.other)
        found.setdefault(link.statement, {}).setdefault(link.relation, []).append(
            (link.other, node.label if node else link.other)
        )
    for relation in content.relations.get("roles", ()):
        ends = found.setdefault(relation.evidence, {})
        for name, iri in (("holds", relation.source), ("at", relation.target)):
            party = (iri, content.nodes[iri].label)
            if party not in ends.setdefault(name, []):
                ends[name].append(party)
    return {
        statement.iri: _choose_parties(statement, found.get(statement.iri, {}))
        for statement in (*content.record.statements.values(), *content.roles)
    }


def mark_sentence(statement: Statement) -> tuple[tuple[str, str], ...]:
    """Return the sentence cut into (part, text) in order; part is empty for text outside all parts.

    Joined, the texts are the sentence. Spans that reach beyond the sentence are cut at its ends.
    """
    quote, begin = statement.quote, statement.span.begin
    parts = [""] * len(quote)
    spans_of: dict[str, Spans] = dict(statement.parts)
    for name in reversed(PARTS):
        for left, right in spans_of.get(name, ()):
            inside = range(*slice(max(0, left - begin), max(0, right - begin)).indices(len(quote)))
            parts[inside.start : inside.stop] = [name] * len(inside)
    cuts = [0, *(index for index in range(1, len(quote)) if parts[index] != parts[index - 1]), len(quote)]
    return tuple((parts[left], quote[left:right]) for left, right in pairwise(cuts) if left < right)


def to_web_address(url: str) -> str:
    """Return the address where it leads to the web, else an empty string: `javascript:` and files are none."""
    clean = replace_forbidden(url)
    return clean if clean.lower().startswith(("http://", "https://")) else ""


def make(tag: str, text: str = "", /, **attributes: str) -> ET.Element:
    """Return an element with text and attributes that HTML can hold."""
    element = ET.Element(tag, {name: replace_forbidden(value) for name, value in attributes.items()})
    element.text = replace_forbidden(text) or None
    return element


def serialize(element: ET.Element) -> str:
    """Return the element as HTML with a line end; what is text in it is escaped."""
    return ET.tostring(element, encoding="unicode", method="html") + "\n"


def _choose_parties(statement: Statement, links: dict[str, list[Party]]) -> tuple[list[Party], list[Party]]:
    facts = dict(statement.facts)
    if statement.kind == "Role":
        return links.get("holds", []), links.get("at", [])
    if statement.kind == "Event":
        return (
            links.get("acts", []) or _to_words(facts.get("actor_text", "")),
            links.get("recipient", []) or _to_words(facts.get("recipient_text", "")),
        )
    return links.get("says", []) or _to_words(facts.get("source_text", "")), links.get("about", [])


def _to_words(text: str) -> list[Party]:
    return [("", text)] if text else []


def _find_cells(statement: Statement, who: list[Party], whom: list[Party]) -> Iterator[ET.Element]:
    facts = dict(statement.facts)
    left, right = ("; ".join(label for _, label in parties) for parties in (who, whom))
    if statement.kind == "Claim":
        speaker = left or "not named"
        yield make("td", f"{speaker} (did not say so)" if statement.is_disowned else speaker)
        yield make("td", right)
        denied = facts.get("denied_frame", "").split("; ")
        frames = facts.get("frame", "").split("; ")
        yield make("td", "; ".join(f"{frame} (denied)" if frame and frame in denied else frame for frame in frames))
        return
    yield make("td", left)
    if statement.kind == "Event":
        unreal = (facts.get("modality", "actual"), facts.get("polarity", "affirmed"))
        yield make("td", _join_words(facts.get("type", ""), *(word for word in unreal if word not in {"actual", "affirmed"})))
    else:
        yield make("td", _join_words(statement.words, facts.get("held", "")))
    yield make("td", right)


def _find_shared_cells(statement: Statement) -> Iterator[ET.Element]:
    sentence = make("td")
    last: ET.Element | None = None
    for part, text in mark_sentence(statement):
        if part:
            last = ET.SubElement(sentence, "mark", {"class": part})
            last.text = replace_forbidden(text)
        elif last is None:
            sentence.text = replace_forbidden(text)
        else:
            last.tail = replace_forbidden(text)
    yield sentence
    yield make("td", statement.day)
    rule = dict(statement.facts).get("rule", "")
    yield make("td", f"{rule}, confidence {statement.confidence:g}", **{"class": "note"})


def _make_document_row(document: Document | None, iri: str, width: int) -> ET.Element:
    row = make("tr", title=iri)
    cell = make("th", colspan=str(width), scope="rowgroup")
    row.append(cell)
    if document is None:
        cell.text = replace_forbidden(iri)
        return row
    name = _join_words(document.title or document.path or iri, document.publisher, document.published)
    address = to_web_address(document.url)
    if address:
        cell.append(make("a", name, href=address, rel="noopener noreferrer"))
    else:
        cell.text = replace_forbidden(name)
    return row


def _make_row(cells: Iterable[ET.Element], title: str = "") -> ET.Element:
    row = make("tr", **({"title": title} if title else {}))
    row.extend(cells)
    return row


def _join_words(*words: str) -> str:
    return ", ".join(word for word in words if word)
