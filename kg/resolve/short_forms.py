"""Short forms that a document gives its bodies: acronyms in parentheses, initials, beginnings of names."""

from __future__ import annotations

import re
from collections import defaultdict

from kg.model.mention import Mention
from kg.resolve.names import fold_name, is_acronym
from kg.resolve.view import View

_ACRONYM = r"([A-Z][A-Za-z0-9.&+-]{1,9})"
_INTRODUCED = re.compile(
    rf"[\"”'’]?(?:\s*\((?:the\s+|or\s+|known as\s+)?[\"“'‘]?{_ACRONYM}[\"”'’]?\)"
    rf"|,\s+(?:also\s+|better\s+|commonly\s+)?(?:known|abbreviated) as\s+(?:the\s+)?[\"“'‘]?{_ACRONYM}\b"
    rf"|,\s+or\s+(?:the\s+)?{_ACRONYM},)"
)
#: The run of capitalised words in front of a parenthesis, "of", "and", "without" and the like within it.
_SPELT_OUT = re.compile(
    r"((?:[A-Z][\w'’-]+)(?:\s+(?:(?:of|and|for|the|in|on|de|des|del|la|et)\s+){0,2}[A-Z][\w'’-]+){1,8})\s+\([\"“]?$"
)
_FAR = 120
_SMALL = frozenset({"of", "and", "for", "the", "in", "on", "to", "de", "des", "del", "la", "et", "a", "an"})
_BODIES = frozenset({"Organisation", "Group", "State"})
_SHORTEST = 3


class ShortForms:
    """What one document calls its bodies for short."""

    def __init__(self, view: View) -> None:
        """Start without short forms."""
        self._text = view.document.text
        self._view = view
        self._acronyms: dict[str, str] = {}
        self._beginnings: dict[str, list[str]] = defaultdict(list)
        self._initials: dict[str, set[str]] = defaultdict(set)

    def find_introduced(self, mention: Mention) -> str | None:
        """Return the acronym that stands behind a name and is introduced there: "(RSF)", ", known as RSF,"; else None."""
        if mention.type not in _BODIES or not mention.spans or " " not in mention.name.strip():
            return None
        found = _INTRODUCED.match(self._text, mention.spans[-1].end)
        acronym = None if found is None else next(group for group in found.groups() if group)
        return acronym if acronym is not None and sum(map(str.isupper, acronym)) > 1 else None

    def find_spelt_out(self, mention: Mention) -> str | None:
        """Return the name in front of an acronym in parentheses where no mention has it, or behind it: "RLF (Rural ...)"."""
        if not mention.spans or not is_acronym(mention.name):
            return None
        begin, end = mention.spans[0].begin, mention.spans[-1].end
        if self._text.startswith(")", end):
            found = _SPELT_OUT.search(self._text[max(0, begin - _FAR) : begin])
            # "Ada Reyes (CDU)" belongs to a party; a name that a mention has introduces its acronym itself.
            is_named = found is None or self._view.find_name_ending(max(0, begin - _FAR) + found.end(1)) is not None
            return None if found is None or is_named else " ".join(found[1].split())
        behind = self._view.find_name_at(end + 2) if self._text.startswith(" (", end) else None
        if behind is None or not behind.spans or not self._text.startswith(")", behind.spans[-1].end):
            return None
        return behind.name if _to_initials(behind.name) == _strip(mention.name) else None

    def note(self, mention: Mention, iri: str) -> str | None:
        """Keep how a body may be called; return the acronym that its name introduces, None without one."""
        if mention.type not in _BODIES or not mention.spans:
            return None
        introduced = self.find_introduced(mention)
        if introduced is not None:
            self._acronyms.setdefault(introduced, iri)
        words = fold_name(mention.name).split()
        for length in range(1, len(words)):
            short = " ".join(words[:length])
            if iri not in self._beginnings[short]:
                self._beginnings[short].append(iri)
        initials = _to_initials(mention.name)
        if len(initials) >= _SHORTEST:
            self._initials[initials].add(iri)
        return introduced

    def add_acronym(self, acronym: str, iri: str) -> None:
        """Keep whom an acronym means in this document."""
        self._acronyms.setdefault(acronym, iri)

    def find_acronym(self, name: str) -> str | None:
        """Return whom an introduced acronym means; None for one that is not introduced."""
        return self._acronyms.get(name)

    def find_by_initials(self, name: str) -> str | None:
        """Return the only body of the document whose initials an acronym is; None without one."""
        found = self._initials.get(_strip(name), set()) if is_acronym(name) else set()
        return next(iter(found)) if len(found) == 1 else None

    def find_by_beginning(self, name: str) -> str | None:
        """Return the only body of the document whose longer name begins so; None without one."""
        found = self._beginnings.get(fold_name(name), [])
        return found[0] if len(found) == 1 else None


def _to_initials(name: str) -> str:
    """Return the initials of a name of several words in capitals, small words left out; empty for one word."""
    words = [word for word in re.split(r"[\s-]+", name) if word and word.casefold() not in _SMALL]
    return "".join(word[0] for word in words).upper() if len(words) > 1 else ""


def _strip(acronym: str) -> str:
    return acronym.replace(".", "").replace("-", "")
