"""The lexicon of cues: what is shipped is sound, and a malformed file is one line."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import ResourceInvalidError
from kg.extract.cue_lexicon import read_cue_lexicon

_WORDS = (
    "light_verbs", "leading_verbs", "leading_adjectives", "withholding", "addressing", "phrase_nouns", "hedges", "negations",
    "speaking_things", "standards", "people_words",
)  # fmt: skip
_CONSTRUCTIONS = {"clause", "whether", "to", "ing", "object", "as"}
_PREPOSITIONS = {
    "about", "of", "for", "on", "upon", "to", "in", "at", "with", "against", "over", "from", "by", "as", "towards", "into"
}  # fmt: skip
_EMPTY = "".join(f"{name} = []\n" for name in _WORDS)


def _write(folder: Path, text: str) -> Path:
    path = folder / "cues.toml"
    path.write_text(text, "utf-8")
    return path


_OTHERS = """
[[nouns]]
type = "statement"
weight = 1
takes = []
lemmas = []
[[adjectives]]
type = "belief"
weight = 1
takes = []
lemmas = []
[words]
"""


def _make(verbs: str, words: str = _EMPTY) -> str:
    return verbs + _OTHERS + words


_VERB = "[[verbs]]\ntype = 'statement'\nweight = 0.9\ntakes = ['clause']\nlemmas = ['say']\n"


def test_senses_of_one_lemma_keep_the_order_of_the_file(tmp_path: Path) -> None:
    path = _write(tmp_path, _make(_VERB + _VERB.replace("statement", "demand")))
    assert [sense.cue_type for sense in read_cue_lexicon(path).verbs["say"]] == ["statement", "demand"]


@pytest.mark.parametrize(
    "text",
    [
        "verbs = ",
        "",
        _make(_VERB.replace("'statement'", "'shout'")),
        _make(_VERB.replace("weight = 0.9\n", "")),
        _make(_VERB.replace("0.9", "'much'")),
        _make(_VERB, _EMPTY.replace("hedges = []\n", "")),
        _make(_VERB, _EMPTY + "more = []\n"),
    ],
    ids=["no TOML", "empty", "unknown type", "no weight", "weight in words", "a list missing", "a list too many"],
)
def test_a_malformed_lexicon_is_refused_in_one_line(tmp_path: Path, text: str) -> None:
    with pytest.raises(ResourceInvalidError, match="is not a cue lexicon") as caught:
        read_cue_lexicon(_write(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_every_shipped_sense_has_a_weight_and_known_constructions() -> None:
    lexicon = read_cue_lexicon()
    for senses in (*lexicon.verbs.values(), *lexicon.nouns.values(), *lexicon.adjectives.values()):
        for sense in senses:
            assert 0 < sense.weight <= 1
            assert sense.takes
            assert sense.takes <= _CONSTRUCTIONS | _PREPOSITIONS


def test_shipped_verbs_are_lower_case_and_have_one_particle_at_most() -> None:
    assert not [key for key in read_cue_lexicon().verbs if key != key.lower() or len(key.split(" ")) > 2 or "" in key.split(" ")]


def test_a_verb_with_its_particle_comes_before_the_bare_verb() -> None:
    lexicon = read_cue_lexicon()
    assert lexicon.find_verb("rule", "ruled", ["out"]) == "rule out"
    assert lexicon.find_verb("rule", "ruled", ["again"]) == "rule"


def test_a_form_whose_lemma_lost_its_e_is_found() -> None:
    lexicon = read_cue_lexicon()
    assert lexicon.find_verb("hop", "hopes") == "hope"
    assert lexicon.find_verb("hop", "hopped") is None


def test_shipped_lemmas_are_single_lower_case_words() -> None:
    lexicon = read_cue_lexicon()
    words = {*lexicon.nouns, *lexicon.adjectives, *(w for name in _WORDS for w in getattr(lexicon, name))}
    assert not [word for word in words if word != word.lower() or not word or " " in word]
