"""A mention: the characters that name, describe or stand for an actor or a place."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen
from kg.model.span import Spans

MentionType = Literal["Person", "State", "Organisation", "Group", "Place"]

#: name: a proper name ("Mark Rutte", "NATO"). demonym: "Russian" where it stands for the state, "the Russians".
#: nominal: a common noun phrase ("European diplomats", "the minister"). pronoun: "he", "they".
#: author: the document's author, who may be named nowhere in the text (then without spans).
MentionKind = Literal["name", "demonym", "nominal", "pronoun", "author"]

#: What the words alone tell; "unknown" for a bare name.
Number = Literal["singular", "plural", "unknown"]
Gender = Literal["male", "female", "neuter", "unknown"]

#: Its place in its clause: subject (also of a passive); object without a preposition, or behind "be"; oblique: behind a
#: preposition; possessive: "her" or "X's" in front of a noun. Members of a list have the role of the list.
Role = Literal["subject", "object", "oblique", "possessive", "unknown"]


class Mention(Frozen):
    """A mention as extraction finds it; resolution adds the actor.

    Attributes:
        id: `m1`, `m2`, ... in order of begin, then of end.
        spans: the name or the noun phrase without title and apposition ("Margus Tsahkna"; "European diplomats").
            The same characters are never two mentions, but mentions may nest ("[European] diplomats").
        text: the characters of the spans, recorded when they were found.
        name: what resolution looks up: `text` on one line without article and possessive ending.
        title: the title or description in front or behind, one line ("Estonian Foreign Minister", "journalist").
        affiliation: the mention id of the state or organisation it belongs to by its own noun phrase
            ("[Estonian] Foreign Minister Margus Tsahkna", "[Finland]'s Valtonen", "[European] diplomats").
        sentence: 0-based index of its sentence in the document.
        is_subject: whether it is a grammatical subject (also of a passive).
        is_quoted: whether it stands within quotation marks.
        role: its place in the clause, by the parse; "unknown" where that shows none.
        clauses: the clauses that hold it, innermost first, each by the begin of its main verb; verbs that share their
            subject with another one ("came and left", "wants to leave") are one clause. Empty without a parse.
        preposition: the preposition in front of an oblique or of what a possessive possesses, lower case.
    """

    id: str
    spans: Spans
    text: str
    name: str
    type: MentionType
    kind: MentionKind
    title: str | None = None
    affiliation: str | None = None
    number: Number = "unknown"
    gender: Gender = "unknown"
    sentence: int = 0
    is_subject: bool = False
    is_quoted: bool = False
    role: Role = "unknown"
    clauses: tuple[int, ...] = ()
    preposition: str | None = None
    confidence: float = 1.0
    by: str
