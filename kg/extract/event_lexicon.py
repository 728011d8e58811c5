"""The lexicon of events: patterns of verbs and nouns, read from `ontology/lexicons/events.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, cast, get_args

from kg.errors import ResourceInvalidError
from kg.model.event import EventType
from kg.model.plover import check_codes
from kg.resources import find_resource

#: What becomes of a deed under a governing verb, adjective or noun ("refused to", "plans to").
Effect = Literal["reject", "threaten", "agree", "future", "hypothetical", "negated", "reported"]
#: What must stand with a verb for it to tell of an event at all.
Need = Literal["recipient", "actor", "request", "threat", "clause"]

_PARTICLES = (
    "on upon to of in into for with at from against by over between among as under up out off down back away behind "
    "around through towards toward near along aside together alongside outside across about home"
)
#: Words of a pattern that are particles or prepositions; all others are looked for among objects and modifiers.
PARTICLES = frozenset(_PARTICLES.split())
_RESTRICTIONS = {
    "PERSON": frozenset({"Person"}),
    "PLACE": frozenset({"Place", "State"}),
    "ACTOR": frozenset({"Person", "State", "Organisation", "Group"}),
}
_ABSENCE = "NONE"
_DEFAULT_ACTOR_PREPOSITIONS = ("by", "from")


@dataclass(frozen=True, slots=True)
class Word:
    """One word that a pattern wants near its head.

    Attributes:
        forms: lemmas or lower-case forms, any of which fits; empty where `mention_types` decides.
        mention_types: types of the mention that must hold the word; empty where `forms` decides.
        is_particle: whether it is a particle or preposition.
        is_recipient: whether the word found is itself the event's recipient.
        is_absence: whether there must be no object at all.
        is_infinitive: whether it is the verb of an infinitive that the head governs.
    """

    forms: frozenset[str]
    mention_types: frozenset[str] = frozenset()
    is_particle: bool = False
    is_recipient: bool = False
    is_absence: bool = False
    is_infinitive: bool = False

    @property
    def is_apart(self) -> bool:
        """Whether the word before it in a pattern is no modifier of it."""
        return self.is_particle or self.is_infinitive


@dataclass(frozen=True, slots=True)
class Group:
    """What all patterns of one `[[group]]` share; see the head of the file for the meaning of its keys."""

    type: EventType
    cameo: str | None
    mode: str | None
    to: tuple[str, ...]
    by: tuple[str, ...]
    vetoes: frozenset[str]
    is_mutual: bool = False
    has_topic: bool = False
    is_promise: bool = False
    is_inverse: bool = False
    needs: Need | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A head's companions: `modifiers` stand before a noun head, `rest` depends on the head or follows it."""

    modifiers: tuple[Word, ...]
    rest: tuple[Word, ...]
    group: Group
    text: str

    @property
    def weight(self) -> tuple[int, int]:
        """Sorts patterns: more companions first, then more of them spelt out rather than given by a class."""
        companions = (*self.modifiers, *self.rest)
        return len(companions), sum(len(word.forms) == 1 or bool(word.mention_types) for word in companions)


@dataclass(frozen=True, slots=True)
class EventLexicon:
    """Patterns by head lemma, the best first.

    Attributes:
        light: verbs that only carry the event that their object names, with the particles that each needs.
        effects: what a governing word does to a deed.
        obligation_verbs, obligation_auxiliaries: "A said that B must" asks it of B.
        reticent_verbs, reticent_deeds: "declined to comment" is no event.
        agents: nouns for those who act for their state ("delegation", "forces").
        sides: nouns for states, of which "both" or "the two" point back to the text ("governments").
        leaders: the same for persons.
        replies: what a noun that is answered points back to ("the warning"): types of event, "any", "claim".
    """

    verbs: dict[str, tuple[Pattern, ...]] = field(default_factory=dict)
    nouns: dict[str, tuple[Pattern, ...]] = field(default_factory=dict)
    light: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    effects: dict[str, Effect] = field(default_factory=dict)
    obligation_verbs: frozenset[str] = frozenset()
    obligation_auxiliaries: frozenset[str] = frozenset()
    reticent_verbs: frozenset[str] = frozenset()
    reticent_deeds: frozenset[str] = frozenset()
    agents: frozenset[str] = frozenset()
    sides: frozenset[str] = frozenset()
    leaders: frozenset[str] = frozenset()
    replies: dict[str, tuple[str, ...]] = field(default_factory=dict)

    @classmethod
    def load(cls, path: Path | None = None) -> EventLexicon:
        """Read the file; without `path` the one that comes with the project.

        Raises:
            ResourceInvalidError: it is missing, not TOML, or names a type, class or effect that does not exist.
        """
        path = path or find_resource("ontology/lexicons/events.toml")
        try:
            data = tomllib.loads(path.read_text(encoding="utf-8"))
            return _read_lexicon(data)
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise ResourceInvalidError(str(path), f"cannot be read: {error}") from error
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise ResourceInvalidError(str(path), f"is not a lexicon of events: {error}") from error


