"""Opinion words cast whom they govern, and what negates, demands or refutes them turns that round."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.annotate.pipeline import load_pipeline
from kg.errors import ResourceInvalidError
from kg.extract.stance_lexicon import read_stance_lexicon
from kg.extract.stance_rules import StanceRules, Voice
from kg.settings import Settings

_NLP = load_pipeline(Settings().model)
_RULES = StanceRules(read_stance_lexicon())
_DIRECT = frozenset({"i", "we"})


def vote(text: str, cue: str = "") -> float:
    """Return the votes on the word in brackets; the speaker is "I" or "we", or the subject of the cue."""
    begin = text.index("[")
    doc = _NLP(text.replace("[", "").replace("]", ""))
    target = next(token for token in doc if token.idx == begin)
    return _RULES.vote(target, Voice(frozenset(token.i for token in doc if token.text == cue), _DIRECT))


@pytest.mark.parametrize(
    "text",
    [
        "[Varonia] is a reliable partner.",
        "[Orlik] showed great courage.",
        "[Belmar] has kept its word and protected the refugees.",
        "We admire [Orlik].",
        "We must protect [Belmar].",
        "The honesty of [Orlik] is beyond doubt.",
        "Nobody should blame [Belmar].",
        "[Varonia] is no threat.",
        "[Varonia] is no province and no puppet.",
        "[Varonia] never lied.",
        "It is a lie that [Varonia] lied.",
    ],
)
def test_who_is_cast_well_has_votes_for_them(text: str) -> None:
    assert vote(text) > 0.35


@pytest.mark.parametrize(
    "text",
    [
        "[Varonia] is a liar.",
        "The reckless [Orlik] came late.",
        "[Belmar] poses a threat.",
        "[Belmar] is responsible for the fire.",
        "We condemn [Orlik].",
        "I do not trust [Orlik].",
        "[Belmar] has to withdraw.",
        "We should punish [Belmar].",
        "[Varonia] is no friend.",
        "[Varonia] failed to protect the city.",
        "The bridge was destroyed by [Varonia].",
        "The aggression of [Varonia] goes on.",
    ],
)
def test_who_is_cast_badly_has_votes_against_them(text: str) -> None:
    assert vote(text) < -0.35


@pytest.mark.parametrize(
    "text",
    [
        "[Varonia] lies on the coast.",
        "The rebels condemn [Orlik].",
        "Is [Varonia] a liar?",
        "If [Varonia] is a liar, we shall know.",
        "Belmar attacked the port before [Orlik] came.",
        "We flew to [Varonia].",
        "[Varonia] carries a heavy burden.",
    ],
)
def test_what_others_hold_what_is_asked_and_what_is_plain_has_no_vote(text: str) -> None:
    assert vote(text) == 0


def test_the_two_sides_of_one_sentence_are_told_apart() -> None:
    assert vote("[Belmar] protected us while Varonia betrayed us.") > 0
    assert vote("Belmar protected us while [Varonia] betrayed us.") < 0


def test_the_cue_is_the_speakers_own_act() -> None:
    assert vote("Orlik praised [Belmar].", cue="praised") > 0
    assert vote("Orlik praised [Belmar].") == 0


@pytest.mark.parametrize(
    ("text", "cue", "sign"),
    [
        ("Orlik praised [Belmar].", "praised", 1),
        ("Orlik condemned [Belmar]'s conduct.", "condemned", -1),
        ("Orlik condemned the raid on [Belmar].", "condemned", 0),
        ("Orlik criticised Varonia for abandoning [Belmar].", "criticised", 0),
        ("Orlik visited [Belmar].", "visited", 0),
    ],
)
def test_a_cue_decides_only_for_whom_it_is_done_to(text: str, cue: str, sign: int) -> None:
    begin = text.index("[")
    doc = _NLP(text.replace("[", "").replace("]", ""))
    target = next(token for token in doc if token.idx == begin)
    assert _RULES.vote_by_cue(target, frozenset(token.i for token in doc if token.text == cue)) == sign


def test_a_lexicon_with_a_word_on_both_sides_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stance.toml"
    path.write_text('[attitudes]\nsupportive = ["praise"]\ncritical = ["praise"]\n', "utf-8")
    with pytest.raises(ResourceInvalidError, match=r"'praise' on both sides"):
        read_stance_lexicon(path)


def test_a_lexicon_that_lacks_a_table_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "stance.toml"
    path.write_text("[attitudes]\nsupportive = []\ncritical = []\n", "utf-8")
    with pytest.raises(ResourceInvalidError, match="treatments"):
        read_stance_lexicon(path)
