"""Genders that the document tells by its pronouns: "Ada Reyes left. She ..."."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable

from kg.model.mention import Gender, Mention
from kg.resolve.persons import Person
from kg.resolve.view import View

_TOLD = frozenset({"male", "female"})
#: A pronoun further behind the name may mean somebody else.
_SENTENCES = 2


def infer_genders(view: View, persons: dict[str, Person], link_of: Callable[[str], str | None]) -> dict[str, Gender]:
    """Return actor -> gender for persons whose names and titles tell none.

    A pronoun counts where only one person of this paragraph (else of the one before) can be meant: it is a subject outside of
    quotation marks, and the person is the subject or speaker of an earlier sentence near by. More pronouns must speak
    for a gender than against it.
    """
    ordered = sorted((m for m in view.extraction.mentions if m.spans), key=lambda m: view.begins[m.id])
    votes: dict[str, Counter[Gender]] = defaultdict(Counter)
    recent: list[tuple[Mention, Person]] = []
    for mention in ordered:
        if mention.kind == "name":
            person = persons.get(link_of(mention.id) or "")
            if person is not None and not mention.is_quoted:
                recent = [(m, p) for m, p in recent if mention.sentence - m.sentence <= _SENTENCES]
                recent.append((mention, person))
        elif mention.kind == "pronoun" and mention.gender in _TOLD and mention.is_subject and not mention.is_quoted:
            bearer = _find_only(view, mention, recent)
            if bearer is not None:
                votes[bearer][mention.gender] += 1
    return {iri: told for iri, counts in votes.items() if (told := _count(counts)) is not None}


def _find_only(view: View, pronoun: Mention, recent: list[tuple[Mention, Person]]) -> str | None:
    """Return the only person who can be meant, if the names and titles tell that person's gender nowhere."""
    paragraph = view.find_paragraph(pronoun)
    fitting = [
        (mention, person)
        for mention, person in recent
        if pronoun.sentence - mention.sentence <= _SENTENCES
        and paragraph - view.find_paragraph(mention) <= 1
        and person.gender in {"unknown", pronoun.gender}
    ]
    own = [row for row in fitting if view.find_paragraph(row[0]) == paragraph]
    fitting = own or fitting
    if len({person.iri for _, person in fitting}) != 1 or fitting[0][1].gender != "unknown":
        return None
    leads = any((m.is_subject or m.id in view.speeches) and m.sentence < pronoun.sentence for m, _ in fitting)
    return fitting[0][1].iri if leads else None


def _count(votes: Counter[Gender]) -> Gender | None:
    if votes["male"] == votes["female"]:
        return None
    return "male" if votes["male"] > votes["female"] else "female"
