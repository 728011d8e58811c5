"""A page of 5,000 nodes and 20,000 edges; `python -m tests.benchmarks.page` tells the seconds."""

import pytest

from tests.web.conftest import write_content
from tests.web.generated import make_content

NODES, EDGES = 5_000, 20_000


@pytest.fixture(scope="module")
def large(tmp_path_factory):
    path = tmp_path_factory.mktemp("large") / "large.html"
    return write_content(make_content(NODES, EDGES), path), path


@pytest.mark.slow
def test_all_of_a_large_network_is_drawn(page, large):
    page.page.goto(large[0])
    page.page.wait_for_selector("html[data-state=drawn]")
    shown = page.page.evaluate(
        """() => {
          const { sigma, graph } = document.querySelector(".graph").picture;
          return [graph.filterNodes((id) => !sigma.getNodeDisplayData(id).hidden).length,
                  graph.filterEdges((key) => !sigma.getEdgeDisplayData(key).hidden).length];
        }"""
    )
    # Every actor has a tie, but for the few that chance left out.
    assert shown[0] > 0.9 * NODES
    assert shown[1] == EDGES
    assert page.page.evaluate("performance.getEntriesByName('drawn').length") == 1
    page.take_picture("page-large")


@pytest.mark.slow
def test_a_sentence_is_in_the_data_once_so_that_they_stay_small(large):
    text = large[1].read_text("utf-8")
    data = text.partition('id="data">')[2].partition("</script>")[0]
    statements = data.count('"iri":')
    assert statements > EDGES
    # A sentence of the generated text has about 200 letters; what comes on top of it is less than half as much again.
    assert len(data) < 320 * statements
