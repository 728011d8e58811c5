"""The parties of events once it is known whom mentions mean: places, descriptions, and recipients that a clause leaves out."""

from __future__ import annotations

import pytest

from kg.model.actor import Actor
from kg.model.annotation import Annotation, Extraction, Link, Resolution
from kg.model.document import Document
from kg.model.event import Argument, Event, EventType
from kg.model.mention import Mention, MentionKind, MentionType
from kg.model.post import Post
from kg.model.span import Span
from kg.resolve.event_settling import settle_parties

_TEXT = "Norland shelled Vostia . Vostian gunners fled . Norland sent ships . Sarn watched . They left Varna . All wept ."
_STATES = ("norland", "vostia", "sarn")


class _Text:
    """A text of sentences, each ended by a full stop, with mentions, the actors that they mean, and events, by their words."""

    def __init__(self, text: str = _TEXT) -> None:
        self.text = text
        self.mentions: list[Mention] = []
        self.links: list[Link] = []
        self.posts: list[Post] = []
        self.actors = {one: Actor(iri=one, type="State", label=one.title(), is_registered=True) for one in _STATES}

    def mention(
        self, words: str, actor: str | None, kind: MentionKind = "name", mention_type: MentionType = "State", **more: str
    ) -> str:
        """Add the next mention of these words and return its id."""
        last = max((m.spans[0].end for m in self.mentions if m.text == words), default=0)
        begin = self.text.index(words, last)
        name = f"m{len(self.mentions) + 1}"
        span = Span(begin, begin + len(words))
        fields = {"by": "test", "sentence": self.text[:begin].count("."), **more}
        self.mentions.append(
            Mention.model_validate(
                {"id": name, "spans": (span,), "text": words, "name": words, "type": mention_type, "kind": kind, **fields}
            )
        )
        self.links.append(Link(mention=name, actor=actor, confidence=0.9, by="test"))
        return name

    def actor(self, iri: str, kind: MentionType, country: str | None = None, *, is_local: bool = False) -> str:
        """Add an actor and return its IRI."""
        self.actors[iri] = Actor(iri=iri, type=kind, label=iri, country=country, is_local=is_local)
        return iri

    def event(self, kind: EventType, trigger: str, actor: str | None, recipient: str | None) -> Event:
        """Return an event; a recipient that is no mention is the phrase itself."""
        begin = self.text.index(trigger)
        sentence = Span(self.text.rfind(".", 0, begin) + 1, self.text.index(".", begin))
        sides = [() if one is None else (self._to_argument(one),) for one in (actor, recipient)]
        span = Span(begin, begin + len(trigger))
        return Event(
            id="e0", type=kind, trigger=(span,), sentence=sentence, actors=sides[0], recipients=sides[1], confidence=1, by="test"
        )  # fmt: skip

    def _to_argument(self, words: str) -> Argument:
        for mention in self.mentions:
            if mention.id == words:
                return Argument(mention=words, spans=mention.spans)
        begin = self.text.index(words)
        return Argument(mention=None, spans=(Span(begin, begin + len(words)),))

    def settle(self, *events: Event) -> tuple[Event, ...]:
        extraction = Extraction(mentions=tuple(self.mentions), posts=tuple(self.posts), events=events)
        return settle_parties(self.text, extraction, self.links, tuple(self.actors.values()))

    def name(self, arguments: tuple[Argument, ...]) -> tuple[str, ...]:
        """Return the words of the mentions of arguments that have one."""
        words = {m.id: m.text for m in self.mentions}
        return tuple(words[a.mention] for a in arguments if a.mention)

    def recipients(self, *events: Event) -> list[tuple[str, ...]]:
        return [self.name(event.recipients) for event in self.settle(*events)]

    def actors_of(self, event: Event) -> tuple[str, ...]:
        return self.name(self.settle(event)[0].actors)


@pytest.fixture
def war() -> tuple[_Text, str, str, str]:
    """A text in which Norland shells Vostia, and sends ships two sentences later."""
    text = _Text()
    norland, vostia = text.mention("Norland", "norland"), text.mention("Vostia", "vostia")
    text.mention("Vostian", "vostia", "demonym")
    return text, norland, vostia, text.mention("Norland", "norland")


def test_who_sends_ships_sends_them_against_whom_he_has_shelled(war: tuple[_Text, str, str, str]) -> None:
    text, norland, vostia, again = war
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("MOBILIZE", "sent", again, None)
    assert text.recipients(shelled, sent) == [("Vostia",), ("Vostian",)]


def test_a_pronoun_that_acts_is_the_side_that_it_means(war: tuple[_Text, str, str, str]) -> None:
    text, norland, vostia, _ = war
    they = text.mention("They", "norland", "pronoun", "Group")
    shelled, left = text.event("ASSAULT", "shelled", norland, vostia), text.event("RETREAT", "left", they, None)
    assert text.recipients(shelled, left)[1] == ("Vostian",)


