"""Whom surnames, initials and acronyms mean: the only bearer that fits, or the one that everything else picks clearly."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kg.resolve.across import weights
from kg.resolve.across.compare import Comparer, Score
from kg.resolve.across.evidence import Evidence
from kg.resolve.across.nodes import Node, meet
from kg.resolve.across.personal_names import PersonalName
from kg.resolve.across.spelling import normalise_spelling

#: With more bearers than this, only those are compared that share a title or what they are part of with the short name.
_MOST_BEARERS = 40
#: So many bearers are named where none can be chosen.
_MOST_LISTED = 3


class Bearer(NamedTuple):
    """An actor with a full name: all its evidence, and the node that stands for its cluster."""

    evidence: Evidence
    node: Node


class Choice(NamedTuple):
    """What became of a short name: its scores, best first, and whether the first one is meant."""

    scores: list[tuple[Score, Bearer]]
    is_clear: bool


class Bearers:
    """The actors with full names of one block."""

    def __init__(self, comparer: Comparer, bearers: Sequence[Bearer]) -> None:
        """Index the bearers by surname or initials, and by what singles them out among many."""
        self._comparer = comparer
        self._by_name: dict[str, list[Bearer]] = defaultdict(list)
        self._by_trait: dict[tuple[str, str], list[Bearer]] = defaultdict(list)
        for bearer in bearers:
            for name in sorted({name for form, _ in bearer.evidence.names for name in _find_names(form)}):
                self._by_name[name].append(bearer)
                for trait in _find_traits(bearer.evidence):
                    self._by_trait[name, trait].append(bearer)

    def choose(self, node: Node) -> Choice:
        """Return the bearers that a short name can mean, best first; none where nobody bears it."""
        found = {id(b): b for form, _ in node.evidence.names for name in _find_names(form) for b in self._by_name.get(name, ())}
        floor = -9.0
        if len(found) > _MOST_BEARERS:
            # Who is left out shares the name alone.
            floor = weights.PRIOR.value + weights.NAMES["bare"].value
            found = {id(b): b for b in self._find_by_traits(node.evidence)}
            if len(found) > _MOST_BEARERS:
                return Choice([], is_clear=False)
        scores = []
        for bearer in found.values():
            if meet(node.marks.apart, bearer.node.marks.apart):
                continue
            score = self._comparer.compare(node.evidence, bearer.evidence)
            if score.relation != "none":
                scores.append((score, bearer))
        scores.sort(key=lambda row: (-row[0].total, row[1].evidence.key))
        if not scores:
            return Choice([], is_clear=False)
        second = max(floor, scores[1][0].total if len(scores) > 1 else floor)
        best = scores[0][0]
        is_clear = best.verdict == "same" and best.total - second >= weights.MARGIN
        return Choice(scores[:_MOST_LISTED], is_clear)

    def _find_by_traits(self, evidence: Evidence) -> Iterable[Bearer]:
        """Return who shares what is rarest: the first trait that few enough of the bearers have."""
        names = sorted({name for form, _ in evidence.names for name in _find_names(form)})
        listed = [[b for name in names for b in self._by_trait.get((name, trait), ())] for trait in _find_traits(evidence)]
        few = [bearers for bearers in listed if 0 < len(bearers) <= _MOST_BEARERS]
        return [bearer for bearers in few for bearer in bearers]


def _find_names(form: object) -> list[str]:
    """Return what short and full names are looked up by."""
    if isinstance(form, PersonalName):
        return [normalise_spelling(form.family), normalise_spelling(form.words[-1])]
    return [getattr(form, "initials", "")]


def _find_traits(evidence: Evidence) -> list[str]:
    titles = sorted({*evidence.titles, *(post.title for _, post in evidence.posts)})
    return [*sorted(evidence.affiliations), *titles]


def find_office_groups(nodes: Sequence[Node]) -> list[list[Node]]:
    """Return the short names, bearers of which no text names in full, that one high office of one state or body joins.

    "President Haldorsen" of one state in two texts, not more than an office's time apart, is one person. Each group is in
    order of time; a node can be in several.
    """
    offices: dict[tuple[str, str, str], list[Node]] = defaultdict(list)
    for node in nodes:
        for title in sorted(weights.HIGH_OFFICES & node.evidence.titles.keys()):
            for part in sorted(node.evidence.affiliations):
                for form, _ in node.evidence.names[:1]:
                    offices[_find_names(form)[0], title, part].append(node)
    groups = []
    for key in sorted(offices):
        found = sorted(offices[key], key=lambda n: ((n.evidence.dates or ("",))[0], n.key))
        if len(found) > 1:
            groups.append(found)
    return groups
