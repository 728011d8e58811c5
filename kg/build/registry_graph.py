"""What the registry knows of the actors that a store describes, brought up to date at the end of a run."""

from __future__ import annotations

from kg.rdf.registry import registry_quads
from kg.resolve.registry import Registry
from kg.store.embedded import Store


def describe_registry(store: Store, registry: Registry) -> None:
    """Make the graph of the registry true of the actors that the store describes now: a function of these alone."""
    described = store.list_actors()
    begin = registry.to_iri("")
    entries = []
    for iri in sorted(described):
        try:
            entries.append(registry.get_actor(iri.removeprefix(begin)))
        except KeyError:
            continue  # not of the registry
    store.replace_registry(registry_quads(entries, registry.base, described))
