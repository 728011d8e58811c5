"""The word lists of mentions and posts, read from `ontology/lexicons/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from kg.errors import ResourceInvalidError
from kg.model.mention import Gender, MentionType, Number
from kg.resources import find_resource

Words = tuple[str, ...]
_PIECE = re.compile(r"'s|[\w.]+(?:'\w+)?|[^\w\s]")
_FUNCTION_WORDS = frozenset({"of", "the", "in", "at", "on", "to", "and", "-", "'s"})
Value = TypeVar("Value")


def split_phrase(phrase: str) -> Words:
    """Split a lexicon phrase as the tokeniser splits running text: `secretary-general` gives three words."""
    return tuple(_PIECE.findall(phrase))


class PhraseTable(Generic[Value]):
    """Phrases by their last or first words, longest first.

    Args:
        phrases: phrase to the value that a match gives.
    """

    def __init__(self, phrases: Mapping[str, Value]) -> None:
        self._values = {split_phrase(phrase): value for phrase, value in phrases.items()}
        self._longest = max(map(len, self._values), default=0)
        self._last = frozenset(words[-1] for words in self._values)
        self._first = frozenset(words[0] for words in self._values)

    def match_ending(self, lowers: Sequence[str], end: int, lowest: int = 0) -> tuple[int, Value] | None:
        """Return (start, value) of the longest phrase that ends before token `end`, not before `lowest`; None without one."""
        if end <= lowest or lowers[end - 1] not in self._last:
            return None
        for length in range(min(self._longest, end - lowest), 0, -1):
            value = self._values.get(tuple(lowers[end - length : end]))
            if value is not None:
                return end - length, value
        return None

    def match_starting(self, lowers: Sequence[str], start: int) -> tuple[int, Value] | None:
        """Return (end, value) of the longest phrase that starts at token `start`; None without one."""
        if start >= len(lowers) or lowers[start] not in self._first:
            return None
        for length in range(min(self._longest, len(lowers) - start), 0, -1):
            value = self._values.get(tuple(lowers[start : start + length]))
            if value is not None:
                return start + length, value
        return None


@dataclass(frozen=True, slots=True)
class Pronoun:
    """What a pronoun tells."""

    type: MentionType
    number: Number
    gender: Gender


@dataclass(frozen=True, slots=True)
class Nominal:
    """What a common noun for an actor tells, in its singular or plural form."""

    lemma: str
    type: MentionType
    number: Number
    gender: Gender
    is_weak: bool


@dataclass(frozen=True)
class MentionLexicon:
    """All word lists; see the comments in the TOML files.

    Attributes:
        heads: office phrases, singular and plural, to their singular form and whether they are plural.
        abbreviations: "gen" to "general".
        ranks: offices that are military ranks in front of a name.
        private_heads: occupations and kinship: a city in front of them is where somebody lives.
        honorifics: form of address to the gender that it tells.
        members, quantities: "one" of them, "thousands" of people. unnamed: "others", who say something by themselves.
        people_prefixes, people_nations: the words of names of peoples within nations ("African American").
        things: names of what is no actor and no place. thing_heads: what ends such names ("Act").
        text_kinds: what a headline in capitals calls its text ("ANALYSIS:").
        collectives: words for people as one body, singular ("delegation").
        personal: nouns for a body that mean a person behind "his", "her" and "my".
        nominals: noun phrases (as text) to what they tell; `nominal_phrases` finds them.
    """

    heads: PhraseTable[tuple[str, bool]]
    abbreviations: PhraseTable[str]
    modifiers: frozenset[str]
    former: frozenset[str]
    honorifics: Mapping[str, Gender]
    office_gender: Mapping[str, Gender]
    title_words: frozenset[str]
    appointing: frozenset[str]
    being: frozenset[str]
    leading: Mapping[str, str]
    topics: frozenset[str]
    ranks: frozenset[str]
    private_heads: frozenset[str]
    nominals: Mapping[str, Nominal]
    nominal_phrases: PhraseTable[str]
    quantifiers: frozenset[str]
    members: frozenset[str]
    quantities: frozenset[str]
    unnamed: frozenset[str]
    personal: frozenset[str]
    collectives: frozenset[str]
    regions: Mapping[Words, str]
    people_prefixes: frozenset[str]
    people_nations: frozenset[str]
    public_bodies: PhraseTable[str]
    other_bodies: PhraseTable[str]
    body_links: frozenset[str]
    small_bodies: PhraseTable[str]
    things: frozenset[Words]
    thing_heads: frozenset[str]
    text_kinds: frozenset[str]
    speaking: frozenset[str]
    pronouns: Mapping[str, Pronoun]
    empty_subjects: frozenset[str]
    empty_verbs: frozenset[str] = field(default_factory=frozenset)


def form_plural(phrase: str) -> str:
    """Return the regular plural of a phrase's last word."""
    if re.search(r"[^aeiou]y$", phrase):
        return phrase[:-1] + "ies"
    return phrase + ("es" if re.search(r"(?:s|x|z|ch|sh)$", phrase) else "s")


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise ResourceInvalidError(str(path), f"cannot be read as TOML ({error}); restore it") from error


def _read_genders(table: Mapping[str, Sequence[str]]) -> dict[str, Gender]:
    genders: dict[str, Gender] = {}
    for word in table["male"]:
        genders[word] = "male"
    for word in table["female"]:
        genders[word] = "female"
    return genders


