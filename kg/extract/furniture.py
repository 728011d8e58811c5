"""What of a text is not read for claims and events: by-lines, datelines, notes on the author, boilerplate, credits."""

from __future__ import annotations

import re
import tomllib
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from spacy.tokens import Doc
from spacy.tokens import Span as Sentence

from kg.errors import ResourceInvalidError
from kg.extract.token_table import TokenTable
from kg.model.span import Span
from kg.resources import find_resource

_UNREAD_ZONES = frozenset({"host", "dateline", "byline", "author-note", "boilerplate"})
_LEXICON = "ontology/lexicons/credits.toml"
#: Marks around a credit, and the stop at its end.
_MARKS = " \t\r\n\"'“”‘’()[]*_~—–-.|"
_LONGEST_CREDIT = 400
_WORD = re.compile(r"&|[^\W_][\w'’-]*")


def find_furniture(doc: Doc, sentence: Sentence) -> str | None:
    """Return the kind of the zone that the sentence begins in, if it is one that is not read for claims.

    A sentence that only credits those who made the report is a `byline` wherever it stands.
    """
    zones = (zone for zone in doc._.document.zones if zone.kind in _UNREAD_ZONES)
    kind = next((zone.kind for zone in zones if zone.span.begin <= sentence.start_char < zone.span.end), None)
    return kind or ("byline" if is_credit(sentence.text) else None)


@lru_cache(maxsize=4096)
def is_credit(text: str) -> bool:
    """Tell whether a sentence or line only says who made a report, helped with it or printed it first."""
    bare = text.strip(_MARKS)
    if len(bare) > _LONGEST_CREDIT:
        return False
    known = _read_credits()
    leads = (lead.search(bare) for lead in known.leads)
    return any(lead is not None and known.are_names(bare[lead.end() :]) for lead in leads)


def find_eventless_spans(table: TokenTable) -> list[Span]:
    """Return the parts of a document that tell of no event of their own, in no order: furniture, credits, the headline.

    A headline repeats what the body tells; it counts where there is no body.
    """
    starts = [at for at in range(len(table)) if at == 0 or table.sentences[at] != table.sentences[at - 1]]
    sentences = (Span(table.begins[first], table.ends[end - 1]) for first, end in pairwise([*starts, len(table)]))
    found = [span for span in sentences if is_credit(table.text[span.begin : span.end])]
    if table.document is None:
        return found
    end = len(table.text.rstrip())
    zones = (z.span for z in table.document.zones if z.kind in _UNREAD_ZONES or (z.kind == "title" and z.span.end < end))
    return [*found, *zones]


class _Credits(NamedTuple):
    """What credits begin with, and the words beside names that may follow."""

    leads: tuple[re.Pattern[str], ...]
    small: frozenset[str]

    def are_names(self, text: str) -> bool:
        """Tell whether words are names and small words alone; so are none."""
        return all(not word[0].islower() or word.lower() in self.small for word in _WORD.findall(text))


@cache
def _read_credits() -> _Credits:
    try:
        lexicon = tomllib.loads(find_resource(_LEXICON).read_text("utf-8"))
        leads = lexicon["leads"]
        for name in ("work", "craft", "staff"):
            leads = [lead.replace(name.upper(), lexicon[name]) for lead in leads]
        return _Credits(tuple(re.compile(lead, re.IGNORECASE | re.DOTALL) for lead in leads), frozenset(lexicon["small"]))
    except (OSError, KeyError, AttributeError, TypeError, tomllib.TOMLDecodeError, re.error) as error:
        raise ResourceInvalidError(_LEXICON, f"is malformed: {error}") from error
