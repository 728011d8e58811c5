"""What speaks for and against each person whom "he" or "she" may mean: features for a learned ranker."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import log
from typing import NamedTuple

from kg.model.mention import Gender, Mention
from kg.resolve.salience import find_speech_features
from kg.resolve.view import View

#: Features of a person, by name; one that is missing is 0.
Features = dict[str, float]

#: Further back, one sentence more tells nothing.
_MOST_SENTENCES = 4
_MOST_COUNT = 3
_SUBJECT, _OBJECT, _POSSESSIVE = "subject", "object", "possessive"


class Standing(NamedTuple):
    """What a person has by itself where a pronoun stands.

    Attributes:
        mentions: its mentions near the pronoun with how many other mentions stand between, nearest first; those behind
            the pronoun last.
        names, pronouns: how often it was named, and meant by a pronoun, so far.
        all_names: how often the whole text names it.
        is_first: no other person is named in front of it.
        opens: the first sentence names it.
        gender: as names, titles and pronouns tell it.
        added: log-odds that other rules give it.
    """

    mentions: Sequence[tuple[int, Mention]]
    names: int
    pronouns: int
    all_names: int
    is_first: bool
    opens: bool
    gender: Gender
    added: float


def describe_persons(pronoun: Mention, persons: dict[str, Standing], view: View) -> dict[str, Features]:
    """Return actor -> features for those whom a pronoun may mean; empty without any."""
    persons = {actor: _leave_quotations(pronoun, standing) for actor, standing in persons.items()}
    found = {actor: dict(_describe(pronoun, standing, view)) for actor, standing in persons.items()}
    _compare(pronoun, persons, found)
    return found


def _leave_quotations(pronoun: Mention, standing: Standing) -> Standing:
    """Return a person without its mentions in quotations, where the pronoun stands in none and others are left."""
    outside = [(rank, mention) for rank, mention in standing.mentions if not mention.is_quoted]
    return standing if pronoun.is_quoted or not outside else standing._replace(mentions=outside)


def _describe(pronoun: Mention, standing: Standing, view: View) -> Iterator[tuple[str, float]]:
    own = _read_place(pronoun)
    yield "added", standing.added
    yield "names", log(1 + standing.names)
    yield "all names", log(1 + standing.all_names)
    yield "pronouns", log(1 + standing.pronouns)
    if standing.is_first:
        yield "first", 1
    if standing.opens:
        yield "opens", 1
    if standing.gender == pronoun.gender:
        yield "gender told", 1
    nearest_rank, nearest = standing.mentions[0]
    yield "rank", log(1 + nearest_rank)
    yield "nearest " + nearest.kind, 1
    yield f"paragraphs {min(view.find_paragraph(pronoun) - view.find_paragraph(nearest), 2)}", 1
    begin = view.begins[pronoun.id]
    yield "distance", log(1 + abs(begin - view.begins[nearest.id]) / 6)
    seen: set[str] = set()
    for _, mention in standing.mentions:
        for name in _describe_mention(mention, pronoun, own, view):
            if name not in seen:
                seen.add(name)
                yield name, 1
    values = [sum(value for _, value in find_speech_features(mention, pronoun, view)) for _, mention in standing.mentions]
    if values:
        yield "speech", max(values)


def _describe_mention(mention: Mention, pronoun: Mention, own: str, view: View) -> Iterator[str]:
    """Yield the names of the features of one mention."""
    role = _read_place(mention)
    form = "pronoun" if mention.kind == "pronoun" else "name"
    if view.begins[mention.id] > view.begins[pronoun.id]:
        yield f"behind {role}"
        yield f"behind for {own}"
        return
    sentences = min(pronoun.sentence - mention.sentence, _MOST_SENTENCES)
    yield f"{sentences} {role}"
    yield f"{sentences} {role} for {own}"
    yield f"{sentences} {form}"
    yield f"{sentences} {form} {role}"
    depth = min(len(mention.clauses), 3)
    yield f"{sentences} depth {depth} {role}"
    if mention.preposition in {"by", "with", "of", "to", "from", "for", "about", "in"}:
        yield f"{bool(sentences)} {mention.preposition}"
    yield from (f"{bool(sentences)} {shape}" for shape in _read_shape(mention, view))
    if sentences == 0 and mention.clauses and pronoun.clauses:
        yield f"{_relate(mention, pronoun)} {role} for {own}"
        yield f"{_relate(mention, pronoun)} {form}"


def _relate(mention: Mention, pronoun: Mention) -> str:
    """Return how the clause of a mention in the same sentence stands to the pronoun's."""
    if mention.clauses[0] == pronoun.clauses[0]:
        return "same clause"
    if mention.clauses[0] in pronoun.clauses:
        return "next clause around" if mention.clauses[0] == pronoun.clauses[1] else "clause around"
    if pronoun.clauses[0] in mention.clauses:
        return "clause within"
    return "clause beside"


def _read_place(mention: Mention) -> str:
    if mention.is_subject:
        return _SUBJECT
    return mention.role


def _read_shape(mention: Mention, view: View) -> Iterator[str]:
    """Yield what the characters around a mention tell."""
    text = view.document.text
    begin, end = view.begins[mention.id], mention.spans[-1].end
    before, behind = text[max(0, begin - 5) : begin], text[end : end + 5]
    if before.endswith("("):
        yield "in brackets"
    if before.endswith(", "):
        yield "behind a comma"
    if behind.startswith(","):
        yield "before a comma"
    if behind.startswith(" ("):
        yield "before brackets"
    if before.endswith(" and ") or behind.startswith(" and "):
        yield "in a list"
    if view.opens_sentence(mention):
        yield "opens a sentence"
    if mention.title:
        yield "titled"
    if mention.kind == "name" and " " in mention.name:
        yield "full name"


def _compare(pronoun: Mention, persons: dict[str, Standing], found: dict[str, Features]) -> None:
    """Add what tells persons from each other: who is nearest, who was named most, who was the last subject."""
    in_front = [
        (rank, mention, actor)
        for actor, standing in persons.items()
        for rank, mention in standing.mentions
        if mention.spans[0].begin < pronoun.spans[0].begin
    ]
    in_front.sort(key=lambda row: row[0])
    order = list(dict.fromkeys(actor for _, _, actor in in_front))
    for place, actor in enumerate(order):
        found[actor][f"place {min(place, _MOST_COUNT)} of {min(len(order), _MOST_COUNT)}"] = 1
    subjects = [(mention, actor) for _, mention, actor in in_front if mention.is_subject]
    if subjects:
        mention, actor = subjects[0]
        found[actor][f"last subject {min(pronoun.sentence - mention.sentence, 2)} for {_read_place(pronoun)}"] = 1
    same = [(mention, actor) for _, mention, actor in in_front if mention.kind == "pronoun"]
    if same:
        mention, actor = same[0]
        sentences = min(pronoun.sentence - mention.sentence, 2)
        found[actor][f"last pronoun {sentences}"] = 1
        found[actor][f"last pronoun {sentences} {_read_place(mention)} for {_read_place(pronoun)}"] = 1
    roles = [actor for _, mention, actor in in_front if _read_place(mention) == _read_place(pronoun)]
    if roles:
        found[roles[0]]["last of its role"] = 1
    most = max((standing.names + standing.pronouns for standing in persons.values()), default=0)
    for actor, standing in persons.items():
        if standing.names + standing.pronouns == most:
            found[actor]["most frequent"] = 1
