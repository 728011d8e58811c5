"""The page's content as one JSON object, each text and sentence in it once: what the script of the page draws.

The shape is that which `web/src/page/model.js` reads; both are of one version and travel in one file.
"""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterable
from typing import Any, Generic, TypeVar

from kg.analyse.relations import Relation
from kg.export.layout import Look
from kg.export.page_content import ACTOR_FAMILIES, PageContent
from kg.export.page_table import PARTS, find_parties, mark_sentence, to_web_address
from kg.export.palette import to_hex
from kg.export.statements import Document, Statement
from kg.export.text import replace_forbidden

#: Within a script element nothing may be read as markup, and U+2028 and U+2029 end lines in old readers of JSON.
_ESCAPES = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})
_UTF16_UNIT_BYTES = 2

_Item = TypeVar("_Item", bound=Hashable)


class _Table(Generic[_Item]):
    """Items in the order in which they were first asked for, each once."""

    def __init__(self, items: Iterable[_Item] = ()) -> None:
        self._places: dict[_Item, int] = {}
        for item in items:
            self.find_place(item)

    def find_place(self, item: _Item) -> int:
        return self._places.setdefault(item, len(self._places))

    @property
    def items(self) -> list[_Item]:
        return list(self._places)


def to_json(content: PageContent) -> str:
    """Return the data as JSON that can stand in a script element as it is; it is ASCII-safe only in its markup."""
    text = json.dumps(to_data(content), ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.translate(_ESCAPES)


def to_data(content: PageContent) -> dict[str, Any]:
    """Return the object: tables of texts, and rows of numbers that point into them.

    Keys:
        types, kinds, frames, rules, days, sentences, colours: texts; days are sorted.
        documents: [title, publisher, author, published, address, IRI]; the address is empty unless it is one of the web.
        nodes: [IRI, label, type, Wikidata address].
        layouts: for actors, then for frames: rows of [node, x, y, size, colour].
        statements: [kind: 0 claim, 1 event, 2 role; document; sentence; day or -1; confidence; rule; marks; who; whom; facts].
            marks: part and length in UTF-16 units, in turns, which cut the whole sentence; part 0 is none of `PARTS`.
            who, whom: a node, or the text of whom the document does not name.
            facts: IRI (`#` and what follows, where it is of its document), frames, denied frames, type and notes, without those
            that are empty.
        families: name, layout, and relations: source, target, kind, statement, confidence in hundredths, in turns.
    """
    statements = [*content.record.statements.values(), *content.roles]
    places = {statement.iri: place for place, statement in enumerate(statements)}
    types: _Table[str] = _Table(sorted({node.type for node in content.nodes.values()}))
    kinds: _Table[str] = _Table(sorted({relation.kind for relations in content.relations.values() for relation in relations}))
    nodes = {iri: place for place, iri in enumerate(content.nodes)}
    colours: _Table[str] = _Table()
    writer = _StatementWriter(content, nodes, statements)
    rows = [writer.to_row(statement) for statement in statements]
    return {
        "types": [_clean(name) for name in types.items],
        "kinds": [_clean(name) for name in kinds.items],
        "frames": [_clean(name) for name in writer.frames.items],
        "rules": [_clean(name) for name in writer.rules.items],
        "days": writer.days.items,
        "sentences": writer.sentences.items,
        "documents": [_to_document_row(content.record.documents.get(iri), iri) for iri in writer.documents.items],
        "nodes": [
            [_clean(node.iri), _clean(node.label), types.find_place(node.type), to_web_address(node.wikidata)]
            for node in content.nodes.values()
        ],
        "layouts": [_to_layout(looks, nodes, colours) for looks in (content.actor_looks, content.frame_looks)],
        "colours": colours.items,
        "statements": rows,
        "families": [
            {
                "name": family,
                "layout": 0 if family in ACTOR_FAMILIES else 1,
                "relations": [number for relation in relations for number in _to_numbers(relation, nodes, kinds, places)],
            }
            for family, relations in content.relations.items()
        ],
    }


class _StatementWriter:
    """Turns statements into rows, and collects the tables that these point into."""

    def __init__(self, content: PageContent, nodes: dict[str, int], statements: list[Statement]) -> None:
        self._content = content
        self._nodes = nodes
        self._parties = find_parties(content)
        self.frames: _Table[str] = _Table(sorted({frame for statement in statements for frame in _list_fact(statement, "frame")}))
        self.rules: _Table[str] = _Table(sorted({_find_fact(statement, "rule") for statement in statements}))
        self.days: _Table[str] = _Table(sorted({statement.day for statement in statements} - {""}))
        self.sentences: _Table[str] = _Table()
        self.documents: _Table[str] = _Table()

    def to_row(self, statement: Statement) -> list[Any]:
        who, whom = self._parties[statement.iri]
        marks: list[int] = []
        for part, text in mark_sentence(statement):
            marks += [PARTS.index(part) + 1 if part else 0, _count_units(replace_forbidden(text))]
        return [
            ("Claim", "Event", "Role").index(statement.kind),
            self.documents.find_place(statement.document),
            self.sentences.find_place(_clean(statement.quote)),
            self.days.find_place(statement.day) if statement.day else -1,
            round(statement.confidence, 3),
            self.rules.find_place(_find_fact(statement, "rule")),
            marks,
            [self._to_party(party) for party in who],
            [self._to_party(party) for party in whom],
            self._to_facts(statement),
        ]

    def _to_party(self, party: tuple[str, str]) -> int | str:
        iri, label = party
        return self._nodes[iri] if iri in self._nodes else _clean(label)

    def _to_facts(self, statement: Statement) -> dict[str, Any]:
        own = statement.iri.startswith(statement.document + "#")
        facts = {
            "iri": _clean(statement.iri.removeprefix(statement.document) if own else statement.iri),
            "frames": [self.frames.find_place(frame) for frame in _list_fact(statement, "frame")],
            "denied": [self.frames.find_place(frame) for frame in _list_fact(statement, "denied_frame")],
            "type": _clean(_find_fact(statement, "title" if statement.kind == "Role" else "type")),
            "notes": [_clean(note) for note in find_notes(statement)],
        }
        return {name: value for name, value in facts.items() if value}


def find_notes(statement: Statement) -> list[str]:
    """Return what a reader must know to read the statement right: that it was not said, did not happen, is a question."""
    notes = ["did not say so"] if statement.is_disowned else []
    if statement.kind == "Claim" and (cue_type := _find_fact(statement, "cue_type")) not in {"", "statement"}:
        notes.append(cue_type)
    if statement.kind == "Event":
        states = (_find_fact(statement, "modality"), _find_fact(statement, "polarity"))
        notes += [state for state in states if state not in {"", "actual", "affirmed"}]
    return [*notes, *filter(None, [_find_fact(statement, "held")])]


def _to_layout(looks: dict[str, Look], nodes: dict[str, int], colours: _Table[str]) -> list[list[float]]:
    return [
        [
            nodes[iri],
            round(look.x, 1),
            round(look.y, 1),
            round(look.size, 1),
            colours.find_place(to_hex(look.colour)),
        ]
        for iri, look in looks.items()
    ]


def _to_numbers(relation: Relation, nodes: dict[str, int], kinds: _Table[str], places: dict[str, int]) -> tuple[int, ...]:
    confidence = round(relation.confidence * 100)
    return nodes[relation.source], nodes[relation.target], kinds.find_place(relation.kind), places[relation.evidence], confidence


def _to_document_row(document: Document | None, iri: str) -> list[str]:
    if document is None:
        return ["", "", "", "", "", _clean(iri)]
    texts = (document.title or document.path, document.publisher, document.author, document.published)
    return [*map(_clean, texts), to_web_address(document.url), _clean(iri)]


def _find_fact(statement: Statement, name: str) -> str:
    return dict(statement.facts).get(name, "")


def _list_fact(statement: Statement, name: str) -> list[str]:
    return [value for value in _find_fact(statement, name).split("; ") if value]


def _count_units(text: str) -> int:
    return len(text.encode("utf-16-le")) // _UTF16_UNIT_BYTES


def _clean(text: str) -> str:
    return replace_forbidden(text)
