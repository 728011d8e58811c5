"""What the claims of one thesis, or the reports of one utterance, together tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kg.model.cluster import ClaimReport, Thesis, Utterance
from kg.model.occurrence import Origin, Party
from kg.resolve.across_claims.compare import compare_wordings, prepare, to_probability
from kg.resolve.across_claims.sides import is_negative
from kg.resolve.across_claims.utterances import compare_words, order_reports
from kg.resolve.across_events.publishers import count_publishers

#: Comparisons that are looked at for confidence and reasons; more than this would only repeat them.
_MOST_REASONS = 50


class _Print(NamedTuple):
    """A document that prints a claim. The words do not count: what a source said is the same in all papers."""

    document: str
    words: tuple[str, ...] = ()


def _count_publishers(reports: Iterable[ClaimReport], origins: Mapping[str, Origin]) -> int:
    return count_publishers([_Print(report.document) for report in reports], origins)


def describe_thesis(members: Sequence[tuple[ClaimReport, bool]], origins: Mapping[str, Origin]) -> Thesis | None:
    """Return what claims together affirm or deny; None for fewer than two that hold a position.

    The side that most of the claims are on which do not deny by their own words is the affirming one.

    Args:
        members: claims with whether they say the opposite of the first wording.
        origins: of their documents, by IRI.
    """
    held = [(report, is_turned) for report, is_turned in members if report.wording.is_held]
    if len(held) < 2:
        return None
    balance = sum((-1 if is_turned else 1) * (-1 if is_negative(report.wording) else 1) for report, is_turned in held)
    first = order_reports(report for report, _ in held)[0]
    if balance == 0:
        balance = next((-1 if turned else 1) * (-1 if is_negative(r.wording) else 1) for r, turned in held if r is first)
    affirming = [report for report, is_turned in held if is_turned == (balance < 0)]
    denying = [report for report, is_turned in held if is_turned != (balance < 0)]
    exemplar = order_reports(affirming or denying)[0]
    others = {report.wording: report for report in order_reports(report for report, _ in held) if report is not exemplar}
    prepared = prepare(exemplar.wording)
    compared = [
        compare_wordings(prepared, prepare(wording)) for wording in list(others)[:_MOST_REASONS] if wording != exemplar.wording
    ]
    return Thesis(
        affirming=tuple(sorted(report.claim for report in affirming)),
        denying=tuple(sorted(report.claim for report in denying)),
        exemplar=exemplar.claim,
        about=_list_about([report for report, _ in held]),
        frames=_list_frames([report for report, _ in held]),
        documents=len({report.document for report, _ in held}),
        publishers=_count_publishers((report for report, _ in held), origins),
        confidence=min((to_probability(item.score) for item in compared), default=1.0),
        reasons=tuple(sorted({f"{f.name}: {f.detail}" for item in compared for f in item.features if f.weight > 0}))
        or ("words: the same",),
    )


def _list_frames(reports: Sequence[ClaimReport]) -> tuple[str, ...]:
    counts = Counter(use.frame for report in reports for use in report.wording.frames)
    return tuple(sorted(frame for frame, count in counts.items() if 2 * count > len(reports)))


def _list_about(reports: Sequence[ClaimReport]) -> tuple[str, ...]:
    """Return of whom most of the claims are: the targets of their common frames, else whom they are about."""
    frames = set(_list_frames(reports))
    targets = Counter(
        target
        for report in reports
        for target in {target for use in report.wording.frames if use.frame in frames for target in use.targets}
    )
    about = Counter(party.actor for report in reports for party in report.wording.parties)
    for counts in (targets, about):
        if found := tuple(sorted(actor for actor, count in counts.items() if 2 * count > len(reports))):
            return found
    return ()


def describe_utterance(reports: Sequence[ClaimReport], origins: Mapping[str, Origin]) -> Utterance:
    """Return what one source said once.

    Args:
        reports: of one utterance, the first one first; two or more.
        origins: of their documents, by IRI.
    """
    first = reports[0]
    found = [compare_words(first.words, report.words) for report in reports[1 : _MOST_REASONS + 1]]
    likeness = [item for item in found if item is not None]
    source = _choose_source([party for report in reports for party in report.speakers])
    return Utterance(
        reports=tuple(sorted(report.claim for report in reports)),
        first=first.claim,
        source=source,
        relays=tuple(sorted({relay for report in reports for relay in report.relays if relay != source})),
        documents=len({report.document for report in reports}),
        publishers=_count_publishers(reports, origins),
        confidence=min((item.share for item in likeness), default=1.0),
        reasons=tuple(sorted({f"words: {item.words}" for item in likeness})),
    )


def _choose_source(parties: Sequence[Party]) -> str | None:
    """Return the actor that most reports name; a person goes before the state or organisation that they speak for."""
    counts = Counter(party.actor for party in parties)
    ranks = {party.actor: (party.type != "Person" or not party.is_named, party.actor) for party in parties}
    return min(counts, key=lambda actor: (ranks[actor][0], -counts[actor], actor), default=None)
