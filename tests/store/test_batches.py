"""Work in pieces loses nothing and keeps its order."""

from hypothesis import given
from hypothesis import strategies as st

from kg.store.batches import gather, split


@given(st.lists(st.integers()), st.integers(1, 9))
def test_pieces_are_the_whole_in_order(items: list[int], size: int) -> None:
    pieces = list(split(items, size))
    assert [item for piece in pieces for item in piece] == items
    assert all(len(piece) == size for piece in pieces[:-1])


@given(st.lists(st.text(max_size=5)), st.integers(1, 12))
def test_what_is_gathered_weighs_enough_with_its_last_item_and_not_before(items: list[str], enough: int) -> None:
    together = list(gather(items, len, enough))
    assert [item for piece in together for item in piece] == items
    assert all(sum(map(len, piece)) >= enough for piece in together[:-1])
    assert all(sum(map(len, piece[:-1])) < enough for piece in together)
