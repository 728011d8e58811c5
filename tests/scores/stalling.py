"""The question of the demo, asked of a store: `python -m tests.scores.stalling --data sources`.

All sample texts are built into one store and `who-claims-putin-is-stalling` is asked: which (speaker, document) pairs it
answers, against those of `tests/cases/sources`. `tests.scores.samples` asks each text alone, which cannot know that a surname
in one is a full name in another.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from kg.build.run import run_build
from kg.query.catalogue import find_query
from kg.query.run import run_named_query
from kg.settings import Settings
from kg.store.reader import open_reader
from tests.cases.expected import read_cases
from tests.scores.reporting import Prediction, compute_f1, parse_arguments, report
from tests.scores.sample_comparison import find_stalling_speakers


def list_expected(data: Path) -> dict[tuple[str, str], str]:
    """Return the (speaker, path) pairs that the case files expect, with the id of an attribution of each."""
    expected = {}
    for case in read_cases().values():
        path = (data / Path(case["document"]["path"]).relative_to("sources")).as_posix()
        name = f"{path}#{case['document']['record']}" if "record" in case["document"] else path
        expected.update({(speaker, name): entry["id"] for speaker, entry in find_stalling_speakers(case).items()})
    return expected


def list_answered(data: Path, settings: Settings) -> set[tuple[str, str]]:
    """Return the (speaker, path) pairs that a store built from `data` answers; a speaker that is unnamed is left out."""
    with tempfile.TemporaryDirectory() as folder:
        settings = settings.model_copy(update={"store": f"{folder}/store"})
        run_build([str(data)], settings)
        with open_reader(settings.store) as reader:
            paths = {iri: record.path for iri, record in reader.documents().items()}
            result = run_named_query(reader, find_query("who-claims-putin-is-stalling"))
            columns = [result.variables.index(name) for name in ("speaker", "document")]
            rows = [[str(values[column]) for column in columns] for values in result.values()]
    return {(speaker, paths[document]) for speaker, document in rows if speaker not in {"", "None"}}


def main() -> int:
    """Score the query; the last line printed is a JSON object of the figures."""
    arguments = parse_arguments(__doc__)
    expected = list_expected(arguments.data)
    answered = list_answered(arguments.data, Settings(profile=arguments.profile))
    for sign, pairs in (("missed", expected.keys() - answered), ("false alarm", answered - expected.keys())):
        for speaker, path in sorted(pairs):
            sys.stdout.write(f"{sign}: {speaker} ({path})\n")
    figures = {"stalling": compute_f1(len(answered & expected.keys()), len(answered), len(expected))}
    prediction = Prediction("sources", sorted(expected), sorted(answered))
    return report(figures, [prediction], arguments)


if __name__ == "__main__":
    raise SystemExit(main())
