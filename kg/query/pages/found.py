"""What the box at the top finds: actors by name, and claims or events by a question or by what is said."""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import Field

from kg.errors import ActorAmbiguousError
from kg.model.base import Frozen
from kg.query.ask import ask_store
from kg.query.lookup import fold_name
from kg.query.pages.directory import find_actors
from kg.query.pages.lines import ClaimLine, read_claims
from kg.query.pages.nodes import Actor
from kg.query.pages.parameters import Text
from kg.query.pages.tables import Table, make_table
from kg.query.search import open_searcher
from kg.store.reader import Reader

_ACTORS = 12
_CLAIMS = 20
#: Words that questions begin with.
_ASKING = frozenset(
    {
        "who", "whom", "whose", "what", "which", "where", "when", "why", "how", "did", "does", "do", "has", "have", "is", "are",
        "was", "were", "list", "show", "find", "tell",
    }
)  # fmt: skip


class SearchParameters(Frozen):
    """What is looked for."""

    q: Text = Field("", description="A name, a question in plain English, or what somebody says in any words.")
    mode: Literal["", "ask", "search"] = Field(
        "", description="ask: a question, by its filters; search: claims by what they mean; left out, as the words suggest."
    )
    today: date | None = Field(None, description="What “last week” counts from; the day of the request where left out.")


class FoundClaim(Frozen):
    """A claim that was found.

    Attributes:
        match: `filter` (it passes all that was asked for), `post` (said by who holds a post of the speaker), `meaning`.
        score: likeness to what was asked, 0 to 1; None where nothing was compared.
        copies: claims of the same words by the same speakers, itself included.
    """

    claim: ClaimLine
    match: str
    score: float | None
    copies: int


class Found(Frozen):
    """What was found."""

    q: str
    mode: Literal["ask", "search"]
    actors: tuple[Actor, ...] = Field(description="Those of whom a name holds the words; the nearest first.")
    understood: str = Field(description="How a question was understood; empty for a search.")
    claims: tuple[FoundClaim, ...] = Field(description="Claims, best first, where the answer is claims.")
    table: Table | None = Field(description="Events, contradictions or changes, where the answer is these.")
    total: int = Field(description="How many pass the filters: may be more than are shown.")
    queries: tuple[str, ...] = Field(description="The SPARQL of the filters.")
    without_vector: int = Field(description="Claims of the store that are compared by their words alone.")
    candidates: tuple[Actor, ...] = Field(description="Actors that a name of the question may mean; one is to be chosen.")


def find_anything(reader: Reader, given: SearchParameters) -> Found:
    """Return what fits; nothing for no words.

    Raises:
        StoreInvalidError: the file of annotations is damaged.
    """
    text = " ".join(given.q.split())
    mode: Literal["ask", "search"] = given.mode or choose_mode(text)
    found = Found(
        q=text,
        mode=mode,
        actors=_find_named(reader, text),
        understood="",
        claims=(),
        table=None,
        total=0,
        queries=(),
        without_vector=0,
        candidates=(),
    )
    if not text:
        return found
    return _ask(reader, found, given.today) if mode == "ask" else _search(reader, found)


def choose_mode(text: str) -> Literal["ask", "search"]:
    """Return `ask` for what looks like a question, else `search`."""
    words = text.casefold().split()
    return "ask" if text.endswith("?") or (len(words) > 1 and words[0] in _ASKING) else "search"


def _find_named(reader: Reader, text: str) -> tuple[Actor, ...]:
    wanted = fold_name(text)
    if not wanted:
        return ()
    actors = find_actors(reader, text)
    actors.sort(key=lambda actor: (fold_name(actor.label) != wanted, not fold_name(actor.label).startswith(wanted), actor.label))
    return tuple(actors[:_ACTORS])


def _search(reader: Reader, found: Found) -> Found:
    searcher = open_searcher(reader)
    hits = searcher.search(found.q, limit=_CLAIMS)
    lines = {line.iri: line for line in read_claims(reader, [hit.row.claim for hit in hits])}
    claims = tuple(
        FoundClaim(claim=lines[hit.row.claim], match="meaning", score=hit.score, copies=hit.copies)
        for hit in hits
        if hit.row.claim in lines
    )
    return found.model_copy(update={"claims": claims, "total": len(claims), "without_vector": searcher.index.without_vector})


def _ask(reader: Reader, found: Found, today: date | None) -> Found:
    try:
        question, answers, index = ask_store(reader, found.q, today or date.min, _CLAIMS)
    except ActorAmbiguousError as error:
        candidates = tuple(Actor(iri=iri, label=label) for label, iri in error.candidates)
        return found.model_copy(update={"candidates": candidates})
    told = {
        "understood": question.describe().removeprefix("understood: "),
        "total": max(answers.total, len(answers.records)),
        "queries": answers.queries,
        "without_vector": index.without_vector,
    }
    records = answers.records
    if "claim" in answers.columns:
        lines = {line.iri: line for line in read_claims(reader, [record["claim"] for record in records])}
        told["claims"] = tuple(
            FoundClaim(claim=lines[r["claim"]], match=r["match"], score=r["score"], copies=r["copies"])
            for r in records
            if r["claim"] in lines
        )
    elif records:
        rows = [["" if record[name] is None else str(record[name]) for name in answers.columns] for record in records]
        told["table"] = make_table(reader, answers.columns, rows, is_cut=answers.total > len(records))
    return found.model_copy(update=told)