def test_a_protest_without_a_named_recipient_stays_without_one(war: tuple[_Text, str, str, str]) -> None:
    text, norland, vostia, again = war
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("PROTEST", "sent", again, None)
    assert text.recipients(shelled, sent) == [("Vostia",), ()]


def test_whom_somebody_helps_is_not_whom_he_arms_against() -> None:
    text = _Text("Norland fed Vostia . Norland shelled Sarn . Vostia wept . Sarn wept . Norland sent ships .")
    first, vostia, second, sarn = (text.mention(one, one.lower()) for one in ("Norland", "Vostia", "Norland", "Sarn"))
    text.mention("Vostia", "vostia")
    text.mention("Sarn", "sarn")
    third = text.mention("Norland", "norland")
    fed, shelled = text.event("AID", "fed", first, vostia), text.event("ASSAULT", "shelled", second, sarn)
    assert text.recipients(fed, shelled, text.event("MOBILIZE", "sent", third, None))[2] == ("Sarn",)
    assert text.recipients(fed, shelled, text.event("AID", "sent", third, None))[2] == ()


def test_a_side_named_in_one_sentence_only_is_not_implied() -> None:
    text = _Text()
    norland, vostia, again = (text.mention(one, one.lower()) for one in ("Norland", "Vostia", "Norland"))
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("MOBILIZE", "sent", again, None)
    assert text.recipients(shelled, sent) == [("Vostia",), ()]


def test_a_description_of_a_side_counts_as_naming_it() -> None:
    text = _Text()
    norland, vostia = text.mention("Norland", "norland"), text.mention("Vostia", "vostia")
    text.mention("gunners", "vostia", "nominal", "Group")
    again = text.mention("Norland", "norland")
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("MOBILIZE", "sent", again, None)
    assert text.recipients(shelled, sent)[1] == ("Vostia",)


def test_nobody_is_implied_for_a_side_that_deals_with_nobody() -> None:
    text = _Text("Norland sent ships . It rained .")
    norland = text.mention("Norland", "norland")
    assert text.recipients(text.event("MOBILIZE", "sent", norland, None)) == [()]


def test_a_named_recipient_stays(war: tuple[_Text, str, str, str]) -> None:
    text, norland, vostia, again = war
    sarn = text.mention("Sarn", "sarn")
    shelled, sent = text.event("ASSAULT", "shelled", norland, vostia), text.event("AID", "sent", again, sarn)
    assert text.recipients(shelled, sent)[1] == ("Sarn",)


def test_all_sides_are_more_than_the_one_that_stands_out(war: tuple[_Text, str, str, str]) -> None:
    text, norland, vostia, again = war
    shelled, urged = text.event("ASSAULT", "shelled", norland, vostia), text.event("REQUEST", "sent", again, "All")
    assert text.recipients(shelled, urged)[1] == ()


def test_a_struck_place_belongs_to_the_implied_side(war: tuple[_Text, str, str, str]) -> None:
    text, norland, vostia, again = war
    varna = text.mention("Varna", text.actor("varna", "Place"), mention_type="Place")
    shelled, left = text.event("ASSAULT", "shelled", norland, vostia), text.event("ASSAULT", "left", again, varna)
    assert text.recipients(shelled, left)[1] == ("Vostian",)


def test_a_town_is_its_state_where_the_text_names_that() -> None:
    text = _Text("Norland visited Lemna . Vostia cheered .")
    norland = text.mention("Norland", "norland")
    lemna = text.mention("Lemna", text.actor("lemna", "Place", "vostia"), mention_type="Place")
    text.mention("Vostia", "vostia")
    assert text.recipients(text.event("CONSULT", "visited", norland, lemna)) == [("Vostia",)]


def test_a_town_stays_where_the_text_does_not_name_its_state() -> None:
    text = _Text("Norland visited Lemna .")
    norland = text.mention("Norland", "norland")
    lemna = text.mention("Lemna", text.actor("lemna", "Place", "vostia"), mention_type="Place")
    assert text.recipients(text.event("CONSULT", "visited", norland, lemna)) == [("Lemna",)]


def test_the_town_of_whoever_acts_is_not_acted_on() -> None:
    text = _Text("Norland fortified Lemna .")
    norland = text.mention("Norland", "norland")
    lemna = text.mention("Lemna", text.actor("lemna", "Place", "norland"), mention_type="Place")
    assert text.recipients(text.event("MOBILIZE", "fortified", norland, lemna)) == [()]


def test_waters_undergo_nothing() -> None:
    text = _Text("Norland sailed the Gulf of Sarn .")
    norland = text.mention("Norland", "norland")
    gulf = text.mention("Gulf of Sarn", text.actor("gulf", "Place"), mention_type="Place", by="landform")
    assert text.recipients(text.event("MOBILIZE", "sailed", norland, gulf)) == [()]


