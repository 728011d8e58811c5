import random
from collections import Counter

from kg.model.annotation import Annotation, check_spans
from kg.model.framing import Framing
from kg.model.identifier import mint_part_iri
from kg.rdf import namespaces as ns
from kg.rdf.actors import actor_quads
from kg.rdf.annotation import to_quads
from kg.rdf.terms import XSD, Iri, Literal, Quad, Term, to_text


def read_values(annotation: Annotation, part: str, predicate: Iri) -> list[Term]:
    subject = Iri(mint_part_iri(annotation.document.id, part))
    return [quad.object for quad in convert(annotation) if quad[:2] == (subject, predicate)]


def convert(annotation: Annotation) -> tuple[Quad, ...]:
    return to_quads(annotation, extractor_version="0.1.0 test")


def find_actor(annotation: Annotation, label: str) -> Iri:
    return next(Iri(actor.iri) for actor in annotation.resolution.actors if actor.label == label)


def test_the_example_has_true_spans(lake_talks: Annotation) -> None:
    check_spans(lake_talks.document, lake_talks.extraction)


def test_every_quad_is_in_the_graph_of_the_document(lake_talks: Annotation) -> None:
    assert {quad.graph.value for quad in convert(lake_talks)} == {lake_talks.document.id}


def test_quads_are_sorted_and_each_stands_once(lake_talks: Annotation) -> None:
    quads = convert(lake_talks)
    assert list(quads) == sorted(set(quads))


def test_the_order_of_the_parts_does_not_show(lake_talks: Annotation) -> None:
    shuffler = random.Random(7)  # noqa: S311 an order, no secret
    extraction = {name: tuple(shuffler.sample(parts, len(parts))) for name, parts in lake_talks.extraction}
    links = tuple(reversed(lake_talks.resolution.links))
    shuffled = lake_talks.model_copy(
        update={
            "extraction": lake_talks.extraction.model_copy(update=extraction),
            "resolution": lake_talks.resolution.model_copy(update={"links": links}),
        }
    )
    assert convert(shuffled) == convert(lake_talks)


def test_no_label_of_an_actor_is_in_the_graph_of_a_document(lake_talks: Annotation) -> None:
    assert not {quad.predicate for quad in convert(lake_talks)} & {ns.PREF_LABEL, ns.ALT_LABEL, ns.SAME_AS}


def test_bookkeeping_is_at_most_three_triples_a_claim_event_or_role(lake_talks: Annotation) -> None:
    quads = convert(lake_talks)
    parts = {quad.subject for quad in quads if quad.predicate == ns.TYPE and quad.object in (ns.CLAIM, ns.EVENT, ns.ROLE)}
    counts = Counter(quad.subject for quad in quads if quad.predicate in (ns.TYPE, ns.WAS_DERIVED_FROM, ns.EXTRACTED_BY))
    assert len(parts) == 9
    assert {counts[part] for part in parts} == {3}


def test_evidence_is_the_characters_from_begin_to_end(lake_talks: Annotation) -> None:
    by_subject: dict[Iri, dict[Iri, str]] = {}
    for quad in convert(lake_talks):
        by_subject.setdefault(quad.subject, {})[quad.predicate] = quad.object.value
    anchored = [values for values in by_subject.values() if ns.ANCHOR_OF in values]
    text = lake_talks.document.text
    assert len(anchored) == 21
    assert all(text[int(v[ns.BEGIN_INDEX]) : int(v[ns.END_INDEX])] == v[ns.ANCHOR_OF] for v in anchored)


def test_offsets_are_non_negative_integers(lake_talks: Annotation) -> None:
    values = [quad.object for quad in convert(lake_talks) if quad.predicate in (ns.BEGIN_INDEX, ns.END_INDEX)]
    assert {value.datatype for value in values if isinstance(value, Literal)} == {XSD + "nonNegativeInteger"}


def test_a_resolved_speaker_says_the_claim(lake_talks: Annotation) -> None:
    claim = Iri(mint_part_iri(lake_talks.document.id, "a1"))
    said = [quad.subject for quad in convert(lake_talks) if quad.predicate == ns.SAYS and quad.object == claim]
    assert said == [find_actor(lake_talks, "Tamas Orlik")] == read_values(lake_talks, "a1", ns.SPEAKER)


def test_all_who_speak_together_say_the_claim_each_once(lake_talks: Annotation) -> None:
    belmar, orlik = (next(m.id for m in lake_talks.extraction.mentions if m.name == name) for name in ("Belmar", "Tamas Orlik"))
    claims = [a.model_copy(update={"other_source_mentions": (belmar, orlik)}) for a in lake_talks.extraction.attributions]
    together = lake_talks.model_copy(
        update={"extraction": lake_talks.extraction.model_copy(update={"attributions": tuple(claims)})}
    )
    claim = Iri(mint_part_iri(lake_talks.document.id, "a1"))
    said = {quad.subject for quad in convert(together) if quad.predicate == ns.SAYS and quad.object == claim}
    assert said == {find_actor(lake_talks, "Tamas Orlik"), find_actor(lake_talks, "Belmar")}
    assert set(read_values(together, "a1", ns.SPEAKER)) == said
    assert len(read_values(together, "a1", ns.SPEAKER)) == 2


