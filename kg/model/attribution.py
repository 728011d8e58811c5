"""An attribution: who is said to have said, thought, wanted or denied what (PARC and PolNeAR terms)."""

from __future__ import annotations

from typing import Literal

from kg.model.base import Frozen
from kg.model.framing import Framing
from kg.model.span import Spans

Speech = Literal["direct", "indirect", "mixed"]
CueType = Literal["statement", "belief", "intention", "denial", "question", "demand", "promise", "accusation"]
Polarity = Literal["affirmed", "negated"]
Modality = Literal["asserted", "possible", "necessary", "conditional", "future"]


class Attribution(Frozen):
    """An attribution as extraction finds it; the speaker's actor is added by resolution.

    Attributes:
        id: `a1`, `a2`, ... in order of the first character of all its spans.
        source: the whole noun phrase of the speaker with title and apposition; empty where none is given.
        cue: the words that attribute; empty only for the author's own voice.
        content: what is attributed, with quotation marks and complementiser; maybe discontinuous.
        sentences: the whole sentence(s) that hold all of these: the evidence that is shown.
        source_mention: mention id of the speaker; None where the text gives none.
        other_source_mentions: mention ids of those who speak together with them ("Oslo and Stockholm said"), in order of text.
        addressee: mention id of who is spoken to.
        about: mention ids of those that the content is about, in order of text.
        framings: the frames that the content takes up, each with those that it is said of, by notation. The polarity of
            the words is another matter: "does not intend to end the war" is negated and affirms a frame.
        negated_cue: "did not say". Question: `cue_type` "question". Hedge: "reportedly", "is said to".
        parent: id of the attribution whose content holds this one.
    """

    id: str
    source: Spans
    cue: Spans
    content: Spans
    sentences: Spans
    source_mention: str | None = None
    other_source_mentions: tuple[str, ...] = ()
    addressee: str | None = None
    about: tuple[str, ...] = ()
    framings: tuple[Framing, ...] = ()
    speech: Speech
    cue_type: CueType = "statement"
    cue_lemma: str = ""
    negated_cue: bool = False
    is_hedged: bool = False
    polarity: Polarity = "affirmed"
    modality: Modality = "asserted"
    parent: str | None = None
    confidence: float
    by: str

    @property
    def frames(self) -> tuple[str, ...]:
        """Return the notations of all frames that the content takes up, affirmed and denied, sorted."""
        return tuple(sorted(framing.frame for framing in self.framings))

    @property
    def denied_frames(self) -> tuple[str, ...]:
        """Return those of `frames` that the content itself negates, sorted."""
        return tuple(sorted(framing.frame for framing in self.framings if framing.denied))

    @property
    def frame_targets(self) -> tuple[str, ...]:
        """Return the mention ids of those that any of the frames is said of, each once, by framing."""
        return tuple(dict.fromkeys(target for framing in self.framings for target in framing.targets))
