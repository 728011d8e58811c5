"""Paraphrases found among claims, on sentences of our own: `python -m tests.scores.paraphrases --data tests/cases/paraphrases`.

PATH is a folder of case files, or one file. A case is a sentence and a claim that says the same in other words. All claims of
the files, those of other cases and the distractors on the same matters, are searched for each sentence; recall@5 is the share
of sentences whose claim is among the best five. It is given for likeness of meaning alone (of the sentence as it stands, and
with its states and office-holders named otherwise), for word match alone and for both as `kg search` joins them. Claims are
kept as in a store: as one signed byte a dimension. In `names.toml` the name decides; in the other files no word is shared,
and the distractors hold the words of both.
"""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from kg.embedding.encoder import load_encoder
from kg.embedding.packing import pack_vectors
from kg.errors import InputMissingError
from kg.query.search_index import Content, SearchIndex, build_index
from kg.query.search_variants import list_variants
from tests.scores.reporting import Prediction, parse_arguments, report

_RANKS = (1, 5, 10)
_ENOUGH = 5


class Cases(NamedTuple):
    """Pairs of a sentence and the claim that it must find, and claims that it must not."""

    pairs: tuple[tuple[str, str], ...]
    distractors: tuple[str, ...]


def read_cases(path: Path) -> Cases:
    """Return the cases of a file, or of all files of a folder.

    Raises:
        InputMissingError: there is none.
    """
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path] if path.is_file() else []
    if not files:
        raise InputMissingError(str(path))
    tables = [tomllib.loads(file.read_text("utf-8")) for file in files]
    pairs = tuple((pair["query"], pair["claim"]) for table in tables for pair in table["pair"])
    return Cases(pairs, tuple(claim for table in tables for item in table["distractor"] for claim in item["claims"]))


def make_index(claims: Sequence[str]) -> SearchIndex:
    """Return an index of claims, whose IRIs are their numbers."""
    names = [f"https://sayso.example/document/case#a{number}" for number in range(len(claims))]
    vectors = pack_vectors(load_encoder().encode(claims))
    return build_index(
        [Content("", name, claim) for name, claim in zip(names, claims, strict=True)], dict(zip(names, vectors, strict=True))
    )


def find_ranks(cases: Cases, index: SearchIndex, claims: Sequence[str], score: Callable[[str], NDArray[np.float32]]) -> list[int]:
    """Return for each pair the rank of its claim, from 1; claims that score the same share the worst rank among them."""
    wordings = [index.rows[f"https://sayso.example/document/case#a{number}"] for number in range(len(claims))]
    ranks = []
    for number, (sentence, _) in enumerate(cases.pairs):
        scores = score(sentence)
        ranks.append(int((scores >= scores[wordings[number]]).sum()))
    return ranks


def main() -> int:
    """Print the figures, with `--verbose` after what was not found; return 0."""
    arguments = parse_arguments(__doc__)
    cases = read_cases(arguments.data)
    claims = [*(claim for _, claim in cases.pairs), *cases.distractors]
    index = make_index(claims)
    variants = {sentence: list_variants(sentence) for sentence, _ in cases.pairs}
    vectors = {sentence: load_encoder().encode(variants[sentence]) for sentence in variants}
    ways: dict[str, Callable[[str], NDArray[np.float32]]] = {
        "plain cosine": lambda text: index.score_meaning(vectors[text][:1]),
        "meaning": lambda text: index.score_meaning(vectors[text]),
        "words": lambda text: index.score_words(variants[text]),
        "both": lambda text: index.score(variants[text], vectors[text]),
    }
    figures: dict[str, object] = {"pairs": len(cases.pairs), "claims": len(claims)}
    predictions = []
    for name, score in ways.items():
        ranks = find_ranks(cases, index, claims, score)
        for rank in _RANKS:
            figures[f"{name}: recall@{rank}"] = round(sum(found <= rank for found in ranks) / len(ranks), 3)
        figures[f"{name}: mean reciprocal rank"] = round(sum(1 / found for found in ranks) / len(ranks), 3)
        if name == "both":
            predictions = [
                Prediction(id=sentence, gold=claim, predicted=rank)
                for (sentence, claim), rank in zip(cases.pairs, ranks, strict=True)
            ]
    missed = [item for item in predictions if item.predicted > _ENOUGH]
    if arguments.verbose:
        sys.stdout.writelines(f"{item.predicted:3}  {item.id}  =  {item.gold}\n" for item in missed)
    return report(figures, predictions, arguments)


if __name__ == "__main__":
    sys.exit(main())
