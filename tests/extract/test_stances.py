"""Stances of attributions: who is a target, which words are read, whose words they are."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from spacy.tokens import Doc

from kg.annotate.pipeline import Annotator
from kg.extract.contents import read_content
from kg.extract.extractor import RuleExtractor
from kg.extract.learned.stance import LearnedStanceJudge, StanceClassifier, StanceParameters, TargetText
from kg.extract.stances import Judgement, Pair, RuleStanceJudge, find_pairs, find_stances
from kg.model.annotation import Extraction
from kg.model.document import Document
from kg.model.stance import Stance
from kg.resolve.registry import read_registry
from kg.settings import Settings


class _Echo:
    """Finds everybody supportive, and keeps what it was asked."""

    def __init__(self) -> None:
        self.asked: list[Pair] = []

    def judge(self, doc: Doc, pairs: Sequence[Pair]) -> list[Judgement]:
        del doc
        self.asked.extend(pairs)
        return [Judgement("supportive", 0.9, "rule:echo") for _ in pairs]


@pytest.fixture(scope="module")
def parts() -> tuple[Annotator, RuleExtractor]:
    settings = Settings()
    return Annotator(settings.model), RuleExtractor(read_registry(settings.base).gazetteer(), ())


def read(parts: tuple[Annotator, RuleExtractor], text: str) -> tuple[Doc, Extraction]:
    doc = parts[0].annotate(Document(id="https://sayso.example/document/x", path="x", location="x", sha256="", text=text))
    return doc, parts[1].extract(doc)


def list_targets(extraction: Extraction) -> list[tuple[str, str, str]]:
    """Return cue lemma, target and stance of each stance."""
    mentions = {mention.id: mention.text for mention in extraction.mentions}
    cues = {attribution.id: attribution.cue_lemma for attribution in extraction.attributions}
    return [(cues[stance.attribution], mentions[stance.target], stance.value) for stance in extraction.stances]


def test_everybody_whom_a_content_is_about_gets_a_stance(parts: tuple[Annotator, RuleExtractor]) -> None:
    _, found = read(parts, "Ola Berg said that Norway was a reliable partner and that Serbia was a liar.")
    assert list_targets(found) == [("say", "Norway", "supportive"), ("say", "Serbia", "critical")]


def test_stances_are_numbered_in_order(parts: tuple[Annotator, RuleExtractor]) -> None:
    _, found = read(parts, "Ola Berg said that Norway and Serbia had met. Ida Falk said that Chad had not.")
    assert [stance.id for stance in found.stances] == ["s1", "s2", "s3"]


def test_a_speaker_is_no_target_of_their_own_words(parts: tuple[Annotator, RuleExtractor]) -> None:
    _, found = read(parts, "“I trust Norway, and we admire my friends,” said Ola Berg.")
    assert [target for _, target, _ in list_targets(found)] == ["Norway"]


def test_what_somebody_did_not_say_shows_no_stance(parts: tuple[Annotator, RuleExtractor]) -> None:
    _, found = read(parts, "Ola Berg did not say that Serbia was a liar.")
    assert found.stances == ()


def test_what_others_are_reported_to_say_is_their_stance_alone(parts: tuple[Annotator, RuleExtractor]) -> None:
    _, found = read(parts, "Ola Berg said that Russia accuses Norway of treachery.")
    stances = {(cue, target): value for cue, target, value in list_targets(found)}
    assert stances["say", "Norway"] == "neutral"
    assert stances["accuse", "Norway"] == "critical"


def test_who_denies_a_misdeed_stands_by_the_one_who_is_charged(parts: tuple[Annotator, RuleExtractor]) -> None:
    _, found = read(parts, "Ola Berg denied that Norway had betrayed its allies.")
    assert ("deny", "Norway", "supportive") in list_targets(found)


def test_a_text_without_attributions_has_no_stances(parts: tuple[Annotator, RuleExtractor]) -> None:
    doc, found = read(parts, "Norway is a country.")
    assert find_stances(doc, (), found.mentions, RuleStanceJudge()) == ()


def test_a_pair_holds_the_content_and_where_the_target_is_in_it(parts: tuple[Annotator, RuleExtractor]) -> None:
    doc, found = read(parts, "“Norway,” said Ola Berg, “has kept faith with Chad.”")
    pairs = list(find_pairs(doc, found.attributions, found.mentions))
    assert [pair.text[pair.begin : pair.end] for pair in pairs] == ["Norway", "Chad"]
    assert len({pair.text for pair in pairs}) == 1
    assert [doc[pair.head].text for pair in pairs] == ["Norway", "Chad"]


def test_white_space_in_a_content_moves_no_target(parts: tuple[Annotator, RuleExtractor]) -> None:
    doc, found = read(parts, "Ola Berg said that  Norway  had kept\xa0faith with Sudan.")
    pairs = list(find_pairs(doc, found.attributions, found.mentions))
    assert [pair.text[pair.begin : pair.end] for pair in pairs] == ["Norway", "Sudan"]


def test_what_is_read_is_what_the_vector_of_the_content_is_made_of(parts: tuple[Annotator, RuleExtractor]) -> None:
    doc, found = read(parts, "“Norway,” said Ola Berg,\n“has kept faith with  Chad.”")
    pair = next(find_pairs(doc, found.attributions, found.mentions))
    assert pair.text == read_content(doc.text, pair.attribution)


def test_of_a_long_content_the_targets_sentence_is_read(parts: tuple[Annotator, RuleExtractor]) -> None:
    filler = " ".join(["The harvest was late and the roads were wet for most of the year."] * 8)
    doc, found = read(parts, f"“{filler} Norway kept its word. {filler}” said Ola Berg.")
    pair = next(pair for pair in find_pairs(doc, found.attributions, found.mentions) if pair.target.text == "Norway")
    assert len(pair.text) < 60
    assert pair.text[pair.begin : pair.end] == "Norway"


def test_the_judge_is_asked_for_nothing_that_others_say(parts: tuple[Annotator, RuleExtractor]) -> None:
    doc, found = read(parts, "Ola Berg said that Russia accuses Norway of treachery.")
    echo = _Echo()
    stances = find_stances(doc, found.attributions, found.mentions, echo)
    assert [(pair.attribution.cue_lemma, pair.target.text) for pair in echo.asked] == [("say", "Russia"), ("accuse", "Norway")]
    assert [stance.value for stance in stances] == ["supportive", "neutral", "supportive"]


def test_a_stance_keeps_what_it_was_made_with() -> None:
    stance = Stance(id="s1", attribution="a1", target="m2", value="critical", confidence=0.9, by="rule:stance")
    assert Stance.model_validate_json(stance.model_dump_json()) == stance


class _Blaming(StanceClassifier):
    """Finds every target criticised."""

    def __init__(self) -> None:
        self.parameters = StanceParameters("blaming", 1.0, 0.55)

    def score(self, texts: Sequence[TargetText]) -> NDArray[np.float64]:
        return np.tile(np.asarray([0.8, 0.15, 0.05]), (len(texts), 1))


def judge_learned(parts: tuple[Annotator, RuleExtractor], text: str) -> list[Judgement]:
    """Return what a classifier that blames everybody leaves of it where the rules decide first."""
    doc, found = read(parts, text)
    return LearnedStanceJudge(_Blaming()).judge(doc, list(find_pairs(doc, found.attributions, found.mentions)))


def test_the_classifier_tells_what_the_rules_leave_open(parts: tuple[Annotator, RuleExtractor]) -> None:
    assert judge_learned(parts, "Ola Berg said that Norway had left.") == [Judgement("critical", 0.8, "model:blaming")]


def test_the_rules_decide_before_the_classifier(parts: tuple[Annotator, RuleExtractor]) -> None:
    (found,) = judge_learned(parts, "Ola Berg said that Norway was a reliable partner.")
    assert (found.value, found.by) == ("supportive", "rule:stance")


def test_who_denies_what_is_critical_is_supportive_by_the_classifier_too(parts: tuple[Annotator, RuleExtractor]) -> None:
    assert judge_learned(parts, "Ola Berg denied that Norway had left.") == [Judgement("supportive", 0.8, "model:blaming")]


def test_for_want_of_certainty_a_stance_is_neutral(
    parts: tuple[Annotator, RuleExtractor], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(_Blaming, "score", lambda _, texts: np.tile(np.asarray([0.5, 0.3, 0.2]), (len(texts), 1)))
    assert judge_learned(parts, "Ola Berg said that Norway had left.") == [Judgement("neutral", 0.5, "model:blaming")]
