"""Mention rules on hand-built Docs, so that a new language model cannot break them silently, and on the real pipeline."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from kg.errors import ResourceInvalidError
from kg.extract.gazetteer_index import GazetteerIndex
from kg.extract.mention_lexicon import read_mention_lexicon
from kg.extract.mentions import MentionFinder
from kg.extract.token_table import TokenTable
from kg.model.annotation import Extraction, check_spans
from kg.model.document import Zone
from kg.model.gazetteer import GazetteerEntry
from kg.model.mention import Mention
from kg.model.span import Span as Characters
from tests.extract.mention_support import find, make_annotator, make_document, make_finder, read_gazetteer, show_mention

_VOCAB = Vocab()


def _build(
    rows: list[tuple[str, str, str, int]], entities: list[tuple[int, int, str]] | None = None, spaces: list[bool] | None = None
) -> Doc:
    """Build a Doc of (word, tag, dependency, head) rows, one sentence."""
    words, tags, deps, heads = (list(column) for column in zip(*rows, strict=True))
    pos = {"NNP": "PROPN", "NNPS": "PROPN", "NN": "NOUN", "NNS": "NOUN", "VBD": "VERB", "JJ": "ADJ", "PRP": "PRON", "DT": "DET"}
    doc = Doc(
        _VOCAB,
        words=words,
        spaces=spaces,
        tags=tags,
        deps=deps,
        heads=heads,
        pos=[pos.get(tag, "X") for tag in tags],
        lemmas=words,
    )
    doc.ents = [Span(doc, start, end, label) for start, end, label in entities or []]
    return doc


def _find(doc: Doc) -> dict[str, Mention]:
    return {m.text: m for m in make_finder().find_mentions(doc)}


def test_a_name_behind_an_office_is_a_person_even_where_the_recogniser_says_organisation() -> None:
    doc = _build(
        [
            ("Minister", "NNP", "compound", 1),
            ("Orvik", "NNP", "nsubj", 2),
            ("resigned", "VBD", "ROOT", 2),
            (".", ".", "punct", 2),
        ],
        [(1, 2, "ORG")],
    )
    assert _find(doc)["Orvik"].type == "Person"


def test_a_name_behind_an_office_is_found_where_the_recogniser_says_nothing() -> None:
    doc = _build(
        [("Minister", "NNP", "compound", 1), ("Orvik", "NNP", "nsubj", 2), ("resigned", "VBD", "ROOT", 2), (".", ".", "punct", 2)]
    )
    assert _find(doc)["Orvik"].title == "Minister"


def test_a_bare_surname_is_the_person_whose_full_name_stands_elsewhere() -> None:
    doc = _build(
        [
            ("Tove", "NNP", "compound", 1),
            ("Orvik", "NNP", "nsubj", 2),
            ("met", "VBD", "ROOT", 2),
            ("reporters", "NNS", "dobj", 2),
            (";", ":", "punct", 2),
            ("Orvik", "NNP", "nsubj", 6),
            ("smiled", "VBD", "parataxis", 2),
            (".", ".", "punct", 2),
        ],
        [(0, 2, "PERSON"), (5, 6, "ORG")],
    )
    assert [m.type for m in make_finder().find_mentions(doc) if m.text == "Orvik"] == ["Person"]


def test_a_single_name_behind_a_locative_is_a_place() -> None:
    doc = _build(
        [
            ("Crowds", "NNS", "nsubj", 1),
            ("gathered", "VBD", "ROOT", 1),
            ("in", "IN", "prep", 1),
            ("Tessaly", "NNP", "pobj", 2),
            (".", ".", "punct", 1),
        ],
        [(3, 4, "PERSON")],
    )
    assert _find(doc)["Tessaly"].type == "Place"


def test_the_article_stays_outside_an_entity_that_the_recogniser_gives_with_it() -> None:
    doc = _build(
        [("The", "DT", "det", 2), ("Blue", "NNP", "compound", 2), ("Front", "NNP", "nsubj", 3), ("won", "VBD", "ROOT", 3)],
        [(0, 3, "ORG")],
    )
    assert "Blue Front" in _find(doc)


def test_a_nominal_takes_the_demonym_in_it_as_affiliation() -> None:
    doc = _build(
        [("Estonian", "JJ", "amod", 1), ("officials", "NNS", "nsubj", 2), ("left", "VBD", "ROOT", 2), (".", ".", "punct", 2)]
    )
    found = _find(doc)
    assert found["Estonian officials"].affiliation == found["Estonian"].id


def test_a_pronoun_tells_number_and_gender() -> None:
    doc = _build([("She", "PRP", "nsubj", 1), ("left", "VBD", "ROOT", 1), (".", ".", "punct", 1)])
    mention = _find(doc)["She"]
    assert (mention.kind, mention.number, mention.gender, mention.is_subject) == ("pronoun", "singular", "female", True)


def test_an_empty_document_has_no_mentions_and_no_posts() -> None:
    doc = Doc(_VOCAB, words=[])
    assert make_finder().find_mentions(doc) == ()
    assert make_finder().find_posts(doc, ()) == ()


def test_a_document_of_white_space_has_no_mentions() -> None:
    assert find(" \n\n\t ") == ((), ())


def test_the_author_is_found_in_the_by_line_with_spans() -> None:
    text = "By Elin Sorvari\n\nThe talks failed."
    mentions, _ = find(text, author="Elin Sorvari", zones=(Zone(kind="byline", span=Characters(0, 15)),))
    authors = [m for m in mentions if m.kind == "author"]
    assert [(m.text, m.type) for m in authors] == [("Elin Sorvari", "Person")]


def test_the_author_without_a_by_line_has_no_spans_and_comes_first() -> None:
    mentions, _ = find("The talks failed in Geneva.", author="Elin Sorvari")
    assert (mentions[0].id, mentions[0].kind, mentions[0].spans, mentions[0].name) == ("m1", "author", (), "Elin Sorvari")


def test_the_author_note_gives_the_author_posts() -> None:
    text = "Talks failed.\n\nAbout the author. Oksana Hrytsenko, journalist, Ukrainian MP."
    zone = Zone(kind="author-note", span=Characters(15, len(text)))
    mentions, posts = find(text, author="Oksana Hrytsenko", zones=(zone,))
    author = next(m for m in mentions if m.kind == "author")
    assert [(p.holder, p.title) for p in posts] == [(author.id, "journalist"), (author.id, "MP")]


def test_site_furniture_has_no_mentions() -> None:
    text = "Macron spoke.\nPutin latest news"
    mentions, _ = find(text, zones=(Zone(kind="boilerplate", span=Characters(14, len(text))),))
    assert [m.text for m in mentions] == ["Macron"]


def test_a_mention_within_quotation_marks_is_quoted() -> None:
    mentions, _ = find('"Russia will answer," Macron said.')
    assert {m.text: m.is_quoted for m in mentions} == {"Russia": True, "Macron": False}


def test_ids_count_in_order_of_begin_then_end() -> None:
    mentions, _ = find("Estonian Foreign Minister Arvo Lindqvist met European diplomats in Paris. He left.")
    assert [m.id for m in mentions] == [f"m{n}" for n in range(1, len(mentions) + 1)]
    assert [m.spans for m in mentions] == sorted(m.spans for m in mentions)


def test_the_sentence_index_counts_from_zero() -> None:
    mentions, _ = find("Macron spoke. Putin listened.")
    assert [(m.text, m.sentence) for m in mentions] == [("Macron", 0), ("Putin", 1)]


@pytest.mark.parametrize(
    ("text", "name", "gender"),
    [
        ("Mrs. Aldous objected.", "Aldous", "female"),
        ("King Torvald arrived.", "Torvald", "male"),
        ("Spokeswoman Ana Ribeiro agreed.", "Ana Ribeiro", "female"),
        ("Analyst Ana Ribeiro agreed.", "Ana Ribeiro", "unknown"),
    ],
)
def test_a_title_tells_the_gender_where_its_word_does(text: str, name: str, gender: str) -> None:
    mentions, _ = find(text)
    assert next(m.gender for m in mentions if m.text == name) == gender


def test_the_title_of_a_mention_is_the_phrase_with_its_affiliation() -> None:
    mentions, _ = find("Estonian Foreign Minister Arvo Lindqvist was blunt.")
    assert "Arvo Lindqvist | Person | name | title=Estonian Foreign Minister | of=Estonian" in {
        show_mention(m, mentions) for m in mentions
    }


def test_a_name_over_a_line_break_is_looked_up_on_one_line() -> None:
    mentions, _ = find("The envoy of the European\nUnion left.")
    assert next(m.name for m in mentions if m.type == "Organisation") == "European Union"


def test_the_order_of_gazetteer_entries_does_not_matter() -> None:
    entries = reversed(read_gazetteer())
    doc = make_annotator().annotate(
        make_document("Russian President Vladimir Putin met Macron, the British and U.S. officials in Washington.")
    )
    assert MentionFinder(entries).find_mentions(doc) == make_finder().find_mentions(doc)


@pytest.mark.parametrize(
    ("text", "name"), [("Sao Tome voted.", "São Tomé"), ("SÃO TOMÉ VOTED.", "São Tomé"), ("O’Hara voted.", "O'Hara")]
)
def test_the_gazetteer_is_read_without_marks_and_in_capitals(text: str, name: str) -> None:
    index = GazetteerIndex([GazetteerEntry(name=name, type="State", kind="name", actor="state/x")])
    doc = Doc(_VOCAB, words=text.replace(".", "").split())
    assert [(m.start, m.entries[0].name) for m in index.find_matches(TokenTable(doc))] == [(0, name)]


def test_a_match_knows_all_names_that_begin_it_longest_first() -> None:
    names = ("Ukraine", "Ukraine's military", "Ukraine's military intelligence")
    index = GazetteerIndex([GazetteerEntry(name=name, type="State", kind="name", actor=f"x/{name}") for name in names])
    (match,) = index.find_matches(TokenTable(Doc(_VOCAB, words=["Ukraine", "'s", "military", "intelligence", "denied", "it"])))
    assert match.first is not None
    assert match.first.first is not None
    assert [m.entries[0].name for m in (match, match.first, match.first.first)] == [*reversed(names)]
    assert [(m.start, m.end) for m in (match, match.first, match.first.first)] == [(0, 4), (0, 3), (0, 1)]
    assert match.first.first.first is None


def test_the_city_of_a_dateline_is_a_place_though_nobody_knows_it() -> None:
    text = "BAKHMURD, April 14 - The rebels withdrew."
    mentions, _ = find(text, zones=(Zone(kind="dateline", span=Characters(0, 20)),))
    assert [(m.text, m.type) for m in mentions] == [("BAKHMURD", "Place"), ("rebels", "Group")]


def test_a_place_that_is_known_once_is_found_wherever_nobody_claims_the_word() -> None:
    rows = [("Near", "IN", "prep", 2), ("Ugledar", "NNP", "pobj", 0), ("died", "VBD", "ROOT", 2), ("Ugledar", "NNP", "dep", 2)]
    found = make_finder().find_mentions(_build(rows, [(1, 2, "GPE")]))
    assert [(m.text, m.type, m.by) for m in found] == [("Ugledar", "Place", "ner"), ("Ugledar", "Place", "repeated-place")]


def test_a_name_that_speaks_is_no_place_though_a_locative_stands_before_it() -> None:
    rows = [("in", "IN", "prep", 3), ("Castell", "NNP", "pobj", 0), ("Castell", "NNP", "nsubj", 3), ("say", "VBD", "ROOT", 3)]
    found = make_finder().find_mentions(_build(rows, [(1, 2, "PERSON"), (2, 3, "PERSON")]))
    assert {m.type for m in found} == {"Person"}


def test_an_acronym_is_matched_as_written_only() -> None:
    index = GazetteerIndex([GazetteerEntry(name="US", type="State", kind="acronym", actor="state/us")])
    doc = Doc(_VOCAB, words=["they", "told", "us", "and", "Us"])
    assert list(index.find_matches(TokenTable(doc))) == []


def test_a_missing_lexicon_is_refused_with_its_path(tmp_path: Path) -> None:
    with pytest.raises(ResourceInvalidError, match=r"titles\.toml"):
        read_mention_lexicon(tmp_path)


def test_a_lexicon_without_a_part_is_refused(tmp_path: Path) -> None:
    for name in ("titles", "nominals", "pronouns"):
        (tmp_path / f"{name}.toml").write_text("[heads]\n", "utf-8")
    with pytest.raises(ResourceInvalidError, match="lacks or misuses"):
        read_mention_lexicon(tmp_path)


_WORDS = st.sampled_from(
    [
        "President",
        "Putin",
        "Macron",
        ",",
        ".",
        "the",
        "of",
        "Russia",
        "'s",
        "“",
        "”",
        "Ministry",
        "and",
        "envoy",
        "for",
        "al",
        "-",
        "U.S.",
        "said",
        "former",
        "\n",
        "who",
        "leads",
        "NATO",
        "European",
        "diplomats",
        "<b>",
        "\u202e",
        "é",
        "Mr.",
        "(",
        ")",
        "was",
        "appointed",
        "minister",
    ]
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_WORDS, max_size=40).map(" ".join))
def test_every_span_holds_its_text_and_no_two_mentions_share_characters(text: str) -> None:
    document = make_document(text)
    mentions, posts = find(text)
    check_spans(document, Extraction(mentions=mentions, posts=posts))
    assert len({m.spans for m in mentions}) == len(mentions)
    known = {m.id for m in mentions}
    assert all(m.affiliation in known for m in mentions if m.affiliation)
    assert all(p.holder in known and (p.organisation is None or p.organisation in known) for p in posts)


def test_authors_joined_by_a_semicolon_are_several_persons() -> None:
    mentions, _ = find("The talks failed in Geneva.", author="Elin Sorvari; Mads Holt")
    assert [(m.id, m.name) for m in mentions if m.kind == "author"] == [("m1", "Elin Sorvari"), ("m2", "Mads Holt")]


def test_one_author_in_the_by_line_and_one_outside_of_it_are_both_found() -> None:
    text = "By Elin Sorvari\n\nThe talks failed."
    mentions, _ = find(text, author="Elin Sorvari and Mads Holt", zones=(Zone(kind="byline", span=Characters(0, 15)),))
    assert sorted((m.name, len(m.spans)) for m in mentions if m.kind == "author") == [("Elin Sorvari", 1), ("Mads Holt", 0)]
