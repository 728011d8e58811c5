"""Which news agencies a document carries or was helped by, as it says itself."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.model.document import Document
from kg.model.occurrence import CreditKind
from kg.resolve.across_events.wording import split_words
from kg.resources import find_resource

_LEXICON = "ontology/lexicons/agencies.toml"
_ARTICLE = re.compile(r"(?:the|www)[ .]+")


class _Agencies(NamedTuple):
    """The names of agencies by form, and what credits them."""

    names: dict[str, str]
    forms: re.Pattern[str]
    credits: tuple[tuple[CreditKind, re.Pattern[str]], ...]


@cache
def _read_agencies() -> _Agencies:
    path = find_resource(_LEXICON)
    try:
        table = tomllib.loads(path.read_text("utf-8"))
        names = {form: row["name"] for row in table["agency"] for form in row["forms"]}
        forms = "|".join(re.escape(form) for form in sorted(names, key=lambda form: (-len(form), form)))
        several = rf"(?P<agency>(?:{forms})(?:(?:\s*[,/&]\s*|\s+and\s+)(?:the\s+)?(?:{forms}))*)"
        kinds: tuple[CreditKind, ...] = ("text", "help")
        rules = tuple(
            (kind, re.compile(rf"{pattern.replace('(?:AGENCY)', several)}", re.MULTILINE))
            for kind in kinds
            for pattern in table["credits"][kind]
        )
    except (KeyError, TypeError, re.error, tomllib.TOMLDecodeError) as error:
        raise ResourceInvalidError(_LEXICON, f"is malformed: {error}") from error
    return _Agencies(names, re.compile(rf"(?<!\w)(?:{forms})(?!\w)"), rules)


def find_credits(document: Document) -> tuple[tuple[str, CreditKind], ...]:
    """Return (agency, how the document depends on it), sorted; text before help where a document says both of one.

    An agency that is named as a source of words ("told Reuters") is credited for nothing.
    """
    agencies = _read_agencies()
    found: dict[str, CreditKind] = {}
    for kind, pattern in agencies.credits:
        for match in pattern.finditer(document.text):
            for form in agencies.forms.findall(match["agency"]):
                found.setdefault(agencies.names[form], kind)
    for name in (document.author, document.publisher):
        if name and (form := name.removeprefix("The ").removeprefix("the ").strip()) in agencies.names:
            found[agencies.names[form]] = "text"
    return tuple(sorted(found.items()))


def fold_publisher(name: str | None) -> str:
    """Return a publisher's name as it is compared: "The Harbour Post" and "harbour post" are one; empty for none."""
    return " ".join(split_words(_ARTICLE.sub("", (name or "").casefold(), count=1))) if name else ""
