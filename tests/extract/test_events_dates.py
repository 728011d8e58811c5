"""The day of an event: 2025-10-22 is a Wednesday."""

from __future__ import annotations

import pytest

from kg.extract.event_dates import find_date

_PUBLISHED = "2025-10-22T18:14:00+03:00"


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("on Tuesday", "2025-10-21"),
        ("on Wednesday", "2025-10-22"),
        ("last Wednesday", "2025-10-15"),
        ("next Monday", "2025-10-27"),
        ("yesterday", "2025-10-21"),
        ("overnight", "2025-10-22"),
        ("tomorrow", "2025-10-23"),
        ("three days ago", "2025-10-19"),
        ("on 3 October 2024", "2024-10-03"),
        ("on October 3", "2025-10-03"),
        ("on Dec. 30", "2024-12-30"),
        ("on 2024-02-29", "2024-02-29"),
        ("last week", None),
        ("a week ago", None),
        ("in October", None),
        ("on 31 February 2025", None),
        ("in the park", None),
        ("", None),
    ],
)
def test_a_phrase_is_resolved_against_the_day_of_publication(phrase: str, expected: str | None) -> None:
    assert find_date(phrase, _PUBLISHED, is_future=False) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"), [("on Tuesday", "2025-10-28"), ("on January 5", "2026-01-05"), ("on Wednesday", "2025-10-22")]
)
def test_what_is_to_come_is_after_publication(phrase: str, expected: str) -> None:
    assert find_date(phrase, _PUBLISHED, is_future=True) == expected


@pytest.mark.parametrize(
    ("phrase", "expected"), [("on 3 October 2024", "2024-10-03"), ("on October 3", None), ("yesterday", None)]
)
def test_without_publication_only_full_dates_resolve(phrase: str, expected: str | None) -> None:
    assert find_date(phrase, None, is_future=False) == expected
