"""What a name with several meanings means in one document, by what stands around it and what else the text names."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.model.mention import Mention
from kg.resolve.entries import Homonym
from kg.resolve.guess import AMBIGUOUS, Guess
from kg.resolve.ledger import Ledger
from kg.resolve.names import clean_name, fold_name
from kg.resolve.registry import Registry
from kg.resolve.view import View

#: Offices of the parts of a federation: "Georgia Governor", "a senator from Georgia".
_OFFICE_BEHIND = re.compile(
    r"(?:[’']s)?\s+(?:(?:state|lieutenant|democratic|republican|former)\s+)*(?:governor|gov\.|senators?|sen\.|rep\.|"
    r"representatives?|congress(?:man|woman|members?)|statehouse|legislature|lawmakers|supreme court|house speaker)",
    re.IGNORECASE,
)
_OFFICES = ("governor", "senator", "congressman", "congresswoman", "representative", "sheriff", "gov.", "sen.", "rep.")


class Homonyms:
    """Weighs the meanings of one document's ambiguous names."""

    def __init__(self, registry: Registry, view: View, ledger: Ledger) -> None:
        """Note what each name of the document stands for by itself, and where each stands first."""
        self._registry = registry
        self._view = view
        self._ledger = ledger
        self._evidence: dict[str, set[str]] = defaultdict(set)
        self._first: dict[str, int] = {}
        self._same: dict[str, list[Mention]] = defaultdict(list)
        self._members: dict[str, list[Mention]] = defaultdict(list)
        for mention in view.extraction.mentions:
            if mention.kind in {"name", "demonym"} and mention.spans:
                self._note(mention, clean_name(mention.name))
            for other in view.affiliations.get(mention.id, ()):
                self._members[other].append(mention)

    def _note(self, mention: Mention, name: str) -> None:
        folded = fold_name(name)
        self._first[folded] = min(self._first.get(folded, self._view.begins[mention.id]), self._view.begins[mention.id])
        self._same[folded].append(mention)
        if self._registry.lookup_homonyms(name):
            return
        metonym = self._registry.lookup_metonym(name)
        if metonym is not None:
            if not metonym.is_ambiguous:
                self._evidence[metonym.actor].add(folded)
            return
        found = self._registry.lookup_demonym(name) or tuple(a for a in self._registry.lookup(name) if a.type != "Person")
        if len(found) == 1:
            for slug in {found[0].slug, found[0].country or found[0].slug}:
                self._evidence[slug].add(folded)

    def is_spoken_of(self, actor: str, *, besides: str = "") -> bool:
        """Return whether the document names the actor of a slug, or its people, its seat, its bodies, by another name."""
        return bool(self._evidence.get(actor, set()) - {fold_name(besides)})

    def resolve(self, mention: Mention, name: str) -> Guess | None:
        """Link an ambiguous name to what it means here; None for a name that is not known to be ambiguous."""
        homonyms = self._registry.lookup_homonyms(name)
        if not homonyms:
            return None
        scores = [(self._weigh(h, name), h) for h in homonyms]
        best = max(score for score, _ in scores)
        if mention.kind == "name" and self._is_part(mention, name, homonyms, best):
            return Guess(self._ledger.add_new("Place", name), "new", 0.6)
        winners = [h for score, h in scores if score == best]
        if best <= 0:
            winners = [h for h in winners if best == 0 and h.is_default and not (h.opposes and mention.type == "Place")]
        if len(winners) == 1:
            actor = self._registry.get_actor(winners[0].actor)
            return Guess(self._ledger.add_registered(actor, name), "registry", 0.9 if best > 0 else 0.7)
        if best < 0 and mention.type == "Place":
            return Guess(self._ledger.add_new("Place", name), "new", 0.5)
        return AMBIGUOUS

    def _weigh(self, homonym: Homonym, name: str) -> int:
        """Return how many names speak for a meaning, less those that speak against it.

        A longer name ("Papua New Guinea") speaks against only in front of the short one, which may then stand for it.
        """
        folded = fold_name(name)
        names = self._view.names - {folded}
        country = self._registry.get_actor(homonym.actor).country
        evidence = self._evidence.get(homonym.actor, set()) | self._evidence.get(country or "", set())
        against = {
            other
            for other in names & homonym.opposes
            if folded not in re.split(r"[\s-]", other) or self._first.get(other, 0) < self._first.get(folded, 0)
        }
        return len((names & homonym.supports) | (evidence - {folded})) - len(against)

    def _is_part(self, mention: Mention, name: str, homonyms: tuple[Homonym, ...], score: int) -> bool:
        """Return whether a state's name means a part of another state: by its own words, else as elsewhere in the text."""
        if not any(h.actor.startswith("state/") and h.opposes for h in homonyms):
            return False
        part = self._view.find_part(mention)
        if part is not None:
            folded = fold_name(clean_name(part.name))
            if any(folded in h.supports or folded in self._evidence.get(h.actor, set()) for h in homonyms):
                return False
            if any(folded in h.opposes for h in homonyms):
                return True
        if self.is_federal_part(mention):
            return True
        return score <= 0 and any(self.is_federal_part(other) for other in self._same[fold_name(name)])

    def is_federal_part(self, mention: Mention) -> bool:
        """Return whether a governor, senator or legislature belongs to what a name means, as to a part of a federation."""
        if mention.spans and _OFFICE_BEHIND.match(self._view.document.text, mention.spans[-1].end):
            return True
        titles = (title for member in self._members.get(mention.id, ()) for title in self._view.titles.get(member.id, ()))
        return any(fold_name(title).endswith(_OFFICES) for title in titles)
