"""Author notes, disclaimers, links and copyright lines are marked and kept."""

from __future__ import annotations

import pytest

from .conftest import Desk

BODY = "The council put off its vote until the spring. The mayor said that she had expected nothing else from it."


def test_a_note_glued_to_the_body_is_taken_apart(desk: Desk) -> None:
    tail = (
        "SourceAbout the author. Ines Valdarra, economist, former mayor."
        "The editors do not necessarily agree with the views of guest columnists."
    )
    document = desk.read("a.txt", f"{BODY}{tail}\nLatest news\n")
    assert document.author == "Ines Valdarra"
    assert document.is_opinion
    assert [(zone.kind, document.text[zone.span.begin : zone.span.end]) for zone in document.zones] == [
        ("boilerplate", "Source"),
        ("author-note", "About the author. Ines Valdarra, economist, former mayor."),
        ("boilerplate", "The editors do not necessarily agree with the views of guest columnists."),
        ("boilerplate", "Latest news"),
    ]
    assert document.text == f"{BODY}{tail}\nLatest news\n"


def test_a_note_may_say_in_a_sentence_who_the_author_is(desk: Desk) -> None:
    document = desk.read("a.txt", f"{BODY}\n\nAbout the author: Ines Valdarra is an economist in Selma. She was mayor once.\n")
    assert document.author == "Ines Valdarra"
    assert [zone.kind for zone in document.zones] == ["author-note"]


def test_words_about_an_author_within_a_sentence_are_no_note(desk: Desk) -> None:
    text = f"{BODY} Nobody knew anything about the author. Ines Valdarra, an economist, said so.\n"
    assert desk.read("a.txt", text).author is None


def test_a_biography_in_the_last_line_is_a_note_where_it_names_the_author(desk: Desk) -> None:
    biography = "Ines Valdarra is a fellow at the Isles Institute."
    zones = desk.zones(f"Harbour vote\nBy Ines Valdarra\n\n{BODY}\n\n{biography}\n")
    assert ("author-note", biography) in zones
    assert desk.zones(f"Harbour vote\nBy Tomas Brook\n\n{BODY}\n\n{biography}\n")[-1][0] == "byline"


@pytest.mark.parametrize(
    "sentence",
    [
        "The editorial board does not necessarily endorse the views of guest writers.",
        "The editorial board of the Harbour Post may not share the views of its columnists.",
        "The views expressed in this article are the author’s own.",
        "The opinions expressed here are those of the author alone.",
        "Opinions expressed in this piece do not necessarily reflect those of the newspaper.",
        "This article reflects the author's views.",
    ],
)
def test_a_disclaimer_is_furniture_and_marks_opinion(desk: Desk, sentence: str) -> None:
    document = desk.read("a.txt", f"{BODY}\n\n{sentence}\n")
    assert document.is_opinion
    assert [(zone.kind, zone.span.begin) for zone in document.zones] == [("boilerplate", len(BODY) + 2)]


def test_a_speaker_who_does_not_share_an_opinion_makes_no_disclaimer(desk: Desk) -> None:
    document = desk.read("a.txt", f"{BODY} The government does not share the opinion of the court, he said.\n")
    assert (document.is_opinion, document.zones) == (False, ())


@pytest.mark.parametrize(
    "line",
    [
        "Latest news",
        "Read more",
        "Read also: Ferry talks fail",
        "Share this article",
        "Subscribe to our newsletter",
        "Follow us on Telegram",
        "Related: Ferry talks fail",
        "Related articles",
        "© 2026 Harbour Post",
        "Copyright 2026 Harbour Post. All rights reserved.",
        "Source",
        "Advertisement",
        "Facebook | Twitter | Email",
        "Photo: Tomas Brook / Harbour Post",
        "Tags: harbour, vote",
        "12 comments",
    ],
)
def test_a_line_of_site_furniture_is_marked(desk: Desk, line: str) -> None:
    assert desk.zones(f"{BODY}\n{line}\n{BODY}\n") == [("boilerplate", line)]


@pytest.mark.parametrize(
    "line",
    [
        "Share prices fell in Selma on Tuesday.",
        "Follow us, the guide told the envoys.",
        "The newsletter said that he had resigned.",
        "Related parties must be heard, the court ruled.",
        "The source said so.",
        "Copyright law is to change, the ministry said.",
        "Video by the ministry showed the ships.",
        "Read the treaty, Valdarra told them.",
        "Subscribers were told late.",
    ],
)
def test_a_sentence_that_resembles_furniture_is_running_text(desk: Desk, line: str) -> None:
    assert desk.zones(f"{BODY}\n{line}\n{BODY}\n") == []


def test_the_headlines_below_a_list_heading_are_furniture_until_running_text(desk: Desk) -> None:
    zones = desk.zones(f"{BODY}\nMost read\nFerry talks fail\nStorm closes port\n{BODY}\n")
    assert [text for _, text in zones] == ["Most read", "Ferry talks fail", "Storm closes port"]


def test_a_credit_at_the_end_names_the_author(desk: Desk) -> None:
    document = desk.read("a.txt", f"{BODY}\n\n(Reporting by Ines Valdarra in Selma; Editing by Tomas Brook)\n")
    assert (document.author, document.zones[0].kind) == ("Ines Valdarra", "byline")


@pytest.mark.parametrize(
    "title", ["Opinion: The harbour can wait", "Op-ed | The harbour can wait", "The harbour can wait | Opinion"]
)
def test_a_title_can_mark_opinion(desk: Desk, title: str) -> None:
    assert desk.read("a.txt", f"{title}\nharbour.example\n\n{BODY}\n").is_opinion


def test_a_section_line_above_the_title_marks_opinion(desk: Desk) -> None:
    document = desk.read("a.txt", f"Commentary\nHarbour vote put off\nBy Ines Valdarra\n\n{BODY}\n")
    assert document.is_opinion


def test_a_title_about_opinions_marks_none(desk: Desk) -> None:
    assert not desk.read("a.txt", f"Opinion polls show a lead for the mayor\nharbour.example\n\n{BODY}\n").is_opinion
