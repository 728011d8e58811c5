"""Writes documents of 60 mentions for ever, each twice the size or half of it; run by the fault test and killed by it."""

import itertools
import sys

from kg.rdf import namespaces as ns
from kg.rdf.terms import Iri, Quad, to_text
from kg.store.embedded import open_store


def make(iri: str, count: int) -> list[Quad]:
    document = Iri(iri)
    quads = [
        Quad(document, ns.TYPE, ns.DOCUMENT, document),
        Quad(document, ns.PATH, to_text(str(count)), document),
        Quad(document, ns.SHA256, to_text("0" * 64), document),
        Quad(document, ns.EXTRACTOR_VERSION, to_text("1"), document),
    ]
    for number in range(count):
        mention = Iri(f"{iri}#m{number}")
        quads += [
            Quad(mention, ns.REFERS_TO, Iri(f"urn:actor:{number}"), document),
            Quad(mention, ns.NAME, to_text(f"Actor {number} {iri[-1]}"), document),
            Quad(mention, ns.MENTION_KIND, to_text("name"), document),
            Quad(mention, ns.MENTION_TYPE, ns.PERSON, document),
            Quad(mention, ns.RESOLVED_BY, to_text("new"), document),
        ]
    return quads


with open_store(sys.argv[1], "https://sayso.example/", {}) as store:
    for turn in itertools.count():
        store.replace_document(f"urn:doc:{turn % 7}", make(f"urn:doc:{turn % 7}", 60 if turn % 2 else 30))
        sys.stdout.write(f"{turn}\n")
        sys.stdout.flush()
