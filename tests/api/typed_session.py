"""What a person's own script looks like to a type checker; it is checked, not run."""

from __future__ import annotations

from datetime import date
from typing import assert_type

import kg
from kg.api.actors import Actor
from kg.api.answers import Answers
from kg.api.evidence import Evidence
from kg.api.results import QueryResult
from kg.api.store import Store
from kg.api.tables import Row, Table
from kg.model.annotation import Annotation

with kg.open("./kg-store") as store:
    assert_type(store, Store)
    claims = store.query("who-claims", about="Putin", since=date(2026, 1, 1), frame=None)
    assert_type(claims, QueryResult)
    assert_type(claims[0], Row)
    assert_type(claims[:2], tuple[Row, ...])
    assert_type(list(claims), list[Row])
    assert_type(claims.sparql, str)
    assert_type(claims.columns, tuple[str, ...])
    assert_type(claims.to_csv(), str)
    assert_type(claims.pl().height, int)
    assert_type(store.search("stalling", about=["Putin"], polarity="affirmed"), Table)
    assert_type(store.ask("who claims that Putin is stalling"), Answers)
    assert_type(store.actor("Putin"), Actor)
    assert_type(store.actor("Putin").says, QueryResult)
    assert_type(store.explain(claims[0].claim), Evidence)
    assert_type(store.to_networkx(since="2026-01-01").number_of_nodes(), int)
    assert_type(store.export("x.ttl").paths, tuple[str, ...])
    store.query("who-claims", about=1.5)  # type: ignore[arg-type]
    store.search("stalling", polarity="maybe")  # type: ignore[arg-type]

assert_type(kg.annotate_text("Mira said so."), Annotation)
