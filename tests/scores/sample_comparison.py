"""One sample text's annotation, as `kg annotate` prints it, against what a careful reader finds in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

from tests.cases.expected import Case, locate
from tests.scores.labels import is_same_label, match_items
from tests.scores.polnear import match_full, to_relation

_ROLES = ("source", "cue", "content")
#: What a value is where a case does not tell it.
_DEFAULTS = {"negated_cue": False, "polarity": "affirmed", "modality": "asserted"}
_ACCURACIES = ("cue_type", "speech", "negated_cue", "polarity", "modality")
_PUTIN = "Vladimir Putin"
_NOT_CLAIMING = frozenset({"denial", "question"})
#: The frames that the cases state; others are scored on sentences of their own (`tests.scores.frames`).
_STATED_FRAMES = frozenset(
    {"stalling", "wants-peace", "escalation", "aid-pledge", "sanctions", "ceasefire-refusal", "territorial-demand", "violation",
     "threat", "denial"}
)  # fmt: skip
#: Both sides do the same thing there, and the order of the labels is arbitrary.
_SYMMETRIC = frozenset({"CONSULT"})


class Item(NamedTuple):
    """Something to be found or something found.

    Attributes:
        value: what is compared.
        words: the same, for a person.
        group: what should stand side by side in a list of failures: a type, or the rule that made it.
        note: where to look.
    """

    value: Any
    words: str
    group: str
    note: str = ""


class Outcome(NamedTuple):
    """How an expected item, a prediction, or the two of them together fared.

    Attributes:
        measure: what it counts for ("attributions", "speaker", "events", ...).
        document: name of the case.
        gold: the expected item in words; None for a false alarm.
        predicted: the predicted item in words; None for a miss.
        is_right: whether the two are the same.
        group, note: as of the item; of the predicted one where there are both.
    """

    measure: str
    document: str
    gold: str | None
    predicted: str | None
    is_right: bool
    group: str
    note: str = ""


class Sample(NamedTuple):
    """A case and the JSON object that the project makes of its text."""

    name: str
    case: Case
    annotation: dict[str, Any]

    def quote(self, spans: Iterable[Sequence[int]]) -> str:
        """Return the words of the spans on one line, parts joined by ` … `."""
        return " … ".join(" ".join(self.annotation["text"][begin:end].split()) for begin, end in spans)

    def find_label(self, actor: str | None) -> str:
        """Return the label of an actor's IRI; "" for None."""
        labels = (mention["label"] for mention in self.annotation["mentions"] if mention["actor"] == actor)
        return next(labels, "") if actor is not None else ""

    def find_mention_labels(self, mentions: Iterable[str | None]) -> list[str]:
        """Return the labels of the mentions, each once, [] where none names an actor."""
        labels = {mention["id"]: mention["label"] for mention in self.annotation["mentions"]}
        return list(dict.fromkeys(labels[mention] for mention in mentions if mention is not None))


def compare_sample(sample: Sample) -> Iterator[Outcome]:
    """Yield all outcomes of a text."""
    yield from compare_attributions(sample)
    yield from compare_events(sample)
    yield from compare_posts(sample)
    yield from compare_stalling(sample)


def compare_attributions(sample: Sample) -> Iterator[Outcome]:
    """Yield FULL matches, misses and false alarms, and of each match whether its speaker, type and so on are right."""
    gold, predicted = sample.case["attribution"], sample.annotation["attributions"]
    spans = [{role: locate(sample.annotation["text"], entry, role) for role in _ROLES} for entry in gold]
    pairs = sorted((j, i) for i, j in match_full([to_relation(item) for item in predicted], [to_relation(s) for s in spans]))

    def describe(roles: dict[str, Any]) -> str:
        return " | ".join(sample.quote(roles[role]) or "-" for role in _ROLES)

    def find_nearest(content: list[tuple[int, int]]) -> str:
        near = max(predicted, key=lambda item: _overlap(item["content"], content), default=None)
        return f"nearest: {near['by']} {describe(near)}" if near and _overlap(near["content"], content) else "nothing near"

    expected_items = [
        Item(entry, describe(roles), entry["cue_type"], find_nearest(roles["content"]))
        for entry, roles in zip(gold, spans, strict=True)
    ]
    found_items = [Item(item, describe(item), item["by"], item["cue_type"]) for item in predicted]
    yield from _settle("attributions", sample.name, expected_items, found_items, pairs)
    ids = {predicted[i]["id"]: gold[j]["id"] for j, i in pairs}
    for j, i in pairs:
        yield from _compare_matched(sample, gold[j], predicted[i], describe(predicted[i]), ids)


