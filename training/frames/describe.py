"""Writes docs/frames.md from the scheme: `python -m training.frames.describe --out docs/frames.md`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rdflib import Graph, URIRef
from rdflib.namespace import SKOS

from kg.model.frame import Frame
from kg.rdf import namespaces as ns
from kg.rdf.ontology import read_frames
from kg.resources import find_resource

_HEAD = """# Frames

Generated from `ontology/schemes/frames.ttl` by `make train-frames`; edit there. {count} recurring ways of putting a matter.

A claim takes a frame up where one of the frame's wordings stands in its content and no exception overlaps it, or, in the
profile `best`, where the sentence vector of a short content is near enough to sentences that do (`models/frames`, with its
figures). Each framing of a claim (`kg:Framing`) has targets of its own: the doer of what matches, whom it befalls, or whose
matter it is; those that the claim is about where the words do not show it. It is denied where the content negates it
("is not stalling"), and left out where the content only supposes it ("if they stall") or leaves it open ("whether they
stall"); under a condition a threat is one all the same (`kg:holdsIf`). Queries read the cue with it: who denies that
somebody stalls does not claim it.

To add a frame or a wording, write it into the scheme (the notation of `kg:wording` is in `kg/rdf/wordings.py`), give it four
examples and counter-examples, label a dozen sentences in `training/frames/sentences`, then `make train-frames`.
"""
_ROLES = {"doer": "doer", "undergoer": "whom it befalls", "holder": "whose matter it is"}


def describe(frames: Sequence[Frame], graph: Graph) -> Iterator[str]:
    """Yield the lines of the page.

    Args:
        frames: of the scheme, in the order of the page.
        graph: the scheme itself, for what extraction does not need.
    """
    yield from _HEAD.format(count=len(frames)).splitlines()
    yield from ("", "| frame | says | of whom |", "|---|---|---|")
    for frame in frames:
        yield f"| [{frame.notation}](#{frame.notation}) | {frame.definition} | {_ROLES[frame.target_role]} |"
    for frame in frames:
        concept = URIRef(ns.name_concept("frame", frame.notation).value)
        yield from ("", f"## {frame.notation}", "", frame.definition, "")
        for predicate in (SKOS.scopeNote, URIRef(ns.USUAL_TARGET.value)):
            yield from sorted(str(value) for value in graph.objects(concept, predicate))
        if frame.opposites:
            yield f"Opposite: {', '.join(frame.opposites)}."
        if others := [name for name in frame.related if name not in frame.opposites]:
            yield f"See also: {', '.join(others)}."
        yield ""
        yield from (f"- {text}" for text in frame.examples)
        yield from (f"- not: {text}" for text in frame.counter_examples)


def make_page(path: Path | None = None) -> str:
    """Return the page of a scheme, by default the one that is shipped."""
    path = path or find_resource("ontology/schemes/frames.ttl")
    return "\n".join(describe(read_frames(path), Graph().parse(str(path), format="turtle"))) + "\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program."""
    parser = argparse.ArgumentParser(description="Write the page of the frames.")
    parser.add_argument("--out", type=Path, required=True)
    parser.parse_args(arguments).out.write_text(make_page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
