"""The hand-made cases are well-formed and describe the sample texts that they name."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, get_args

import feedparser
import pytest

from kg.model.attribution import CueType, Modality, Polarity, Speech
from kg.model.event import EventModality, EventType
from kg.resolve.registry import read_registry
from tests.cases.expected import ROOT, SOURCES, locate, read_cases

CASES = read_cases()
FRAMES = {
    "stalling", "wants-peace", "escalation", "aid-pledge", "sanctions",
    "ceasefire-refusal", "territorial-demand", "violation", "threat", "denial",
}  # fmt: skip
KEYS = {
    "attribution": {
        "id", "source", "source_nth", "cue", "cue_nth", "content", "content_nth", "speech", "cue_type", "speaker",
        "other_speakers", "addressee", "about", "frames", "negated_cue", "hedged", "polarity", "modality", "own_voice",
        "parent", "parent_content",
    },
    "event": {"id", "type", "trigger", "trigger_nth", "actors", "recipients", "modality", "polarity", "date", "reported"},
    "post": {"id", "person", "title", "organisation", "former"},
}  # fmt: skip
PREFIXES = {"attribution": "a", "event": "e", "post": "r"}
INVENTED = re.compile(r"written for the Sayso project; people, quotes and events in it are invented")
every_case = pytest.mark.parametrize("name", CASES)


class _ArticleText(HTMLParser):
    """Collects the text of paragraphs and headings, of `<article>` alone where the page has one."""

    def __init__(self) -> None:
        super().__init__()
        self.parts: list[str] = []
        self.is_over = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        if tag == "article":
            self.parts.clear()
        self.parts.append("\n" if tag in {"p", "h1"} else "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "article":
            self.is_over = True  # what follows is furniture

    def handle_data(self, data: str) -> None:
        if not self.is_over:
            self.parts.append(data)


def strip_tags(markup: str) -> str:
    parser = _ArticleText()
    parser.feed(markup)
    return "".join(parser.parts)


def read_records(path: Path) -> list[str]:
    """Return the article text of each record of a sample file, by ways that do not depend on `kg.read`."""
    if path.suffix == ".xml":
        return [strip_tags(entry.content[0].value) for entry in feedparser.parse(path.read_bytes()).entries]
    raw = path.read_text("utf-8")
    if path.suffix == ".jsonl":
        return [json.loads(line)["text"] for line in raw.splitlines()]
    return [strip_tags(raw) if path.suffix == ".html" else raw]


def read_text(case: dict[str, Any]) -> str:
    return read_records(ROOT / case["document"]["path"])[case["document"].get("record", 1) - 1]


def sample_files() -> list[Path]:
    return sorted(path for path in SOURCES.glob("*/*") if path.is_file())


@every_case
def test_every_span_of_a_case_stands_in_its_text(name: str) -> None:
    case = CASES[name]
    text = read_text(case)
    for attribution in case["attribution"]:
        for field in ("source", "cue", "content"):
            locate(text, attribution, field)
    for event in case["event"]:
        locate(text, event, "trigger")


@every_case
def test_spans_do_not_run_across_paragraphs(name: str) -> None:
    for attribution in CASES[name]["attribution"]:
        parts = [attribution["content"]] if isinstance(attribution["content"], str) else attribution["content"]
        assert not [part for part in (*parts, attribution["source"], attribution["cue"]) if "\n\n" in part]


@every_case
def test_source_cue_and_content_of_an_attribution_do_not_overlap(name: str) -> None:
    text = read_text(CASES[name])
    for attribution in CASES[name]["attribution"]:
        content = locate(text, attribution, "content")
        for field in ("source", "cue"):
            for begin, end in locate(text, attribution, field):
                clash = [span for span in content if begin < span[1] and span[0] < end]
                assert not clash, f"{attribution['id']}: {field} lies in the content"


@every_case
def test_a_source_stands_near_its_cue(name: str) -> None:
    text = read_text(CASES[name])
    for attribution in CASES[name]["attribution"]:
        source, cue = locate(text, attribution, "source"), locate(text, attribution, "cue")
        if source and cue:
            gap = max(cue[0][0] - source[0][1], source[0][0] - cue[0][1])
            assert gap < 160, f"{attribution['id']}: {gap} characters between source and cue"


@every_case
@pytest.mark.parametrize("kind", PREFIXES)
def test_ids_are_numbered_without_gaps(name: str, kind: str) -> None:
    entries = CASES[name].get(kind, [])
    assert [entry["id"] for entry in entries] == [f"{PREFIXES[kind]}{n}" for n in range(1, len(entries) + 1)]


@every_case
@pytest.mark.parametrize("kind", KEYS)
def test_no_key_is_misspelt(name: str, kind: str) -> None:
    assert not [key for entry in CASES[name].get(kind, []) for key in entry if key not in KEYS[kind]]


@every_case
def test_values_come_from_the_fixed_vocabularies(name: str) -> None:
    for attribution in CASES[name]["attribution"]:
        assert attribution["speech"] in get_args(Speech)
        assert attribution["cue_type"] in get_args(CueType)
        assert attribution.get("polarity", "affirmed") in get_args(Polarity)
        assert attribution.get("modality", "asserted") in get_args(Modality)
        assert set(attribution["frames"]) <= FRAMES
        assert attribution["cue"] or attribution.get("own_voice")
    for event in CASES[name]["event"]:
        assert event["type"] in get_args(EventType)
        assert event["modality"] in get_args(EventModality)
        assert event["polarity"] in get_args(Polarity)


@every_case
def test_the_parent_of_an_attribution_holds_its_cue(name: str) -> None:
    text = read_text(CASES[name])
    by_id = {attribution["id"]: attribution for attribution in CASES[name]["attribution"]}
    for attribution in by_id.values():
        if "parent" in attribution:
            parent = by_id[attribution["parent"]]
            first = parent["content"] if isinstance(parent["content"], str) else parent["content"][0]
            assert attribution["parent_content"] == first
            ((begin, end),) = locate(text, attribution, "cue")
            held = [span for span in locate(text, parent, "content") if span[0] <= begin and end <= span[1]]
            assert held, f"{attribution['id']}: its cue is outside {parent['id']}"


@every_case
def test_an_event_is_reported_exactly_where_a_content_holds_its_trigger(name: str) -> None:
    text = read_text(CASES[name])
    contents = [span for attribution in CASES[name]["attribution"] for span in locate(text, attribution, "content")]
    for event in CASES[name]["event"]:
        ((begin, end),) = locate(text, event, "trigger")
        inside = any(span[0] <= begin and end <= span[1] for span in contents)
        assert event["reported"] == inside, event["id"]


@every_case
def test_the_holder_of_a_post_is_named_in_the_text(name: str) -> None:
    text = read_text(CASES[name])
    for post in CASES[name].get("post", []):
        # The label may be the registry's ("Zelenskyy", "Marcos Jr."): the beginning of one word of it decides.
        assert any(word[:5] in text for word in post["person"].split() if len(word) > 3), post["id"]


def test_a_registered_actor_has_the_label_of_the_registry() -> None:
    actors = list(read_registry("https://sayso.example/").actors.values())
    labels = {actor.label for actor in actors}
    aliases = {alias.casefold(): actor.label for actor in actors for alias in actor.aliases}
    named = {label for case in CASES.values() for entry in case["attribution"] for label in (entry["speaker"], *entry["about"])}
    named |= {label for case in CASES.values() for event in case["event"] for label in (*event["actors"], *event["recipients"])}
    assert not {label: aliases[label.casefold()] for label in named - labels if label.casefold() in aliases}


def test_every_record_of_every_sample_has_one_case() -> None:
    described = sorted((case["document"]["path"], case["document"].get("record", 1)) for case in CASES.values())
    existing = [
        (path.relative_to(ROOT).as_posix(), number) for path in sample_files() for number in range(1, len(read_records(path)) + 1)
    ]
    assert described == sorted(existing)


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_a_sample_has_300_to_600_words_a_text(path: Path) -> None:
    counts = [len(text.split()) for text in read_records(path)]
    assert all(300 <= count <= 600 for count in counts), counts


@pytest.mark.parametrize("path", sample_files(), ids=lambda path: path.name)
def test_a_sample_says_that_it_is_invented(path: Path) -> None:
    assert INVENTED.search(path.read_text("utf-8"))


def test_the_samples_hold_all_sixteen_event_types() -> None:
    assert {event["type"] for case in CASES.values() for event in case["event"]} == set(get_args(EventType))


def test_the_samples_hold_every_frame_and_every_cue_type() -> None:
    attributions = [attribution for case in CASES.values() for attribution in case["attribution"]]
    assert {frame for attribution in attributions for frame in attribution["frames"]} == FRAMES
    assert {attribution["cue_type"] for attribution in attributions} == set(get_args(CueType))


def test_at_least_five_texts_claim_that_putin_is_stalling() -> None:
    texts = {
        name
        for name, case in CASES.items()
        for attribution in case["attribution"]
        if "stalling" in attribution["frames"]
        and "Vladimir Putin" in attribution["about"]
        and attribution["cue_type"] not in {"denial", "question"}
        and "denial" not in attribution["frames"]
    }
    assert len(texts) >= 5, texts
