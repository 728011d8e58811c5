"""What the scoring programs of single sentences share: arguments, reading, and extraction with what the project ships."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from spacy.tokens import Doc

from kg.annotate.pipeline import Annotator
from kg.errors import InputMissingError
from kg.extract.extractor import RuleExtractor
from kg.model.annotation import Extraction
from kg.model.document import Document
from kg.resolve.registry import read_registry
from kg.settings import Settings


def parse_arguments(description: str, arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return `data` (Path), `predictions` (Path or None) and `cross_validate` (bool)."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--data", type=Path, required=True, help="file or folder in the layout of the development data")
    parser.add_argument("--predictions", type=Path, help="JSON Lines file to write, one line an item: id, gold, predicted")
    parser.add_argument("--cross-validate", action="store_true", help="train and test by five folds")
    return parser.parse_args(arguments)


def find_data(path: Path, pattern: str) -> list[Path]:
    """Return the file itself, or the folder's files that match, sorted.

    Raises:
        InputMissingError: there is no such path, or the folder holds no such file.
    """
    found = [path] if path.is_file() else sorted(path.glob(pattern)) if path.is_dir() else []
    if not found:
        raise InputMissingError(str(path if not path.is_dir() else path / pattern))
    return found


def extract_sentences(texts: Iterable[str]) -> Iterator[tuple[Doc, Extraction]]:
    """Yield doc and extraction of each text, in order, each text a document of its own."""
    settings = Settings()
    annotator = Annotator(settings.model)
    extractor = RuleExtractor(read_registry(settings.base).gazetteer(), ())
    documents = (
        Document(id=f"https://sayso.example/score/{at}", path="score", location=str(at), sha256="", text=text)
        for at, text in enumerate(texts)
    )
    for document in documents:
        doc = annotator.annotate(document)
        yield doc, extractor.extract(doc)


def write_predictions(path: Path | None, rows: Iterable[Mapping[str, object]]) -> None:
    """Write one JSON object a line; nothing where no path is given."""
    if path is not None:
        path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def print_figures(figures: Mapping[str, object]) -> None:
    """Print the last line of a scoring program: the figures as one JSON object, F1 and its parts in percent."""
    sys.stdout.write(json.dumps(figures) + "\n")


def to_f1(hits: int, predicted: int, gold: int) -> float:
    """Return F1 in percent; 0 where nothing hits."""
    return round(200 * hits / (predicted + gold), 2) if hits else 0.0
