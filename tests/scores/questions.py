"""How well questions are understood: `python -m tests.scores.questions --data tests/cases/questions [--verbose]`.

PATH is a folder of case files, or one file. A file with `actors` holds questions and the filters that a careful reader would
make of them: the share of questions all of whose filters are right, and precision and recall of single filters. A file with
`sources` holds questions and rows that their answers must hold, asked of a store that is built from those sources; each row
is a speaker (or actor) and words of its sentence.
"""

from __future__ import annotations

import sys
import tempfile
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from kg.build.run import run_build
from kg.errors import InputMissingError
from kg.query.ask import answer_question
from kg.query.ask_frames import FrameFinder, read_frame_texts
from kg.query.ask_names import ActorName, NameTable, Party, StoreNames
from kg.query.ask_parse import parse_question
from kg.query.ask_question import Question
from kg.query.search import encode_text, open_searcher
from kg.rdf.ontology import ontology_quads
from kg.settings import Settings
from kg.store.reader import open_reader
from kg.store.terms import OxStore, to_ox_quad
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report

_ROOT = Path(__file__).parents[2]
_FIELDS = {"type": "event_type"}
#: Filters that are judged, by the name that the case files have for them.
FILTERS = (
    "kind", "speaker", "about", "addressee", "frame", "polarity", "cue_types", "other", "actor", "recipient", "type", "cameo",
    "since", "until",
)  # fmt: skip


def read_files(path: Path) -> list[dict[str, Any]]:
    """Return the case files of a folder, or the one file.

    Raises:
        InputMissingError: there is none.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise InputMissingError(str(path))
    return [{"name": file.stem, **tomllib.loads(file.read_text("utf-8"))} for file in files]


def make_names(actors: list[list[str]]) -> NameTable:
    """Return names from rows of label, type and aliases; the label stands for the IRI."""
    return NameTable(
        ActorName(name, Party(label, label), kind, is_label=name == label)
        for label, kind, *aliases in actors
        for name in (label, *aliases)
    )


def make_frames() -> FrameFinder:
    """Return what finds the frames that are shipped."""
    store = OxStore()
    store.extend([to_ox_quad(quad) for quad in ontology_quads()])
    return FrameFinder(read_frame_texts(store), encode_text)


def list_filters(question: Question) -> set[tuple[str, str]]:
    """Return (name, value) of the filters of a question as it was parsed."""
    found: set[tuple[str, str]] = set()
    for name in FILTERS:
        value = getattr(question, _FIELDS.get(name, name))
        values = value if isinstance(value, tuple) and not isinstance(value, Party) else (value,)
        found |= {(name, item.label if isinstance(item, Party) else str(item)) for item in values if item}
    return found


def list_expected(case: Mapping[str, Any]) -> set[tuple[str, str]]:
    """Return (name, value) of the filters that a case expects."""
    told = {"kind": "claims", **{key: value for key, value in case.items() if key != "text"}}
    return {(key, str(item)) for key, value in told.items() for item in (value if isinstance(value, list) else [value])}


def score_parsing(table: Mapping[str, Any], figures: dict[str, Any]) -> Iterator[Prediction]:
    """Yield what was expected and found for each question, and note the figures."""
    names, frames, today = make_names(table["actors"]), make_frames(), date.fromisoformat(table["today"])
    exact = right = predicted = gold = 0
    for case in table["question"]:
        expected, found = list_expected(case), list_filters(parse_question(case["text"], names, frames, today))
        exact += expected == found
        right, predicted, gold = right + len(expected & found), predicted + len(found), gold + len(expected)
        yield Prediction(id=case["text"], gold=sorted(expected), predicted=sorted(found))
    name = table["name"]
    figures[f"{name}: questions"] = len(table["question"])
    figures[f"{name}: all filters right"] = round(100 * exact / len(table["question"]), 1)
    figures[f"{name}: filters"] = compute_f1(right, predicted, gold)


def score_answers(table: Mapping[str, Any], profile: str, figures: dict[str, Any]) -> Iterator[Prediction]:
    """Build the store, ask each question, and yield the rows that its answers must hold and those that they do hold."""
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(store=f"{folder}/store", profile=profile)
        run_build([str(_ROOT / source) for source in table["sources"]], settings)
        with open_reader(settings.store) as reader:
            searcher, names = open_searcher(reader), StoreNames(reader)
            frames = FrameFinder(read_frame_texts(reader), encode_text)
            found = wanted = complete = 0
            for case in table["question"]:
                question = parse_question(case["text"], names, frames, date.fromisoformat(table["today"]))
                records = answer_question(reader, searcher, question, 20).records
                rows = [(row["who"], row["words"]) for row in case["row"]]
                held = [row for row in rows if any(_holds(record, *row) for record in records)]
                found, wanted, complete = found + len(held), wanted + len(rows), complete + (len(held) == len(rows))
                yield Prediction(id=case["text"], gold=rows, predicted=held)
            figures["sources: questions"] = len(table["question"])
            figures["sources: rows found among 20"] = round(100 * found / wanted, 1)
            figures["sources: questions with all rows"] = round(100 * complete / len(table["question"]), 1)


def _holds(record: Mapping[str, Any], who: str, words: str) -> bool:
    """Whether an answer is of this speaker or actor and has these words."""
    people = {str(record.get(key, "")) for key in ("speaker", "actor", "recipient", "speaker_1", "speaker_2")}
    texts = " ".join(str(value) for value in record.values())
    return any(who in person.split("; ") for person in people) and words in texts


def main() -> int:
    """Print the figures, with `--verbose` after what is wrong; return 0."""
    arguments = parse_arguments(__doc__)
    figures: dict[str, Any] = {}
    predictions: list[Prediction] = []
    for table in read_files(arguments.data):
        if "actors" in table:
            predictions += score_parsing(table, figures)
        else:
            predictions += score_answers(table, arguments.profile, figures)
    if arguments.verbose:
        for item in predictions:
            if item.gold != item.predicted:
                missing = [row for row in item.gold if row not in item.predicted]
                extra = [row for row in item.predicted if row not in item.gold]
                sys.stdout.write(f"{item.id}\n    missing {missing}\n    wrong   {extra}\n")
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    sys.exit(main())
