"""Who is who in a store, and why: what there is to decide, what each document calls an actor, what joined them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from kg.errors import ActorMissingError
from kg.model.base import Frozen
from kg.model.identity import ActorReference, Comparison, Verdict
from kg.model.mention import Mention
from kg.query.lookup import fold_name, resolve_actor
from kg.settings import Settings
from kg.store.annotations import AnnotationFile
from kg.store.reader import Reader, open_reader

#: Characters on each side of a mention that are shown as its context.
_CONTEXT = 120


class Side(Frozen):
    """One of two actors that are compared, as a person sees it.

    Attributes:
        name: its most frequent name there. path, published: of the document that the passage is from.
        passage: the words around its first mention there, on one line; empty where it is named in no text.
    """

    reference: ActorReference
    name: str
    path: str
    published: str | None
    passage: str


class Doubt(Frozen):
    """A comparison with both sides shown."""

    comparison: Comparison
    left: Side
    right: Side


class Member(Frozen):
    """What one document calls an actor: `actor` is the IRI that the document alone gives it."""

    document: str
    path: str
    actor: str
    names: tuple[tuple[str, int], ...]


class Grounds(Frozen):
    """Why an actor is one.

    Attributes:
        members: what each document calls it, sorted by document.
        comparisons: those by which its members were joined, kept apart from others, or left in doubt.
    """

    iri: str
    members: tuple[Member, ...]
    comparisons: tuple[Comparison, ...]


class Dossier:
    """A store and what is kept beside it, to see who is who and why.

    Attributes:
        paths: of the documents, by IRI.
    """

    def __init__(self, reader: Reader, kept: AnnotationFile) -> None:
        self.kept = kept
        self.paths = {iri: record.path for iri, record in reader.documents().items()}
        self._reader = reader

    def list_doubts(self, verdicts: Sequence[Verdict] = ("unsure",)) -> Iterator[Doubt]:
        """Yield the comparisons with one of these verdicts on which nobody has decided, the likeliest first."""
        found = [c for c in self.kept.list_comparisons() if c.by == "comparison" and c.verdict in verdicts]
        for comparison in sorted(found, key=lambda c: -c.score):
            yield self._show(comparison)

    def _show(self, comparison: Comparison) -> Doubt:
        return Doubt(comparison=comparison, left=self.see(comparison.left), right=self.see(comparison.right))

    def see(self, reference: ActorReference) -> Side:
        """Return an actor with the words around its first mention."""
        document = reference.document or self.kept.find_document(reference.actor)
        if document is None:
            return Side(reference=reference, name=reference.actor, path="", published=None, passage="")
        annotation = self.kept.get_annotation(document)
        linked = {link.mention for link in annotation.resolution.links if link.actor == reference.actor}
        mentions = [mention for mention in annotation.extraction.mentions if mention.id in linked]
        named = sorted(mentions, key=lambda m: (m.kind != "name", not m.spans, m.spans[:1]))
        return Side(
            reference=reference,
            name=named[0].name if named else reference.actor,
            path=annotation.document.path,
            published=annotation.document.published,
            passage=_quote(annotation.document.text, named[0]) if named else "",
        )

    def find_references(self, name: str) -> tuple[ActorReference, ...]:
        """Return what documents call by this name, IRI or QID; `NAME@DOCUMENT` (path or IRI) means it in one document.

        Raises:
            ActorMissingError: nothing is called so.
            ActorAmbiguousError: several actors are.
        """
        bare, _, place = name.rpartition("@")
        documents = {iri for iri, path in self.paths.items() if bare and place in {iri, path}}
        if not documents:
            bare = name
        canonical = resolve_actor(self._reader, bare).value
        members = [member for member in self.list_members(canonical) if not documents or member.document in documents]
        folded = fold_name(bare)
        called = [m for m in members if bare == m.actor or any(fold_name(known) == folded for known, _ in m.names)] or members
        if not called:
            raise ActorMissingError(name)
        if documents:
            return tuple(ActorReference(actor=m.actor, document=m.document) for m in called)
        if any(member.actor == canonical for member in called):
            return (ActorReference(actor=canonical),)
        return tuple(ActorReference(actor=actor) for actor in sorted({member.actor for member in called}))

    def list_members(self, canonical: str) -> list[Member]:
        """Return what each document calls an actor, sorted by document."""
        return [
            Member(document=document, path=self.paths.get(document, ""), actor=actor, names=self.kept.get_names(document, actor))
            for document, actor in self.kept.list_members(canonical)
        ]

    def explain(self, name: str) -> Grounds:
        """Return why the actor of this name, IRI or QID is one; raises as `resolve_actor`."""
        canonical = resolve_actor(self._reader, name).value
        members = self.list_members(canonical)
        places = {(member.actor, member.document) for member in members}
        actors = {member.actor for member in members}
        keys = {key for actor in actors for key in self.kept.find_keys(actor)}
        concerning = [
            comparison
            for comparison in self.kept.list_comparisons(keys)
            if any((r.actor, r.document) in places or (r.document is None and r.actor in actors) for r in _both(comparison))
        ]
        return Grounds(iri=canonical, members=tuple(members), comparisons=tuple(concerning))


@contextmanager
def open_dossier(settings: Settings) -> Iterator[Dossier]:
    """Yield the store that the settings name, to be read beside a writer; raises as `open_reader`."""
    with open_reader(settings.store) as reader, AnnotationFile(reader.path, is_read_only=True) as kept:
        yield Dossier(reader, kept)


def _both(comparison: Comparison) -> tuple[ActorReference, ActorReference]:
    return comparison.left, comparison.right


def _quote(text: str, mention: Mention) -> str:
    """Return the words around a mention, cut at line ends and between words."""
    if not mention.spans:
        return ""
    begin, end = mention.spans[0].begin, mention.spans[-1].end
    first = max(text.rfind("\n", 0, begin) + 1, begin - _CONTEXT)
    stop = text.find("\n", end)
    last = min(len(text) if stop < 0 else stop, end + _CONTEXT)
    head = text[first:begin].partition(" ")[2] if first == begin - _CONTEXT else text[first:begin]
    tail = text[end:last].rpartition(" ")[0] if last == end + _CONTEXT else text[end:last]
    return " ".join(f"{head}{text[begin:end]}{tail}".split())
