"""The words that a pattern asks for: never too many, or matches would be lost; rarely none, or nothing would be saved."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from kg.extract.frame_literals import find_keys, find_text_keys, read_keys, write_keys
from kg.extract.frame_patterns import FramePatterns
from kg.model.frame import Frame
from kg.rdf.ontology import read_frames
from kg.resources import find_resource
from training.frames.describe import make_page

_SENTENCES = Path(__file__).parents[2] / "training" / "frames" / "sentences"


@pytest.mark.parametrize(
    ("pattern", "keys"),
    [
        (r"\bstalling\b", {"stall"}),
        (r"\b(?:buy|gain)(?:s|ed)?\s+time\b", {"time"}),
        (r"\b(?:dawdl|dither)\w*\b", {"dawdl", "dithe"}),
        (r"\bnot\s+(?:\w+\s+){0,2}serious\b", {"serio"}),
        (r"\b(?:de-)?escalat\w+\b", {"escal"}),
        (r"\bcease-?fires?\b", {"cease"}),
        (r"\b(?<!de)nuclear\b", {"nucle"}),
        (r"\b(?:ab)*cdef\b", {"ab", "cdef"}),
        (r"\bx?stall\b", {"xstal", "stall"}),
        (r"\b\w+ing\b", None),
        (r"\b(?:talks|\w+)\b", None),
        (r"\bis\s+the\b", None),
    ],
)
def test_the_rarest_words_of_a_pattern_are_its_keys(pattern: str, keys: set[str] | None) -> None:
    found = find_keys(pattern)
    assert (None if found is None else set(found)) == keys


def test_a_text_shows_the_beginnings_of_each_of_its_words() -> None:
    assert set(find_text_keys("Stall, no!")) == {"st", "sta", "stal", "stall", "no"}


def test_no_shipped_pattern_matches_a_text_without_its_keys() -> None:
    texts = [
        line[2]
        for path in sorted(_SENTENCES.glob("*.toml"))
        for table in tomllib.loads(path.read_text("utf-8")).values()
        for line in table["items"]
    ]
    texts += [text for frame in read_frames() for text in (*frame.examples, *frame.counter_examples)]
    keys_of = [set(find_text_keys(text)) for text in texts]
    for frame in read_frames():
        for pattern in frame.patterns:
            keys, compiled = find_keys(pattern), re.compile(pattern, re.IGNORECASE)
            lost = [] if keys is None else [text for text, own in zip(texts, keys_of, strict=True) if not keys & own]
            assert not [text for text in lost if compiled.search(text)], pattern


def test_nearly_all_shipped_patterns_are_run_only_where_their_words_are() -> None:
    patterns = [pattern for frame in read_frames() for pattern in frame.patterns]
    assert sum(find_keys(pattern) is None for pattern in patterns) < 0.1 * len(patterns)


def test_a_match_that_an_exclusion_overlaps_is_none_and_one_beside_it_is() -> None:
    patterns = FramePatterns((Frame(notation="x", patterns=(r"\bstall\w*",), exclusions=(r"\bengine\s+stall\w*",)),))
    found = [(match.notation, match.begin) for match in patterns.find_matches("The engine stalled, and the envoy stalled too.")]
    assert found == [("x", 34)]


def test_a_frame_s_exclusion_vetoes_no_other_frame() -> None:
    frames = (
        Frame(notation="x", patterns=(r"\bstall\w*",), exclusions=("engine stall",)),
        Frame(notation="y", patterns=("stalled",)),
    )
    assert [match.notation for match in FramePatterns(frames).find_matches("engine stalled")] == ["y"]


def test_the_page_of_the_frames_is_that_of_the_scheme() -> None:
    page = Path(__file__).parents[2] / "docs" / "frames.md"
    assert page.read_text("utf-8") == make_page()


def test_the_words_that_are_noted_are_those_that_are_found() -> None:
    patterns = [pattern for frame in read_frames() for pattern in frame.patterns]
    assert find_resource("models/frames/keys.json").read_text("utf-8") == write_keys(patterns)
    assert read_keys() == {pattern: keys for pattern in patterns if (keys := find_keys(pattern)) is not None}
