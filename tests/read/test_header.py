"""The head of a plain text: title, host, date, byline, dateline."""

from __future__ import annotations

import pytest

from .conftest import Desk

BODY = "The council of the island republic met on Tuesday and put off its vote on the new harbour until the spring.\n"


def test_title_host_and_date_lines_are_marked_and_recorded(desk: Desk) -> None:
    head = "Harbour vote put off again\nnews.harbour-post.example\nTue, 03 Mar 2026 18:14:00 +0300\n\n"
    document = desk.read("a.txt", head + BODY)
    assert (document.title, document.publisher) == ("Harbour vote put off again", "news.harbour-post.example")
    assert document.published == "2026-03-03T18:14:00+03:00"
    assert [zone.kind for zone in document.zones] == ["title", "host", "dateline"]
    assert document.text == head + BODY


def test_windows_line_ends_move_no_zone(desk: Desk) -> None:
    head = "Harbour vote put off again\r\nharbour-post.example\r\nTue, 03 Mar 2026 18:14:00 +0300\r\n\r\n"
    assert [text for _, text in desk.zones(head + BODY)] == head.split("\r\n")[:3]


def test_a_text_that_starts_with_its_body_has_no_header(desk: Desk) -> None:
    document = desk.read("a.txt", BODY + "The mayor said that she was not surprised.\n")
    assert (document.title, document.zones) == (None, ())


def test_a_title_a_byline_and_a_date_on_lines_of_their_own_are_told(desk: Desk) -> None:
    document = desk.read("a.txt", f"Harbour vote put off again\nBy Ines Valdarra\n3 March 2026\n\n{BODY}")
    assert (document.author, document.published) == ("Ines Valdarra", "2026-03-03")
    assert [zone.kind for zone in document.zones] == ["title", "byline", "dateline"]


def test_a_deck_between_title_and_byline_is_running_text(desk: Desk) -> None:
    zones = desk.zones(f"Harbour vote put off again\nThe council wants more time.\nBy Ines Valdarra\n\n{BODY}")
    assert zones == [("title", "Harbour vote put off again"), ("byline", "By Ines Valdarra")]


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Ines Valdarra", "Ines Valdarra"),
        ("BY INES O’NEILL-VALDARRA", "Ines O’Neill-Valdarra"),
        ("By Ines Valdarra and Tomas van der Brook", "Ines Valdarra; Tomas van der Brook"),
        ("By Ines Valdarra, Port Selma", "Ines Valdarra"),
        ("By Ines Valdarra, Ana Reis and Tomas Brook", "Ines Valdarra; Ana Reis; Tomas Brook"),
        ("By Ines Valdarra in Selma and Tomas Brook in Ostia", "Ines Valdarra; Tomas Brook"),
        ("By Ines Valdarra, 3 March 2026", "Ines Valdarra"),
        ("By Ines Valdarra | 3 March 2026", "Ines Valdarra"),
        ("Written by Dr. Ines Valdarra", "Ines Valdarra"),
        ("Author: Ines Valdarra", "Ines Valdarra"),
        ("Ines Valdarra, Selma", "Ines Valdarra"),
        ("Ines Valdarra · 3 March 2026", "Ines Valdarra"),
        ("By our correspondent", None),
        ("By Staff Writer", None),
        ("By Reuters", None),
    ],
)
def test_a_byline_names_its_author(desk: Desk, line: str, author: str | None) -> None:
    document = desk.read("a.txt", f"Harbour vote put off again\n{line}\n\n{BODY}")
    assert "byline" in [zone.kind for zone in document.zones]
    assert document.author == author


@pytest.mark.parametrize(
    "line",
    ["By Tuesday the harbour was closed and the ships had left for the mainland.", "By then, nobody cared.", "By and large"],
)
def test_a_sentence_that_begins_with_by_is_no_byline(desk: Desk, line: str) -> None:
    document = desk.read("a.txt", f"{line}\n{BODY}")
    assert document.author is None
    assert "byline" not in [zone.kind for zone in document.zones]


