"""Propositions: subject, relation, object and further arguments of the clauses of a text, in and outside of attributions."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from kg.extract.proposition_confidence import read_confidence_model
from kg.extract.proposition_drafts import Draft, find_drafts
from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.model.proposition import Proposition


def find_propositions(doc: Doc, mentions: Sequence[Mention], attributions: Sequence[Attribution]) -> tuple[Proposition, ...]:
    """Return the propositions of a text in order of their first relation word; empty for one without clauses.

    A clause gives one for each of its coordinated subjects and objects; an apposition gives one whose relation has no words.

    Args:
        doc: an analysed text that does not change any more.
        mentions: of the text.
        attributions: of the text.
    """
    model = read_confidence_model()
    drafts = find_drafts(doc, mentions, attributions)
    return tuple(finish_draft(one, f"p{number}", model.rate(one.features)) for number, one in enumerate(drafts, 1))


def finish_draft(draft: Draft, identifier: str, confidence: float) -> Proposition:
    """Return a draft as a proposition."""
    return Proposition(
        id=identifier,
        subject=draft.subject,
        relation=draft.relation,
        object=draft.object,
        arguments=draft.arguments,
        lemma=draft.parties.lemma,
        subject_mention=draft.parties.subject,
        object_mention=draft.parties.object,
        negated=draft.mood.negated,
        modality=draft.mood.modality,
        inside=draft.inside,
        restates=draft.restates,
        confidence=confidence,
    )
