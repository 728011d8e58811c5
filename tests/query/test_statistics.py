from __future__ import annotations

from kg.query.statistics import count_contents
from kg.store.terms import OxStore, RdfFormat

GRAPH = """
@prefix kg: <https://sayso.example/ontology#> .
@prefix modality: <https://sayso.example/scheme/modality/> .
<urn:d1> { <urn:d1> a kg:Document . <urn:d1#m1> a kg:Mention . <urn:d1#m2> a kg:Mention .
  <urn:d1#a1> a kg:Claim ; kg:speaker <urn:ada> . <urn:d1#a2> a kg:Claim .
  <urn:d1#e1> a kg:Event ; kg:modality modality:actual . <urn:d1#e2> a kg:Event ; kg:modality modality:future . }
<urn:d2> { <urn:d2> a kg:Document . <urn:d2#r1> a kg:Role . <urn:d2#e1> a kg:Event ; kg:modality modality:actual . }
<urn:actors> { <urn:ada> a kg:Person . <urn:here> a kg:State . <urn:us> a kg:Group . }
"""


def test_everything_is_counted_by_kind_over_all_graphs() -> None:
    store = OxStore()
    store.load(GRAPH.encode(), format=RdfFormat.TRIG)
    assert {name: count for name, count in count_contents(store) if count} == {
        "documents": 2,
        "mentions": 2,
        "actors": 3,
        "actors: Person": 1,
        "actors: State": 1,
        "actors: Group": 1,
        "claims": 2,
        "claims without a known speaker": 1,
        "events": 3,
        "events: actual": 2,
        "events: future": 1,
        "roles": 1,
    }


def test_an_empty_store_has_the_same_lines_with_zeros() -> None:
    store = OxStore()
    store.load(GRAPH.encode(), format=RdfFormat.TRIG)
    empty = count_contents(OxStore())
    assert [name for name, _ in empty] == [name for name, _ in count_contents(store)]
    assert {count for _, count in empty} == {0}
