"""The page of planning is what the measured costs give, and grows as they say."""

from __future__ import annotations

import json
import re

import pytest

from tests.benchmarks.planning import COSTS, PAGE, PRICE, choose_engine, find_bottleneck, plan, read_growth, write_page
from tests.benchmarks.store_growth import fit_exponent

COST = {
    "words_an_article": 400,
    "words_a_second_bare": 4000,
    "ratio_best": 0.5,
    "ratio_fast": 1.0,
    "quads_an_article": 1000,
    "bytes_an_article": 5000,
    "identity_seconds_an_article": 0.01,
    "load_quads_a_second": 100_000,
    "bytes_a_quad_oxigraph": 300,
    "bytes_a_quad_virtuoso": 50,
    "bytes_a_quad_packed": 5,
}


def read_figures(articles: int) -> dict[str, float]:
    return {figure.name: figure.value for figure in plan(articles, COST, 1.0)}


def test_core_hours_are_words_over_the_speed_of_the_profile() -> None:
    figures = read_figures(36_000)
    assert figures["extraction, profile best"] == pytest.approx(2.0)
    assert figures["extraction, profile fast"] == pytest.approx(1.0)


def test_ten_times_the_articles_take_ten_times_as_much_of_everything() -> None:
    small, large = read_figures(1000), read_figures(10_000)
    assert all(large[name] == pytest.approx(10 * value) for name, value in small.items())


def test_a_measured_exponent_carries_the_steps_over_documents_from_the_largest_build() -> None:
    growth = {"rows": [{"articles": 1000, "seconds_over_documents": 36.0}], "exponents": {"seconds_over_documents": 2.0}}
    figures = {figure.name: figure.value for figure in plan(10_000, COST, 1.0, growth)}
    assert figures["steps over documents, one process"] == pytest.approx(1.0)


def test_the_bottleneck_is_what_takes_longest_once_extraction_has_many_cores() -> None:
    slow_load = plan(10**6, {**COST, "load_quads_a_second": 100}, 1.0)
    slow_reading = plan(10**6, {**COST, "words_a_second_bare": 1}, 1.0)
    assert find_bottleneck(slow_load).startswith("loading")
    assert find_bottleneck(slow_reading).startswith("extraction")


def test_a_larger_graph_is_held_by_another_engine() -> None:
    assert len({choose_engine(quads) for quads in (1e6, 1e9, 1e11)}) == 3


def test_the_page_is_what_the_costs_give() -> None:
    page = PAGE.read_text("utf-8")
    day = re.search(r"--date (\d{4}-\d{2}-\d{2})", page)
    assert day is not None
    assert page == write_page(json.loads(COSTS.read_text("utf-8")), PRICE, day[1], read_growth())


@pytest.mark.parametrize(("power", "factor"), [(1.0, 3.0), (2.0, 0.1)])
def test_an_exponent_is_the_power_with_which_a_figure_grows(power: float, factor: float) -> None:
    assert fit_exponent([(size, factor * size**power) for size in (10, 100, 1000)]) == pytest.approx(power)


def test_one_size_has_no_exponent() -> None:
    with pytest.raises(ValueError, match="two sizes"):
        fit_exponent([(10, 1.0), (10, 2.0)])
