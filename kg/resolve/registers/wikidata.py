"""Wikidata: a JSON dump, line by line, and the results of SPARQL queries as JSON or CSV.

A dump is an array with one entity a line. An entity is kept when it is an instance of (P31) one of the classes; a human
also needs a position held (P39) or a political occupation (P106). Classes are compared as they stand: an instance of a
subclass is kept where the subclass is named. Names are those in English or for all languages (`mul`), else the first label.

Rows of SPARQL results with one `item` are one actor. Columns, of which only `item` and `itemLabel` must be there: `item`,
`itemLabel`, `itemAltLabel` (several apart by `, `), `type` (ours, or a QID of a class), `gender` or `genderLabel`, `country`
or `countryLabel`, `iso2`, `position`, `positionLabel`, `organisation` or `organisationLabel`, `start`, `end`, `died`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast, get_args

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

#: Classes whose instances are kept, with the type of actor that they are.
CLASSES: dict[str, MentionType] = {
    "Q5": "Person",  # human
    "Q3624078": "State",  # sovereign state
    "Q6256": "State",  # country
    "Q161243": "State",  # dependent territory
    "Q15634554": "State",  # state with limited recognition
    "Q43229": "Organisation",  # organization
    "Q484652": "Organisation",  # international organization
    "Q245065": "Organisation",  # intergovernmental organization
    "Q79913": "Organisation",  # non-governmental organization
    "Q7278": "Organisation",  # political party
    "Q327333": "Organisation",  # government agency
    "Q192350": "Organisation",  # ministry
    "Q11204": "Organisation",  # legislature
    "Q35749": "Organisation",  # parliament
    "Q772547": "Organisation",  # armed forces
    "Q17149090": "Organisation",  # armed organization
    "Q17127659": "Organisation",  # terrorist organization
    "Q47913": "Organisation",  # intelligence agency
    "Q66344": "Organisation",  # central bank
}
#: Politician, diplomat, military officer, civil servant, monarch.
_OCCUPATIONS = frozenset({"Q82955", "Q193391", "Q189290", "Q212238", "Q116"})
#: Position, public office: what P39 refers to; other positions are known by what they say of an organisation.
_POSITIONS = frozenset({"Q4164871", "Q294414"})
_OFFICE_PROPERTIES = ("P1308", "P2389")
_SORTS = {"Q7278": "party", "Q192350": "ministry", "Q327333": "agency", "Q35749": "parliament", "Q66344": "bank",
          "Q17149090": "group", "Q17127659": "group", "Q772547": "military", "Q47913": "agency"}  # fmt: skip
_LANGUAGES = ("en", "mul", "en-gb", "en-us")
_DAY, _MONTH = 11, 10


def read_dump(lines: Iterable[bytes], options: ReadingOptions) -> Iterator[RegisterEntry]:
    """Yield the kept entities of a dump, in order; a line that is no entity is refused."""
    classes = options.classes or CLASSES
    wanted = {*classes, *_POSITIONS}
    # Most lines of a dump are of other things: they are not parsed.
    pattern = re.compile(rb'"id"\s*:\s*"(?:' + b"|".join(qid.encode() for qid in sorted(wanted)) + rb')"|"P(?:1308|2389)"\s*:')
    for number, line in enumerate(lines, 1):
        plain = line.strip().rstrip(b",")
        if plain in {b"", b"[", b"]"}:
            continue
        if not plain.startswith(b"{") or not plain.endswith(b"}"):
            yield Refusal(number, "is no entity of a dump, which has one a line")
            continue
        if pattern.search(plain) is None:
            continue
        try:
            yield from _read_entity(json.loads(plain), classes, options)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            yield Refusal(number, f"is no entity that can be read ({type(error).__name__}: {error})")


def _read_entity(
    entity: Mapping[str, Any], classes: Mapping[str, MentionType], options: ReadingOptions
) -> Iterator[RegisterEntry]:
    qid = entity["id"]
    claims = entity.get("claims") or {}
    label, aliases = _find_names(entity)
    if find_qid(qid) is None or not label:
        return
    kinds = _find_items(claims, "P31")
    if set(kinds) & _POSITIONS or any(claims.get(name) for name in _OFFICE_PROPERTIES):
        bodies = (*_find_items(claims, "P2389"), *_find_items(claims, "P1001"), *_find_items(claims, "P17"))
        yield RegisterPosition(qid, label, bodies[0] if bodies else None)
    known = [kind for kind in kinds if kind in classes]
    if not known or (known == ["Q5"] and not claims.get("P39") and not _OCCUPATIONS & {*_find_items(claims, "P106")}):
        return
    kind = classes[known[0]]
    countries = _find_items(claims, "P27" if kind == "Person" else "P17")
    yield RegisterActor(
        key=qid,
        type=kind,
        label=label,
        aliases=aliases,
        acronyms=_find_texts(claims, "P1813") if kind != "Person" else (),
        sort=next((_SORTS[k] for k in kinds if k in _SORTS), ""),
        gender=to_gender(next(iter(_find_items(claims, "P21")), "")) if kind == "Person" else "unknown",
        wikidata=qid,
        iso2=next((value for value in _find_values(claims, "P297") if isinstance(value, str)), None),
        country=(countries[-1] if kind == "Person" else countries[0]) if countries else options.country,
        died=next((date for v in _find_values(claims, "P570") if (date := _to_date(v))), None),
        modified=to_date(entity.get("modified", "")),
    )
    for statement in _find_statements(claims, "P39"):
        position = _to_item(statement.get("mainsnak", {}))
        if position is not None:
            qualifiers = statement.get("qualifiers") or {}
            bodies = tuple(i for name in ("P642", "P1001") for s in qualifiers.get(name, ()) if (i := _to_item(s)))
            begin, end = (
                next((date for s in qualifiers.get(name, ()) if (date := _to_date(_to_value(s)))), None)
                for name in ("P580", "P582")
            )
            yield RegisterPost(qid, position=position, organisation=bodies[0] if bodies else None, begin=begin, end=end)


def _find_names(entity: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    labels = entity.get("labels") or {}
    listed = entity.get("aliases") or {}
    languages = [language for language in _LANGUAGES if language in labels] or sorted(labels)[:1]
    names = [labels[language]["value"] for language in languages]
    names += [alias["value"] for language in _LANGUAGES for alias in listed.get(language, ())]
    found = to_names(names)
    return (found[0], found[1:]) if found else ("", ())


def _find_statements(claims: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    """Return the statements of a property, preferred ones first, without those that Wikidata holds for wrong."""
    kept = [s for s in claims.get(name, ()) if s.get("rank") != "deprecated"]
    return sorted(kept, key=lambda s: s.get("rank") != "preferred")


def _find_values(claims: Mapping[str, Any], name: str) -> list[Any]:
    return [_to_value(statement.get("mainsnak", {})) for statement in _find_statements(claims, name)]


def _find_items(claims: Mapping[str, Any], name: str) -> list[str]:
    return [item for s in _find_statements(claims, name) if (item := _to_item(s.get("mainsnak", {}))) is not None]


def _find_texts(claims: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Return the texts in English of a property."""
    values = _find_values(claims, name)
    return to_names([v["text"] for v in values if isinstance(v, dict) and v.get("language") in _LANGUAGES])


