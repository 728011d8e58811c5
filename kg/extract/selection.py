"""Which candidates are attributions: content there, a speaker who can speak, no two for one cue or content."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Doc, Span, Token

from kg.extract.abstentions import Refusal, Report, ignore, miss_constructions, refuse_candidate
from kg.extract.candidates import Candidate
from kg.extract.cue_lexicon import CueLexicon
from kg.model.mention import Mention

#: What can be found without quotation marks only of someone who can think.
_MENTAL = frozenset({"verb-to", "verb-ing", "noun", "adjective"})
#: Without a speaker these are no attributions at all.
_NEEDING_SPEAKER = frozenset({"verb-object", "verb-as", "verb-preposition", "verb-ing", "verb-quotation"})
_EXTENDED = frozenset({"verb-clause", "verb-to", "verb-ing", "verb-preposition"})
#: Verbs of this weight and more are verbs of speech, whatever their subject.
_SPEECH_WEIGHT = 0.9
_PERSONAL = frozenset({"i", "we", "he", "she", "they", "you", "who"})
#: Of these nobody can tell whether they stand for an actor or for what happened: "it showed that ...".
_IMPERSONAL = frozenset({"it", "this", "that", "these"})
_FEWEST_WORDS = 2
#: From this weight on one word is a content ("called for calm").
_SINGLE_WORD_WEIGHT = 0.6


def select_candidates(
    doc: Doc, candidates: Sequence[Candidate], lexicon: CueLexicon, mentions: Sequence[Mention], report: Report = ignore
) -> list[Candidate]:
    """Return the candidates that stand, in order of their cue; the report hears of each other one."""
    actors = find_actor_tokens(doc, mentions)
    kept: list[Candidate] = []
    by_cue: dict[int, Candidate] = {}
    by_head: dict[int, Candidate] = {}
    by_content: dict[frozenset[int], list[Candidate]] = {}
    # A cue says more than the hedge beside it ("reportedly said"), so that hedges come last.
    for candidate in sorted(candidates, key=lambda c: (c.by == "hedge", c.head, c.by)):
        # Two candidates read the same words where one cue is in the other, or contents are equal and sources meet.
        rival = by_cue.get(candidate.head) or next((by_head[i] for i in sorted(candidate.cue) if i in by_head), None)
        alike = by_content.setdefault(candidate.content, [])
        rival = rival or next((other for other in alike if candidate.source & other.source), None)
        refusal = _find_flaw(doc, candidate, lexicon, actors) if rival is None else _refuse_twin(candidate, rival)
        if refusal is not None:
            report(refusal)
            continue
        kept.append(candidate)
        alike.append(candidate)
        by_cue |= dict.fromkeys(candidate.cue, candidate)
        by_head[candidate.head] = candidate
    return kept


def _refuse_twin(candidate: Candidate, rival: Candidate) -> Refusal:
    return refuse_candidate(candidate, "shared-words", rival=rival)


def extend_to_end(doc: Doc, sentence: Span, candidate: Candidate, heads: frozenset[int]) -> Candidate:
    """Give a clause behind its cue the rest of the sentence where the parser lost it.

    What is left after a content belongs to it unless it holds a finite verb of its own, the cue's words, another cue
    (one of `heads`), or an adverbial of the cue ("on Monday"): a contrast behind a dash, a list's end, a participle.
    """
    if candidate.by not in _EXTENDED or not candidate.content or min(candidate.content) < candidate.head:
        return candidate
    last = max(candidate.content)
    rest = [token for token in doc[last + 1 : sentence.end] if not token.is_space]
    while rest and rest[-1].is_punct:
        rest.pop()
    words = [token for token in rest if not token.is_punct]
    if not words or words[0].ent_type_ in {"DATE", "TIME"} or any(token.ent_type_ in {"DATE", "TIME"} for token in words[:3]):
        return candidate
    if any(token.i in candidate.cue or token.i in candidate.source or token.i in heads for token in rest):
        return candidate
    if any(token.dep_ in {"nsubj", "nsubjpass"} or token.lower_ == "according" for token in words):
        return candidate
    if any(token.is_ancestor(doc[candidate.head]) for token in words):
        return candidate  # "who is said to have fled, has returned": the clause around the cue goes on
    return replace(candidate, content=candidate.content | {token.i for token in rest})


def find_actor_tokens(doc: Doc, mentions: Sequence[Mention]) -> frozenset[int]:
    """Return the indexes of all tokens within a mention."""
    by_offset = {token.idx: token.i for token in doc}
    found: set[int] = set()
    for mention in mentions:
        for begin, end in mention.spans:
            found.update(by_offset[at] for at in range(begin, end) if at in by_offset)
    return frozenset(found)


def _find_flaw(doc: Doc, candidate: Candidate, lexicon: CueLexicon, actors: frozenset[int]) -> Refusal | None:
    """Return why a candidate is no attribution; None where it is one."""
    words = [i for i in candidate.content if not (doc[i].is_punct or doc[i].is_space)]
    if not candidate.content:
        problem = miss_constructions(lexicon.verbs.get(candidate.lemma, ()))
        return refuse_candidate(candidate, "no-content", f"{problem}, and no quotation belongs to it")
    if not words:
        return refuse_candidate(candidate, "no-words", "its content holds no word")
    if len(words) < _FEWEST_WORDS and not candidate.is_quotation and candidate.weight < _SINGLE_WORD_WEIGHT:
        return refuse_candidate(candidate, "one-word", f'its content is one word, "{doc[words[0]].text}"')
    if candidate.speaker is None:
        is_open_charge = candidate.by == "verb-preposition" and candidate.cue_type == "accusation" and candidate.is_hedged
        if candidate.by not in _NEEDING_SPEAKER or candidate.cue_type == "question" or is_open_charge:
            return None
        return refuse_candidate(candidate, "no-speaker", "it has no subject, without which it attributes nothing")
    return _find_flaw_of_speaker(doc[candidate.speaker], candidate, lexicon, actors)


def _find_flaw_of_speaker(speaker: Token, candidate: Candidate, lexicon: CueLexicon, actors: frozenset[int]) -> Refusal | None:
    lemma = speaker.lemma_.lower()
    if candidate.by == "according-to":
        is_standard = lemma in lexicon.standards
        return refuse_candidate(candidate, "standard", f'one acts according to "{speaker}"') if is_standard else None
    if candidate.by == "verb-clause" and candidate.weight >= _SPEECH_WEIGHT:
        return None
    if candidate.by == "verb-clause" and speaker.lower_ in _IMPERSONAL:
        return refuse_candidate(candidate, "no-speaking-subject", f'nobody can tell whether "{speaker}" is somebody')
    if is_actor(speaker, actors) or lemma in lexicon.people_words:
        return None
    carries_words = lemma in lexicon.speaking_things
    if carries_words and candidate.by not in _MENTAL:
        return None
    problem = "carries words but cannot mean this" if carries_words else "is neither an actor nor a thing that carries words"
    return refuse_candidate(candidate, "no-speaking-subject", f'its subject "{speaker}" {problem}')


def is_actor(token: Token, actors: frozenset[int]) -> bool:
    """Tell whether the token stands for a person, state, organisation or group: a mention, or a personal pronoun."""
    if token.i in actors or any(child.dep_ == "appos" and child.i in actors for child in token.children):
        return True
    return token.pos_ == "PRON" and token.lower_ in _PERSONAL
