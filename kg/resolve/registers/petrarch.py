"""Actor dictionaries of Phoenix, PETRARCH and TABARI.

    JANE_DOE_  ; comment
    +DOE_JANE_
        [NORGOV 20190101-20211231]
        [NORELI]

Names are in capitals, with `_` for spaces; codes are in brackets, with a time restriction or without. What an entry is, its
code tells: a bare country is skipped, as states ship with the registry and these entries mix them with their cities. A
country with a role is an organisation; it is a person where a time restriction or the note `CountryInfo` says so.
Supranational and business codes (IGO, NGO, MNC, ...) are organisations. Two-digit years up to 30 are of this century.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.model.mention import MentionType
from kg.resolve.registers.entries import ReadingOptions, Refusal, RegisterActor, RegisterEntry, RegisterPost, to_names

_CODE = re.compile(r"\[([^\]\s]*)\s*([^\]]*)\]")
_RESTRICTION = re.compile(r"([<>]?)\s*([0-9]{6}|[0-9]{8})(?:\s*-\s*([0-9]{6}|[0-9]{8}))?")
_COMMENT = re.compile(r"<!--.*?-->|[;#].*")
_ACRONYM = re.compile(r"\(([A-Z][A-Z0-9-]{1,7})\)")
#: Codes of three letters in the place of a country, with the kind of organisation.
_SUPRANATIONAL = {"IGO": "organisation", "NGO": "organisation", "NGM": "organisation", "MNC": "company", "IMG": "group",
                  "INT": "organisation", "UIS": "group"}  # fmt: skip
_SORTS = {"MIL": "military", "REB": "group", "SEP": "group", "INS": "group", "UAF": "group", "SPY": "agency", "GOV": "agency",
          "MED": "media", "BUS": "company", "OPP": "party", "PTY": "party"}  # fmt: skip
#: CAMEO's roles, primary and secondary; three other letters behind a country are a territory or a group of people.
_ROLES = frozenset(
    {"COP", "GOV", "INS", "JUD", "MIL", "OPP", "REB", "SEP", "SPY", "UAF", "AGR", "BUS", "CRM", "CVL", "DEV", "EDU", "ELI", "ENV",
     "HLH", "HRI", "LAB", "LEG", "MED", "REF", "MOD", "RAD", "REL", "PTY", "IGO", "IMG", "INT", "MNC", "NGM", "NGO", "UIS", "SET",
     "TRA", "AMN", "IRC", "GRP", "UNS", "PKO", "UNO", "BAN", "EUR"}
)  # fmt: skip
#: Roles whose bearers, where a time is given, are persons.
_OFFICES = frozenset({"GOV", "ELI", "OPP", "JUD", "LEG"})
_INITIALS = re.compile(r"(?:[A-Z]\.)+")
_SMALL = frozenset({"of", "the", "and", "for", "in", "on", "to", "de", "la", "du", "von", "van", "der", "bin", "ibn"})


@dataclass(slots=True)
class _Entry:
    """An entry in the making."""

    line: int
    names: list[str] = field(default_factory=list)
    codes: list[tuple[str, str]] = field(default_factory=list)
    is_person: bool = False


def read_dictionary(lines: Iterable[bytes], options: ReadingOptions) -> Iterator[RegisterEntry]:
    """Yield the actors of a dictionary with their posts in governments, in order of the file."""
    entry: _Entry | None = None
    is_comment = False
    for number, raw in enumerate(lines, 1):
        line = _decode(raw)
        if is_comment or "<!--" in line:
            before, _, rest = line.partition("<!--") if not is_comment else ("", "", line)
            is_comment = "-->" not in rest
            line = before + rest.partition("-->")[2]
        noted = "countryinfo" in line.casefold()
        plain = _COMMENT.sub("", line).strip()
        if not plain:
            continue
        codes = _CODE.findall(plain)
        name = _CODE.sub("", plain).strip()
        # Names without `+` in front of the first code are synonyms, too.
        if name and not name.startswith("+") and (entry is None or entry.codes):
            yield from () if entry is None else _finish(entry, options)
            entry = _Entry(number)
        if entry is None:
            yield Refusal(number, "stands in front of the first actor")
            continue
        if name:
            entry.names.extend(part for part in name.split("+") if part.strip())
            entry.is_person |= noted
        if not codes and name.startswith("[") and "]" not in name:
            yield Refusal(number, "has a code without an end")
        entry.codes.extend(codes)
    if entry is not None:
        yield from _finish(entry, options)


def _finish(entry: _Entry, options: ReadingOptions) -> Iterator[RegisterEntry]:
    codes = [(code, dates.strip()) for code, dates in entry.codes if code.strip("-~")]
    names = to_names([_to_name(name) for name in entry.names])
    if not names:
        yield Refusal(entry.line, "has no name")
        return
    if not codes:
        yield Refusal(entry.line, f"{names[0]!r} has no code")
        return
    first = codes[0][0].lstrip("~")
    if any(_is_country(code.lstrip("~")) for code, _ in codes):
        return
    country = None if first[:3] in _SUPRANATIONAL else f"iso:{first[:3]}"
    is_dated = any(dates for _, dates in codes) and first[3:6] in _OFFICES
    is_person = country is not None and (entry.is_person or is_dated) and " " in names[0]
    kind: MentionType = options.type or ("Person" if is_person else "Organisation")
    acronyms = tuple(found for name in entry.names for found in _ACRONYM.findall(name))
    sort = _SUPRANATIONAL.get(first[:3]) or _SORTS.get(first[3:6], "")
    yield RegisterActor(
        key=f"{first[:3]} {names[0]}",
        type=kind,
        label=names[0],
        aliases=names[1:],
        acronyms=acronyms,
        sort="" if kind == "Person" else sort,
        country=country or options.country,
    )
    if kind == "Person":
        for code, dates in codes:
            if code[3:6] == "GOV" and code[:3].isalpha():
                begin, end = _to_dates(dates)
                holder = f"{first[:3]} {names[0]}"
                yield RegisterPost(holder, "official", organisation=f"iso:{code[:3]}", begin=begin, end=end)


def _is_country(code: str) -> bool:
    """Return whether a code is a country's, or a territory's behind its country's, without a role."""
    if code[:3] in _SUPRANATIONAL:
        return False
    return len(code) <= 3 or (len(code) == 6 and code.isalpha() and code[3:] not in _ROLES)


def _to_dates(restriction: str) -> tuple[str | None, str | None]:
    """Return the first and the last day of a restriction; (None, None) where there is none that can be read."""
    found = _RESTRICTION.fullmatch(restriction)
    if found is None:
        return None, None
    first, last = _to_day(found[2]), None if found[3] is None else _to_day(found[3])
    return (None, first) if found[1] == "<" else (first, last)


def _to_day(digits: str) -> str:
    if len(digits) == 6:
        digits = ("20" if int(digits[:2]) <= 30 else "19") + digits
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"


def _to_name(text: str) -> str:
    """Return `JANE_VAN_DER_DOE_` as "Jane van der Doe"; what is not all capitals, or has no vowel or space, stays."""
    words = _ACRONYM.sub("", text).replace("_", " ").split()
    name = " ".join(words)
    if not name.isupper() or (len(words) == 1 and len(name) <= 5):
        return name
    cased = (w.lower() if i and w.lower() in _SMALL else "-".join(map(_to_word, w.split("-"))) for i, w in enumerate(words))
    return " ".join(cased)


def _to_word(word: str) -> str:
    return word if _INITIALS.fullmatch(word) else word.capitalize()


def _decode(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
