"""Dates keep the offset that they were given with, and are never guessed."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.read.dates import to_iso


@pytest.mark.parametrize(
    ("given_date", "expected"),
    [
        ("Wed, 04 Mar 2026 18:14:00 +0300", "2026-03-04T18:14:00+03:00"),
        ("4 Mar 2026 18:14 GMT", "2026-03-04T18:14:00+00:00"),
        ("Wed, 04 Mar 2026 18:14:00 EST", "2026-03-04T18:14:00-05:00"),
        ("2026-03-04", "2026-03-04"),
        ("2026-03-04T18:14:00Z", "2026-03-04T18:14:00+00:00"),
        ("2026-03-04 18:14:00-0800", "2026-03-04T18:14:00-08:00"),
        ("2026-03-04T18:14", "2026-03-04T18:14:00"),
        ("4 March 2026", "2026-03-04"),
        ("March 4th, 2026", "2026-03-04"),
        ("Wednesday, Mar. 4, 2026, 6:14 p.m. EDT", "2026-03-04T18:14:00-04:00"),
        ("4 Sept 2026 at 12:05 am", "2026-09-04T00:05:00"),
        ("04 Mar 2026, 18:14 EET", "2026-03-04T18:14:00+02:00"),
        ("4 March 2026 18:14 UTC+3", "2026-03-04T18:14:00+03:00"),
        ("2026/03/04", "2026-03-04"),
        ("24.03.2026", "2026-03-24"),
        ("03/24/2026", "2026-03-24"),
        ("04/04/2026", "2026-04-04"),
        ("1772647200", "2026-03-04T18:00:00+00:00"),
        ("1772647200000", "2026-03-04T18:00:00+00:00"),
        ("  4 \n March\t2026 ", "2026-03-04"),
    ],
)
def test_a_date_is_given_as_iso_8601_with_its_own_offset(given_date: str, expected: str) -> None:
    assert to_iso(given_date) == expected


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "yesterday",
        "2026",
        "March 2026",
        "2026-02-30",
        "31 April 2026",
        "4 Smarch 2026",
        "13:14",
        "4 March 2026 25:00",
        "4 March 2026 13:00 pm",
        "Mon, 99 Mar 2026 18:14:00 +0300",
        "0000-00-00",
        "4 March 2026 +99:00",
    ],
)
def test_what_is_no_date_is_none(text: str | None) -> None:
    assert to_iso(text) is None


def test_a_date_whose_day_and_month_could_be_exchanged_is_none() -> None:
    assert to_iso("10/11/2026") is None


@given(st.text(alphabet="0123456789-:+TZ. ,/MarchOctpm", max_size=40))
def test_no_text_makes_date_reading_fail(text: str) -> None:
    result = to_iso(text)
    assert result is None or result[:4].isdigit()


@given(st.datetimes(), st.integers(-14 * 60, 14 * 60))
def test_every_iso_moment_is_kept_as_it_is(moment: datetime, minutes: int) -> None:
    aware = moment.replace(year=max(moment.year, 1000), tzinfo=timezone(timedelta(minutes=minutes)))
    assert to_iso(aware.isoformat()) == aware.isoformat()
