"""The test gazetteer, a finder made with it, and readable views of what it finds."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

from kg.annotate.pipeline import Annotator
from kg.extract.mentions import MentionFinder
from kg.model.document import Document, Zone
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import Mention
from kg.model.post import Post
from kg.settings import Settings


@cache
def read_gazetteer() -> tuple[GazetteerEntry, ...]:
    rows = tomllib.loads(Path(__file__).with_name("mention_gazetteer.toml").read_text("utf-8"))["entries"]
    return tuple(
        GazetteerEntry(
            name=name, type=row["type"], kind=row["kind"], actor=f"test/{name}", is_ambiguous=row.get("is_ambiguous", False)
        )
        for row in rows
        for name in row["names"]
    )


@cache
def make_finder() -> MentionFinder:
    return MentionFinder(read_gazetteer())


@cache
def make_annotator() -> Annotator:
    return Annotator(Settings().model)


def make_document(text: str, *, author: str | None = None, zones: tuple[Zone, ...] = ()) -> Document:
    return Document(
        id="https://sayso.example/document/test",
        path="test.txt",
        location="test.txt",
        sha256="0" * 64,
        text=text,
        author=author,
        zones=zones,
    )


def find(text: str, *, author: str | None = None, zones: tuple[Zone, ...] = ()) -> tuple[tuple[Mention, ...], tuple[Post, ...]]:
    """Return the mentions and posts of a text, by the real pipeline."""
    doc = make_annotator().annotate(make_document(text, author=author, zones=zones))
    mentions = make_finder().find_mentions(doc)
    return mentions, make_finder().find_posts(doc, mentions)


def show_mention(mention: Mention, mentions: tuple[Mention, ...]) -> str:
    """Return "text | type | kind" with what else is known: " | title=... | of=... | plural | female"."""
    texts = {m.id: m.text for m in mentions}
    parts = [mention.text, mention.type, mention.kind]
    if mention.title:
        parts.append(f"title={mention.title}")
    if mention.affiliation:
        parts.append(f"of={texts[mention.affiliation]}")
    return " | ".join(parts)


def show_post(post: Post, mentions: tuple[Mention, ...]) -> str:
    """Return "holder | title | organisation", with " | former" where it is."""
    texts = {m.id: m.text for m in mentions}
    parts = [texts[post.holder], post.title or "-", texts[post.organisation] if post.organisation else "-"]
    return " | ".join([*parts, "former"] if post.is_former else parts)
