"""`python -m tests.benchmarks.search [--claims N]`: search and questions over a store of generated claims.

The claims are put together from phrases by chance, twenty a document, one in ten a copy of an earlier one; their vectors are
drawn near one centre for each topic. What is searched goes through the real encoder. Printed are the seconds to make the
index and to load it, and for each kind of question the median and the worst of ten answers in milliseconds, after load.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import numpy as np

from kg.embedding.encoder import load_encoder
from kg.embedding.packing import DIMENSIONS, ENCODER_VERSION, pack_vectors
from kg.model.vector import Vector
from kg.query.ask import answer_question
from kg.query.ask_frames import FrameFinder, read_frame_texts
from kg.query.ask_names import StoreNames
from kg.query.ask_parse import parse_question
from kg.query.search import Searcher, encode_text, open_searcher
from kg.query.search_filters import ClaimFilters
from kg.rdf.ontology import ontology_quads
from kg.store.annotations import AnnotationFile
from kg.store.converted import Converted
from kg.store.reader import Reader, open_reader
from kg.store.terms import OxStore, RdfFormat, to_ox_quad

_BASE = "https://sayso.example/"
_PER_DOCUMENT = 20
_SPEAKERS, _ROUNDS = 3_000, 10
_STATES = ("Norway", "Chile", "Kenya", "Japan", "Poland", "Jordan", "Peru", "Latvia", "Ghana", "Vietnam", "Georgia", "Oman")
_VERBS = (
    "is stalling",
    "wants peace",
    "broke",
    "will sign",
    "denies",
    "paid for",
    "is behind",
    "cannot afford",
    "profits from",
    "supports",
)
_THINGS = (
    "the talks",
    "the truce",
    "the blockade",
    "the pipeline",
    "the harvest",
    "the election",
    "the border fence",
    "the loans",
)
_PLACES = (
    "the north",
    "the strait",
    "the capital",
    "the river valley",
    "the islands",
    "the old port",
    "the highlands",
    "the delta",
)
_TAILS = ("for years", "since spring", "in secret", "against all promises", "with foreign money", "before winter", "at any price")
_FRAMES = ("stalling", "wants-peace", "violation", "aid-pledge", "sanctions", "threat")
_CUES = (("said", "statement"), ("denied", "denial"), ("thinks", "belief"), ("promised", "promise"), ("accused", "accusation"))
_LETTERS = "bdfgklmnprstvz"
_KG = "https://sayso.example/ontology#"
_SCHEME = "https://sayso.example/scheme/"
_NIF = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"
_SKOS = "http://www.w3.org/2004/02/skos/core#"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"


def make_names(count: int, chance: random.Random) -> list[str]:
    """Return invented names of persons."""

    def make_word() -> str:
        return "".join(chance.choice(_LETTERS) + chance.choice("aeiou") for _ in range(chance.randint(2, 4))).capitalize()

    return [f"{make_word()} {make_word()}" for _ in range(count)]


def make_content(chance: random.Random) -> str:
    """Return the content of a claim; its first word is the state that it is about."""
    parts = (
        chance.choice(_STATES),
        chance.choice(_VERBS),
        chance.choice(_THINGS),
        f"in {chance.choice(_PLACES)}",
        chance.choice(_TAILS),
    )
    return " ".join(parts) + f" and {chance.choice(_THINGS)} number {chance.randint(1, 9999)}"


def write_store(path: Path, count: int) -> None:
    """Write a store of so many claims, with its vectors."""
    chance = random.Random(5)  # noqa: S311 - the same claims each time
    names = make_names(_SPEAKERS, chance)
    store = OxStore(str(path))
    store.extend([to_ox_quad(quad) for quad in ontology_quads()])
    store.bulk_load("".join(_write_actors(names)).encode(), format=RdfFormat.N_QUADS)
    contents: list[str] = []
    for first in range(0, count, _PER_DOCUMENT * 500):
        lines: list[str] = []
        for document in range(first // _PER_DOCUMENT, min(first // _PER_DOCUMENT + 500, count // _PER_DOCUMENT)):
            lines.extend(_write_document(document, contents, chance))
        store.bulk_load("".join(lines).encode(), format=RdfFormat.N_QUADS)
    store.flush()
    del store
    centres = np.random.default_rng(5).normal(size=(40, DIMENSIONS))
    with AnnotationFile(path) as kept:
        for first in range(0, count // _PER_DOCUMENT, 500):
            kept.put(_convert(document, centres) for document in range(first, min(first + 500, count // _PER_DOCUMENT)))


def _write_actors(names: list[str]) -> Iterator[str]:
    graph = f"<{_BASE}graph/actors>"
    rows = [(f"p{number}", "Person", name) for number, name in enumerate(names)] + [(name, "State", name) for name in _STATES]
    for slug, kind, name in rows:
        actor = f"<{_BASE}actor/{slug}>"
        yield f"{actor} {_TYPE} <{_KG}{kind}> {graph} .\n{actor} <{_SKOS}prefLabel> {json.dumps(name)} {graph} .\n"


def _write_document(number: int, contents: list[str], chance: random.Random) -> Iterator[str]:
    graph = f"<{_BASE}document/{number}>"
    published = f"20{chance.randint(20, 25)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}"
    yield f"{graph} {_TYPE} <{_KG}Document> {graph} .\n"
    for key, value in (("sha256", str(number)), ("extractorVersion", "v"), ("path", f"{number}.txt")):
        yield f'{graph} <{_KG}{key}> "{value}" {graph} .\n'
    for part in range(1, _PER_DOCUMENT + 1):
        content = chance.choice(contents) if contents and chance.random() < 0.1 else make_content(chance)
        contents.append(content)
        claim = f"<{_BASE}document/{number}#a{part}>"
        cue, cue_type = chance.choice(_CUES)
        speaker = f"p{int(_SPEAKERS * chance.random() ** 3)}"
        about = f"<{_BASE}actor/{content.partition(' ')[0]}>"
        polarity = chance.choice(("affirmed", "affirmed", "affirmed", "negated"))
        told = [
            (_TYPE, f"<{_KG}Claim>"),
            (f"<{_KG}speaker>", f"<{_BASE}actor/{speaker}>"),
            (f"<{_KG}about>", about),
            (f"<{_KG}content>", json.dumps(content)),
            (f"<{_KG}cue>", json.dumps(cue)),
            (f"<{_NIF}anchorOf>", json.dumps(f"… {content}.")),
            (f"<{_KG}cueType>", f"<{_SCHEME}cue-type/{cue_type}>"),
            (f"<{_KG}published>", f'"{published}"^^<http://www.w3.org/2001/XMLSchema#date>'),
            (f"<{_KG}polarity>", f"<{_SCHEME}polarity/{polarity}>"),
        ]
        if chance.random() < 0.3:
            told += [(f"<{_KG}frame>", f"<{_SCHEME}frame/{chance.choice(_FRAMES)}>"), (f"<{_KG}frameTarget>", about)]
        yield from (f"{claim} {predicate} {value} {graph} .\n" for predicate, value in told)


def _convert(document: int, centres: np.ndarray) -> Converted:
    chance = np.random.default_rng(document)
    values = centres[chance.integers(len(centres), size=_PER_DOCUMENT)] + chance.normal(size=(_PER_DOCUMENT, DIMENSIONS))
    rows = enumerate(pack_vectors(values.astype(np.float32)), 1)
    vectors = tuple(Vector(attribution=f"a{number}", values=row) for number, row in rows)
    return Converted(f"{_BASE}document/{document}", str(document), "v", "", b"", (), vectors, ENCODER_VERSION)


def time_answers(answer: Callable[[int], object]) -> dict[str, float]:
    """Return the median and the worst of ten answers in milliseconds, by the clock and (median) of the processor alone."""
    times, busy = [], []
    for number in range(_ROUNDS):
        begin, begin_busy = time.perf_counter(), time.process_time()
        answer(number)
        times.append(1000 * (time.perf_counter() - begin))
        busy.append(1000 * (time.process_time() - begin_busy))
    return {
        "median": round(statistics.median(times), 1),
        "worst": round(max(times), 1),
        "processor": round(statistics.median(busy), 1),
    }


def measure_answers(
    reader: Reader, searcher: Searcher, names: StoreNames, frames: FrameFinder
) -> Iterator[tuple[str, dict[str, float]]]:
    """Yield each kind of question with its times."""
    texts = [f"{state} {verb} {thing}" for state, verb, thing in zip(_STATES, _VERBS, _THINGS * 2, strict=False)]
    common, rare = f"{_BASE}actor/p0", f"{_BASE}actor/p{_SPEAKERS - 5}"
    filters = {
        "search": ClaimFilters(),
        "search: polarity": ClaimFilters(polarity="negated"),
        "search: days": ClaimFilters(since=date(2025, 3, 1), until=date(2025, 3, 31)),
        "search: a speaker of many claims": ClaimFilters(speaker=common),
        "search: a speaker of few claims": ClaimFilters(speaker=rare),
        "search: about a state, polarity": ClaimFilters(about=(f"{_BASE}actor/Norway",), polarity="affirmed"),
        "search: frame": ClaimFilters(frame="stalling"),
    }
    for name, chosen in filters.items():
        yield name, time_answers(lambda number, chosen=chosen: searcher.search(texts[number], chosen))  # type: ignore[misc]
    questions = {
        "ask: who claims": "who claims that {} is stalling since May 2025",
        "ask: what is said about": "what did people say about {} in March 2025",
        "ask: who says, no frame": "who says that {} paid for the pipeline",
    }
    for name, question in questions.items():
        yield (
            name,
            time_answers(
                lambda number, question=question: answer_question(  # type: ignore[misc]
                    reader, searcher, parse_question(question.format(_STATES[number]), names, frames, date(2026, 1, 1))
                )
            ),
        )


def main() -> int:
    """Print one line of JSON for each figure; return 0."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--claims", type=int, default=100_000)
    count = parser.parse_args().claims
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "store"
        write_store(path, count)
        for step in ("made", "loaded"):
            begin = time.perf_counter()
            with open_reader(path) as reader:
                searcher = open_searcher(reader)
                _tell(f"index {step}", {"seconds": round(time.perf_counter() - begin, 2), "claims": len(searcher.index.claims)})
        begin = time.perf_counter()
        load_encoder()
        _tell("encoder loaded", {"seconds": round(time.perf_counter() - begin, 2)})
        with open_reader(path) as reader:
            searcher = open_searcher(reader)
            begin = time.perf_counter()
            names, frames = StoreNames(reader), FrameFinder(read_frame_texts(reader), encode_text)
            frames.find_near("what no frame is about")
            _tell("names and frames loaded", {"seconds": round(time.perf_counter() - begin, 2)})
            searcher.search("warm up")
            for name, times in measure_answers(reader, searcher, names, frames):
                _tell(name, times)
    return 0


def _tell(name: str, figures: dict[str, float]) -> None:
    sys.stdout.write(json.dumps({"figure": name, **figures}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
