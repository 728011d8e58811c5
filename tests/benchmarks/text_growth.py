"""How time grows with the length of one text: what four times the text costs; 4 is linear, 16 quadratic."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from kg.annotate.boundaries import find_sentence_insides, find_sentence_starts
from kg.annotate.layout import find_paragraphs
from kg.annotate.pipeline import Annotator
from kg.annotate.quotations import find_quotations
from kg.extract.extractor import RuleExtractor
from kg.model.document import Document
from kg.rdf.ontology import read_frames
from kg.resolve.registry import read_registry
from kg.settings import Settings

#: Text that no newsroom writes, each repeated to `_LONGEST` characters.
_SHAPES = {
    "quotations": '"Yes," he said. ',
    "opening marks": "“No. ",
    "straight opening marks": '"a ',
    "apostrophe pairs": "''a ",
    "single marks": "'a b ",
    "glue": "a.B",
    "one line": "word ",
    "blank line": " ",
    "blank lines": " \n",
    "short lines": "a\n",
    "carriage returns": "\r",
    "stops": "...",
    "no space at all": "a",
}
_LONGEST = 500_000
_SENTENCES = {
    "reports": "Holm said Lind is stalling. ",
    "quotations over sentences": "“Lind is stalling the talks. He knows it.” ",
}
_MOST_SENTENCES = 600


def measure_growth() -> Iterator[tuple[str, str, str]]:
    """Yield the worst shape of characters, and each kind of sentence, as table rows."""
    growths = {}
    for name, shape in _SHAPES.items():
        text = (shape * (_LONGEST // len(shape) + 1))[:_LONGEST]
        growths[name] = _compare(lambda text=text: _read(text[: _LONGEST // 4]), lambda text=text: _read(text))
    worst = max(growths, key=lambda name: growths[name])
    yield "characters: cost of 4x the text", f"{growths[worst]:.1f}", f"worst of {len(_SHAPES)} shapes ({worst}); 4 is linear"
    settings = Settings()
    annotator = Annotator(settings.model)
    extractor = RuleExtractor(read_registry(settings.base).gazetteer(), read_frames())
    for name, sentence in _SENTENCES.items():
        short, long = (
            annotator.annotate(Document(id="x", path=name, location="x", sha256="0", text=sentence * count))
            for count in (_MOST_SENTENCES // 4, _MOST_SENTENCES)
        )
        growth = _compare(lambda short=short: extractor.extract(short), lambda long=long: extractor.extract(long))
        yield f"rules on {name}: cost of 4x", f"{growth:.1f}", f"{_MOST_SENTENCES} sentences in one text; 4 is linear"


def _read(text: str) -> None:
    quotations = tuple(find_quotations(text))
    for found in (find_paragraphs(text), find_sentence_starts(text, (), quotations), find_sentence_insides(text, quotations)):
        for _ in found:
            pass


def _compare(short: Callable[[], object], long: Callable[[], object]) -> float:
    """Return how many times as long the second takes, in time of this process; below 10 ms the clock tells nothing."""
    return _measure(long) / max(_measure(short), 0.01)


def _measure(action: Callable[[], object]) -> float:
    times = []
    for _ in range(3):
        begin = time.process_time()
        action()
        times.append(time.process_time() - begin)
    return min(times)
