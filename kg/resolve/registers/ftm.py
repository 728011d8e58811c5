"""FollowTheMoney, as OpenSanctions publishes it: one entity as a JSON object a line.

Persons and bodies are actors; occupancies of positions, memberships, directorships and employments are posts. An entity
whose id is a QID has that QID.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from kg.model.mention import MentionType
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

_TYPES: dict[str, MentionType] = {
    "Person": "Person",
    "LegalEntity": "Organisation",
    "Organization": "Organisation",
    "PublicBody": "Organisation",
    "Company": "Organisation",
    "Country": "State",
}
_SORTS = {"Company": "company", "PublicBody": "agency"}
#: Schema -> (property of the person or member, of the body).
_RELATIONS = {
    "Membership": ("member", "organization"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
}
_COUNTRIES = ("nationality", "citizenship", "country", "jurisdiction", "mainCountry")


def read_entities(lines: Iterable[bytes], options: ReadingOptions) -> Iterator[RegisterEntry]:
    """Yield the actors, positions and posts of the lines, in order; other schemata are passed over."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            entity = json.loads(line)
            schema, key = entity["schema"], entity["id"]
            properties = {name: to_names(values) for name, values in entity["properties"].items()}
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Refusal(number, f"is no entity with id, schema and properties ({type(error).__name__}: {error})")
            continue
        if schema in _TYPES:
            yield _to_actor(number, entity, properties, options)
        elif schema == "Position":
            title = _first(properties, "name") or str(entity.get("caption") or "")
            country = to_country(_first(properties, "country"))
            if title:
                yield RegisterPosition(key, title, _to_body(_first(properties, "organization")) or country)
        elif schema == "Occupancy":
            yield from _find_posts(properties, "holder", "post", is_position=True)
        elif schema in _RELATIONS:
            yield from _find_posts(properties, *_RELATIONS[schema], is_position=False)


def _to_actor(
    number: int, entity: Mapping[str, Any], properties: Mapping[str, tuple[str, ...]], options: ReadingOptions
) -> RegisterActor | Refusal:
    names = properties.get("name", ())
    label = str(entity.get("caption") or "")
    if label not in names:
        label = names[0] if names else ""
    if not label:
        return Refusal(number, "has no name")
    key, kind = str(entity["id"]), _TYPES[entity["schema"]]
    country = next((found for name in _COUNTRIES if (found := to_country(_first(properties, name)))), None)
    aliases = (name for kind_of_name in ("name", "alias", "previousName") for name in properties.get(kind_of_name, ()))
    changed = entity.get("last_change") or entity.get("last_seen") or _first(properties, "modifiedAt")
    return RegisterActor(
        key=key,
        type=kind,
        label=label,
        aliases=tuple(name for name in dict.fromkeys(aliases) if name != label),
        acronyms=properties.get("abbreviation", ()),
        weak=properties.get("weakAlias", ()),
        sort="" if kind != "Organisation" else _SORTS.get(entity["schema"], ""),
        gender=to_gender(_first(properties, "gender")),
        wikidata=find_qid(_first(properties, "wikidataId")) or find_qid(key),
        country=country or options.country,
        died=to_date(_first(properties, "deathDate")),
        modified=to_date(str(changed or "")),
    )


def _find_posts(
    properties: Mapping[str, tuple[str, ...]], holder: str, body: str, *, is_position: bool
) -> Iterator[RegisterPost]:
    role = _first(properties, "role")
    for person in properties.get(holder, ()):
        for other in properties.get(body, ()):
            yield RegisterPost(
                person,
                role or ("" if is_position else "member"),
                position=other if is_position else None,
                organisation=None if is_position else _to_body(other),
                begin=to_date(_first(properties, "startDate")),
                end=to_date(_first(properties, "endDate")),
            )


def _to_body(identifier: str) -> str | None:
    return f"key:{identifier}" if identifier else None


def _first(properties: Mapping[str, tuple[str, ...]], name: str) -> str:
    values = properties.get(name, ())
    return values[0] if values else ""
