"""What one document tells of each of its claims, in the form that claims are compared by."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model.annotation import Annotation
from kg.model.attribution import Attribution
from kg.model.cluster import ClaimReport, FrameUse, Mood, Predication, Wording
from kg.model.identifier import mint_part_iri
from kg.model.identity import ActorProfile
from kg.model.span import quote_spans
from kg.resolve.across_events.wording import find_content, find_quantities, split_words
from kg.resolve.document_parties import DocumentParties, rename_parties

_MOODS: dict[str, Mood] = {"future": "will", "necessary": "ought", "conditional": "if"}
#: What has fewer words of its own than these ("it", "a deal") does not tell by itself what is meant.
_FEWEST_STEMS_OF_ACTORS, _FEWEST_STEMS = 1, 3
_CUE_MOODS: dict[str, Mood] = {"question": "ask", "demand": "ought", "promise": "will", "intention": "will"}


def make_claim_reports(annotation: Annotation, profiles: Iterable[ActorProfile]) -> tuple[ClaimReport, ...]:
    """Return one report for each attribution that says something of its source, in order; empty where there is none.

    What a source is reported not to have said is left out, but for negated beliefs, which deny.

    Args:
        annotation: of the document, whose own IRIs the actors have.
        profiles: what the document tells of its actors; they say to which states these belong.
    """
    return tuple(_ClaimReader(annotation, profiles).read())


def rename_claim_report(report: ClaimReport, canonical: Mapping[str, str], vector: str) -> ClaimReport:
    """Return a report with the IRIs by which other documents know actors of its own, and the vector of its content."""

    def rename(actor: str | None) -> str | None:
        return None if actor is None else canonical.get(actor, actor)

    told = report.wording
    wording = told.model_copy(
        update={
            "parties": rename_parties(told.parties, canonical),
            "predications": tuple(
                one.model_copy(update={"subject": rename(one.subject), "object": rename(one.object)}) for one in told.predications
            ),
            "frames": tuple(
                use.model_copy(update={"targets": tuple(sorted({canonical.get(target, target) for target in use.targets}))})
                for use in told.frames
            ),
            "vector": vector,
        }
    )
    return report.model_copy(
        update={
            "speakers": rename_parties(report.speakers, canonical),
            "relays": tuple(canonical.get(relay, relay) for relay in report.relays),
            "wording": wording,
        }
    )


class _ClaimReader:
    """Reads the attributions of one document with its actors at hand."""

    def __init__(self, annotation: Annotation, profiles: Iterable[ActorProfile]) -> None:
        extraction = annotation.extraction
        self._annotation = annotation
        self._text = annotation.document.text
        self._mentions = {mention.id: mention for mention in extraction.mentions}
        self._claims = {attribution.id: attribution for attribution in extraction.attributions}
        self._vectors = {vector.attribution: vector.values.hex() for vector in extraction.vectors}
        self._parties = DocumentParties(annotation, profiles)

    def read(self) -> Iterator[ClaimReport]:
        document = self._annotation.document
        for attribution in self._annotation.extraction.attributions:
            if attribution.negated_cue and attribution.cue_type != "belief":
                continue
            sources = (attribution.source_mention, *attribution.other_source_mentions)
            yield ClaimReport(
                claim=mint_part_iri(document.id, attribution.id),
                document=document.id,
                published=document.published,
                speakers=self._parties.find_parties(sources),
                source=split_words(quote_spans(self._text, attribution.source)),
                relays=self._find_relays(attribution),
                cue_type=attribution.cue_type,
                wording=self._read_wording(attribution),
            )

    def _read_wording(self, attribution: Attribution) -> Wording:
        words = split_words(quote_spans(self._text, attribution.content))
        parties = self._parties.find_parties(
            (*attribution.about, *(target for framing in attribution.framings for target in framing.targets))
        )
        mood = find_mood(attribution)
        content = find_content(words, self._list_names(attribution))
        is_telling = len(content) >= (_FEWEST_STEMS_OF_ACTORS if parties else _FEWEST_STEMS)
        return Wording(
            mood=mood,
            negated=attribution.polarity == "negated",
            turned=attribution.negated_cue or attribution.cue_type == "denial",
            is_held=mood not in {"if", "ask"} and is_telling and not self._is_retelling(attribution),
            parties=parties,
            predications=tuple(self._find_predications(attribution)),
            frames=tuple(
                FrameUse(
                    frame=framing.frame,
                    denied=framing.denied,
                    targets=tuple(party.actor for party in self._parties.find_parties(framing.targets)),
                )
                for framing in attribution.framings
            ),
            content=content,
            quantities=find_quantities(words),
            words=words,
            vector=self._vectors.get(attribution.id, ""),
        )

    def _is_retelling(self, attribution: Attribution) -> bool:
        """Whether most of a content is what somebody else says: its speaker reports that, and takes no side in it."""
        retold = sum(
            end - begin for inner in self._claims.values() if inner.parent == attribution.id for begin, end in inner.content
        )
        return 2 * retold > sum(end - begin for begin, end in attribution.content)

    def _find_predications(self, attribution: Attribution) -> Iterator[Predication]:
        for proposition in self._annotation.extraction.propositions:
            if proposition.inside == attribution.id and proposition.lemma:
                yield Predication(
                    lemma=proposition.lemma,
                    subject=self._parties.find_actor(proposition.subject_mention),
                    object=self._parties.find_actor(proposition.object_mention),
                    negated=proposition.negated,
                )

    def _find_relays(self, attribution: Attribution) -> tuple[str, ...]:
        found: list[str] = []
        seen = {attribution.id}
        outer = self._claims.get(attribution.parent or "")
        while outer is not None and outer.id not in seen:
            seen.add(outer.id)
            actor = self._parties.find_actor(outer.source_mention)
            if actor is not None:
                found.insert(0, actor)
            outer = self._claims.get(outer.parent or "")
        return tuple(found)

    def _list_names(self, attribution: Attribution) -> Iterator[str]:
        for identifier in attribution.about:
            mention = self._mentions[identifier]
            yield from split_words(f"{mention.text} {mention.title or ''}")


def find_mood(attribution: Attribution) -> Mood:
    """Return how an attribution puts its content: by the kind of its cue where that decides, else by its words."""
    return _CUE_MOODS.get(attribution.cue_type) or _MOODS.get(attribution.modality, "is")