def _to_value(snak: Mapping[str, Any]) -> Any:
    return (snak.get("datavalue") or {}).get("value") if snak.get("snaktype", "value") == "value" else None


def _to_item(snak: Mapping[str, Any]) -> str | None:
    value = _to_value(snak)
    return find_qid(str(value.get("id", ""))) if isinstance(value, dict) else None


def _to_date(value: Any) -> str | None:
    """Return the date of a time value, as precise as it says; None for one before the common era or vaguer than a year."""
    if not isinstance(value, dict) or not isinstance(value.get("time"), str) or value.get("precision", _DAY) < _MONTH - 1:
        return None
    date = to_date(value["time"])
    parts = {_DAY: 10, _MONTH: 7}.get(value.get("precision", _DAY), 4)
    return None if date is None else date[:parts].rstrip("-")


def read_results(data: bytes, options: ReadingOptions) -> Iterator[RegisterEntry]:
    """Yield the actors and posts of SPARQL results as JSON: the W3C's form, or a list of objects with plain values.

    Raises:
        ValueError: the data is not JSON of either form.
    """
    parsed = json.loads(data)
    rows = parsed["results"]["bindings"] if isinstance(parsed, dict) else parsed
    if not isinstance(rows, list):
        raise ValueError("the results are no list")  # noqa: TRY004 - the same to the reader of the message
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            yield Refusal(number, "is no row of results")
            continue
        plain = {name: value.get("value", "") if isinstance(value, dict) else value for name, value in row.items()}
        yield from read_row(number, {name: str(value) for name, value in plain.items() if value is not None}, options)


def read_row(number: int, row: Mapping[str, str], options: ReadingOptions) -> Iterator[RegisterEntry]:
    """Yield the actor and the post of one row of SPARQL results; a cell that is missing counts as empty."""
    qid = find_qid(row.get("item", ""))
    label = " ".join(row.get("itemLabel", "").split())
    if qid is None or not label or find_qid(label) is not None:
        yield Refusal(number, "has no item of Wikidata with a label")
        return
    position = row.get("positionLabel") or row.get("position", "")
    position = "" if find_qid(position) else position
    kind = _to_type(row.get("type", ""), options) or ("Person" if position or "gender" in row or "genderLabel" in row else None)
    if kind is None:
        yield Refusal(number, f"has no type: {row.get('type', '')!r} is none of {', '.join(get_args(MentionType))}")
        return
    yield RegisterActor(
        key=qid,
        type=kind,
        label=label,
        aliases=to_names(row.get("itemAltLabel", "").split(", ")),
        gender=to_gender(row.get("genderLabel") or row.get("gender", "")),
        wikidata=qid,
        iso2=row.get("iso2") or None,
        country=to_country(row.get("country") or row.get("countryLabel", "")) or options.country,
        died=to_date(row.get("died", "")),
    )
    if position:
        body = to_country(row.get("organisation") or row.get("organisationLabel", ""))
        yield RegisterPost(qid, position, organisation=body, begin=to_date(row.get("start", "")), end=to_date(row.get("end", "")))


def _to_type(text: str, options: ReadingOptions) -> MentionType | None:
    qid = find_qid(text)
    if qid is not None:
        return (options.classes or CLASSES).get(qid, options.type)
    name = text.strip().capitalize()
    return cast("MentionType", name) if name in get_args(MentionType) else options.type
