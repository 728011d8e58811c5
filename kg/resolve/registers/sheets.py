"""CSV and TSV: tables as in `ontology/actors/`, plain lists of names, and SPARQL results.

Columns, of which only a name must be there: `name` or `label`; `type` (told also by the slug); `aliases`, `acronyms`,
`surnames`, `posts` (`title@organisation:begin..end`), several apart by `|`; `kind`, `gender`, `country` (slug, ISO code, QID
or name), `qid` or `wikidata`, `iso2`, `slug`. The organisation of a post is a slug, a QID, or a name of the same file.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from typing import cast, get_args

from kg.model.mention import MentionType
from kg.resolve.registers.entries import (
    QID,
    ReadingOptions,
    Refusal,
    RegisterActor,
    RegisterEntry,
    RegisterPost,
    find_qid,
    to_country,
    to_date,
    to_gender,
    to_names,
)
from kg.resolve.registers.imported import PREFIXES
from kg.resolve.registers.wikidata import read_row
from kg.resolve.tables import split_cell

_TYPES: dict[str, MentionType] = {prefix: cast("MentionType", name) for name, prefix in PREFIXES.items()}


def read_sheet(lines: Iterable[bytes], options: ReadingOptions, delimiter: str = ",") -> Iterator[RegisterEntry]:
    """Yield the actors and posts of the rows, in order; a first line with `item` makes it SPARQL results.

    Raises:
        ValueError: the first line names no column that holds names.
    """
    # Bytes that are no UTF-8 become lone surrogates, by which their row is refused below.
    reader = csv.reader((line.decode("utf-8", "surrogateescape") for line in lines), delimiter=delimiter)
    header = [name.strip().lstrip("\ufeff") for name in next(reader, [])]
    lowered = [name.casefold() for name in header]
    is_results = "item" in header
    if not is_results and not {"name", "label"} & {*lowered}:
        raise ValueError("the first line has no column name, label or item")
    while True:
        try:
            cells = next(reader, None)
        except csv.Error as error:
            yield Refusal(reader.line_num, f"is no row ({error})")
            continue
        if cells is None:
            return
        number = reader.line_num
        if not any(cells):
            continue
        if len(cells) != len(header):
            yield Refusal(number, f"has {len(cells)} cells, not {len(header)}")
        elif any("\udc80" <= character <= "\udcff" for cell in cells for character in cell):
            yield Refusal(number, "is not UTF-8")
        elif is_results:
            yield from read_row(number, dict(zip(header, cells, strict=True)), options)
        else:
            yield from _read_row(number, dict(zip(lowered, cells, strict=True)), options)


def _read_row(number: int, row: Mapping[str, str], options: ReadingOptions) -> Iterator[RegisterEntry]:
    label = " ".join((row.get("label") or row.get("name", "")).split())
    slug = row.get("slug", "").strip() or None
    name = row.get("type", "").strip().capitalize()
    kind = (
        cast("MentionType", name) if name in get_args(MentionType) else _TYPES.get((slug or "").partition("/")[0], options.type)
    )
    if not label or kind is None or (name and name not in get_args(MentionType)):
        yield Refusal(
            number, "has no name" if not label else f"has no type: {name!r} is none of {', '.join(get_args(MentionType))}"
        )
        return
    qid = row.get("qid") or row.get("wikidata", "")
    if qid and find_qid(qid) is None:
        yield Refusal(number, f"{qid!r} is no QID")
        return
    key = slug or find_qid(qid) or label
    try:
        posts = [_to_post(key, cell) for cell in split_cell(row.get("posts", ""))]
    except ValueError as error:
        yield Refusal(number, str(error))
        return
    states = (post.organisation for post in posts if (post.organisation or "").startswith("state/"))
    yield RegisterActor(
        key=key,
        type=kind,
        label=label,
        aliases=tuple(alias for alias in to_names(list(split_cell(row.get("aliases", "")))) if alias != label),
        acronyms=to_names(list(split_cell(row.get("acronyms", "")))),
        surnames=to_names(list(split_cell(row.get("surnames", "")))),
        sort=row.get("kind", "").strip(),
        gender=to_gender(row.get("gender", "")),
        wikidata=find_qid(qid),
        iso2=row.get("iso2", "").strip() or None,
        country=to_country(row.get("country", "")) or next(states, None) or options.country,
        slug=slug,
    )
    yield from posts


def _to_post(holder: str, cell: str) -> RegisterPost:
    title, at, rest = cell.partition("@")
    organisation, colon, dates = rest.rpartition(":")
    begin, dots, end = dates.partition("..")
    if not (title and at and organisation and colon and dots):
        raise ValueError(f"the post {cell!r} is not title@organisation:begin..end")
    if any(date and to_date(date) is None for date in (begin, end)):
        raise ValueError(f"the post {cell!r} has a date that is not YYYY-MM-DD or its first parts")
    body = organisation if "/" in organisation or QID.fullmatch(organisation) else f"key:{organisation}"
    return RegisterPost(holder, title, organisation=body, begin=to_date(begin), end=to_date(end))
