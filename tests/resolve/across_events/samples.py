"""Reports made by hand: one attack of one state on a town of another, as it would be told by default."""

from __future__ import annotations

from typing import Any

from kg.model.occurrence import EventReport, Origin, Party
from kg.resolve.across_events.wording import find_content, find_quantities, split_words

BASE = "https://sayso.example/"
RUSSIA = Party(actor="ru", type="State", country="ru")
UKRAINE = Party(actor="ua", type="State", country="ua")
NORWAY = Party(actor="no", type="State", country="no")
SWEDEN = Party(actor="se", type="State", country="se")
VOLLAN = Party(actor="vollan", type="Person", country="no")
AAS = Party(actor="aas", type="Person", country="no")
BRODD = Party(actor="brodd", type="Person", country="se")
OFFICIAL = Party(actor="official", type="Person", country="no", is_named=False)
SUMY = Party(actor="sumy", type="Place", country="ua")
IZMAIL = Party(actor="izmail", type="Place", country="ua")
NOWHERE = Party(actor="nowhere", type="Place")


def make_report(event: str, sentence: str = "", **told: Any) -> EventReport:
    """Return a report of the event `document#number`; what is not told is as in the attack."""
    words = split_words(sentence)
    given: dict[str, Any] = {
        "document": event.partition("#")[0],
        "type": "ASSAULT",
        "published": "2026-03-04",
        "actors": (RUSSIA,),
        "recipients": (UKRAINE,),
        "words": words or (event,),
        "content": find_content(words),
        "quantities": find_quantities(words),
        **told,
    }
    return EventReport(event=event, **given)


def make_origin(document: str, publisher: str = "", **told: Any) -> Origin:
    """Return where a document comes from; it copies none."""
    return Origin(**{"document": document, "publisher": publisher, "copy_of": document, **told})