def test_fighters_of_a_body_are_the_body_and_so_are_the_same_fighters_later() -> None:
    text = _Text("Rebels of the Front came . The rebels burned Lemna .")
    front = text.mention("Front", text.actor("front", "Organisation"), mention_type="Organisation")
    first = text.mention("Rebels of the Front", text.actor("r1", "Group"), "nominal", "Group", affiliation=front)
    later = text.mention("rebels", text.actor("r2", "Group", is_local=True), "nominal", "Group")
    assert text.actors_of(text.event("ASSAULT", "came", first, None)) == ("Front",)
    assert text.actors_of(text.event("ASSAULT", "burned", later, None)) == ("Front",)


def test_fighters_of_nobody_stay_what_they_are() -> None:
    text = _Text("The rebels burned Lemna .")
    rebels = text.mention("rebels", text.actor("r2", "Group", is_local=True), "nominal", "Group")
    assert text.actors_of(text.event("ASSAULT", "burned", rebels, None)) == ("rebels",)


def test_inspectors_of_a_body_are_the_body_but_those_named_after_it_are_themselves() -> None:
    text = _Text("Inspectors of the Agency came . Agency inspectors left .")
    agency = text.mention("Agency", text.actor("agency", "Organisation"), mention_type="Organisation")
    sent = text.mention("Inspectors of the Agency", text.actor("i1", "Group"), "nominal", "Group", affiliation=agency)
    named = text.mention("Agency inspectors", text.actor("i2", "Group"), "nominal", "Group", affiliation=agency)
    assert text.actors_of(text.event("CONSULT", "came", sent, None)) == ("Agency",)
    assert text.actors_of(text.event("CONSULT", "left", named, None)) == ("Agency inspectors",)


def test_the_army_of_a_datelined_text_is_that_of_the_state_of_the_place() -> None:
    text = _Text("LEMNA - The army fired . Vostia burned .")
    text.mention("LEMNA", text.actor("lemna", "Place", "vostia"), mention_type="Place", by="dateline")
    army = text.mention("army", text.actor("army", "Organisation", is_local=True), "nominal", "Organisation")
    text.mention("Vostia", "vostia")
    assert text.actors_of(text.event("ASSAULT", "fired", army, None)) == ("Vostia",)


def test_without_a_dateline_a_bare_army_stays_unnamed() -> None:
    text = _Text("The army fired . Vostia burned .")
    army = text.mention("army", text.actor("army", "Organisation", is_local=True), "nominal", "Organisation")
    text.mention("Vostia", "vostia")
    assert text.actors_of(text.event("ASSAULT", "fired", army, None)) == ("army",)


def test_the_authorities_of_a_town_are_its_state() -> None:
    text = _Text("Vostia watched . The authorities in Lemna paid .")
    text.mention("Vostia", "vostia")
    lemna = text.mention("Lemna", text.actor("lemna", "Place", "vostia"), mention_type="Place")
    rulers = text.mention("authorities in Lemna", text.actor("a", "Group"), "nominal", "Group", affiliation=lemna)
    assert text.actors_of(text.event("AID", "paid", rulers, None)) == ("Vostia",)


def test_we_of_somebody_who_holds_a_post_is_whom_the_post_serves() -> None:
    text = _Text("Ada Brock of Brine Lines wrote . We asked Norland .")
    brock = text.mention("Ada Brock", text.actor("brock", "Person"), mention_type="Person")
    lines = text.mention("Brine Lines", text.actor("lines", "Organisation"), mention_type="Organisation")
    words = "Ada Brock of Brine Lines"
    post = {"id": "r1", "holder": brock, "organisation": lines, "title": None, "spans": ((0, len(words)),), "text": words}
    text.posts.append(Post.model_validate({**post, "confidence": 0.8, "by": "test"}))
    we = text.mention("We", "brock", "pronoun", "Group")
    assert text.actors_of(text.event("REQUEST", "asked", we, None)) == ("Brine Lines",)


def test_an_extraction_without_events_settles_none() -> None:
    assert _Text().settle() == ()


def test_an_annotation_shows_the_settled_events_and_else_those_of_extraction() -> None:
    text = _Text()
    event = text.event("ASSAULT", "shelled", text.mention("Norland", "norland"), None)
    settled = event.model_copy(update={"confidence": 0.1})
    document = Document(id="x:d", path="d", location="d", sha256="0", text=_TEXT)
    extraction = Extraction(mentions=tuple(text.mentions), events=(event,))
    plain = Annotation(document=document, extraction=extraction, resolution=Resolution())
    assert plain.events == (event,)
    assert plain.model_copy(update={"resolution": Resolution(events=(settled,))}).events == (settled,)
