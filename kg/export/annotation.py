"""One document's annotation as a JSON object: what `kg annotate` prints."""

from __future__ import annotations

from typing import Any

from kg.model.actor import Actor
from kg.model.annotation import Annotation
from kg.model.cameo import find_goldstein
from kg.model.event import Argument
from kg.model.mention import Mention
from kg.model.plover import QUAD_CLASSES
from kg.model.span import Spans

_DOCUMENT_KEYS = ("id", "path", "sha256", "title", "publisher", "author", "published", "language", "url", "is_opinion")
_SAME_IN_ATTRIBUTION = (
    "id", "speech", "cue_type", "negated_cue", "polarity", "modality", "parent", "confidence", "by", "is_hedged",
)  # fmt: skip
_SAME_IN_EVENT = (
    "id", "type", "mode", "cameo", "date", "date_end", "date_precision", "polarity", "modality", "reported_in", "confidence",
    "by",
)  # fmt: skip


def to_json(annotation: Annotation) -> dict[str, Any]:
    """Return the object; spans are `[begin, end]` in code points of its `text`, absent values are null."""
    extraction = annotation.extraction
    links = {link.mention: link for link in annotation.resolution.links}
    actors = {actor.iri: actor for actor in annotation.resolution.actors}

    def find_actor(mention: str | None) -> str | None:
        return links[mention].actor if mention is not None and mention in links else None

    return {
        "document": {key: getattr(annotation.document, key) for key in _DOCUMENT_KEYS},
        "text": annotation.document.text,
        "mentions": [_to_mention(mention, actors.get(find_actor(mention.id) or "")) for mention in extraction.mentions],
        "attributions": [
            {
                "source": _to_lists(attribution.source),
                "cue": _to_lists(attribution.cue),
                "content": _to_lists(attribution.content),
                "speaker": find_actor(attribution.source_mention),
                "other_speakers": _find_all(find_actor(mention) for mention in attribution.other_source_mentions),
                "addressee": find_actor(attribution.addressee),
                "about": _find_all(find_actor(mention) for mention in attribution.about),
                "frames": list(attribution.frames),
                "denied_frames": list(attribution.denied_frames),
                "frame_targets": _find_all(find_actor(mention) for mention in attribution.frame_targets),
                "framings": [
                    {
                        "frame": framing.frame,
                        "denied": framing.denied,
                        "targets": _find_all(find_actor(mention) for mention in framing.targets),
                        "confidence": framing.confidence,
                        "by": framing.by,
                    }
                    for framing in attribution.framings
                ],
                **{key: getattr(attribution, key) for key in _SAME_IN_ATTRIBUTION},
            }
            for attribution in extraction.attributions
        ],
        "events": [
            {
                "trigger": _to_lists(event.trigger),
                "actors": [argument.mention for argument in event.actors],
                "recipients": [argument.mention for argument in event.recipients],
                "actor_spans": _to_argument_spans(event.actors),
                "recipient_spans": _to_argument_spans(event.recipients),
                "place": find_actor(event.place),
                "contexts": list(event.contexts),
                "quad_class": QUAD_CLASSES[event.type],
                "goldstein": find_goldstein(event.cameo),
                **{key: getattr(event, key) for key in _SAME_IN_EVENT},
            }
            for event in annotation.events
        ],
        "propositions": [
            {
                "id": proposition.id,
                "subject": _to_lists(proposition.subject),
                "relation": _to_lists(proposition.relation),
                "object": _to_lists(proposition.object),
                "arguments": [_to_lists(argument) for argument in proposition.arguments],
                "lemma": proposition.lemma,
                "subject_mention": proposition.subject_mention,
                "object_mention": proposition.object_mention,
                "subject_actor": find_actor(proposition.subject_mention),
                "object_actor": find_actor(proposition.object_mention),
                "negated": proposition.negated,
                "modality": proposition.modality,
                "inside": proposition.inside,
                "restates": proposition.restates,
                "confidence": proposition.confidence,
            }
            for proposition in extraction.propositions
        ],
        "stances": [
            {
                "id": stance.id,
                "attribution": stance.attribution,
                "target": stance.target,
                "actor": find_actor(stance.target),
                "value": stance.value,
                "confidence": stance.confidence,
                "by": stance.by,
            }
            for stance in extraction.stances
        ],
        "posts": [
            {
                "id": post.id,
                "holder": post.holder,
                "organisation": post.organisation,
                "title": post.title,
                "spans": _to_lists(post.spans),
                "former": post.is_former,
                "person": find_actor(post.holder),
                "organisation_actor": find_actor(post.organisation),
                "confidence": post.confidence,
                "by": post.by,
            }
            for post in extraction.posts
        ],
    }


def _to_mention(mention: Mention, actor: Actor | None) -> dict[str, Any]:
    return {
        "id": mention.id,
        "spans": _to_lists(mention.spans),
        "type": mention.type,
        "actor": actor.iri if actor else None,
        "label": actor.label if actor else mention.name,
        "wikidata": actor.wikidata if actor else None,
        "geonames": actor.geonames if actor else None,
        "pronoun": mention.kind == "pronoun",
        "kind": mention.kind,
        "confidence": mention.confidence,
        "by": mention.by,
    }


def _to_lists(spans: Spans) -> list[list[int]]:
    return [[begin, end] for begin, end in spans]


def _to_argument_spans(arguments: tuple[Argument, ...]) -> list[list[list[int]]]:
    return [_to_lists(argument.spans) for argument in arguments]


def _find_all(actors: Any) -> list[str]:
    """Return the actors that are known, each once, in order of text."""
    return list(dict.fromkeys(actor for actor in actors if actor is not None))
