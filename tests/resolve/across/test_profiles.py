import pytest

from kg.model.annotation import Annotation
from kg.model.identity import ActorProfile
from kg.resolve.across.profiles import make_profiles
from kg.resolve.registry import Registry, read_registry
from kg.resolve.resolver import Resolver
from tests.resolve.marking import build

BASE = "https://sayso.example/"


@pytest.fixture(scope="module")
def registry() -> Registry:
    return read_registry(BASE)


def profile(registry: Registry, marked: str, name: str) -> ActorProfile:
    """Return the profile of the actor whose IRI holds the name."""
    (found,) = [p for p in make(registry, marked) if name in p.actor]
    return found


def make(registry: Registry, marked: str) -> tuple[ActorProfile, ...]:
    document, extraction = build(marked)
    resolution = Resolver(registry, BASE).resolve(document, extraction)
    return make_profiles(Annotation(document=document, extraction=extraction, resolution=resolution), registry)


def test_a_document_without_mentions_has_no_profiles(registry: Registry) -> None:
    assert make(registry, "Nothing happened.") == ()


def test_each_actor_has_one_profile_in_order(registry: Registry) -> None:
    found = make(registry, "{Ida Tveitland|Person} met {Bo Quistgard|Person}. {Tveitland|Person} left {Norway|State}.")
    actors = [p.actor for p in found]
    assert len(actors) == 3
    assert actors == sorted(actors)


def test_names_are_counted_as_they_are_written(registry: Registry) -> None:
    found = profile(registry, "{Ida Tveitland|Person} left. {Tveitland|Person} smiled. {Tveitland|Person} won.", "tveitland")
    assert found.names == (("Ida Tveitland", 1), ("Tveitland", 2))


def test_pronouns_and_descriptions_are_no_names_but_tell_the_gender(registry: Registry) -> None:
    found = profile(registry, "{Quill Tveitland|Person subject} left. {She|Person pronoun female subject} won.", "tveitland")
    assert found.names == (("Quill Tveitland", 1),)
    assert found.gender == "female"


def test_a_title_is_compared_without_the_people_in_front(registry: Registry) -> None:
    found = profile(
        registry, "{Norwegian|State demonym} {Ida Tveitland|Person title=Norwegian_Foreign_Minister of=1}", "tveitland"
    )
    assert found.titles == ("foreign minister",)
    assert found.country == f"{BASE}actor/state/no"
    assert found.organisations == (f"{BASE}actor/state/no",)


def test_a_form_of_address_is_no_title(registry: Registry) -> None:
    assert profile(registry, "{Ida Tveitland|Person title=Mrs}", "tveitland").titles == ()


def test_a_post_that_the_text_tells_is_a_title(registry: Registry) -> None:
    found = profile(registry, "{Ida Tveitland|Person post=mayor of=2} of {Norway|State}", "tveitland")
    assert found.titles == ("mayor",)


def test_the_company_is_the_other_registered_actors(registry: Registry) -> None:
    marked = "{Ida Tveitland|Person} and {Bo Quistgard|Person} flew from {Norway|State} to {Sweden|State}."
    assert profile(registry, marked, "tveitland").company == (f"{BASE}actor/state/no", f"{BASE}actor/state/se")
    assert profile(registry, marked, "state/no").company == (f"{BASE}actor/state/se",)


def test_a_bare_surname_is_local(registry: Registry) -> None:
    found = profile(registry, "{Tveitland|Person} left.", "tveitland")
    assert (found.is_local, found.is_named, found.is_registered) == (True, True, False)


def test_whoever_is_only_described_has_no_name(registry: Registry) -> None:
    (found,) = make(registry, "A {senior harbour official|Person nominal singular} spoke.")
    assert (found.is_named, found.is_local) == (False, True)


def test_the_document_and_its_date_are_kept(registry: Registry) -> None:
    found = profile(registry, "{Ida Tveitland|Person} left.", "tveitland")
    assert (found.document, found.published) == ("https://sayso.example/document/case-1", "2025-11-03")
