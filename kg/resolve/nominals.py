"""Rules for common nouns: "European diplomats", "the minister", "the alliance", "a senior official"."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.model.mention import Mention, MentionType
from kg.resolve.ages import Ages
from kg.resolve.antecedents import Antecedents
from kg.resolve.bearers import Bearers
from kg.resolve.entries import RegistryActor
from kg.resolve.governments import GOVERNMENTS, Governments
from kg.resolve.guess import UNRESOLVED, Guess
from kg.resolve.ledger import Ledger
from kg.resolve.names import clean_name, fold_name
from kg.resolve.persons import Persons
from kg.resolve.registry import Registry
from kg.resolve.sorts import Sorts
from kg.resolve.view import View

_LEADING = re.compile(
    r"^(?:(?:the|a|an|one|some|several|many|most|few|both|all|other|another|these|those|this|that|two|three|four|five|six|dozens|hundreds|"
    r"thousands|number|group|of|his|her|its|their|our|my|your)\s+)+",
    re.IGNORECASE,
)
#: What a state may be called right behind its name: "China, North Korea's main ally,".
_PARTNERS = frozenset(
    [
        "ally",
        "neighbour",
        "neighbor",
        "partner",
        "sponsor",
        "backer",
        "rival",
        "patron",
        "guarantor",
        "mediator",
        "host",
        "broker",
        "member",
        "power",
        "enemy",
        "foe",
        "adversary",
        "donor",
        "supplier",
        "buyer",
        "critic",
        "supporter",
        "signatory",
        "superpower",
        "state",
        "country",
        "nation",
    ]
)
_POSSESSIVES = frozenset({"my", "our", "your", "his", "her", "its", "their"})
_MEMBER = re.compile(r"(?:one|another)\s+of\s+(.+)", re.IGNORECASE | re.DOTALL)
_PLURALS = frozenset({"them", "us", "whom", "these", "those"})
_MEMBER_SENTENCES = 3
_OF = (" of the ", " of ", " for ", " to ", " at ", " in ")


class Nominals:
    """The rules over one document; `link_of` gives the actor of an affiliation, `represents` for whom a person speaks."""

    def __init__(
        self,
        registry: Registry,
        view: View,
        ledger: Ledger,
        persons: Persons,
        antecedents: Antecedents,
        *,
        link_of: Callable[[str], str | None],
        represents: Callable[[str], str | None],
    ) -> None:
        """Start without descriptions."""
        self._registry = registry
        self._view = view
        self._ledger = ledger
        self._antecedents = antecedents
        self._sorts = Sorts(ledger, antecedents)
        self._link_of = link_of
        self._represents = represents
        self._ages = Ages(view, link_of)
        self._bearers = Bearers(registry, view, ledger, persons)
        self._governments = Governments(view, ledger)
        self._described: dict[tuple[str, str | None], str] = {}

    def resolve(self, mention: Mention) -> Guess:
        """Link a common noun phrase: to whom it means, else to a group or an unnamed actor of its own."""
        bearer = self._find_bearer(mention)
        if bearer is None:
            bearer = self._find_introduced(mention)
        if bearer is not None:
            self._note_bearer(mention, bearer)
            return Guess(bearer, "apposition", 0.85)
        aged = self._ages.find_bearer(mention) if self._view.is_definite(mention) and mention.number != "plural" else None
        if aged is not None:
            return Guess(aged, "age", 0.85)
        member = _MEMBER.match(mention.name)
        if member is not None:
            return self._resolve_member(mention, member[1])
        name = self._clean(mention)
        body, bare = self._split_affiliation(mention, name)
        head = fold_name(bare).rsplit(" ", 1)[-1]
        if mention.number == "plural" or mention.type == "Group":
            return self._resolve_plural(mention, name, bare, body)
        registered = self._find_registered(mention, name, bare, body)
        if registered is not None:
            return Guess(self._ledger.add_registered(registered), "registry", 0.85)
        governed = self._governments.find_state(mention, bare, head, body)
        if governed is not None:
            return governed
        is_definite = self._view.is_definite(mention)
        if mention.type == "Person":
            guess = self._bearers.resolve_title(mention, bare, body) if is_definite or body is not None else None
        else:
            guess = self._sorts.resolve(mention, head, body) if is_definite or body is not None else None
        return guess or self._describe(mention, name, head, body, is_definite=is_definite)

    def _note_bearer(self, mention: Mention, bearer: str) -> None:
        """Keep that "the fisherman" means Bram Tessel, "a 43-year-old fisherman"."""
        body, bare = self._split_affiliation(mention, self._clean(mention))
        head = fold_name(bare).rsplit(" ", 1)[-1]
        self._described[head, body] = bearer
        self._described[head, None] = bearer

    def _find_bearer(self, mention: Mention) -> str | None:
        """Return the person whom a name right behind a singular description gives, a title between them at most."""
        if mention.type != "Person" or mention.number == "plural":
            return None
        apposed = self._view.find_apposed(mention)
        if apposed is None or (apposed[1] and self._registry.strip_title(f"{apposed[1]} X") != ("X", apposed[1])):
            return None
        return self._link_of(apposed[0].id)

    def _find_introduced(self, mention: Mention) -> str | None:
        """Return the actor whose name stands right in front of a singular apposition: "China, North Korea's main ally,"."""
        if mention.number == "plural":
            return None
        named = self._view.find_introduced(mention)
        head = fold_name(mention.name).split(" of ")[0].rsplit(" ", 1)[-1]
        if named is None or (named.type != mention.type and not (named.type in {"State", "Organisation"} and head in _PARTNERS)):
            return None
        return self._link_of(named.id)

    def _resolve_member(self, mention: Mention, group: str) -> Guess:
        """Link "one of them, a nurse," to the nurse, else "one of the Russian officers" to an unnamed Russian officer."""
        described = self._view.find_described(mention)
        if described is not None:
            guess = self.resolve(described)
            if guess.actor is not None:
                return Guess(guess.actor, "apposition", 0.75)
        if group.casefold() in _PLURALS:
            near = self._antecedents.find_back(mention, sentences=_MEMBER_SENTENCES)
            group = next((self._clean(a.mention) for a in near if a.type == "Group" and a.mention.kind == "nominal"), "")
        label = _to_singular(_LEADING.sub("", group))
        return Guess(self._ledger.add_local("Person", label), "member", 0.6) if label else UNRESOLVED

    def _clean(self, mention: Mention) -> str:
        """Return the phrase on one line without article and quantifier, in lower case where only its place had it in capitals."""
        name = _LEADING.sub("", " ".join(mention.name.split()).replace("’", "'")) or mention.name
        first = name.split(" ", 1)[0]
        is_name = self._registry.lookup_demonym(first) or self._registry.lookup(first) or not first[1:].islower()
        nested = self._view.find_nested(mention)
        if (
            is_name
            or any(fold_name(other.name).startswith(fold_name(first)) for other in nested)
            or not self._view.opens_sentence(mention)
        ):
            return name
        return name[:1].lower() + name[1:]

    def _split_affiliation(self, mention: Mention, name: str) -> tuple[str | None, str]:
        """Return (actor that the phrase belongs to, phrase without its adjective)."""
        words = name.split()
        found: RegistryActor | None = None
        for length in (2, 1):
            first = " ".join(words[:length])
            states = self._registry.lookup_demonym(first) if len(words) > length else ()
            states = states or tuple(a for a in self._registry.lookup(first) if a.type != "Person" and len(words) > length)
            if len(states) == 1:
                found, words = states[0], words[length:]
                break
        for other in (*self._view.affiliations.get(mention.id, ()), *self._view.find_origin(mention)):
            link = self._link_of(other)
            if link is not None:
                return link, self._cut_complement(mention, other, " ".join(words))
        owner = self._find_owner(mention, fold_name(words[-1]))
        if owner is not None:
            is_possessed = "'s " in name or "s' " in name
            return owner, re.split(r"'s?\s", name)[-1] if is_possessed else " ".join(words)
        return (None if found is None else self._ledger.add_registered(found)), " ".join(words)

    def _cut_complement(self, mention: Mention, other: str, phrase: str) -> str:
        """Return "prime minister" of "prime minister of [Italy]", where the other mention is what it belongs to."""
        nested = self._view.mentions[other]
        if not any(inner.id == other for inner in self._view.find_nested(mention)):
            return phrase
        office, _, rest = phrase.partition(next((p for p in _OF if p in phrase), "\n"))
        return office if rest and clean_name(nested.name) in rest else phrase

    def _find_owner(self, mention: Mention, head: str) -> str | None:
        """Return whose the thing is by a possessive in the phrase; of a government's owner, the state."""
        for nested in self._view.find_nested(mention):
            is_owner = nested.name.casefold() in _POSSESSIVES if nested.kind == "pronoun" else self._view.is_possessive(nested)
            owner = self._link_of(nested.id) if is_owner else None
            if owner is not None and self._ledger.records[owner].type == "Person" and head in GOVERNMENTS:
                owner = self._represents(owner)
            if owner is not None:
                return owner
        return None

    def _find_registered(self, mention: Mention, name: str, bare: str, body: str | None) -> RegistryActor | None:
        """Return the body that the registry knows by the phrase, or by its state and the phrase ("Sudan's army")."""
        names = [name]
        known = None if body is None else self._ledger.records[body].registered
        if known is not None and known.type == "State" and mention.type != "Person":
            names += [f"{word} {bare}" for word in (*known.adjectives, f"{known.label}'s")]
        for full in names:
            found = [actor for actor in self._registry.lookup(full) if actor.type != "Person"]
            if len(found) == 1:
                return found[0]
        return None

    def _resolve_plural(self, mention: Mention, name: str, bare: str, body: str | None) -> Guess:
        """Link a group: the same in every document where it says whose it is, else this document's."""
        governed = self._governments.find_state(mention, bare, fold_name(bare).rsplit(" ", 1)[-1], body)
        if governed is not None:
            return governed
        registered = self._find_registered(mention, name, bare, body)
        if registered is not None:
            return Guess(self._ledger.add_registered(registered), "registry", 0.85)
        if body is not None:
            label = self._label(mention, name, body)
            country = self._ledger.get_country(body)
            return Guess(self._ledger.add_new("Group", label.casefold(), label, country), "group", 0.8)
        if any(word[:1].isupper() for word in name.split()):
            return Guess(self._ledger.add_new("Group", name.casefold(), name), "group", 0.7)
        return Guess(self._ledger.add_local("Group", name), "local", 0.6)

    def _describe(self, mention: Mention, name: str, head: str, body: str | None, *, is_definite: bool) -> Guess:
        """Link to the unnamed actor of this description; "the diplomat" to the last diplomat."""
        if not head:
            return UNRESOLVED
        kind: MentionType = mention.type
        earlier = self._described.get((head, body)) or (self._described.get((head, None)) if body is None else None)
        if is_definite and earlier is not None:
            return Guess(earlier, "description", 0.65)
        label = name if body is None else self._label(mention, name, body)
        country = None if body is None else self._ledger.get_country(body)
        if body is not None and kind == "Organisation":
            return Guess(self._ledger.add_new(kind, label.casefold(), label, country), "new", 0.6)
        iri = self._ledger.add_local(kind, label, country)
        self._described[head, body] = iri
        self._described[head, None] = iri
        return Guess(iri, "local", 0.6)

    def _label(self, mention: Mention, name: str, body: str) -> str:
        """Return the phrase with whose it is: as it stands where it says so itself, else "Russian diplomats"."""
        record = self._ledger.records[body]
        known = record.registered
        adjectives = () if known is None else known.adjectives
        folded = fold_name(name)
        if record.type == "Person":
            return name if "'s " in name else f"{record.label}'s {name}"
        if any(other.kind != "pronoun" for other in self._view.find_nested(mention)) or any(
            fold_name(a) in folded for a in (record.label, *record.names, *adjectives)
        ):
            return name
        return f"{adjectives[0] if adjectives else record.label} {name}"


def _to_singular(phrase: str) -> str:
    """Return "Russian officer" of "Russian officers"; the last word before a preposition counts; "" for no words."""
    head, *rest = re.split(r"(\s+(?:of|in|at|from|for|on)\s+.*)", phrase.strip(), maxsplit=1, flags=re.DOTALL)
    for ending, single in (("men", "man"), ("ies", "y"), ("ches", "ch"), ("s", "")):
        if head.casefold().endswith(ending) and not head.casefold().endswith("ss"):
            return head[: -len(ending)] + single + "".join(rest)
    return head + "".join(rest)
