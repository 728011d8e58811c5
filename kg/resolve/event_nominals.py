"""Parties of events that the text only describes: "the rebels", "the army", "the authorities in Bukova", "we"."""

from __future__ import annotations

from collections.abc import Sequence

from kg.model.actor import Actor
from kg.model.event import Argument, Event
from kg.model.mention import Mention
from kg.model.post import Post
from kg.resolve.event_parties import Parties

#: Those who fight for a body are that body where the text says so once; "the rebels" are then the same.
_FIGHTERS = frozenset(
    {
        "rebel", "rebels", "fighter", "fighters", "militant", "militants", "insurgent", "insurgents", "gunman", "gunmen",
        "guerrilla", "guerrillas", "militiaman", "militiamen", "jihadist", "jihadists", "separatist", "separatists",
        "paramilitaries", "troops", "forces", "soldiers", "commandos", "troop", "force",
    }
)  # fmt: skip
#: Those who are sent by a body are that body where the phrase ends with it: "inspectors of the agency".
_SENT = frozenset(
    {
        "inspectors",
        "monitors",
        "observers",
        "investigators",
        "negotiators",
        "mediators",
        "envoys",
        "delegates",
        "delegation",
        "team",
    }
)
#: What a state has one of: in a text about one state, "the army" is that state.
_ORGANS = frozenset({"army", "military", "government", "navy", "troops", "soldiers", "forces", "authorities", "junta", "regime"})
_SEATED = frozenset({"authorities", "government", "junta", "regime", "administration", "leadership"})
_SELVES = frozenset({"we", "us", "our"})


class DescribedParties:
    """Names described parties of one document.

    Args:
        parties: the document's mentions by what they mean.
        posts: who holds which post, to know for whom somebody says "we".
        home: IRI of the state that the text is written from or mostly about; None where it has none.
    """

    def __init__(self, parties: Parties, posts: Sequence[Post], home: str | None) -> None:
        self._parties = parties
        self._home = home
        self._bodies: dict[str, str] = {}
        for mention in parties.mentions.values():
            body = self._find_body(mention)
            if body is not None:
                self._bodies.setdefault(_find_head(mention), body)
        self._employers: dict[str, str] = {}
        for post in posts:
            holder = parties.find_actor(post.holder)
            if holder is not None and post.organisation is not None and not post.is_former:
                self._employers.setdefault(holder.iri, post.organisation)

    def name(self, event: Event) -> Event:
        """Return the event with a mention that names the party in place of one that describes it."""
        sides = {
            "actors": tuple(self._name(argument, event) for argument in event.actors),
            "recipients": tuple(self._name(argument, event) for argument in event.recipients),
        }
        return (
            event.model_copy(update=sides)
            if (sides["actors"], sides["recipients"]) != (event.actors, event.recipients)
            else event
        )

    def _name(self, argument: Argument, event: Event) -> Argument:
        mention = self._parties.mentions.get(argument.mention or "")
        actor = self._parties.find_actor(argument.mention)
        if mention is None or actor is None:
            return argument
        named = self._find_name(mention, actor, event.trigger[0].begin)
        return argument if named is None else argument.model_copy(update={"mention": named})

    def _find_name(self, mention: Mention, actor: Actor, begin: int) -> str | None:
        """Return the id of a mention that names whom a description stands for; None where it stands for itself."""
        if mention.kind == "pronoun":
            is_own = mention.name.casefold() in _SELVES and actor.type == "Person"
            return self._employers.get(actor.iri) if is_own else None
        if mention.kind != "nominal" or actor.type == "State":
            return None
        head = _find_head(mention)
        body = self._find_body(mention)
        if body is not None:
            return body
        seat = self._parties.find_actor(mention.affiliation)
        if head in _SEATED and seat is not None and seat.type == "Place" and seat.country is not None:
            return _to_id(self._parties.find_nearest(seat.country, begin))
        if not actor.is_local or mention.affiliation is not None or len(mention.name.split()) > 1:
            return None
        if head in _FIGHTERS and head in self._bodies:
            return self._bodies[head]
        if head in _ORGANS and self._home is not None:
            return _to_id(self._parties.find_nearest(self._home, begin))
        return None

    def _find_body(self, mention: Mention) -> str | None:
        """Return the mention of the body that those whom a phrase describes fight for or are sent by."""
        owner = self._parties.find_actor(mention.affiliation)
        if mention.kind != "nominal" or owner is None or owner.type != "Organisation":
            return None
        head = _find_head(mention)
        is_sent = head in _SENT and f"{head} of " in mention.text.casefold()
        return mention.affiliation if head in _FIGHTERS or is_sent else None


def find_home(parties: Parties, place: Mention | None) -> str | None:
    """Return the IRI of the state of the place that a text is datelined from; None where there is none."""
    actor = None if place is None else parties.find_actor(place.id)
    if actor is None:
        return None
    return actor.iri if actor.type == "State" else actor.country


def _find_head(mention: Mention) -> str:
    """Return the noun that heads a description, lower case: "rebels" of "rebels of the movement"."""
    words = mention.name.casefold().replace(",", " ").split()
    ends = [at for at, word in enumerate(words) if at and word in {"of", "in", "from", "at", "near", "with"}]
    return words[(ends[0] if ends else len(words)) - 1] if words else ""


def _to_id(mention: Mention | None) -> str | None:
    return None if mention is None else mention.id
