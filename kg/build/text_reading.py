"""The stages that read a text joined: the language model, the rules and the trained models, loaded together."""

from __future__ import annotations

from collections.abc import Iterable

from kg.annotate.pipeline import Annotator
from kg.extract.attributions import CandidateRefiner, RuleAttributionFinder
from kg.extract.contents import Meaning
from kg.extract.cue_lexicon import CueLexicon, read_cue_lexicon
from kg.extract.event_refining import EventRefiner
from kg.extract.extractor import Extractor, RuleExtractor
from kg.extract.stances import StanceJudge
from kg.model.abstention import Abstention
from kg.model.annotation import Annotation, Extraction
from kg.model.document import Document
from kg.model.gazetteer import GazetteerEntry
from kg.model.vector import Vector
from kg.rdf.ontology import read_frames
from kg.settings import Settings


class TextReader:
    """Finds what stands in documents.

    Args:
        settings: the language model, and whether trained models correct the rules.
        gazetteer: names that the actor registry knows.
    """

    def __init__(self, settings: Settings, gazetteer: Iterable[GazetteerEntry]) -> None:
        self._annotator = Annotator(settings.model)
        self._extractor = _make_extractor(gazetteer, is_best=settings.profile == "best")

    def extract(self, document: Document) -> Extraction:
        """Return all that a document yields but vectors."""
        return self._extractor.extract(self._annotator.annotate(document))

    def find_vectors(self, annotation: Annotation) -> tuple[Vector, ...]:
        """Return the vectors of the contents of an annotation's attributions; empty where nothing makes them."""
        return self._extractor.find_vectors(annotation.document.text, annotation.extraction.attributions)

    def find_abstentions(self, document: Document) -> tuple[Abstention, ...]:
        """Return the cues and quotations of a document that are in none of its attributions, in order of text."""
        return self._extractor.find_abstentions(self._annotator.annotate(document))


def _make_extractor(gazetteer: Iterable[GazetteerEntry], *, is_best: bool) -> Extractor:
    lexicon = read_cue_lexicon()
    finder = RuleAttributionFinder(lexicon, _load_refiner(lexicon) if is_best else None)
    return RuleExtractor(
        gazetteer,
        read_frames(),
        finder,
        _load_event_refiner() if is_best else None,
        stance_judge=_load_stance_judge() if is_best else None,
        meaning=_load_meaning() if is_best else None,
    )


def _load_refiner(lexicon: CueLexicon) -> CandidateRefiner:
    from kg.extract.learned.refiner import load_refiner  # noqa: PLC0415 - its runtime is loaded only where it is used

    return load_refiner(lexicon)


def _load_event_refiner() -> EventRefiner:
    from kg.extract.learned.event_refiner import load_event_refiner  # noqa: PLC0415 - loaded only where it is used

    return load_event_refiner()


def _load_stance_judge() -> StanceJudge:
    from kg.extract.learned.stance import load_stance_judge  # noqa: PLC0415 - loaded only where it is used

    return load_stance_judge()


def _load_meaning() -> Meaning:
    from kg.embedding.encoder import load_encoder  # noqa: PLC0415 - its runtime is loaded only where it is used
    from kg.extract.learned.frames import load_frame_classifier  # noqa: PLC0415 - loaded only where it is used

    return Meaning(load_encoder(), load_frame_classifier())
