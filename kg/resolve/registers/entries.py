"""What readers of registers yield: actors, positions and posts as one file gives them, and records that cannot be used.

References to other actors are text: a slug (`state/fr`), a QID (`Q142`), `iso:FR` (ISO 3166-1 alpha-2, or alpha-3),
`name:France`, or `key:...` for a record of the same file.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.model.mention import Gender, MentionType

QID = re.compile(r"Q[1-9][0-9]*")
_WIKIDATA = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q[1-9][0-9]*)")
_DATE = re.compile(r"[+]?([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?(?:[T ].*)?")


@dataclass(frozen=True, slots=True)
class RegisterActor:
    """An actor as one record gives it; records with one key are one actor.

    Attributes:
        key: its identifier within the file.
        aliases: full names. acronyms: compared as written. surnames: those that mean the person by themselves.
        weak: names that tell it from others only beside a post or country.
        sort: of an organisation: ministry, party, group, ...; else empty.
        country: reference to the state that it is of. slug: the end of its IRI where the file itself gives one.
        died: ISO date of death; it ends the posts that have no other end.
        modified: ISO date of the record.
    """

    key: str
    type: MentionType
    label: str
    aliases: tuple[str, ...] = ()
    acronyms: tuple[str, ...] = ()
    surnames: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    sort: str = ""
    gender: Gender = "unknown"
    wikidata: str | None = None
    iso2: str | None = None
    country: str | None = None
    slug: str | None = None
    died: str | None = None
    modified: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterPosition:
    """An office that posts refer to by its key; `organisation` is a reference to where it is held."""

    key: str
    title: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class RegisterPost:
    """Who holds an office, and when.

    Attributes:
        holder: key of an actor of the file.
        title: empty where only `position` tells it. position: key of a position of the file.
        organisation: reference; where None, that of the position, else the holder's country.
        begin, end: ISO dates or their first parts; None where unknown or open.
    """

    holder: str
    title: str = ""
    position: str | None = None
    organisation: str | None = None
    begin: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """A record that cannot be used; `line` is 1-based: a line, or a record where the file has no lines of its own."""

    line: int
    problem: str


RegisterEntry = RegisterActor | RegisterPosition | RegisterPost | Refusal


@dataclass(frozen=True, slots=True)
class ReadingOptions:
    """What a person adds to a file.

    Attributes:
        classes: QID of a class -> type of its instances, for Wikidata; empty for the usual ones.
        type: of records that do not tell theirs.
        country: reference for records that name no country.
    """

    classes: Mapping[str, MentionType] = field(default_factory=dict)
    type: MentionType | None = None
    country: str | None = None


def find_qid(text: str) -> str | None:
    """Return the QID that a text is, bare or as a Wikidata IRI; None for anything else."""
    found = _WIKIDATA.fullmatch(text.strip())
    return None if found is None else found[1]


def to_date(text: str) -> str | None:
    """Return `YYYY`, `YYYY-MM` or `YYYY-MM-DD` of an ISO date or time, without parts that are 00; None for anything else."""
    found = _DATE.fullmatch(text.strip())
    if found is None or found[1] == "0000":
        return None
    parts = [found[1]]
    for part in (found[2], found[3]):
        if part in {None, "00"}:
            break
        parts.append(part)
    return "-".join(parts)


def to_country(text: str) -> str | None:
    """Return a reference to the state that a code, QID, slug or name means; None for an empty text."""
    plain = " ".join(text.split())
    if not plain:
        return None
    if plain.startswith("state/"):
        return plain
    qid = find_qid(plain)
    if qid is not None:
        return qid
    if len(plain) in {2, 3} and plain.isascii() and plain.isalpha():
        return f"iso:{plain.upper()}"
    return f"name:{plain}"


def to_names(names: object) -> tuple[str, ...]:
    """Return the texts of a list (or one text) on one line each, in order, each once; other things are left out."""
    listed = [names] if isinstance(names, str) else names if isinstance(names, list | tuple) else []
    return tuple(dict.fromkeys(plain for name in listed if isinstance(name, str) and (plain := " ".join(name.split()))))


def to_gender(text: str) -> Gender:
    """Return the gender that a word, an initial or a QID tells."""
    return _GENDERS.get(text.strip().casefold().rpartition("/")[2], "unknown")


_GENDERS: dict[str, Gender] = {
    "male": "male",
    "m": "male",
    "q6581097": "male",
    "female": "female",
    "f": "female",
    "q6581072": "female",
}
