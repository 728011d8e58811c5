"""Popolo, as EveryPolitician wrote it: one JSON object with persons, organizations, posts, memberships and events.

The file is held in memory as a whole: one describes one parliament or government.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from kg.resolve.registers.entries import (
    ReadingOptions,
    Refusal,
    RegisterActor,
    RegisterEntry,
    RegisterPosition,
    RegisterPost,
    find_qid,
    to_country,
    to_date,
    to_gender,
    to_names,
)

_SORTS = {"party": "party", "faction": "party", "legislature": "parliament", "ministry": "ministry", "committee": "organisation"}


def read_popolo(data: bytes, options: ReadingOptions) -> Iterator[RegisterEntry]:
    """Yield organizations, persons, posts and memberships; refusals count the records of all lists, in this order.

    Raises:
        ValueError: the data is no JSON object.
    """
    parsed = json.loads(data)
    if not isinstance(parsed, dict):
        raise ValueError("it is no JSON object")  # noqa: TRY004 - the same to the reader of the message
    events = {e["id"]: e for e in parsed.get("events") or () if isinstance(e, dict) and "id" in e}
    number = 0
    for section in ("organizations", "persons", "posts", "memberships"):
        for record in parsed.get(section) or ():
            number += 1
            try:
                yield from _read_record(section, record, events, options)
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                yield Refusal(number, f"is no record of {section} that can be read ({type(error).__name__}: {error})")


def _read_record(
    section: str, record: Mapping[str, Any], events: Mapping[str, Mapping[str, Any]], options: ReadingOptions
) -> Iterator[RegisterEntry]:
    if section in {"organizations", "persons"}:
        yield _to_actor(record, options, is_person=section == "persons")
    elif section == "posts":
        title = record.get("role") or record["label"]
        yield RegisterPosition(str(record["id"]), str(title), _to_body(record.get("organization_id")))
    else:
        period = events.get(record.get("legislative_period_id", ""), {})
        begin, end = (to_date(str(record.get(name) or period.get(name) or "")) for name in ("start_date", "end_date"))
        person, role, post = str(record["person_id"]), str(record.get("role") or ""), record.get("post_id")
        body = _to_body(record.get("organization_id"))
        yield RegisterPost(person, role or ("" if post else "member"), post and str(post), body, begin, end)
        party = _to_body(record.get("on_behalf_of_id"))
        if party is not None:
            yield RegisterPost(person, "member", None, party, begin, end)


def _to_actor(record: Mapping[str, Any], options: ReadingOptions, *, is_person: bool) -> RegisterActor:
    label = " ".join(str(record["name"]).split())
    if not label:
        raise ValueError("it has no name")
    others = record.get("other_names") or ()
    # Names in other scripts and languages are of no use to news in English.
    names = [other["name"] for other in others if other.get("lang", "en") in {"en", "mul"} and other.get("name")]
    identifiers = record.get("identifiers") or ()
    qids = (find_qid(str(i.get("identifier", ""))) for i in identifiers if i.get("scheme") == "wikidata")
    kind = str(record.get("classification") or "").casefold()
    return RegisterActor(
        key=str(record["id"]),
        type="Person" if is_person else "Organisation",
        label=label,
        aliases=tuple(name for name in to_names(names) if name != label),
        sort="" if is_person else _SORTS.get(kind, ""),
        gender=to_gender(str(record.get("gender") or "")),
        wikidata=next((qid for qid in qids if qid), None),
        country=to_country(str(record.get("country_code") or record.get("country") or "")) or options.country,
        died=to_date(str(record.get("death_date") or "")),
        modified=to_date(str(record.get("updated_at") or "")),
    )


def _to_body(identifier: object) -> str | None:
    return f"key:{identifier}" if identifier else None
