"""Builds an extraction from a text with marked mentions, so that resolution is tested without a language model.

`{Finland|State}'s {Elina Valtonen|Person of=1}`: braces hold a mention, behind the bar its type and what else is
known of it: a kind (name, demonym, nominal, pronoun), a number, a gender, `subject`, `quoted`, `title=foreign_minister`,
`of=1` (the mention it is affiliated to, counted by begin and then end), `post=minister` with `of` as a post, `says`,
`hears=2` (the mention that says it), `acts=CONSULT`, `suffers=ASSAULT`. Mentions may nest. What a line has in curly
quotation marks is the content of those who `say` in that line.
"""

from __future__ import annotations

import re
from typing import Any

from kg.model.annotation import Extraction, Resolution, check_spans
from kg.model.attribution import Attribution
from kg.model.document import Document
from kg.model.event import Argument, Event
from kg.model.mention import Mention
from kg.model.post import Post
from kg.model.span import Span

_KINDS = {"name", "demonym", "nominal", "pronoun", "author"}
_QUOTED = re.compile("“[^”]*”")


def parse(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the plain text and (begin, end, attributes) of each mention, by begin, then end."""
    text = ""
    found: list[tuple[int, int, str]] = []
    begins: list[int] = []
    position = 0
    while position < len(marked):
        character = marked[position]
        if character == "{":
            begins.append(len(text))
        elif character == "|":
            close = marked.index("}", position)
            found.append((begins.pop(), len(text), marked[position + 1 : close]))
            position = close
        else:
            text += character
        position += 1
    assert not begins, "a brace is not closed"
    return text, sorted(found)


def build(marked: str, *, published: str | None = "2025-11-03", author: str | None = None) -> tuple[Document, Extraction]:
    """Return a document and the extraction that its marks describe."""
    text, found = parse(marked)
    document = Document(
        id="https://sayso.example/document/case-1",
        path="case.txt",
        location="case.txt",
        sha256="0",
        text=text,
        published=published,
    )
    mentions: list[Mention] = []
    attributions: list[Attribution] = []
    events: list[Event] = []
    posts: list[Post] = []
    for number, (begin, end, attributes) in enumerate(found, 1):
        words = attributes.split()
        keys = dict(word.split("=", 1) for word in words if "=" in word)
        flags = {word for word in words[1:] if "=" not in word}
        identifier = f"m{number}"
        fields: dict[str, Any] = {key: flag for key, options in _OPTIONS.items() for flag in flags & options}
        spans = (Span(begin, end),)
        mention = Mention(
            id=identifier,
            spans=spans,
            text=text[begin:end],
            name=text[begin:end].removeprefix("the ").removeprefix("The ").removesuffix("’s"),
            type=words[0],  # type: ignore[arg-type]
            title=keys["title"].replace("_", " ") if "title" in keys else None,
            affiliation=f"m{keys['of']}" if "of" in keys and "post" not in keys else None,
            sentence=len(re.findall(r"[.?!]”? |\n", text[:begin])),
            is_subject="subject" in flags or "says" in flags,
            is_quoted="quoted" in flags,
            by="test",
            **{"kind": "name", **fields},
        )
        mentions.append(mention)
        line = (text.rfind("\n", 0, begin) + 1, (text + "\n").index("\n", begin))
        if "says" in flags:
            content = tuple(Span(*m.span()) for m in _QUOTED.finditer(text, *line))
            hearer = next((f"m{n}" for n, (*_, a) in enumerate(found, 1) if f"hears={number}" in a.split()), None)
            attribution: dict[str, Any] = {"id": f"a{len(attributions) + 1}", "source_mention": identifier, "addressee": hearer}
            spoken = {"source": spans, "cue": (), "content": content, "sentences": (Span(*line),), "speech": "direct"}
            attributions.append(Attribution(**attribution, **spoken, confidence=1, by="test"))
        for key, side in (("acts", "actors"), ("suffers", "recipients")):
            if key in keys:
                argument = (Argument(mention=identifier, spans=spans),)
                event: dict[str, Any] = {"id": f"e{len(events) + 1}", "type": keys[key], side: argument}
                events.append(Event(trigger=spans, sentence=Span(*line), confidence=1, by="test", **event))
        if "post" in keys:
            organisation = f"m{keys['of']}" if "of" in keys else None
            title = keys["post"].replace("_", " ")
            post: dict[str, Any] = {
                "id": f"r{len(posts) + 1}",
                "holder": identifier,
                "organisation": organisation,
                "title": title,
            }
            posts.append(Post(**post, spans=spans, text=text[begin:end], confidence=1, by="test"))
    if author is not None:
        mentions.append(
            Mention(id=f"m{len(mentions) + 1}", spans=(), text="", name=author, type="Person", kind="author", by="test")
        )
    extraction = Extraction(mentions=tuple(mentions), attributions=tuple(attributions), events=tuple(events), posts=tuple(posts))
    check_spans(document, extraction)
    return document, extraction


_OPTIONS: dict[str, set[str]] = {
    "kind": _KINDS,
    "number": {"singular", "plural"},
    "gender": {"male", "female", "neuter"},
}


def to_labels(resolution: Resolution) -> list[str]:
    """Return the label of each link's actor, in order of mentions; empty where there is none."""
    labels = {actor.iri: actor.label for actor in resolution.actors}
    return ["" if link.actor is None else labels[link.actor] for link in resolution.links]
