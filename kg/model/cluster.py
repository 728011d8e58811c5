"""What claims share over all documents: claims as they are compared, theses that they affirm or deny, and utterances."""

from __future__ import annotations

from typing import Literal

from kg.model.attribution import CueType
from kg.model.base import Frozen
from kg.model.identity import Feature
from kg.model.occurrence import Party

#: How a content is put: as what is, what will be, what ought to be, what would be if, what is asked.
Mood = Literal["is", "will", "ought", "if", "ask"]
#: How two claims of one thesis stand to each other.
Relation = Literal["same", "opposite"]


class Predication(Frozen):
    """Who does what to whom, by one proposition of a content; `subject` and `object` are IRIs, None for what is no actor."""

    lemma: str
    subject: str | None = None
    object: str | None = None
    negated: bool = False


class FrameUse(Frozen):
    """A frame that a content takes up; `targets` are IRIs of those that it is said of, sorted, none where not told."""

    frame: str
    denied: bool = False
    targets: tuple[str, ...] = ()


class Wording(Frozen):
    """What is said, whoever says it and wherever: claims with one wording are compared once.

    Attributes:
        mood: of the content, with its cue. negated: whether the words are.
        turned: whether the speaker says that it is not so ("denied that", "does not believe that").
        is_held: whether it takes a position, so that it can affirm or deny a thesis.
        parties: actors that it is about, sorted by IRI.
        predications: in order of the text. frames: sorted.
        content: stems of the words that tell what it says, without the names of the parties; sorted, each once.
        quantities: (stem of what is counted, number), sorted.
        words: all of the content, folded, in order.
        vector: of the content, signed bytes; empty where none was computed. As JSON: hexadecimal.
    """

    mood: Mood = "is"
    negated: bool = False
    turned: bool = False
    is_held: bool = True
    parties: tuple[Party, ...] = ()
    predications: tuple[Predication, ...] = ()
    frames: tuple[FrameUse, ...] = ()
    content: tuple[str, ...] = ()
    quantities: tuple[tuple[str, float], ...] = ()
    words: tuple[str, ...] = ()
    vector: str = ""


class ClaimReport(Frozen):
    """A claim of one document, in the form that claims are compared by.

    Attributes:
        claim: its IRI. document: IRI of its document. published: ISO 8601, None where unknown.
        speakers: those that are resolved, sorted by IRI. source: the words of the source, folded; empty where none is given.
        relays: IRIs of those through whom the document has it, the outermost first ("A said that B said": A).
        cue_type: of the cue.
    """

    claim: str
    document: str
    published: str | None = None
    speakers: tuple[Party, ...] = ()
    source: tuple[str, ...] = ()
    relays: tuple[str, ...] = ()
    cue_type: CueType = "statement"
    wording: Wording

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the content, folded, in order."""
        return self.wording.words


class WordingComparison(Frozen):
    """Two wordings compared, with the reasons.

    Attributes:
        score: log-odds that they say, or deny, the same.
        relation: whether they say the same or the opposite, if they are of one thesis.
        apart: what excludes that they are (another target, roles turned round), in words; empty for nothing.
    """

    features: tuple[Feature, ...]
    score: float
    relation: Relation = "same"
    apart: str = ""


class Thesis(Frozen):
    """A proposition that two claims or more affirm or deny.

    Attributes:
        affirming, denying: IRIs of claims, sorted. exemplar: the claim whose words show it.
        about: IRIs of those that most of its claims are about, or its frames are said of; sorted.
        frames: that most of its claims take up, sorted.
        documents, publishers: numbers, as of an occurrence.
        confidence: probability that the claim least like the exemplar is of the same thesis.
        reasons: what its claims share with the exemplar, one line each.
    """

    affirming: tuple[str, ...]
    denying: tuple[str, ...]
    exemplar: str
    about: tuple[str, ...] = ()
    frames: tuple[str, ...] = ()
    documents: int
    publishers: int
    confidence: float
    reasons: tuple[str, ...] = ()


class Utterance(Frozen):
    """What a source said once, as claims of several documents report it.

    Attributes:
        reports: IRIs of claims, sorted. first: the one that was published first.
        source: IRI of the actor whose words they are; None where no report tells.
        relays: IRIs of those who pass the words on in some report, sorted.
    """

    reports: tuple[str, ...]
    first: str
    source: str | None = None
    relays: tuple[str, ...] = ()
    documents: int
    publishers: int
    confidence: float
    reasons: tuple[str, ...] = ()
