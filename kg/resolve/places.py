"""Which city of the world a place is, by how many people live there and by the states that the document speaks of.

A score is the logarithm of the population, so that 1.0 is ten times as many people. A state that the document names speaks for
its cities as much as thirty times the people would; it does not outweigh a capital of millions against a village of its name.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise

from kg.model.mention import Mention
from kg.resolve.cities import City, CityTable
from kg.resolve.ledger import Ledger, Record
from kg.resolve.registry import Registry

_NAMED_STATE = 1.5
_FURTHER_NAME = -1.0
#: By how much the best must lead: over cities of states that the document names, and over any others where it names none.
_LEAST_LEAD = 0.4
_WIDE_LEAD = 1.0
#: A small town's name, or one that is not a city's main name, may be something else unless the city's state is named.
_LEAST_POPULATION = 50_000
_LARGEST = 1_000_000


def choose_city(cities: Sequence[City], states: Collection[str]) -> City | None:
    """Return the city that is meant; None where no one of them leads by enough.

    Args:
        cities: those that bear the name.
        states: ISO 3166-1 alpha-2 codes of the states that the document names.
    """
    if not cities:
        return None
    ranked = sorted(cities, key=lambda city: (-_score(city, states), city.geonames))
    best = ranked[0]
    if best.country not in states and best.population < (_LARGEST if best.is_further else _LEAST_POPULATION):
        return None
    for other in ranked[1:]:
        is_by_state = best.country in states or other.country in states
        if _score(best, states) - _score(other, states) < (_LEAST_LEAD if is_by_state else _WIDE_LEAD):
            return None
    return best


def _score(city: City, states: Collection[str]) -> float:
    named = _NAMED_STATE if city.country in states else 0.0
    return math.log10(max(city.population, 1)) + named + (_FURTHER_NAME if city.is_further else 0.0)


def locate_places(
    ledger: Ledger, registry: Registry, cities: CityTable, linked: Iterable[str], neighbours: Mapping[str, str]
) -> dict[str, str]:
    """Give the places of a document the city that they are and its state, and return those that get another IRI: old -> new.

    A name's IRI is that of the largest city that bears it, or of the one in the state that the registry has for it; any other
    city of the name has one of name and state, so that the two never become one actor.

    Args:
        ledger: the document's actors.
        registry: to name states.
        cities: all cities.
        linked: the actors that mentions of the document mean.
        neighbours: ISO code of the state that stands right behind a place ("Tripoli, Lebanon"), by the place's IRI.
    """
    spoken_of = sorted(iri for iri in set(linked) if ledger.records[iri].type != "Place")
    states = {code for iri in spoken_of if (code := _find_code(ledger, registry, iri)) is not None}
    moved: dict[str, str] = {}
    for iri, record in sorted(ledger.records.items()):
        if record.type != "Place" or record.registered is not None or record.is_local:
            continue
        bearers = cities.find_cities(record.label)
        known = _find_code(ledger, registry, iri)
        own = neighbours.get(iri) or known
        city = choose_city([one for one in bearers if own in {None, one.country}], states if own is None else {own})
        if city is None:
            continue
        state = registry.actors.get(f"state/{city.country.lower()}")
        is_usual = city.geonames == _find_usual(bearers).geonames if known is None else city.country == known
        if is_usual or state is None:
            _locate(record, city, None if state is None else registry.to_iri(state.slug))
            continue
        target = ledger.add_new("Place", f"{record.label}, {state.label}", country=registry.to_iri(state.slug))
        _locate(ledger.records[target], city, registry.to_iri(state.slug))
        moved[iri] = target
    return moved


def _find_usual(bearers: Sequence[City]) -> City:
    return max(bearers, key=lambda city: (not city.is_further, city.population, -city.geonames))


def _locate(record: Record, city: City, state: str | None) -> None:
    record.geonames = city.geonames
    record.country = record.country or state


def _find_code(ledger: Ledger, registry: Registry, iri: str) -> str | None:
    """Return the ISO code of the state that an actor is or belongs to; None where unknown."""
    country = ledger.get_country(iri)
    state = None if country is None else registry.actors.get(country.removeprefix(f"{registry.base}actor/"))
    return None if state is None else state.iso2


def find_neighbours(
    text: str, mentions: Sequence[Mention], actors: Mapping[str, str | None], ledger: Ledger, registry: Registry
) -> dict[str, str]:
    """Return the ISO code of the state that stands right behind each place, by the place's IRI: "Tripoli, Lebanon".

    Args:
        text: of the document.
        mentions: of the document.
        actors: the IRI that each mention was linked to, by its id.
        ledger: the document's actors.
        registry: to look up codes.
    """
    found: dict[str, str] = {}
    ordered = sorted((m for m in mentions if m.spans), key=lambda m: (m.spans[0].begin, m.id))
    for place, state in pairwise(ordered):
        iri, other = actors[place.id], actors[state.id]
        if iri is None or other is None or ledger.records[iri].type != "Place" or ledger.records[other].type != "State":
            continue
        code = _find_code(ledger, registry, other)
        if code is not None and text[place.spans[-1].end : state.spans[0].begin] in {", ", " in "}:
            found.setdefault(iri, code)
    return found
