"""Articles made of sentence patterns: any number of them, the same for the same seed, about 400 words each."""

from __future__ import annotations

import random
from collections.abc import Iterator

from kg.model.document import Document
from kg.model.identifier import mint_document_iri, to_digest

_STATES = ("Norway", "Chile", "Kenya", "Japan", "Poland", "Jordan", "Peru", "Latvia", "Ghana", "Vietnam", "Georgia", "Oman")
_DEMONYMS = ("Norwegian", "Chilean", "Kenyan", "Japanese", "Polish", "Jordanian", "Peruvian", "Latvian", "Ghanaian", "Vietnamese")
_OFFICES = ("Foreign Minister", "Defence Minister", "Prime Minister", "President", "envoy", "Trade Minister")
_FIRST = ("Ana", "Boris", "Chidi", "Dalia", "Emre", "Freya", "Goran", "Hana", "Ivo", "Jelena", "Kofi", "Lena", "Milan", "Nadia")
_LAST = (
    "Arvola",
    "Brandt",
    "Cisse",
    "Dumitru",
    "Eklund",
    "Farouk",
    "Grimaldi",
    "Horvat",
    "Ivankov",
    "Jansons",
    "Kiplagat",
    "Lund",
)
_GROUPS = (
    "Western diplomats",
    "opposition lawmakers",
    "two officials briefed on the talks",
    "residents of the port",
    "aid agencies",
)
_CLAIMS = (
    "the talks would resume before the end of the month",
    "the other side was playing for time",
    "the ceasefire had been violated at least four times",
    "new sanctions could not be ruled out",
    "the army had pulled its guns back from the river",
    "nobody in the capital wanted another war",
    "the blockade of the strait must end at once",
)
_CUES = ("said", "told reporters", "insisted", "warned", "argued", "acknowledged", "wrote in a statement", "claimed")
_PATTERNS = (
    "{demonym} {office} {person} {cue} that {claim}.",
    "“We have heard these promises before,” {cue} {person}, the {office} of {state}. “They are worth nothing.”",
    "According to {group}, {claim}.",
    "{state} and {other} signed an agreement on fishing rights on {day}.",
    "{surname} denied that {claim}.",
    "Forces of {state} shelled a village near the border with {other}, {group} said.",
    "{state} will send {number} million euros of aid to {other}, {person} announced.",
    "He added that {claim}, but gave no details.",
    "The government in the capital has not commented on the report, which {group} described as “{adjective}”.",
    "Delegations from {state} and {other} met in Geneva for {number} hours on {day} and parted without a statement.",
    "Prices in the port rose by {number} percent while lorries waited in a queue that reached the next village.",
    "{person} accused {other} of breaking the truce and called on the United Nations to act.",
    "Thousands of people marched through the city on {day} to protest against the decision.",
    "It was the {number}th round since the war began, and the weather was worse than at any of the others.",
)
_WORDS_AN_ARTICLE = 400


def make_articles(count: int, seed: int = 7) -> Iterator[Document]:
    """Yield `count` documents; the n-th is the same whatever the count."""
    for number in range(count):
        choose = random.Random(seed * 1_000_003 + number)  # noqa: S311 - not for secrets
        text = _make_text(choose)
        location = f"generated/{number:06}.txt"
        yield Document(
            id=mint_document_iri("https://sayso.example/", location, f"{number:06}"),
            path=location,
            location=location,
            sha256=to_digest(text) * 4,
            title=f"Generated {number}",
            published=f"2026-{1 + number % 12:02}-{1 + number % 28:02}",
            language="en",
            text=text,
        )


def _make_text(choose: random.Random) -> str:
    paragraphs: list[str] = []
    words = 0
    while words < _WORDS_AN_ARTICLE:
        sentences = [_make_sentence(choose) for _ in range(choose.randint(1, 4))]
        paragraphs.append(" ".join(sentences))
        words += len(paragraphs[-1].split())
    return "\n\n".join(paragraphs) + "\n"


def _make_sentence(choose: random.Random) -> str:
    surname = choose.choice(_LAST)
    sentence = choose.choice(_PATTERNS).format(
        demonym=choose.choice(_DEMONYMS),
        office=choose.choice(_OFFICES),
        person=f"{choose.choice(_FIRST)} {surname}",
        surname=surname,
        cue=choose.choice(_CUES),
        claim=choose.choice(_CLAIMS),
        state=choose.choice(_STATES),
        other=choose.choice(_STATES),
        group=choose.choice(_GROUPS),
        number=choose.randint(2, 90),
        day=choose.choice(("Monday", "Tuesday", "Friday", "12 March")),
        adjective=choose.choice(("fiction", "deeply troubling", "a distraction")),
    )
    return sentence[0].upper() + sentence[1:]