def test_labelled_header_lines_are_read(desk: Desk) -> None:
    head = "Title: Harbour vote put off\nAuthor: Ines Valdarra\nDate: 2026-03-03\nURL: https://post.example/harbour\n\n"
    document = desk.read("a.txt", head + BODY)
    assert (document.title, document.author) == ("Harbour vote put off", "Ines Valdarra")
    assert (document.published, document.url) == ("2026-03-03", "https://post.example/harbour")
    assert document.location == "https://post.example/harbour"


def test_a_short_first_line_above_a_paragraph_is_a_title(desk: Desk) -> None:
    assert desk.zones(f"Harbour vote put off again\n\n{BODY}") == [("title", "Harbour vote put off again")]


@pytest.mark.parametrize("line", ["Yesterday,", "and then", "He left.", "“Never again.”", "- a point", "One two"])
def test_a_first_line_that_may_be_running_text_is_no_title(desk: Desk, line: str) -> None:
    assert desk.zones(f"{line}\n\n{BODY}") == []


def test_a_heading_of_a_markdown_file_is_its_title_without_the_sign(desk: Desk) -> None:
    document = desk.read("a.md", f"# Harbour vote\n\n{BODY}")
    assert (document.title, document.zones[0].span) == ("Harbour vote", (0, 14))


@pytest.mark.parametrize(
    ("opening", "zone", "published"),
    [
        ("PORT SELMA, March 3 (Wire) - ", "PORT SELMA, March 3 (Wire) -", None),
        ("SELMA, March 3, 2026 — ", "SELMA, March 3, 2026 —", "2026-03-03"),
        ("SELMA — ", "SELMA —", None),
        ("Selma, Isles (Wire) – ", "Selma, Isles (Wire) –", None),
        ("SELMA, 3 March 2026 -- ", "SELMA, 3 March 2026 --", "2026-03-03"),
        ("SELMA (Wire)—", "SELMA (Wire)—", None),
    ],
)
def test_a_dateline_opens_the_body(desk: Desk, opening: str, zone: str, published: str | None) -> None:
    document = desk.read("a.txt", f"Harbour vote put off again\n\n{opening}{BODY}")
    kinds = {item.kind: document.text[item.span.begin : item.span.end] for item in document.zones}
    assert kinds == {"title": "Harbour vote put off again", "dateline": zone}
    assert document.published == published


@pytest.mark.parametrize(
    "body",
    ["NATO — The alliance has said so for years.\n", "SELMA — The old city — slept through it.\n", "Selma — The city slept.\n"],
)
def test_a_dash_alone_makes_no_dateline(desk: Desk, body: str) -> None:
    assert desk.zones(body + BODY) == []


def test_a_dateline_shows_that_a_sentence_before_it_is_the_title(desk: Desk) -> None:
    zones = desk.zones(f"The council puts off its vote.\n\nSELMA, March 3 (Wire) — {BODY}")
    assert zones == [("title", "The council puts off its vote."), ("dateline", "SELMA, March 3 (Wire) —")]


def test_a_date_that_is_invalid_is_not_recorded(desk: Desk) -> None:
    assert desk.read("a.txt", f"Harbour vote\nharbour.example\n31 February 2026\n\n{BODY}").published is None


def test_a_date_in_the_middle_of_the_body_is_not_the_date_of_publication(desk: Desk) -> None:
    assert desk.read("a.txt", BODY * 3 + "\n3 March 2026\n\n" + BODY).published is None


def test_metadata_goes_before_what_the_text_says(desk: Desk) -> None:
    row = f'text,author,date\n"By Ines Valdarra\n3 March 2026\n\n{BODY}",Tomas Brook,2026-01-01\n'
    document = desk.read("a.csv", row)
    assert (document.author, document.published) == ("Tomas Brook", "2026-01-01")
    assert [zone.kind for zone in document.zones] == ["byline", "dateline"]


def test_a_known_title_is_marked_only_where_the_text_repeats_it(desk: Desk) -> None:
    (plain, repeated) = desk.read_all(
        desk.write(
            "a.jsonl",
            '{"title": "Harbour vote", "text": "Short line\\n\\nThe vote was put off until the spring, the mayor said."}\n'
            '{"title": "Harbour vote", "text": "HARBOUR  VOTE\\nThe vote was put off until the spring, the mayor said."}\n',
        )
    )
    assert plain.zones == ()
    assert [zone.kind for zone in repeated.zones] == ["title"]
