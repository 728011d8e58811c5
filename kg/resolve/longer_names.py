"""Names of states and cities inside longer names of something else: "Niger River", "Gulf of Oman", "Georgia Tech"."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model.mention import MentionType

#: What makes a place of a name behind it or in front of it.
_PLACES = (
    "River|Delta|Basin|Sea|Ocean|Gulf|Straits?|Channel|Canal|Bay|Lake|Valley|Desert|Mountains|Peninsula|Street|Avenue|Road|"
    r"Square|Boulevard|Bridge|Airport|Park|State(?! [A-Z])|Province|County"
)
#: What makes a firm, a school or a newspaper of it.
_BODIES = (
    "Airlines?|Airways|Express|Telecom|Petroleum|Motors|Steel|Railways?|Breweries|University|College|Tech|Post|Times|Herald|Daily|"
    "Gazette|Tribune|Globe|Journal|Hotel"
)
_PLACE_BEHIND = re.compile(rf" (?:{_PLACES})\b")
_BODY_BEHIND = re.compile(rf" (?:State )?(?:{_BODIES})\b(?! (?:of|in)\b)")
_PLACE_BEFORE = re.compile(r"\b(?:(?:Gulf|Sea|Straits?|Bay|Cape|Isthmus|Horn) of (?:the )?|(?:Lake|Mount|New|Fort|Port) )$")
_BODY_BEFORE = re.compile(r"\b(?:University|Bank|College) of (?:the )?$")
#: Dishes, dogs and games that are called after a country.
_SET_PHRASE = re.compile(
    r" (?:fries|toast|horn|windows?|roulette|dressing|delight|pastry|pastries|cheese|muffins?|bulldogs?|shepherds?|terriers?)\b"
)
#: Nouns that a bird, a ware or a nut stands in front of, which are written as a state's name is where a sentence opens.
_WARES = {
    "turkey": r"farm(?:s|ers?|ing)?|producers?|breeders?|hunt(?:s|ers?|ing)?|meat|breasts?|dinners?|sandwich(?:es)?|legs?",
    "china": r"cabinets?|plates?|dolls?|cups?|shops?",
    "guinea": r"pigs?|fowls?|hens?",
    "jersey": r"cows?|cattle|shirts?|sales",
    "brazil": r"nuts?",
    "panama": r"hats?",
    "chile": r"peppers?|sauce",
}
#: "Macedonia is a province of Greece", "Chad was the code name": the text itself says that it means no state.
_DEFINED = re.compile(
    r"(?:\s+(?:is|was|are|were)|,)\s+(?:an?|the)\s+(?:[\w-]+\s+){0,2}(?:province|region|district|county|city|town|village|river|"
    r"code ?name|film|novel|song|album|brand|band|horse|dog|ship|yacht|restaurant|nightclub|hurricane|storm)\b(?!\s+and\b)"
)
_VENUE = re.compile(r"\b(?:match|matches|games?|fixtures?|play|plays|played|playing|concert)\s+(?:\w+\s+){0,3}at the $")
_SPOKEN = re.compile(r"\b(?:speaks?|spoke|spoken|speaking|fluent in|(?:translated|translation) (?:in)?to|written in|said in)\s+$")
_NO_NOUN = re.compile(r"\s*(?:[.,;:)?!]|$|(?:and|or|to|with|at|on|that)\b)")
_FARTHEST = 40


class LongerName(NamedTuple):
    """The longer name that characters belong to, and what it is a name of; `name` is empty for no name at all."""

    name: str
    type: MentionType


def find_longer_name(text: str, begin: int, end: int) -> LongerName | None:
    """Return what the name of a state, people or city at these characters is only a part of; None where it is whole.

    A language ("spoke French"), a dish ("French fries") and a stadium ("play at the Emirates") give an empty name; what
    the text says to be a province or a code name gives its own.
    """
    before = text[max(0, begin - _FARTHEST) : begin]
    for kind, behind, in_front in _KINDS:
        after = behind.match(text, end)
        ahead = in_front.search(before)
        if after is not None or ahead is not None:
            first = begin if ahead is None else begin - len(ahead[0])
            return LongerName(" ".join(text[first : end if after is None else after.end()].split()), kind)
    if _DEFINED.match(text, end):
        return LongerName(" ".join(text[begin:end].split()), "Place")
    if (
        _is_ware(text, begin, end)
        or _SET_PHRASE.match(text, end)
        or (_SPOKEN.search(before) and _NO_NOUN.match(text, end))
        or _VENUE.search(before)
    ):
        return LongerName("", "Place")
    return None


_KINDS: tuple[tuple[MentionType, re.Pattern[str], re.Pattern[str]], ...] = (
    ("Organisation", _BODY_BEHIND, _BODY_BEFORE),
    ("Place", _PLACE_BEHIND, _PLACE_BEFORE),
)


def _is_ware(text: str, begin: int, end: int) -> bool:
    nouns = _WARES.get(text[begin:end].casefold())
    return nouns is not None and re.match(rf" (?:{nouns})\b", text[end : end + _FARTHEST]) is not None
