"""The parties of one document by the names that all documents have for them."""

from __future__ import annotations

from kg.model.occurrence import Party
from kg.resolve.document_parties import rename_parties

BASE = "https://x.example/"


def party(name: str, country: str | None = None, *, is_named: bool = True) -> Party:
    return Party(actor=f"{BASE}{name}", type="Person", country=country and f"{BASE}{country}", is_named=is_named)


def test_other_names_change_the_order_and_the_states() -> None:
    names = {f"{BASE}a": f"{BASE}z", f"{BASE}norland": f"{BASE}northland"}
    assert rename_parties([party("a", "norland"), party("b")], names) == (party("b"), party("z", "northland"))


def test_of_two_that_are_one_the_named_one_stays() -> None:
    names = {f"{BASE}a": f"{BASE}k", f"{BASE}b": f"{BASE}k"}
    described = party("b", "norland", is_named=False)
    assert rename_parties([party("a"), described], names) == (party("k"),)
    assert rename_parties([described, party("a")], names) == (party("k"),)


def test_without_other_names_they_stay_as_they_are() -> None:
    told = (party("a", "norland"), party("b", is_named=False))
    assert rename_parties(told, {}) == told