def test_nobody_says_a_claim_whose_cue_is_negated(lake_talks: Annotation) -> None:
    claim = Iri(mint_part_iri(lake_talks.document.id, "a2"))
    assert read_values(lake_talks, "a2", ns.SPEAKER) == [find_actor(lake_talks, "Belmar")]
    assert read_values(lake_talks, "a2", ns.CUE_NEGATED) == [Literal("true", XSD + "boolean")]
    assert not [quad for quad in convert(lake_talks) if quad.predicate == ns.SAYS and quad.object == claim]


def test_an_unresolved_speaker_keeps_its_words_and_says_nothing(lake_talks: Annotation) -> None:
    claim = Iri(mint_part_iri(lake_talks.document.id, "a4"))
    assert read_values(lake_talks, "a4", ns.SOURCE_TEXT) == [to_text("Orlik’s aide")]
    assert read_values(lake_talks, "a4", ns.SPEAKER) == []
    assert not [quad for quad in convert(lake_talks) if quad.predicate == ns.SAYS and quad.object == claim]


def test_a_content_in_two_parts_keeps_both_and_their_spans(lake_talks: Annotation) -> None:
    (content,) = read_values(lake_talks, "a1", ns.CONTENT)
    (spans,) = read_values(lake_talks, "a1", ns.CONTENT_SPANS)
    assert content.value == "that “the general is stalling” … warned Belmar"
    parts = [tuple(map(int, pair.split("-"))) for pair in spans.value.split(",")]
    assert [lake_talks.document.text[begin:end] for begin, end in parts] == content.value.split(" … ")


def test_an_unresolved_actor_is_left_out_of_what_a_claim_is_about(lake_talks: Annotation) -> None:
    assert read_values(lake_talks, "a1", ns.ABOUT) == [find_actor(lake_talks, "Belmar")]


def test_a_frame_and_its_target_are_stated(lake_talks: Annotation) -> None:
    assert read_values(lake_talks, "a1", ns.FRAME) == [ns.name_concept("frame", "stalling")]
    assert read_values(lake_talks, "a1", ns.FRAME_TARGET) == [find_actor(lake_talks, "Belmar")]
    assert read_values(lake_talks, "a1", ns.DENIED_FRAME) == []


def test_a_frame_that_the_content_negates_is_denied(lake_talks: Annotation) -> None:
    frame = ns.name_concept("frame", "ceasefire-refusal")
    assert read_values(lake_talks, "a4", ns.FRAME) == read_values(lake_talks, "a4", ns.DENIED_FRAME) == [frame]


def test_a_nested_claim_names_its_parent(lake_talks: Annotation) -> None:
    assert read_values(lake_talks, "a5", ns.WITHIN_CLAIM) == [Iri(mint_part_iri(lake_talks.document.id, "a1"))]


def test_a_hedge_is_stated_only_where_there_is_one(lake_talks: Annotation) -> None:
    assert [read_values(lake_talks, part, ns.HEDGED) for part in ("a3", "a1")] == [[Literal("true", XSD + "boolean")], []]


def test_claims_events_and_roles_carry_the_date_of_their_document(lake_talks: Annotation) -> None:
    date = Literal("2031-05-02T18:14:00+03:00", XSD + "dateTime")
    assert [read_values(lake_talks, part, ns.PUBLISHED) for part in ("a1", "e1", "r1", "p1")] == [[date]] * 4


def test_a_date_that_cannot_be_read_stays_verbatim(lake_talks: Annotation) -> None:
    document = lake_talks.document.model_copy(update={"published": "last Friday"})
    quads = convert(lake_talks.model_copy(update={"document": document}))
    assert [quad.object.value for quad in quads if quad.predicate == ns.PUBLISHED_TEXT] == ["last Friday"]
    assert not [quad for quad in quads if quad.predicate == ns.PUBLISHED]


def test_an_argument_that_is_no_actor_keeps_its_phrase(lake_talks: Annotation) -> None:
    assert read_values(lake_talks, "e2", ns.RECIPIENT_TEXT) == [to_text("a bridge")]
    assert read_values(lake_talks, "e2", ns.EVENT_RECIPIENT) == []


def test_an_event_within_a_claim_names_it(lake_talks: Annotation) -> None:
    assert read_values(lake_talks, "e3", ns.REPORTED_IN) == [Iri(mint_part_iri(lake_talks.document.id, "a2"))]


