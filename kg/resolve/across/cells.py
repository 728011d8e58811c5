"""One name, several actors: the documents of one IRI taken apart where they contradict each other.

The profiles of an IRI are put into cells by state and gender, which costs one pass; only cells are compared, so that a name
with ten thousand documents costs little more than one with a hundred.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence

from kg.model.identity import ActorProfile
from kg.resolve.across.compare import Comparer, Score
from kg.resolve.across.evidence import Evidence, Gatherer
from kg.resolve.across.nodes import Clusters, Judged, Key, Node


class Splitter:
    """Takes apart what one IRI names; keeps the comparisons that did."""

    def __init__(self, gatherer: Gatherer, comparer: Comparer, judged: Judged) -> None:
        self._gatherer = gatherer
        self._comparer = comparer
        self._judged = judged
        self.kept_apart: list[tuple[Node, Node, Score]] = []

    def split(self, profiles: Sequence[ActorProfile]) -> list[Node]:
        """Return the actors among the profiles of one IRI, or of one acronym: one as a rule, sorted by key.

        A registered actor is split by judgements alone: the registry has told whom its documents mean.
        """
        torn = {key for actor in {p.actor for p in profiles} for key in self._judged.torn.get(actor, ())}
        cells, rest = self._fill_cells(profiles, torn)
        if len(cells) <= 1:
            return [self._make([*(p for cell in cells for p in cell), *rest])]
        nodes = sorted((self._make(cell) for cell in cells), key=lambda node: node.key)
        groups = self._join_cells(nodes)
        if len(groups) == 1:
            return [self._make(profiles)]
        evidence = [self._gatherer.gather(p for node in group for p in node.evidence.profiles) for group in groups]
        found = [list(each.profiles) for each in evidence]
        for profile in rest:
            found[self._choose(profile, evidence)].append(profile)
        return sorted((self._make(members) for members in found), key=lambda node: node.key)

    def _fill_cells(
        self, profiles: Sequence[ActorProfile], torn: Collection[Key]
    ) -> tuple[list[list[ActorProfile]], list[ActorProfile]]:
        """Return (profiles by state and gender, those that tell too little to contradict any)."""
        alone = [[p] for p in profiles if (p.document, p.actor) in torn]
        others = [p for p in profiles if (p.document, p.actor) not in torn]
        if profiles[0].is_registered:
            return ([*alone, others] if others else alone), []
        genders = Counter(p.gender for p in others if p.gender in {"male", "female"})
        cells: dict[tuple[str, str], list[ActorProfile]] = defaultdict(list)
        rest = []
        for profile in others:
            # Where all documents agree on the gender it divides nothing.
            gender = profile.gender if len(genders) > 1 and profile.gender in genders else ""
            if profile.country is None and not gender:
                rest.append(profile)
            else:
                cells[profile.country or "", gender].append(profile)
        return [*alone, *(cells[key] for key in sorted(cells))], rest

    def _join_cells(self, nodes: list[Node]) -> list[list[Node]]:
        clusters = Clusters(nodes)
        scores = {}
        for at, left in enumerate(nodes):
            for right in nodes[at + 1 :]:
                scores[left.place, right.place] = self._comparer.compare(left.evidence, right.evidence)
        ordered = sorted(scores, key=lambda pair: (-scores[pair].total, pair))
        for pair in ordered:
            if scores[pair].verdict == "different":
                break
            left, right = nodes[pair[0]], nodes[pair[1]]
            if clusters.are_one(left, right) or not clusters.may_join(left, right):
                continue
            ones, others = clusters.get(left).members, clusters.get(right).members
            crossing = (scores[min(a.place, b.place), max(a.place, b.place)] for a in ones for b in others)
            if all(score.verdict != "different" for score in crossing):
                clusters.join(left, right)
        for pair in ordered:
            left, right = nodes[pair[0]], nodes[pair[1]]
            if not clusters.are_one(left, right) and scores[pair].verdict == "different":
                self.kept_apart.append((left, right, scores[pair]))
        return clusters.all()

    def _choose(self, profile: ActorProfile, evidence: Sequence[Evidence]) -> int:
        """Return which actor a document that tells neither state nor gender means: the likeliest, else the most frequent."""
        own = self._gatherer.gather([profile])
        scores = [self._comparer.compare(own, each).total for each in evidence]
        return min(range(len(evidence)), key=lambda at: (-scores[at], -len(evidence[at].profiles), evidence[at].key))

    def _make(self, profiles: Sequence[ActorProfile]) -> Node:
        marks = self._judged.find_marks((p.document, p.actor) for p in profiles)
        return Node(self._gatherer.gather(profiles), marks)
