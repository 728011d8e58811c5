"""How sure a proposition is: by the place of its clause, on parses made by hand."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.extract import proposition_confidence
from kg.extract.proposition_clauses import Clause, find_clauses
from kg.extract.proposition_confidence import BIAS, ConfidenceModel, describe_clause, describe_parties, read_confidence_model
from kg.extract.propositions import find_propositions
from kg.extract.token_table import TokenTable
from tests.extract.parses import parse_rows

_NESTED = """We we PRP PRON 1 nsubj
know know VBP VERB 1 ROOT
the the DT DET 3 det
mayor mayor NN NOUN 5 nsubj
has have VBZ AUX 5 aux
met meet VBN VERB 1 ccomp
farmers farmer NNS NOUN 5 dobj"""


def _read() -> tuple[TokenTable, list[Clause]]:
    table = TokenTable(parse_rows(_NESTED))
    return table, list(find_clauses(table))


def test_a_model_adds_the_weights_of_the_features() -> None:
    model = ConfidenceModel({BIAS: 1.0, "own": -1.0})
    assert (model.rate([BIAS]), model.rate([BIAS, "own"]), model.rate(["unknown"])) == (0.731, 0.5, 0.5)


def test_a_clause_is_described_by_its_place_and_its_form() -> None:
    table, (_, inner) = _read()
    features = describe_clause(table, inner, 2)
    assert {"clause ccomp", "clause ccomp finite", "below ROOT", "depth 1", "object dobj", "clauses 2"} <= set(features)


def test_the_main_clause_stands_below_nothing() -> None:
    table, (outer, _) = _read()
    assert {"clause ROOT", "below nothing", "depth 0", "object ccomp"} <= set(describe_clause(table, outer, 2))


def test_whoever_speaks_of_themselves_is_told_apart() -> None:
    table, (outer, inner) = _read()
    assert "speaker" in describe_parties(table, outer, 0, [2, 3])
    assert "speaker" not in describe_parties(table, inner, 3, [6])


def test_a_subject_behind_its_verb_and_nothing_said_are_told_apart() -> None:
    table, (outer, _) = _read()
    assert {"subject behind", "nothing said"} <= set(describe_parties(table, outer, 3, []))


def test_counts_end_at_the_most_that_is_told_apart() -> None:
    table, (outer, _) = _read()
    assert "clauses 7" in describe_clause(table, outer, 40)


def test_a_main_clause_is_surer_than_what_it_governs() -> None:
    outer, inner = find_propositions(parse_rows(_NESTED.replace("We we PRP PRON", "Holm Holm NNP PROPN")), (), ())
    assert outer.confidence > inner.confidence


@pytest.mark.parametrize("content", ["no JSON", "{}", '{"weights": {"bias": "much"}}'], ids=["text", "no weights", "no number"])
def test_a_file_of_weights_that_cannot_be_read_is_named(content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.json"
    path.write_text(content, "utf-8")
    monkeypatch.setattr(proposition_confidence, "find_resource", lambda _name: path)
    with pytest.raises(ResourceInvalidError, match="propositions/weights"):
        read_confidence_model.__wrapped__()
