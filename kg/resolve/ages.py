"""Persons by the age that a text gives them: "Ada Reyes, 73, ... the 73-year-old"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.view import View

_BEHIND = re.compile(r",\s+(?:aged\s+|an?\s+)?(\d{1,3})(?=-year-old\b|[,;.)]|\s+years\b)|\s+\((\d{1,3})\)")
_BEFORE = re.compile(r"\b(\d{1,3})-year-old\s+(?:[a-z-]+\s+){0,3}$")
_AGED = re.compile(r"\b(\d{1,3})-year-old\b")
_FAR = 48


class Ages:
    """The ages of the persons whom one document names."""

    def __init__(self, view: View, link_of: Callable[[str], str | None]) -> None:
        """Read the ages beside the names of persons; `link_of` gives the actor of a mention."""
        self._view = view
        self._link_of = link_of
        self._bearers: dict[str, list[str]] = defaultdict(list)
        text = view.document.text
        for mention in view.extraction.mentions:
            if mention.type == "Person" and mention.kind == "name" and mention.spans:
                begin, end = mention.spans[0].begin, mention.spans[-1].end
                behind = _BEHIND.match(text, end)
                before = _BEFORE.search(text[max(0, begin - _FAR) : begin])
                age = before[1] if behind is None and before is not None else behind and (behind[1] or behind[2])
                if age:
                    self._bearers[age].append(mention.id)

    def find_bearer(self, mention: Mention) -> str | None:
        """Return the actor of this age whom "the 73-year-old" means; None where no one or more than one has that age."""
        aged = _AGED.search(mention.text)
        named = self._bearers.get("" if aged is None else aged[1], ())
        actors = {actor for other in named if (actor := self._link_of(other)) is not None}
        return actors.pop() if len(actors) == 1 else None