def _read_lexicon(data: dict[str, Any]) -> EventLexicon:
    classes = {name: frozenset(words) for name, words in data["classes"].items()}
    verbs: dict[str, list[Pattern]] = {}
    nouns: dict[str, list[Pattern]] = {}
    for row in data["group"]:
        group = _read_group(row, classes)
        for text in row.get("verbs", ()):
            head, *rest = text.split()
            pattern = Pattern((), tuple(_read_word(word, classes) for word in rest), group, text)
            verbs.setdefault(head, []).append(pattern)
        for text in row.get("nouns", ()):
            words = text.split()
            at = next((i for i, word in enumerate(words) if word in PARTICLES), len(words)) - 1
            before, after = ([_read_word(word, classes) for word in part] for part in (words[:at], words[at + 1 :]))
            nouns.setdefault(words[at], []).append(Pattern(tuple(before), tuple(after), group, text))
    light: dict[str, list[tuple[str, ...]]] = {}
    for text in data["light"]:
        verb, *particles = text.split()
        light.setdefault(verb, []).append(tuple(particles))
    return EventLexicon(
        {head: tuple(sorted(found, key=_best_first)) for head, found in verbs.items()},
        {head: tuple(sorted(found, key=_best_first)) for head, found in nouns.items()},
        {verb: tuple(found) for verb, found in light.items()},
        _read_effects(data["complement"]),
        frozenset(data["obligation"]["verbs"]),
        frozenset(data["obligation"]["auxiliaries"]),
        frozenset(data["reticence"]["verbs"]),
        frozenset(data["reticence"]["deeds"]),
        frozenset(data["parties"]["agents"]),
        frozenset(data["parties"]["sides"]),
        frozenset(data["parties"]["leaders"]),
        {noun: tuple(row["to"]) for row in data["reply"] for noun in row["nouns"]},
    )


def _best_first(pattern: Pattern) -> tuple[int, int]:
    companions, spelt_out = pattern.weight
    return -companions, -spelt_out


def _read_group(row: dict[str, Any], classes: dict[str, frozenset[str]]) -> Group:
    if row["type"] not in get_args(EventType):
        raise ValueError(f"{row['type']!r} is no PLOVER type")
    check_codes(row["type"], row.get("mode"), row.get("cameo"))
    if row.get("needs", "recipient") not in get_args(Need):
        raise ValueError(f"{row['needs']!r} is no need")
    vetoes: set[str] = set()
    for word in row.get("not", ()):
        vetoes |= _read_word(word, classes).forms
    by = tuple(row.get("by", _DEFAULT_ACTOR_PREPOSITIONS))
    return Group(
        row["type"],
        row.get("cameo"),
        row.get("mode"),
        tuple(row.get("to", ())),
        by,
        frozenset(vetoes),
        is_mutual=row.get("mutual", False),
        has_topic=row.get("topic", False),
        is_promise=row.get("promise", False),
        is_inverse=row.get("inverse", False),
        needs=row.get("needs"),
    )


def _read_word(text: str, classes: dict[str, frozenset[str]]) -> Word:
    if text.startswith("~"):
        return Word(frozenset({text[1:]}), is_infinitive=True)
    name = text.removeprefix("+")
    is_recipient = name != text
    if name == _ABSENCE:
        return Word(frozenset(), is_absence=True)
    if name in _RESTRICTIONS:
        return Word(frozenset(), _RESTRICTIONS[name], is_recipient=is_recipient)
    if name.startswith("@"):
        if name[1:] not in classes:
            raise ValueError(f"there is no class {name!r}")
        return Word(classes[name[1:]], is_recipient=is_recipient)
    return Word(frozenset({name}), is_particle=name in PARTICLES, is_recipient=is_recipient)


def _read_effects(rows: list[dict[str, Any]]) -> dict[str, Effect]:
    effects: dict[str, Effect] = {}
    for row in rows:
        if row["does"] not in get_args(Effect):
            raise ValueError(f"{row['does']!r} is no effect")
        for word in row["words"]:
            if word in effects:
                raise ValueError(f"{word!r} has two effects")
            effects[word] = cast("Effect", row["does"])
    return effects
