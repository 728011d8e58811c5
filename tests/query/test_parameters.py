from __future__ import annotations

import pytest

from kg.errors import ActorAmbiguousError, ActorMissingError, ParameterInvalidError
from kg.query.catalogue import find_query
from kg.query.parameters import bind_parameters
from kg.query.run import run_named_query
from kg.store.terms import OxStore

HOSTILE = ['"', "\\", "'''", "<script>alert(1)</script>", 'x" } } ; DROP ALL #', "?speaker", "UNDEF", "\n", "\x00", "🙂"]


def test_without_values_the_text_stays_as_it_is(newsroom: OxStore) -> None:
    query = find_query("who-claims")
    assert bind_parameters(newsroom, query, {}) == query.text


def test_an_unknown_parameter_is_refused_with_the_known_ones(newsroom: OxStore) -> None:
    with pytest.raises(ParameterInvalidError, match="no parameter 'abuot'; it takes about, frame, since, until"):
        bind_parameters(newsroom, find_query("who-claims"), {"abuot": "Putin"})


def test_a_query_without_parameters_takes_none(newsroom: OxStore) -> None:
    with pytest.raises(ParameterInvalidError, match="it takes none"):
        bind_parameters(newsroom, find_query("who-claims-putin-is-stalling"), {"about": "Putin"})


def test_a_required_parameter_is_asked_for(newsroom: OxStore) -> None:
    with pytest.raises(ParameterInvalidError, match="'speaker' is required"):
        bind_parameters(newsroom, find_query("claims-by"), {})


@pytest.mark.parametrize(
    "day", ["2025-2-3", "2025-02-30", "yesterday", "", "20250203", "2025-W01-1", "2025-02-03T00:00", "२०२५-०२-०३"]
)
def test_what_is_no_day_is_refused(newsroom: OxStore, day: str) -> None:
    with pytest.raises(ParameterInvalidError, match="YYYY-MM-DD"):
        bind_parameters(newsroom, find_query("who-claims"), {"since": day})


@pytest.mark.parametrize("number", ["", "1.5", "one", "1 } #", "9" * 40])
def test_what_is_no_whole_number_is_refused(newsroom: OxStore, number: str) -> None:
    with pytest.raises(ParameterInvalidError, match="whole number"):
        bind_parameters(newsroom, find_query("most-quoted"), {"least": number})


def test_an_unknown_frame_is_refused(newsroom: OxStore) -> None:
    with pytest.raises(ParameterInvalidError, match="not in the scheme frame"):
        bind_parameters(newsroom, find_query("who-claims"), {"frame": "dancing"})


def test_an_ambiguous_name_is_refused(newsroom: OxStore) -> None:
    with pytest.raises(ActorAmbiguousError):
        bind_parameters(newsroom, find_query("claims-by"), {"speaker": "Kask"})


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_name_is_only_a_name_that_nobody_has(newsroom: OxStore, value: str) -> None:
    with pytest.raises(ActorMissingError):
        run_named_query(newsroom, find_query("claims-by"), {"speaker": value})


@pytest.mark.parametrize("value", HOSTILE)
def test_a_hostile_text_is_only_a_text_that_nothing_has(newsroom: OxStore, value: str) -> None:
    assert run_named_query(newsroom, find_query("claims-in-document"), {"document": value}).rows == ()


def test_a_text_that_is_not_unicode_is_refused(newsroom: OxStore) -> None:
    with pytest.raises(ParameterInvalidError, match="Unicode"):
        bind_parameters(newsroom, find_query("claims-in-document"), {"document": "\udcff"})
