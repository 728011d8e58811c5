"""The actors of one block: nodes compared and joined, best first, as far as judgements and contradictions let them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from kg.model.identity import ActorProfile, ActorReference, Comparison, Judgement, Verdict
from kg.resolve.across import weights
from kg.resolve.across.body_names import BodyName
from kg.resolve.across.canonical import choose_iri
from kg.resolve.across.cells import Splitter
from kg.resolve.across.compare import Comparer, Score, to_comparison
from kg.resolve.across.evidence import Gatherer, is_short
from kg.resolve.across.nodes import NO_MARKS, Clusters, Judged, Key, Node, meet
from kg.resolve.across.personal_names import PersonalName, find_base_form
from kg.resolve.across.shorts import Bearer, Bearers, find_office_groups
from kg.resolve.across.spelling import make_skeleton, normalise_spelling

#: Names that agree so well that it is worth telling why they are kept apart.
_ONE_NAME = frozenset({"equal", "variant", "bare", "bare-variant"})


class Block:
    """The profiles that share a key, or that judgements bring together."""

    def __init__(self, profiles: Sequence[ActorProfile], judgements: Iterable[Judgement], gatherer: Gatherer) -> None:
        """Take apart what contradicts itself; nothing is joined yet. The profiles are sorted."""
        self._gatherer = gatherer
        self._comparer = Comparer(gatherer, profiles)
        self._judged = Judged(judgements, profiles)
        self._splitter = Splitter(gatherer, self._comparer, self._judged)
        self._written: list[tuple[Node, Node, Score, Verdict]] = []
        self._references: dict[Key, tuple[int, ActorReference]] = {}
        self._nodes = self._make_nodes(profiles)
        self._clusters = Clusters(self._nodes)
        self._parts = Counter(actor for node in self._nodes for actor in {p.actor for p in node.evidence.profiles})
        for left, right, score in self._splitter.kept_apart:
            self._write(left, right, score, "different")

    def _make_nodes(self, profiles: Sequence[ActorProfile]) -> list[Node]:
        full: dict[str, list[ActorProfile]] = defaultdict(list)
        nodes = []
        for profile in profiles:
            evidence = None if profile.is_registered else self._gatherer.gather([profile])
            if profile.is_named and (evidence is None or not is_short(evidence)):
                full[profile.actor].append(profile)
            else:
                evidence = evidence or self._gatherer.gather([profile])
                marks = self._judged.find_marks([(profile.document, profile.actor)])
                nodes.append(Node(evidence, marks, is_short=True, is_named=profile.is_named))
        for iri in sorted(full):
            nodes += self._splitter.split(full[iri])
        return sorted(nodes, key=lambda node: node.key)

    def identify(self) -> tuple[list[list[ActorProfile]], list[Comparison]]:
        """Return (profiles of each actor, comparisons that joined, kept apart or could not tell)."""
        self._join_judged()
        fulls = self._merge_judged([node for node in self._nodes if not node.is_short])
        self._comparer.note_bearers(bearer.evidence for bearer in fulls)
        self._join_fulls(fulls)
        self._join_shorts()
        self._join_rest()
        clusters = [[p for node in members for p in node.evidence.profiles] for members in self._clusters.all()]
        return clusters, [*self._write_judgements(), *self._write_comparisons()]

    def _join_judged(self) -> None:
        """Join what people call one, where nobody calls it different."""
        node_of: dict[Key, Node] = {(p.document, p.actor): node for node in self._nodes for p in node.evidence.profiles}
        for left, right in self._judged.same:
            first, *others = sorted({node_of[key].place for key in (*left, *right)})
            for other in others:
                if self._clusters.may_join(self._nodes[first], self._nodes[other], by_judgement=True):
                    self._clusters.join(self._nodes[first], self._nodes[other])

    def _merge_judged(self, nodes: Iterable[Node]) -> list[Bearer]:
        """Return each cluster of these nodes with the evidence of all its members, by its first node."""
        found: dict[int, Bearer] = {}
        for node in nodes:
            members = self._clusters.get(node).members
            first = min(members, key=lambda n: n.place)
            if first.place not in found:
                alone = len(members) == 1
                evidence = node.evidence if alone else self._gatherer.gather(p for n in members for p in n.evidence.profiles)
                marks = self._clusters.get(node)
                found[first.place] = Bearer(evidence, Node(evidence, NO_MARKS._replace(apart=marks.apart), place=first.place))
        return [found[place] for place in sorted(found)]

    def _join_fulls(self, fulls: list[Bearer]) -> None:
        """Join full names, best pair first; two that fit a third one equally well but not each other join neither."""
        scores: dict[tuple[int, int], Score] = {}
        by_place = {bearer.node.place: bearer for bearer in fulls}

        def score(left: int, right: int) -> Score:
            pair = (left, right) if left < right else (right, left)
            if pair not in scores:
                scores[pair] = self._comparer.compare(by_place[pair[0]].evidence, by_place[pair[1]].evidence)
            return scores[pair]

        edges: dict[int, dict[int, float]] = defaultdict(dict)
        for left, right in _find_pairs(fulls):
            if self._clusters.are_one(self._nodes[left], self._nodes[right]):
                continue
            found = score(left, right)
            if found.relation == "none" or meet(by_place[left].node.marks.apart, by_place[right].node.marks.apart):
                continue
            if found.verdict == "same":
                edges[left][right] = edges[right][left] = found.total
            elif found.verdict == "unsure" or found.relation in _ONE_NAME:
                self._write(self._nodes[left], self._nodes[right], found, found.verdict)
        ordered = sorted({(-total, min(a, b), max(a, b)) for a, row in edges.items() for b, total in row.items()})
        for negative, left, right in ordered:
            one, other = self._nodes[left], self._nodes[right]
            is_open = any(
                rival != theirs and total > -negative - weights.MARGIN and score(theirs, rival).verdict == "different"
                for mine, theirs in ((left, right), (right, left))
                for rival, total in edges[mine].items()
            )
            members = [[n for n in self._clusters.get(node).members if n.place in by_place] for node in (one, other)]
            may_join = self._clusters.may_join(one, other) and all(
                score(a.place, b.place).verdict != "different" for a in members[0] for b in members[1] if a.place != b.place
            )
            if not self._clusters.are_one(one, other) and not is_open and may_join:
                self._clusters.join(one, other)
            is_one = self._clusters.are_one(one, other)
            self._write(one, other, score(left, right), "same" if is_one else "unsure")

    def _join_shorts(self) -> None:
        """Give each short name to its bearer; of two in one document the likelier one has it."""
        bearers = self._merge_judged(node for node in self._nodes if not node.is_short)
        self._comparer.note_bearers(bearer.evidence for bearer in bearers)
        index = Bearers(self._comparer, bearers)
        chosen = []
        for node in self._find_open():
            choice = index.choose(node)
            if choice.is_clear:
                chosen.append((-choice.scores[0][0].total, node.place, node, choice.scores[0]))
                continue
            for score, bearer in choice.scores:
                if score.verdict != "different" or score.relation in _ONE_NAME:
                    self._write(node, bearer.node, score, "different" if score.verdict == "different" else "unsure")
        for _, _, node, (score, bearer) in sorted(chosen, key=lambda row: row[:2]):
            other = self._nodes[bearer.node.place]
            is_free = score.relation == "acronym" or self._clusters.get(other).documents.isdisjoint(node.evidence.documents)
            if is_free and self._clusters.may_join(node, other):
                self._clusters.join(node, other)
                self._write(node, bearer.node, score, "same")
            else:
                self._write(node, bearer.node, score, "unsure")

    def _find_open(self) -> list[Node]:
        """Return the short names that are in no cluster yet."""
        return [n for n in self._nodes if n.is_short and n.is_named and len(self._clusters.get(n).members) == 1]

    def _join_rest(self) -> None:
        """Join short names that nobody bears in full: equal initials and acronyms, surnames by a high office."""
        rest = self._find_open()
        by_name: dict[str, list[Node]] = defaultdict(list)
        for node in rest:
            if not node.evidence.profiles[0].is_local and node.evidence.names:
                by_name[repr(node.evidence.names[0][0])].append(node)
        before = len(self._splitter.kept_apart)
        for name in sorted(by_name):
            node_of = {node.key: node for node in by_name[name]}
            for actor in self._splitter.split([node.evidence.profiles[0] for node in by_name[name]]):
                members = [node_of[p.document, p.actor] for p in actor.evidence.profiles]
                for node in members[1:]:
                    if self._clusters.may_join(members[0], node):
                        self._clusters.join(members[0], node)
        for left, right, score in self._splitter.kept_apart[before:]:
            self._write(left, right, score, "different")
        for group in find_office_groups([node for node in rest if node.evidence.profiles[0].is_local]):
            for left, right in pairwise(group):
                score = self._comparer.compare(left.evidence, right.evidence)
                if score.verdict == "same" and self._join_if_free(left, right):
                    self._write(left, right, score, "same")

    def _join_if_free(self, left: Node, right: Node) -> bool:
        one, other = self._clusters.get(left), self._clusters.get(right)
        if one is other:
            return True
        if not self._clusters.may_join(left, right) or not one.documents.isdisjoint(other.documents):
            return False
        self._clusters.join(left, right)
        return True

    def _write(self, left: Node, right: Node, score: Score, verdict: Verdict) -> None:
        self._written.append((left, right, score, verdict))

    def _write_comparisons(self) -> Iterator[Comparison]:
        for left, right, score, verdict in self._written:
            yield to_comparison(self._refer(left), self._refer(right), score, verdict)

    def _refer(self, node: Node) -> ActorReference:
        """Return a node's reference: with a document where its IRI names others, too."""
        found = self._references.get(node.key)
        if found is None or len(node.evidence.profiles) != found[0]:
            profiles = node.evidence.profiles
            actor = choose_iri(profiles)
            document = next(p.document for p in profiles if p.actor == actor)
            is_whole = not profiles[0].is_local and self._parts[actor] == 1
            found = len(profiles), ActorReference(actor=actor, document=None if is_whole else document)
            self._references[node.key] = found
        return found[1]

    def _write_judgements(self) -> Iterator[Comparison]:
        totals = {"same": 30.0, "different": -30.0, "unsure": 0.0}
        for judgement in self._judged.applied:
            score = Score((("judgement", judgement.note or judgement.author, 0.0),), totals[judgement.verdict], "equal")
            found = to_comparison(judgement.left, judgement.right, score, judgement.verdict)
            yield found.model_copy(update={"by": "judgement"})


def _find_pairs(fulls: Sequence[Bearer]) -> list[tuple[int, int]]:
    """Return the pairs of places whose names can agree, sorted: persons with a first letter of given names in common."""
    buckets: dict[str, list[int]] = defaultdict(list)
    for bearer in fulls:
        letters = {letter for form, _ in bearer.evidence.names for letter in _find_letters(form)}
        for letter in letters:
            buckets[letter].append(bearer.node.place)
    return sorted({(a, b) for places in buckets.values() for at, a in enumerate(places) for b in places[at + 1 :]})


def _find_letters(form: object) -> set[str]:
    """Return what two names that agree have at least one of in common.

    Names of bodies differ in one word at most, or in the order of their words: so their first or last words agree.
    """
    if isinstance(form, BodyName):
        return {make_skeleton(form.words[0]), make_skeleton(form.words[-1])}
    if not isinstance(form, PersonalName):
        return {""}
    words = [spelling(word) for word in form.given for spelling in (normalise_spelling, find_base_form)]
    return {word[:1].casefold() for word in words}
