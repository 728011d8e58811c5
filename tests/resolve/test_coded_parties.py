"""Parties of coded events to actors."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.model.coded_event import CodedParty
from kg.resolve.coded_parties import PartyLink, PartyResolver
from kg.resolve.registry import read_registry

BASE = "https://data.example/"


@pytest.fixture(scope="module")
def resolver() -> PartyResolver:
    return PartyResolver(read_registry(BASE))


@pytest.mark.parametrize(
    ("party", "slug", "rule"),
    [
        (CodedParty("NORWAY", "NOR", "NOR"), "state/no", "country"),
        (CodedParty("OSLO", "NORMIL", "NOR", "", ("MIL",)), "state/no", "country"),
        (CodedParty("MINISTRY", "KSVGOV", "KSV"), "state/xk", "country"),
        (CodedParty("BUCHAREST", "ROM", "ROM"), "state/ro", "country"),
        (CodedParty("UNITED NATIONS", "IGOUNO", "", "UNO"), "org/un", "cameo-code"),
        (CodedParty("THE ALLIANCE", "IGONAT"), "org/nato", "cameo-code"),
        (CodedParty("NATO", "IGOMIL"), "org/nato", "registry"),
        (CodedParty("Russia", country="Russia"), "state/ru", "registry"),
        (CodedParty("European Commission", country="BEL"), "org/european-commission", "registry"),
    ],
)
def test_a_party_is_the_group_the_named_body_or_the_state_of_its_code(
    resolver: PartyResolver, party: CodedParty, slug: str, rule: str
) -> None:
    link = resolver.resolve(party)
    assert (link.actor, link.by) == (f"{BASE}actor/{slug}", rule)


@pytest.mark.parametrize("party", [CodedParty("POLICE", "COP"), CodedParty("", "GOV"), CodedParty()])
def test_a_role_without_a_country_is_nobody_in_particular(resolver: PartyResolver, party: CodedParty) -> None:
    assert resolver.resolve(party).actor is None


def test_a_registered_name_of_another_country_than_the_code_gives_way_to_the_code(resolver: PartyResolver) -> None:
    assert resolver.resolve(CodedParty("GEORGIA", "USA", "USA")).actor == f"{BASE}actor/state/us"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Nila Ostervik", "Person"),
        ("Citizen (Norway)", "Group"),
        ("Ministry of Ferries (Norway)", "Organisation"),
        ("Harbour Workers Union", "Organisation"),
        ("Ferroline", "Organisation"),
    ],
)
def test_an_unknown_name_of_a_table_without_codes_is_an_actor_of_its_own(resolver: PartyResolver, name: str, kind: str) -> None:
    link = resolver.resolve(CodedParty(name, country="Norway"))
    assert (link.type, link.by) == (kind, "table-name")
    assert link.actor is not None
    assert link.actor.startswith(f"{BASE}actor/{kind.lower()}/")


def test_one_name_in_two_spellings_of_case_is_one_actor(resolver: PartyResolver) -> None:
    one, other = (resolver.resolve(CodedParty(name)) for name in ("Nila Ostervik", "NILA OSTERVIK"))
    assert one.actor == other.actor


def test_equal_parties_get_the_very_same_link(resolver: PartyResolver) -> None:
    party = CodedParty("NORWAY", "NOR", "NOR")
    assert resolver.resolve(party) is resolver.resolve(CodedParty(*party))
    assert isinstance(resolver.resolve(party), PartyLink)


def test_a_table_of_codes_that_names_an_unknown_actor_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "codes.csv"
    path.write_text("code,slug\nQQQ,org/nobody-knows\n", "utf-8")
    with pytest.raises(ResourceInvalidError, match="nobody-knows"):
        PartyResolver(read_registry(BASE), path)
