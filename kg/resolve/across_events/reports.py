"""What one document tells of each of its events, in the form that reports are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from kg.model.annotation import Annotation
from kg.model.attribution import Polarity
from kg.model.event import Argument, Event
from kg.model.identifier import mint_part_iri
from kg.model.identity import ActorProfile
from kg.model.mention import Mention
from kg.model.occurrence import EventReport, Party
from kg.model.span import quote_spans
from kg.resolve.across_events.windows import read_day
from kg.resolve.across_events.wording import find_content, find_quantities, find_stem, split_words
from kg.resolve.document_parties import DocumentParties, rename_parties


def make_reports(annotation: Annotation, profiles: Iterable[ActorProfile]) -> tuple[EventReport, ...]:
    """Return one report for each event of a document, in its order; empty where it tells of none.

    Args:
        annotation: of the document, whose own IRIs the actors have.
        profiles: what the document tells of its actors; they say to which states these belong.
    """
    return tuple(_ReportMaker(annotation, profiles).make())


def rename_report(report: EventReport, canonical: Mapping[str, str]) -> EventReport:
    """Return a report with the IRIs by which other documents know actors of its own."""
    return report.model_copy(
        update={name: rename_parties(getattr(report, name), canonical) for name in ("actors", "recipients", "places")}
    )


class _ReportMaker:
    """Reads the events of one document with its actors at hand."""

    def __init__(self, annotation: Annotation, profiles: Iterable[ActorProfile]) -> None:
        self._annotation = annotation
        self._text = annotation.document.text
        self._mentions = {mention.id: mention for mention in annotation.extraction.mentions}
        self._claims = {attribution.id: attribution for attribution in annotation.extraction.attributions}
        self._parties = DocumentParties(annotation, profiles)

    def make(self) -> Iterator[EventReport]:
        document = self._annotation.document
        day = read_day(document.published)
        for event in self._annotation.events:
            words = split_words(self._text[event.sentence.begin : event.sentence.end])
            trigger = split_words(quote_spans(self._text, event.trigger))
            yield EventReport(
                event=mint_part_iri(document.id, event.id),
                document=document.id,
                published=None if day is None else day.isoformat(),
                type=event.type,
                polarity=self._find_polarity(event),
                modality=event.modality,
                actors=self._parties.find_parties(argument.mention for argument in event.actors),
                recipients=self._parties.find_parties(argument.mention for argument in event.recipients),
                places=self._find_places(event),
                date=_find_time(event),
                trigger=tuple(sorted({find_stem(word) for word in trigger})),
                content=find_content(words, self._list_party_words(event)),
                quantities=find_quantities(words),
                words=words,
            )

    def _find_polarity(self, event: Event) -> Polarity:
        """Return whether the event is denied: by its sentence, or by the speaker who is reported to deny it."""
        claim = self._claims.get(event.reported_in or "")
        is_denied = claim is not None and claim.cue_type == "denial" and not claim.negated_cue
        return "negated" if is_denied else event.polarity

    def _find_places(self, event: Event) -> tuple[Party, ...]:
        """Return where the event takes place; where the extraction does not tell, the places that its sentence names."""
        told = self._parties.find_parties((event.place,))
        struck = tuple(
            p for p in self._parties.find_parties(argument.mention for argument in event.recipients) if p.type == "Place"
        )
        if told or struck:
            return tuple(sorted({*told, *struck}, key=lambda party: party.actor))
        begin, end = event.sentence
        inside = (m.id for m in self._mentions.values() if m.spans and begin <= m.spans[0].begin and m.spans[-1].end <= end)
        return tuple(party for party in self._parties.find_parties(inside) if party.type == "Place")

    def _list_party_words(self, event: Event) -> Iterator[str]:
        arguments: tuple[Argument, ...] = (*event.actors, *event.recipients)
        for identifier in (event.place, *(argument.mention for argument in arguments)):
            mention: Mention | None = None if identifier is None else self._mentions.get(identifier)
            if mention is not None:
                yield from split_words(f"{mention.text} {mention.title or ''}")


def _find_time(event: Event) -> str | None:
    """Return when the event takes place as a day, month, year, or an interval of these."""
    if event.date is None or event.date_end is not None:
        return event.date and f"{event.date}/{event.date_end}"
    if event.date_precision == "week":
        return f"{event.date}/{(date.fromisoformat(event.date) + timedelta(days=6)).isoformat()}"
    return f"{event.date}/{int(event.date[:4]) + 9}" if event.date_precision == "decade" else event.date
