"""The trained labeller on top of the rules: the profile `best`.

The labeller decides what is attributed and where each part begins and ends. The rules, whose findings it is shown, add
what its corpus does not mark: attributions within contents, layouts such as interviews and live blogs, and the kind,
negation, hedge and addressee of each cue.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from operator import itemgetter
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.extract.abstentions import Report, ignore, refuse_candidate
from kg.extract.attribution_links import find_parents
from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueLexicon
from kg.extract.furniture import find_furniture
from kg.extract.learned.cue_reading import find_root, read_cue
from kg.extract.learned.decoding import LabelledAttribution, compute_confidence, decode_window
from kg.extract.learned.features import COLUMNS, RuleReading, describe_tokens
from kg.extract.learned.labeller import RoleLabeller
from kg.extract.learned.windows import cut_windows
from kg.extract.quoted import QuotedTokens
from kg.extract.token_spans import find_runs
from kg.resources import find_resource

#: Rules whose findings stand as they are: layouts that the labeller's corpus does not have.
_LAYOUTS = frozenset({"label", "turn"})
#: Set phrases stand without the labeller too, but it may correct their spans.
_SET_PHRASES = frozenset({"according-to", "in-the-words-of"})
#: What the rules alone found outside of all contents stands where the labeller gives its cue at least this chance.
_LEAST_SUPPORT = 0.45
#: Constructions of a cue whose words may go on in the next sentences.
_GOING_ON = frozenset({"verb-clause", "verb-quotation", "according-to"})
_PARAGRAPH = COLUMNS.index("paragraph")
_DASHES = frozenset({"—", "–", "--"})
#: A rule's confidence in what the labeller never saw as a cue is worth this much.
_DISCOUNT = 0.6


def load_refiner(lexicon: CueLexicon, folder: Path | None = None) -> LearnedRefiner:
    """Load the labeller from a folder, by default the one that is shipped; raises as `RoleLabeller`."""
    return LearnedRefiner(lexicon, RoleLabeller(folder or find_resource("models/attribution")))


class _Text(NamedTuple):
    doc: Doc
    quotations: Sequence[QuotedTokens]


class LearnedRefiner:
    """Corrects and completes the rules' candidates by the trained labeller.

    Args:
        lexicon: cue words, for what only the labeller finds.
        labeller: loaded.
    """

    def __init__(self, lexicon: CueLexicon, labeller: RoleLabeller) -> None:
        self._lexicon = lexicon
        self._labeller = labeller

    def refine(
        self, doc: Doc, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate], report: Report = ignore
    ) -> list[Candidate]:
        """Return what stands of the candidates and of what the labeller finds, in no particular order."""
        labelled, support = self.label(doc, quotations, candidates)
        return list(self._join(_Text(doc, quotations), candidates, labelled, support, report))

    def label(
        self, doc: Doc, quotations: Sequence[QuotedTokens], candidates: Sequence[Candidate]
    ) -> tuple[list[LabelledAttribution], NDArray[np.float64]]:
        """Return the labeller's attributions in order of their cues, and each token's chance to be part of a cue."""
        parameters = self._labeller.parameters
        features = describe_tokens(doc, quotations, read_candidates(doc, candidates), parameters.values)
        pieces = self._labeller.split_words(doc)
        openings = frozenset(features.columns[:, _PARAGRAPH].nonzero()[0].tolist())
        windows = cut_windows(list_sentences(doc), [len(item) for item in pieces], openings=openings)
        support = np.zeros(len(doc))
        found: list[LabelledAttribution] = []
        for scores in self._labeller.score_windows(windows, pieces, features):
            attributions, chances = decode_window(scores, parameters, features.rule)
            support[list(scores.tokens)] = chances
            found.extend(attributions)
        return found, support

    def _join(
        self,
        text: _Text,
        candidates: Sequence[Candidate],
        labelled: Sequence[LabelledAttribution],
        support: NDArray[np.float64],
        report: Report,
    ) -> Iterator[Candidate]:
        doc, marked = text.doc, frozenset[int]().union(*(quoted.tokens for quoted in text.quotations))
        layouts = [candidate for candidate in candidates if candidate.by in _LAYOUTS]
        laid_out = frozenset[int]().union(*(candidate.cue | candidate.source for candidate in layouts))
        yield from layouts
        candidates = [candidate for candidate in candidates if candidate.by not in _LAYOUTS]
        labelled = [item for item in labelled if laid_out.isdisjoint(item.cue)]
        rivals = _match(candidates, labelled)
        labelled = [_stay_near(doc, item, marked, rival) for item, rival in zip(labelled, rivals, strict=True)]
        contents = frozenset[int]().union(*(item.content for item in labelled))
        taken = frozenset[int]().union(*(item.cue for item in labelled))
        for item, rival in zip(labelled, rivals, strict=True):
            if not self._is_standard(doc, item):
                yield self._make(doc, item, rival)
        matched = {id(rival) for rival in rivals if rival is not None}
        for candidate in candidates:
            if id(candidate) in matched:
                continue
            chance = max((support[i] for i in candidate.cue), default=0.0)
            if candidate.head in taken:
                report(refuse_candidate(candidate, "shared-words", f'the model reads "{doc[candidate.head].text}" otherwise'))
            elif candidate.head in contents or candidate.by in _SET_PHRASES:
                yield candidate
            elif chance >= _LEAST_SUPPORT:
                yield replace(candidate, weight=candidate.weight * _DISCOUNT)
            else:
                report(refuse_candidate(candidate, "low-score", f"the model gives it {chance:.2f}"))

    def _is_standard(self, doc: Doc, item: LabelledAttribution) -> bool:
        """Tell whether one acts according to the source, which says nothing: "according to the rules"."""
        root = find_root(doc, item.source)
        return root is not None and root.lemma_.lower() in self._lexicon.standards and doc[item.cue[0]].lower_ == "according"

    def _make(self, doc: Doc, item: LabelledAttribution, rival: Candidate | None) -> Candidate:
        parameters = self._labeller.parameters
        candidate = read_cue(doc, item, self._lexicon) if rival is None else _correct(doc, rival, item)
        if candidate is rival:
            return rival  # its spans are the rules', so it is theirs
        confidence = compute_confidence(item.certainty, parameters.calibration, has_source=bool(candidate.source))
        return replace(candidate, weight=confidence, model=parameters.version)


def _correct(doc: Doc, rival: Candidate, item: LabelledAttribution) -> Candidate:
    """Return the candidate of the rules with the labelled spans; its speaker stays where the sources meet.

    A source that only the rules see is kept: the corpus leaves few cues without one. Where it lies in the labelled content,
    as the agent of a passive does, the rules' spans stand.
    """
    cue, source, content = frozenset(item.cue), frozenset(item.source), frozenset(item.content)
    if content < rival.content and _goes_on_behind_dash(doc, content, rival.content):
        content = rival.content
    speaker, mention = rival.speaker, rival.mention
    if not source and rival.source:
        if not content.isdisjoint(rival.source):
            return rival
        source = rival.source - cue
    elif source and not rival.source and rival.is_hedged and _is_told(doc, item, rival):
        source, speaker = frozenset(), None
    elif source.isdisjoint(rival.source):
        root = find_root(doc, item.source)
        speaker, mention = (None if root is None else root.i), None
    return replace(
        rival,
        head=rival.head if rival.head in cue else min(cue),
        cue=cue,
        source=source,
        content=content,
        speaker=speaker,
        mention=mention,
        addressee=None if rival.addressee in source else rival.addressee,
    )


def _goes_on_behind_dash(doc: Doc, labelled: frozenset[int], ruled: frozenset[int]) -> bool:
    """Tell whether the labeller stops at a dash behind which the same clause goes on: "the deadlock itself—stretching it"."""
    rest = sorted(ruled - labelled)
    return rest[0] == max(labelled) + 1 and doc[rest[0]].text in _DASHES and doc[rest[-1]].sent == doc[rest[0]].sent


def _stay_near(doc: Doc, item: LabelledAttribution, marked: frozenset[int], rival: Candidate | None) -> LabelledAttribution:
    """Return the attribution without the contents in other paragraphs than its cue's, or sentences if no speech is meant.

    They stay where a quotation (`marked`: all quoted tokens) began beside the cue or the rules gave them to it. The
    labeller gives every content of a window to one of its cues, also the words of somebody whom the text names nowhere.
    """
    given = rival.content if rival is not None else frozenset[int]()
    if rival is None or rival.by in _GOING_ON:
        paragraphs = doc._.paragraphs
        after = bisect_right(paragraphs, doc[item.cue[0]].idx, key=itemgetter(0))
        begin, end = paragraphs[after - 1] if after else (0, len(doc.text))
        near = tuple(token for token in item.content if token in given or begin <= doc[token].idx < end)
    else:
        sentence = doc[item.cue[0]].sent
        near = tuple(token for token in item.content if token in given or sentence.start <= token < sentence.end)
    if not near or len(near) == len(item.content) or marked.intersection(near):
        return item
    return item._replace(content=near)


def _is_told(doc: Doc, item: LabelledAttribution, rival: Candidate) -> bool:
    """Tell whether the labelled source is the subject of a passive, who is told and does not speak ("they were warned")."""
    root = find_root(doc, item.source)
    return root is not None and root.dep_ == "nsubjpass" and root.head.i == rival.head


def _match(candidates: Sequence[Candidate], labelled: Sequence[LabelledAttribution]) -> list[Candidate | None]:
    """Return for each labelled attribution the candidate that has its cue: with its head in it, and the most words in common."""
    by_token: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        for token in candidate.cue | {candidate.head}:
            by_token.setdefault(token, []).append(candidate)
    free = {id(candidate) for candidate in candidates}
    found: list[Candidate | None] = []
    for item in labelled:
        cue, content = frozenset(item.cue), frozenset(item.content)
        near = [candidate for token in item.cue for candidate in by_token.get(token, ()) if id(candidate) in free]
        best = max(
            near,
            key=lambda c: (c.head in cue, len(c.content & content) / len(c.content | content), len(c.cue & cue), -c.head),
            default=None,
        )
        found.append(best)
        if best is not None:
            free.discard(id(best))
    return found


def list_sentences(doc: Doc) -> list[list[int]]:
    """Return the token indexes of each sentence that is read for claims, white space left out."""
    sentences = ([t.i for t in sentence if not t.is_space] for sentence in doc.sents if find_furniture(doc, sentence) is None)
    return [sentence for sentence in sentences if sentence]


def read_candidates(doc: Doc, candidates: Sequence[Candidate]) -> list[RuleReading]:
    """Return what the rules found as the labeller is shown it, in order of text."""
    readings = []
    for candidate, parent in zip(candidates, find_parents(candidates), strict=True):
        source, cue, content = (
            [token for run in find_runs(doc, part, keeps_stops=candidate.is_verbatim) for token in run] or sorted(part)
            for part in (candidate.source, candidate.cue, candidate.content)
        )
        readings.append(RuleReading(source, cue, content, parent is not None))
    return sorted(
        readings, key=lambda reading: (min(token for part in reading[:3] for token in part), reading.cue, reading.content)
    )
