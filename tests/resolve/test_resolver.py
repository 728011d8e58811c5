"""Resolution of marked texts: tests/cases/resolve/*.toml, and what no list of labels can say."""

from __future__ import annotations

import time
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.model.annotation import Extraction
from kg.resolve.registry import Registry, read_registry
from kg.resolve.resolver import Resolver
from tests.resolve.marking import build, to_labels

BASE = "https://sayso.example/"
_FILES = sorted((Path(__file__).parents[1] / "cases" / "resolve").glob("*.toml"))
CASES = [
    pytest.param(case, id=f"{path.stem}: {case['phenomenon']}")
    for path in _FILES
    for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]
]


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(BASE)


@pytest.fixture(scope="module")
def resolver(registry: Registry) -> Resolver:
    return Resolver(registry, BASE)


@pytest.mark.parametrize("case", CASES)
def test_each_mention_of_the_case_is_linked_to_the_actor_listed(case: dict[str, Any], resolver: Resolver) -> None:
    document, extraction = build(case["text"], published=case.get("published", "2025-11-03"), author=case.get("author"))
    resolution = resolver.resolve(document, extraction)
    assert to_labels(resolution) == case["labels"]
    for number, part in case.get("iris", {}).items():
        actor = resolution.links[int(number) - 1].actor
        assert actor is not None
        assert actor.startswith(BASE + part)


def test_there_is_one_link_for_each_mention_in_order_and_every_actor_is_listed_once(resolver: Resolver) -> None:
    document, extraction = build("{Russia|State} and {Kyiv|Place} and {him|Person pronoun male} and {Russia|State}")
    resolution = resolver.resolve(document, extraction)
    assert [link.mention for link in resolution.links] == ["m1", "m2", "m3", "m4"]
    iris = [actor.iri for actor in resolution.actors]
    assert iris == sorted(set(iris))
    assert {link.actor for link in resolution.links} - {None} <= set(iris)


def test_an_extraction_without_mentions_gives_an_empty_resolution(resolver: Resolver) -> None:
    document, _ = build("")
    resolution = resolver.resolve(document, Extraction())
    assert resolution.links == ()
    assert resolution.actors == ()


def test_a_state_carries_wikidata_id_iso_code_and_aliases(resolver: Resolver) -> None:
    (actor,) = resolver.resolve(*build("{Czech Republic|State}")).actors
    assert (actor.label, actor.wikidata, actor.iso2, actor.is_registered) == ("Czechia", "Q213", "CZ", True)
    assert "Czech Republic" in actor.aliases


def test_a_new_person_belongs_to_the_state_of_the_affiliation_and_the_state_is_listed_too(resolver: Resolver) -> None:
    resolution = resolver.resolve(*build("{Kenyan|State demonym} farmer {Wanjiru Odhiambo|Person of=1}"))
    person = next(actor for actor in resolution.actors if actor.type == "Person")
    assert person.country == f"{BASE}actor/state/ke"
    assert not person.is_registered
    assert not person.is_local


def test_a_registered_persons_country_is_listed_though_no_mention_names_it(resolver: Resolver) -> None:
    resolution = resolver.resolve(*build("{Maia Sandu|Person}"))
    assert [actor.label for actor in resolution.actors] == ["Maia Sandu", "Moldova"]


def test_a_full_name_gets_the_same_iri_in_every_document_and_a_bare_surname_does_not(resolver: Resolver) -> None:
    first, extraction = build("{Ilse Vandenberg|Person} met {Okafor|Person}.")
    second = first.model_copy(update={"id": f"{BASE}document/case-2"})
    left = {link.actor for link in resolver.resolve(first, extraction).links}
    right = {link.actor for link in resolver.resolve(second, extraction).links}
    assert len(left & right) == 1
    assert (left & right).pop().startswith(f"{BASE}actor/person/ilse-vandenberg-")  # type: ignore[union-attr]


def test_the_longest_name_is_the_label_and_the_others_are_aliases(resolver: Resolver) -> None:
    resolution = resolver.resolve(*build("{Vandenberg|Person}, {Ilse Vandenberg|Person}, {Ilse Maria Vandenberg|Person}"))
    (actor,) = resolution.actors
    assert actor.label == "Ilse Maria Vandenberg"
    assert actor.aliases == ("Ilse Vandenberg", "Vandenberg")


def test_a_metonym_is_no_name_of_its_state(resolver: Resolver) -> None:
    (actor,) = resolver.resolve(*build("{Kremlin|Organisation says}")).actors
    assert "Kremlin" not in actor.aliases


def test_the_rule_that_made_a_link_is_named_and_a_metonym_is_less_sure_than_a_name(resolver: Resolver) -> None:
    resolution = resolver.resolve(
        *build("{Russia|State} {Russian|State demonym} {Moscow|Place says} {Bo Quist|Person} {Zed|Person}")
    )
    assert [link.by for link in resolution.links] == ["registry", "demonym", "metonym", "new", "local"]
    assert resolution.links[2].confidence < resolution.links[0].confidence


def test_equal_registries_in_another_order_give_equal_resolutions(registry: Registry) -> None:
    turned = Registry(
        BASE,
        reversed(registry.actors.values()),
        [registry.lookup_metonym(name) for name in ("Moscow", "Kremlin")],  # type: ignore[misc]
        [homonym for name in ("Congo", "Georgia") for homonym in reversed(registry.lookup_homonyms(name))],
        registry.titles,
    )
    same = Registry(
        BASE,
        registry.actors.values(),
        [registry.lookup_metonym(name) for name in ("Kremlin", "Moscow")],  # type: ignore[misc]
        [homonym for name in ("Georgia", "Congo") for homonym in registry.lookup_homonyms(name)],
        registry.titles,
    )
    text = (
        "{Congo|State} {Goma|Place} {Congolese|State demonym} {Cooper|Person} {Moscow|Place says} {the minister|Person nominal}"
    )
    document, extraction = build(text)
    assert Resolver(turned, BASE).resolve(document, extraction) == Resolver(same, BASE).resolve(document, extraction)
    assert turned.gazetteer() == same.gazetteer()


def test_two_pronouns_that_depend_on_each_other_end(resolver: Resolver) -> None:
    document, extraction = build("“{I|Person pronoun quoted says} said that {I|Person pronoun quoted says}.”")
    assert {link.actor for link in resolver.resolve(document, extraction).links} == {None}


def test_four_times_the_mentions_take_far_less_than_the_square_of_it(resolver: Resolver) -> None:
    names = "{Bo Quist|Person subject male} met {Ada Reyes|Person female}. "
    sentence = names + "{He|Person pronoun male} saw the {minister|Person nominal}. "

    def measure(count: int) -> float:
        document, extraction = build(sentence * count)
        begin = time.process_time()
        resolver.resolve(document, extraction)
        return time.process_time() - begin

    assert min(measure(400) for _ in range(3)) < 10 * min(measure(100) for _ in range(3))


def test_a_resolver_refuses_a_registry_with_another_base(registry: Registry) -> None:
    with pytest.raises(ValueError, match=r"https://sayso\.example/"):
        Resolver(registry, "https://other.example/")
