"""Days that questions name, counted from a Sunday: 22 November 2026."""

from __future__ import annotations

from datetime import date

import pytest

from kg.query.ask_time import Days, find_days

TODAY = date(2026, 11, 22)


def day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "since", "until"),
    [
        ("in October 2025", "2025-10-01", "2025-10-31"),
        ("in 2024", "2024-01-01", "2024-12-31"),
        ("in February 2024", "2024-02-01", "2024-02-29"),
        ("in December", "2025-12-01", "2025-12-31"),
        ("in November", "2026-11-01", "2026-11-30"),
        ("on 20 October 2025", "2025-10-20", "2025-10-20"),
        ("on October 20, 2025", "2025-10-20", "2025-10-20"),
        ("on the 3rd of May", "2026-05-03", "2026-05-03"),
        ("on 2025-10-20", "2025-10-20", "2025-10-20"),
        ("since 2024", "2024-01-01", ""),
        ("since 3 March 2026", "2026-03-03", ""),
        ("since Monday", "2026-11-16", ""),
        ("since two weeks ago", "2026-11-08", ""),
        ("before May 2025", "", "2025-04-30"),
        ("after May 2025", "2025-06-01", ""),
        ("until 2023", "", "2023-12-31"),
        ("last week", "2026-11-09", "2026-11-15"),
        ("this week", "2026-11-16", "2026-11-22"),
        ("last month", "2026-10-01", "2026-10-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("last October", "2026-10-01", "2026-10-31"),
        ("last Friday", "2026-11-20", "2026-11-20"),
        ("yesterday", "2026-11-21", "2026-11-21"),
        ("today", "2026-11-22", "2026-11-22"),
        ("in the last two weeks", "2026-11-08", "2026-11-22"),
        ("in the past 10 days", "2026-11-12", "2026-11-22"),
        ("over the past month", "2026-10-22", "2026-11-22"),
        ("between May and July 2025", "2025-05-01", "2025-07-31"),
        ("from 5 January 2024 to 1 February 2024", "2024-01-05", "2024-02-01"),
        ("in the first quarter of 2025", "2025-01-01", "2025-03-31"),
    ],
)
def test_days_are_read_and_taken_out_of_the_question(words: str, since: str, until: str) -> None:
    days, rest = find_days(f"who met Ada Orlik {words}?", TODAY)
    assert days == Days(day(since), day(until))
    assert rest == "who met Ada Orlik?"


@pytest.mark.parametrize(
    "text", ["who may lead the march", "who claims that a decade is enough", "who met the 2nd envoy", "on 31 February 2024"]
)
def test_what_is_no_day_stays_in_the_question(text: str) -> None:
    assert find_days(text, TODAY) == (Days(None, None), text)


def test_a_month_back_from_a_long_one_ends_with_the_shorter_one() -> None:
    assert find_days("in the last month", date(2026, 3, 31))[0].since == date(2026, 2, 28)


def test_days_may_open_a_question() -> None:
    assert find_days("In October 2025, who met Ada Orlik", TODAY)[1] == "who met Ada Orlik"
