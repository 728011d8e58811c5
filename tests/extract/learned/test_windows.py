"""Windows hold whole sentences, every token once, and never more word pieces than the labeller reads."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from kg.extract.learned.windows import cut_windows


def test_sentences_share_a_window_while_they_fit() -> None:
    sentences = [[0, 1, 2], [3, 4], [5, 6, 7]]
    assert cut_windows(sentences, [1] * 8, longest=5) == [[0, 1, 2, 3, 4], [5, 6, 7]]


def test_a_sentence_that_does_not_fit_begins_a_window_of_its_own() -> None:
    assert cut_windows([[0, 1, 2], [3, 4, 5]], [1] * 6, longest=5) == [[0, 1, 2], [3, 4, 5]]


def test_only_a_sentence_longer_than_a_window_is_cut_inside() -> None:
    assert cut_windows([[0, 1], [2, 3, 4, 5]], [1] * 6, longest=3) == [[0, 1], [2, 3, 4], [5]]


def test_the_first_window_can_be_shorter() -> None:
    assert cut_windows([[0], [1], [2]], [1, 1, 1], longest=3, first=1) == [[0], [1, 2]]


def test_a_paragraph_that_would_be_cut_begins_a_window() -> None:
    sentences = [[0, 1, 2], [3], [4, 5]]
    assert cut_windows(sentences, [1] * 6, longest=5, openings={0, 3}) == [[0, 1, 2], [3, 4, 5]]


def test_a_paragraph_longer_than_a_window_is_cut_where_a_sentence_ends() -> None:
    sentences = [[0, 1], [2, 3], [4, 5], [6]]
    assert cut_windows(sentences, [1] * 7, longest=4, openings={0, 2}) == [[0, 1, 2, 3], [4, 5, 6]]


def test_no_sentences_make_no_windows() -> None:
    assert cut_windows([], []) == []


@given(
    st.lists(st.lists(st.integers(1, 6), min_size=1, max_size=30), max_size=20),
    st.integers(6, 40),
    st.integers(1, 40),
    st.frozensets(st.integers(0, 100)),
)
def test_every_token_is_in_one_window_and_no_window_is_too_long(
    words: list[list[int]], longest: int, first: int, openings: frozenset[int]
) -> None:
    lengths = [length for sentence in words for length in sentence]
    tokens = iter(range(len(lengths)))
    sentences = [[next(tokens) for _ in sentence] for sentence in words]
    windows = cut_windows(sentences, lengths, longest, first, openings)
    assert [token for window in windows for token in window] == list(range(len(lengths)))
    assert all(sum(lengths[token] for token in window) <= longest for window in windows)