def test_a_role_of_an_unresolved_holder_is_left_out(lake_talks: Annotation) -> None:
    assert read_values(lake_talks, "r2", ns.TYPE) == []
    assert read_values(lake_talks, "r1", ns.MEMBER) == [find_actor(lake_talks, "Tamas Orlik")]
    assert read_values(lake_talks, "r1", ns.ORGANIZATION) == [find_actor(lake_talks, "Varonia")]


def test_the_author_of_a_document_is_an_actor(lake_talks: Annotation) -> None:
    document = Iri(lake_talks.document.id)
    authors = [quad.object for quad in convert(lake_talks) if quad[:2] == (document, ns.AUTHOR)]
    assert authors == [find_actor(lake_talks, "Ilse Marten")]


def test_an_empty_extraction_gives_the_document_alone(lake_talks: Annotation) -> None:
    empty = Annotation(document=lake_talks.document, extraction={}, resolution={})
    assert {quad.subject.value for quad in convert(empty)} == {lake_talks.document.id}


def test_a_registered_actor_is_described_in_the_graph_of_actors(lake_talks: Annotation) -> None:
    varonia = find_actor(lake_talks, "Varonia")
    quads = actor_quads([actor for actor in lake_talks.resolution.actors if actor.iri == varonia.value], "https://x.example/")
    assert {quad.graph.value for quad in quads} == {"https://x.example/graph/actors"}
    assert {(quad.predicate, quad.object.value) for quad in quads} == {
        (ns.TYPE, ns.STATE.value),
        (ns.PREF_LABEL, "Varonia"),
        (ns.ALT_LABEL, "Republic of Varonia"),
        (ns.SAME_AS, "http://www.wikidata.org/entity/Q999999999"),
        (ns.ISO2, "VR"),
        (ns.REGISTERED, "true"),
    }


def change_claim(annotation: Annotation, part: str, **changes: object) -> Annotation:
    attributions = tuple(a.model_copy(update=changes) if a.id == part else a for a in annotation.extraction.attributions)
    return annotation.model_copy(update={"extraction": annotation.extraction.model_copy(update={"attributions": attributions})})


def change_framings(annotation: Annotation, **changes: object) -> Annotation:
    """Return the annotation with these values in each framing of its first claim."""
    (claim,) = (a for a in annotation.extraction.attributions if a.id == "a1")
    return change_claim(annotation, "a1", framings=tuple(framing.model_copy(update=changes) for framing in claim.framings))


def test_a_framing_says_which_targets_belong_to_which_frame(lake_talks: Annotation) -> None:
    (claim,) = (a for a in lake_talks.extraction.attributions if a.id == "a1")
    other = Framing(frame="unity", targets=(claim.source_mention or "",), confidence=0.75, by="wording")
    changed = change_claim(lake_talks, "a1", framings=(*claim.framings, other))
    assert read_values(changed, "a1-unity", ns.OF_ACTOR) == read_values(changed, "a1", ns.SPEAKER)
    assert read_values(changed, "a1-stalling", ns.OF_ACTOR) == read_values(lake_talks, "a1", ns.FRAME_TARGET)
    assert len(read_values(changed, "a1", ns.FRAMING)) == len(claim.framings) + 1


def test_only_a_denied_framing_says_so(lake_talks: Annotation) -> None:
    assert len(read_values(lake_talks, "a4-ceasefire-refusal", ns.FRAME_DENIED)) == 1
    assert read_values(lake_talks, "a1-stalling", ns.FRAME_DENIED) == []


def test_a_frame_whose_target_the_words_do_not_show_is_said_of_all_that_the_claim_is_about(lake_talks: Annotation) -> None:
    changed = change_framings(lake_talks, targets=())
    assert read_values(changed, "a1", ns.FRAME_TARGET) == read_values(changed, "a1", ns.ABOUT) != []


def test_a_frame_of_an_unresolved_target_is_said_of_nobody_else(lake_talks: Annotation) -> None:
    links = {link.mention for link in lake_talks.resolution.links if link.actor}
    unresolved = next(mention.id for mention in lake_talks.extraction.mentions if mention.id not in links)
    changed = change_framings(lake_talks, targets=(unresolved,))
    assert read_values(changed, "a1", ns.ABOUT) == [find_actor(lake_talks, "Belmar")]
    assert read_values(changed, "a1", ns.FRAME_TARGET) == []


def test_a_claim_without_frames_has_no_target_of_frames(lake_talks: Annotation) -> None:
    changed = change_claim(lake_talks, "a1", framings=())
    assert read_values(changed, "a1", ns.FRAME_TARGET) == []


def test_whom_a_frame_is_said_of_is_whom_the_claim_is_about(lake_talks: Annotation) -> None:
    changed = change_claim(lake_talks, "a1", about=())
    assert read_values(changed, "a1", ns.ABOUT) == read_values(changed, "a1", ns.FRAME_TARGET) != []