def _read_nominals(table: Mapping[str, Any], offices: Iterable[str], office_gender: Mapping[str, Gender]) -> dict[str, Nominal]:
    genders = {**office_gender, **_read_genders(table["gender"])}
    weak = frozenset(table["organisation"]["weak"])
    irregular: dict[str, str] = {single: plural for plural, single in table["plurals"].items()}
    nominals: dict[str, Nominal] = {}

    def add(words: Iterable[str], single: MentionType) -> None:
        for word in words:
            neuter: Gender = "neuter" if single == "Organisation" else "unknown"
            nominals[word] = Nominal(word, single, "singular", genders.get(word, neuter), word in weak)
            plural = irregular.get(word) or form_plural(word)
            nominals[plural] = Nominal(word, "Group", "plural", "unknown", plural in weak or word in weak)

    add(offices, "Person")
    add(table["organisation"]["words"], "Organisation")
    add(table["person"]["words"], "Person")
    for word in table["group"]["collectives"]:
        for form in (word, irregular.get(word) or form_plural(word)):
            nominals[form] = Nominal(word, "Group", "plural", "unknown", form in weak or word in weak)
    for word in table["group"]["words"]:
        nominals[word] = Nominal(word, "Group", "plural", "unknown", word in weak)
    return nominals


def read_mention_lexicon(folder: Path | None = None) -> MentionLexicon:
    """Read `titles.toml`, `nominals.toml` and `pronouns.toml`.

    Raises:
        ResourceInvalidError: a file is missing, no TOML, or lacks a part.
    """
    folder = folder or find_resource("ontology/lexicons")
    try:
        return _build_lexicon(*(_read_toml(folder / f"{name}.toml") for name in ("titles", "nominals", "pronouns")))
    except (KeyError, TypeError, AttributeError) as error:
        raise ResourceInvalidError(str(folder), f"titles, nominals or pronouns lacks or misuses {error}; restore it") from error


def _build_lexicon(titles: dict[str, Any], nominals: dict[str, Any], pronouns: dict[str, Any]) -> MentionLexicon:
    singles = [word for group in titles["heads"].values() for word in group]
    irregular = dict(titles["plurals"])
    plurals = {form_plural(word): word for word in singles if word not in irregular.values()} | irregular
    office_gender = _read_genders(titles["gender"])
    nouns = _read_nominals(nominals, singles, office_gender)
    modifiers = frozenset(titles["modifiers"]["words"])
    bodies = nominals["bodies"]
    phrases = {plural: (single, True) for plural, single in plurals.items()} | {word: (word, False) for word in singles}
    return MentionLexicon(
        heads=PhraseTable(phrases),
        abbreviations=PhraseTable(titles["abbreviations"]),
        modifiers=modifiers,
        former=frozenset(titles["modifiers"]["former"]),
        honorifics={word: row["gender"] for row in titles["honorifics"] for word in row["words"]},
        office_gender=office_gender,
        title_words=modifiers | {part for phrase in phrases for part in split_phrase(phrase) if part not in _FUNCTION_WORDS},
        appointing=frozenset(titles["verbs"]["appointing"]),
        being=frozenset(titles["verbs"]["being"]),
        leading=titles["verbs"]["leading"],
        topics=frozenset(titles["topics"]["heads"]),
        ranks=frozenset(titles["ranks"]["heads"]),
        private_heads=frozenset(titles["heads"]["work"]) | frozenset(titles["heads"]["family"]),
        nominals=nouns,
        nominal_phrases=PhraseTable({word: word for word in nouns}),
        quantifiers=frozenset(nominals["quantifiers"]["words"]),
        members=frozenset(nominals["counts"]["members"]),
        quantities=frozenset(nominals["counts"]["quantities"]),
        unnamed=frozenset(nominals["counts"]["unnamed"]),
        personal=frozenset(nominals["personal"]["words"]),
        collectives=frozenset(nominals["group"]["collectives"]),
        regions={split_phrase(word): region for word, region in nominals["regions"].items()},
        people_prefixes=frozenset(nominals["peoples"]["prefixes"]),
        people_nations=frozenset(nominals["peoples"]["nations"]),
        public_bodies=PhraseTable({word: word for word in bodies["public"]}),
        other_bodies=PhraseTable({word: word for word in bodies["other"]}),
        body_links=frozenset(bodies["linking"]),
        small_bodies=PhraseTable({word: word for word in bodies["small"]}),
        things=frozenset(
            split_phrase(word)
            for kind in ("weapons", "vessels", "services", "feasts", "matters")
            for name in nominals["things"][kind]
            for word in (name, form_plural(name))
        )
        | frozenset(split_phrase(word) for word in nominals["things"]["times"]),
        thing_heads=frozenset(nominals["things"]["heads"]),
        text_kinds=frozenset(nominals["things"]["text_kinds"]),
        speaking=frozenset(nominals["speaking"]["verbs"]),
        pronouns={
            word: Pronoun(row["type"], row["number"], row["gender"]) for row in pronouns["pronouns"] for word in row["words"]
        },
        empty_subjects=frozenset(pronouns["empty"]["words"]),
        empty_verbs=frozenset(pronouns["empty"]["verbs"]),
    )
