"""An actor: a person, state, organisation, group (or place) with one identity."""

from __future__ import annotations

from kg.model.base import Frozen
from kg.model.mention import MentionType


class Actor(Frozen):
    """A resolved actor.

    Attributes:
        iri: from the registry; else minted from type and full name; else local to one document.
        label: the name to show.
        aliases: other names, sorted, without `label`.
        wikidata: QID, only where a data file confirms it.
        iso2: ISO 3166-1 alpha-2 code of a state or territory.
        country: IRI of the state that it belongs to, where known.
        geonames: id of a city at GeoNames, where the document tells which one is meant.
        is_registered: whether the registry in `ontology/actors/` knows it.
        is_local: whether only one document can tell it apart.
    """

    iri: str
    type: MentionType
    label: str
    aliases: tuple[str, ...] = ()
    wikidata: str | None = None
    iso2: str | None = None
    country: str | None = None
    geonames: int | None = None
    is_registered: bool = False
    is_local: bool = False
