"""Rules for bodies called by their sort: "the alliance", "the kingdom", "the company"."""

from __future__ import annotations

from kg.model.mention import Mention
from kg.resolve.antecedents import Antecedents
from kg.resolve.guess import Guess
from kg.resolve.ledger import Ledger
from kg.resolve.names import fold_name

#: Sorts of the registry by other nouns for them.
_SORTS = {
    "army": "military",
    "force": "military",
    "union": "bloc",
    "organization": "organisation",
    "watchdog": "agency",
    "militia": "group",
}
#: A firm is seldom called one by its name ("Tolvane Shipping"), and called so soon after it.
_FIRMS = frozenset({"company", "firm", "operator", "manufacturer", "carrier", "airline", "bank", "group"})
_FIRM_SENTENCES = 3
#: Bodies of which a firm is not one.
_OFFICES = frozenset({"Ministry", "Department", "Agency", "Council", "Court", "Parliament", "Army", "University", "Institute"})
_COUNTRIES = frozenset({"country", "nation", "state", "kingdom", "republic", "emirate", "sultanate", "monarchy", "island"})
#: What a state is called by its own form, where the text speaks of one of that form.
_FORMS = frozenset({"kingdom", "republic", "emirate", "sultanate"})


class Sorts:
    """The bodies of one document by what they are."""

    def __init__(self, ledger: Ledger, antecedents: Antecedents) -> None:
        """Keep what the rules look at."""
        self._ledger = ledger
        self._antecedents = antecedents

    def resolve(self, mention: Mention, head: str, body: str | None) -> Guess | None:
        """Link "the alliance" and "the country" to the nearest body of that sort in front, "the Gulf state" to a state."""
        if body is not None and (head not in _COUNTRIES or self._ledger.records[body].type != "Group"):
            return None
        if head in _COUNTRIES:
            state = self._find_country(mention, head)
            return None if state is None else Guess(state, "sort", 0.6)
        for antecedent in self._antecedents.find_back(mention):
            record = self._ledger.records[antecedent.actor]
            if record.type not in {"Organisation", "Group"} or antecedent.mention.kind == "pronoun":
                continue
            sort = "" if record.registered is None else record.registered.sort
            if _SORTS.get(head, head) in {sort, _SORTS.get(sort, sort)} or head in fold_name(record.label).split():
                return Guess(record.iri, "sort", 0.7)
        if head in _FIRMS:
            near = self._antecedents.find_back(mention, sentences=_FIRM_SENTENCES)
            firms = {a.actor for a in near if a.mention.kind == "name" and self._may_be_firm(a.actor)}
            if len(firms) == 1:
                return Guess(firms.pop(), "sort", 0.6)
        later = {
            r.iri
            for r in self._ledger.records.values()
            if r.registered is not None and r.registered.sort == _SORTS.get(head, head)
        }
        return Guess(later.pop(), "sort", 0.5) if len(later) == 1 else None

    def _find_country(self, mention: Mention, head: str) -> str | None:
        """Return the state that "the country" means: of the last sentence with any, the subject, else the last one.

        "the kingdom" is a state of that form where the text has named one.
        """
        states = [a for a in self._antecedents.find_back(mention) if a.type == "State"]
        if head in _FORMS:
            states = [a for a in states if self._has_form(a.actor, head)] or states
        near = [a for a in states if a.mention.sentence == states[0].mention.sentence]
        subjects = [a for a in near if a.mention.is_subject and a.mention.kind == "name"]
        return (subjects or near)[0].actor if near else None

    def _has_form(self, actor: str, head: str) -> bool:
        known = self._ledger.records[actor].registered
        return known is not None and any(head in fold_name(name).split() for name in (known.label, *known.aliases))

    def _may_be_firm(self, actor: str) -> bool:
        record = self._ledger.records[actor]
        return record.type == "Organisation" and record.registered is None and not _OFFICES.intersection(record.label.split())