def _compare_matched(
    sample: Sample, entry: dict[str, Any], item: dict[str, Any], words: str, ids: dict[str, str]
) -> Iterator[Outcome]:
    """Yield what is right of an attribution that counts; `ids` leads from predicted to expected ids."""
    name, label = sample.name, sample.find_label(item["speaker"])
    is_right = is_same_label(entry["speaker"], label)
    yield Outcome("speaker", name, entry["speaker"] or "-", label or "-", is_right, item["by"], words)
    for key in _ACCURACIES:
        expected = entry.get(key, _DEFAULTS.get(key))
        group = f"{expected} taken for {item[key]}"
        yield Outcome(key, name, str(expected), str(item[key]), expected == item[key], group, f"{item['by']} {words}")
    parent, found = entry.get("parent"), ids.get(item["parent"], item["parent"])
    yield Outcome("parent", name, str(parent), str(found), parent == found, item["by"], words)
    about = [label for actor in item["about"] if (label := sample.find_label(actor))]
    frames = [frame for frame in item["frames"] if frame in _STATED_FRAMES]
    for measure, left, right in (("frames", entry["frames"], frames), ("about", entry["about"], about)):
        yield from _compare_labels(measure, name, left, right, words)


def compare_events(sample: Sample) -> Iterator[Outcome]:
    """Yield outcomes of distinct (actor, type, recipient) triples, and of triggers with their type and sides."""
    text, name, found = sample.annotation["text"], sample.name, sample.annotation["events"]

    def surround(item: dict[str, Any]) -> str:
        begin, end = item["trigger"][0][0], item["trigger"][-1][1]
        return f"{item['by']} … {' '.join(text[max(0, begin - 80) : end + 80].split())} …"

    expected_items, found_items = [], []
    for entry in sample.case["event"]:
        spans = locate(text, entry, "trigger")
        there = [f"{item['type']} {item['by']}" for item in found if _overlap(spans, item["trigger"])]
        expected_items.append(Item((entry, spans), f"{entry['type']} {entry['trigger']!r}", entry["type"], f"there: {there}"))
    for item in found:
        words = f"{item['type']} {sample.quote(item['trigger'])!r}"
        found_items.append(Item((item, item["trigger"]), words, f"{item['by']} {item['type']}", surround(item)))
    pairs = match_items(expected_items, found_items, _is_same_trigger)
    yield from _settle("event_triggers", name, expected_items, found_items, pairs)
    for i, j in pairs:
        entry, item = expected_items[i].value[0], found_items[j].value[0]
        for key in ("modality", "polarity"):
            group = f"{entry[key]} taken for {item[key]}"
            yield Outcome(f"event_{key}", name, entry[key], item[key], entry[key] == item[key], group, surround(item))
        for side in ("actors", "recipients"):
            labels = sample.find_mention_labels(item[side])
            yield from _compare_labels(f"event_{side}", name, entry[side], labels, f"{item['type']} {surround(item)}")
    expected = {triple: repr(entry["trigger"]) for entry in sample.case["event"] for triple in _join_sides(entry, entry)}
    predicted = {
        triple: surround(item)
        for item in found
        for triple in _join_sides(item, {side: sample.find_mention_labels(item[side]) for side in ("actors", "recipients")})
    }
    yield from _compare_triples("events", name, expected, predicted)


def compare_posts(sample: Sample) -> Iterator[Outcome]:
    """Yield outcomes of distinct (person, title, organisation) triples."""
    expected = {(post["person"], post["title"], post["organisation"]): "" for post in sample.case.get("post", [])}
    predicted = {}
    for post in sample.annotation["posts"]:
        person, organisation = ("".join(sample.find_mention_labels([post[key]])) for key in ("holder", "organisation"))
        predicted[person, post["title"] or "", organisation] = f"{post['by']} {sample.quote(post['spans'])}"
    yield from _compare_triples("posts", sample.name, expected, predicted)


