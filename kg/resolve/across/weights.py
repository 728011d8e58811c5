"""What each agreement and disagreement is worth, in natural log-odds of identity (Fellegi and Sunter 1969).

A weight is the logarithm of how many times as often a pair of one actor shows the feature as a pair of two that share a
block. They were set by hand from the reason beside each, for pairs of one block; evidence adds up.
"""

from __future__ import annotations

from typing import NamedTuple

from kg.resolve.across.personal_names import Relation


class Weight(NamedTuple):
    """A weight and why it is so large."""

    value: float
    reason: str


#: From here on two are one: nine in ten.
SAME = 2.2
#: Down from here two are different: one in five.
DIFFERENT = -1.4
#: So much better than the next one must whoever is chosen among several be: odds of five to one.
MARGIN = 1.6
#: A title that a document gives holds for so long around its date, where no register tells better.
OFFICE_DAYS = 4 * 366

PRIOR = Weight(-2.0, "of the pairs that share a block few are one actor")
#: Times the logarithm of how many persons bear the surname: the more, the more often given names agree by chance.
COMMONNESS = Weight(-0.35, "two persons of a frequent surname have the same given name more often")

NAMES: dict[Relation, Weight] = {
    "equal": Weight(6.5, "two actors in the news with one full name are rare"),
    "variant": Weight(5.5, "what transliterations of one name have in common; seldom two names fall together so"),
    "nickname": Weight(4.4, "short and foreign forms of a given name: a brother may be called so"),
    "middle": Weight(5.0, "one has a middle name or initial more: reporters leave them out"),
    "initial": Weight(5.0, "an initial fits every twentieth given name"),
    "near": Weight(2.0, "one letter differs: a slip as often as another name (Hansen, Hanson)"),
    "bare": Weight(5.0, "a bare surname of a known bearer: texts do so with whom readers know"),
    "bare-variant": Weight(4.0, "a bare surname in another spelling: nothing but the sound ties them (Alwin, Alvyn)"),
    "near-bare": Weight(2.5, "a bare surname but for one letter"),
}
#: An acronym by its length: two letters fit every seventh body by chance, four hardly any.
ACRONYM = {2: Weight(3.4, "two letters"), 3: Weight(4.4, "three letters"), 4: Weight(5.2, "four and more letters")}
#: Two bare surnames tell nothing of a given name.
BOTH_BARE = Weight(1.5, "a surname alone is shared by families and strangers")

FEATURES: dict[str, Weight] = {
    "generation": Weight(-2.2, "only one of them is called Jr. or Sr.: a father and a son bear the rest of the name"),
    "gender-same": Weight(0.3, "half of all pairs agree by chance"),
    "gender-differs": Weight(-5.0, "wrong only where a pronoun was misread"),
    "country-same": Weight(1.6, "one of a few states that a block's namesakes come from"),
    "country-differs": Weight(-4.0, "few persons in the news belong to two states"),
    "country-repeated": Weight(-1.0, "times the logarithm of how many texts on either side say so: a slip is not repeated"),
    "body-country-differs": Weight(-7.0, "bodies do not move: each state has its own Ministry of Defence"),
    "country-mentioned": Weight(1.7, "the one's state stands in the other's text: reports name whom they are about"),
    "part-differs": Weight(-3.0, "what they are part of has nothing in common, and no state is known to tell"),
    "organisation-same": Weight(1.8, "part of the same organisation"),
    "post-same-held": Weight(4.0, "the same high office of the same state or body at the time: one person holds it"),
    "post-same": Weight(2.2, "the same title under the same state or body"),
    "post-alike": Weight(0.7, "the same title; under what, is unknown"),
    "post-other-time": Weight(-1.0, "the same title, but held at another time"),
    "post-differs": Weight(-2.0, "other titles under other states or bodies"),
    "company": Weight(2.6, "times what they share of the actors mentioned beside them, each by its rarity; three at most"),
    "company-differs": Weight(-1.0, "each is mentioned beside others, and none of these is shared"),
    "same-document": Weight(2.0, "one text has both the acronym and what it may stand for"),
    "registered": Weight(-12.0, "two rows of the registry: whoever made it tells them apart"),
    "told-apart": Weight(-9.0, "one text names both: whoever wrote it tells them apart"),
    "time": Weight(-2.5, "more than forty years between them: careers end"),
}
MOST_COMPANY = 3.0
MOST_REPEATED = -2.0

#: What a mention in common tells, by type of the actor: news mentions states everywhere.
RARITY = {"State": 0.25, "Place": 0.5, "Organisation": 0.7, "Group": 0.8, "Person": 1.0}

#: Offices that one person at a time holds in a state or body.
HIGH_OFFICES = frozenset(
    ["president", "prime minister", "chancellor", "king", "queen", "emir", "sultan", "pope", "supreme leader", "vice president",
     "foreign minister", "defence minister", "interior minister", "finance minister", "justice minister", "health minister",
     "energy minister", "trade minister", "culture minister", "education minister", "agriculture minister", "economy minister",
     "environment minister", "secretary of state", "attorney general", "secretary-general", "director-general", "crown prince",
     "speaker", "foreign policy chief", "national security adviser", "army chief", "chief of staff", "central bank governor",
     "mayor", "first lady", "premier", "foreign secretary", "home secretary", "defence secretary", "treasury secretary",
     "chief executive", "managing director", "intelligence chief", "police chief", "junta leader"]
)  # fmt: skip