def find_stalling_speakers(case: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
    """Return who claims in a case's text that Putin is stalling, each with the last attribution that says so."""
    return {
        speaker: entry
        for entry in case["attribution"]
        if "stalling" in entry["frames"]
        and "denial" not in entry["frames"]  # there the content itself negates the frame
        and entry["cue_type"] not in _NOT_CLAIMING
        and not entry.get("negated_cue", False)
        and _PUTIN in entry["about"]
        for speaker in (entry["speaker"], *entry.get("other_speakers", []))
        if speaker
    }


def compare_stalling(sample: Sample) -> Iterator[Outcome]:
    """Yield outcomes of the question that the demo asks: who claims in this text that Putin is stalling."""
    expected = {
        speaker: Item(speaker, speaker, "stalling", entry["id"]) for speaker, entry in find_stalling_speakers(sample.case).items()
    }
    predicted: dict[str, Item] = {}
    for item in sample.annotation["attributions"]:
        framings = [one for one in item["framings"] if one["frame"] == "stalling" and not one["denied"]]
        targets = [sample.find_label(actor) for framing in framings for actor in framing["targets"] or item["about"]]
        if item["cue_type"] not in _NOT_CLAIMING and not item["negated_cue"] and _PUTIN in targets:
            speaker = sample.find_label(item["speaker"]) or sample.quote(item["source"])
            if speaker:
                predicted.setdefault(speaker, Item(speaker, speaker, item["by"], sample.quote(item["content"])))
    golds, found = list(expected.values()), list(predicted.values())
    yield from _settle("stalling", sample.name, golds, found, match_items(golds, found, _is_equal, _is_same_item))


def _settle(
    measure: str, name: str, gold: Sequence[Item], predicted: Sequence[Item], pairs: Sequence[tuple[int, int]]
) -> Iterator[Outcome]:
    """Yield the pairs (gold, predicted) as right, then the rest of both sides as misses and false alarms."""
    for i, j in pairs:
        yield Outcome(measure, name, gold[i].words, predicted[j].words, is_right=True, group=predicted[j].group)
    matched = [{pair[side] for pair in pairs} for side in (0, 1)]
    for i, item in enumerate(gold):
        if i not in matched[0]:
            yield Outcome(measure, name, item.words, None, is_right=False, group=item.group, note=item.note)
    for j, item in enumerate(predicted):
        if j not in matched[1]:
            yield Outcome(measure, name, None, item.words, is_right=False, group=item.group, note=item.note)


def _compare_labels(measure: str, name: str, gold: Sequence[str], predicted: Sequence[str], note: str) -> Iterator[Outcome]:
    items = [[Item(label, label, label, note) for label in labels] for labels in (gold, predicted)]
    yield from _settle(measure, name, *items, match_items(*items, _is_equal, _is_same_item))


def _compare_triples(
    measure: str, name: str, gold: dict[tuple[str, str, str], str], predicted: dict[tuple[str, str, str], str]
) -> Iterator[Outcome]:
    items = [[Item(key, " | ".join(key), key[1], note) for key, note in triples.items()] for triples in (gold, predicted)]
    yield from _settle(measure, name, *items, match_items(*items, _is_equal, _is_same_triple))


def _join_sides(event: dict[str, Any], labels: dict[str, list[str]]) -> Iterator[tuple[str, str, str]]:
    """Yield every actor with every recipient; an empty side is ""."""
    for actor, recipient in product(labels["actors"] or [""], labels["recipients"] or [""]):
        yield actor, event["type"], recipient


def _is_equal(gold: Item, predicted: Item) -> bool:
    return bool(gold.value == predicted.value)


def _is_same_item(gold: Item, predicted: Item) -> bool:
    return is_same_label(gold.value, predicted.value)


def _is_same_trigger(gold: Item, predicted: Item) -> bool:
    (entry, spans), (item, found) = gold.value, predicted.value
    return entry["type"] == item["type"] and _overlap(spans, found) > 0


def _is_same_triple(gold: Item, predicted: Item) -> bool:
    """Compare the middle by its letters (an event's type, a post's title), the sides as labels."""
    (left, middle, right), (a, found, b) = gold.value, predicted.value
    if middle.casefold() != found.casefold():
        return False
    is_straight = is_same_label(left, a) and is_same_label(right, b)
    return is_straight or (middle in _SYMMETRIC and is_same_label(left, b) and is_same_label(right, a))


def _overlap(left: Iterable[Sequence[int]], right: Iterable[Sequence[int]]) -> int:
    others = list(right)
    return sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in left for b in others)
