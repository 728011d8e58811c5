"""From candidates to attributions: spans, speakers, nesting, subject matter."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice

from spacy.tokens import Doc, Token

from kg.extract.abstentions import Report, ignore, refuse_candidate
from kg.extract.candidates import Candidate
from kg.extract.modality import find_main_verb, is_past, read_modality, read_polarity, read_speech
from kg.extract.quoted import QuotedTokens, find_inner_quoted_tokens
from kg.extract.token_spans import to_spans
from kg.extract.token_table import read_table
from kg.model.attribution import Attribution
from kg.model.mention import Mention
from kg.model.span import Span as CharacterSpan
from kg.model.span import Spans


def to_attributions(
    doc: Doc,
    candidates: Iterable[Candidate],
    quotations: Sequence[QuotedTokens],
    mentions: Sequence[Mention],
    report: Report = ignore,
) -> Iterator[Attribution]:
    """Yield the candidates as attributions in order of text, linked to mentions and to the attributions that hold them.

    Args:
        doc: what the candidates' token indexes are of.
        candidates: in any order; one whose content holds nothing but marks is left out, and the report hears of it.
        quotations: the doc's quotations.
        mentions: the doc's mentions.
        report: hears of what is left out.
    """
    spanned = []
    for candidate in candidates:
        # A model knows where the corpus ends its spans: behind the comma of an apposition, before a stop or behind it.
        is_exact = bool(candidate.model)
        content = to_spans(doc, candidate.content, keeps_stops=candidate.is_verbatim, is_exact=is_exact)
        if content and any(not (doc[i].is_punct or doc[i].is_space) for i in candidate.content):
            cue = to_spans(doc, candidate.cue, is_exact=is_exact) or _keep_marks(doc, candidate.cue)
            spanned.append((to_spans(doc, candidate.source, is_exact=is_exact), cue, content, candidate))
        elif candidate.cue:
            report(refuse_candidate(candidate, "no-words", "nothing of its content is left but marks"))
    spanned.sort(key=lambda item: (min(s.begin for spans in item[:3] for s in spans), item[1], item[2], item[3].by))
    ids = {id(item[3]): f"a{number}" for number, item in enumerate(spanned, 1)}
    by_token = _index_mentions(doc, mentions)
    named = sorted((m.spans[0].begin, at, m) for at, m in enumerate(mentions) if m.spans and _is_subject_matter(m))
    quoted = frozenset(index for quotation in quotations for index in range(quotation.begin, quotation.end))
    inner = frozenset[int]().union(*(quotation.tokens for quotation in find_inner_quoted_tokens(doc, quotations)))
    parents = find_parents([item[3] for item in spanned])
    author = next((mention.id for mention in mentions if mention.kind == "author"), None)
    for (source, cue, content, candidate), parent in zip(spanned, parents, strict=True):
        verb = find_main_verb(doc, candidate.content)
        outside = author if candidate.by == "author-voice" else candidate.mention
        speaker = outside or _find_mention(doc, candidate.speaker, by_token)
        yield Attribution(
            id=ids[id(candidate)],
            source=source,
            cue=cue,
            content=content,
            sentences=_find_sentences(doc, candidate),
            source_mention=speaker,
            other_source_mentions=_find_other_speakers(doc, candidate, speaker, by_token),
            addressee=_find_mention(doc, candidate.addressee, by_token),
            about=_find_about(content, named),
            speech="direct"
            if candidate.is_verbatim
            else read_speech(doc, candidate.content, _find_marked(candidate, quoted, inner)),
            cue_type=candidate.cue_type,
            cue_lemma=candidate.lemma,
            negated_cue=candidate.is_negated,
            is_hedged=candidate.is_hedged,
            polarity=read_polarity(verb),
            modality=read_modality(verb, is_backshifted=verb is not None and _is_backshifted(verb, candidate, quoted)),
            parent=ids[id(parent)] if parent is not None else None,
            confidence=candidate.weight,
            by=f"model:{candidate.model}" if candidate.model else f"rule:{candidate.by}",
        )


def _is_backshifted(verb: Token, candidate: Candidate, quoted: frozenset[int]) -> bool:
    """Tell whether the content's main verb is reported in the past, in the reporter's words."""
    is_reported = candidate.by.startswith(("verb-", "noun", "adjective")) and not candidate.is_verbatim
    is_verbatim = quoted.issuperset(child.i for child in (verb, *verb.children) if child.i == verb.i or child.dep_ == "aux")
    return is_reported and not is_verbatim and is_past(verb.doc[candidate.head])


def _find_marked(candidate: Candidate, quoted: frozenset[int], inner: frozenset[int]) -> frozenset[int]:
    """Return the quoted tokens that may be the speaker's own: of one who is quoted speaking only the inner quotations."""
    is_quoted = bool(candidate.source) and candidate.source | {candidate.head} <= quoted
    return inner if is_quoted else quoted


def _keep_marks(doc: Doc, tokens: frozenset[int]) -> Spans:
    """Return the spans of a cue that is punctuation ("NAME: text")."""
    return tuple(CharacterSpan(doc[i].idx, doc[i].idx + len(doc[i])) for i in sorted(tokens))


def _index_mentions(doc: Doc, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return the innermost mention of each token whose mention ends with it or holds it."""
    begins = read_table(doc).begins
    found: dict[int, tuple[int, str]] = {}
    for mention in mentions:
        for begin, end in mention.spans:
            start = bisect_left(begins, begin)
            if begins[start : start + 1] != [begin]:
                continue
            for at in range(start, bisect_left(begins, end)):
                if at not in found or end - begin < found[at][0]:
                    found[at] = (end - begin, mention.id)
    return {token: mention for token, (_, mention) in found.items()}


def _find_mention(doc: Doc, index: int | None, by_token: Mapping[int, str]) -> str | None:
    """Return the mention of a token; of a description without one, that of the name in apposition to it."""
    if index is None:
        return None
    named = (child.i for child in doc[index].children if child.dep_ == "appos")
    return next((by_token[i] for i in (index, *named) if i in by_token), None)


def _find_other_speakers(doc: Doc, candidate: Candidate, first: str | None, by_token: Mapping[int, str]) -> tuple[str, ...]:
    """Return the mentions of those whom the source names beside the speaker ("Oslo and Stockholm"), each once."""
    if candidate.speaker is None or candidate.speaker not in candidate.source:
        return ()
    speaker = doc[candidate.speaker]
    beside = (_prefer_name(token, speaker) for token in speaker.conjuncts if token.i in candidate.source)
    found = dict.fromkeys(_find_mention(doc, token.i, by_token) for token in beside)
    return tuple(mention for mention in found if mention is not None and mention != first)


def _prefer_name(conjunct: Token, first: Token) -> Token:
    """Return the name right behind a description and its comma; the parser hangs it on the first of those who speak.

    "Orrik and her deputy, Jan Torvik": Torvik is the deputy.
    """
    end = conjunct.right_edge.i + 1
    names = (child for child in first.children if child.dep_ == "appos" and child.pos_ == "PROPN")
    follows = (name for name in names if name.left_edge.i == end + 1 and conjunct.doc[end].text == ",")
    return conjunct if conjunct.pos_ == "PROPN" else next(follows, conjunct)


def find_parents(candidates: Sequence[Candidate]) -> list[Candidate | None]:
    """Return for each candidate the innermost one whose content holds its cue; None for those that stand by themselves."""
    holders = _index_holders(candidates)
    return [_find_parent(candidate, holders[candidate.head]) for candidate in candidates]


def _index_holders(candidates: Sequence[Candidate]) -> dict[int, list[Candidate]]:
    """Return, for the main word of each cue, the candidates whose content holds it, in order."""
    found: dict[int, list[Candidate]] = {candidate.head: [] for candidate in candidates}
    for candidate in candidates:
        for token in candidate.content:
            if token in found:
                found[token].append(candidate)
    return found


def _find_parent(candidate: Candidate, others: Sequence[Candidate]) -> Candidate | None:
    """Return the innermost of the attributions whose content holds this one's cue."""
    holding = [
        other
        for other in others
        if other is not candidate and len(other.content) > len(candidate.content) and not (candidate.cue & other.cue)
    ]
    return min(holding, key=lambda other: (len(other.content), other.head), default=None)


def _find_sentences(doc: Doc, candidate: Candidate) -> Spans:
    """Return the whole sentences that hold any part, neighbours joined."""
    table = read_table(doc)
    spans: list[CharacterSpan] = []
    last = -1
    for index in sorted(candidate.cue | candidate.source | candidate.content):
        if index <= last:
            continue
        first, stop = table.bounds[table.sentences[index]]
        words = [at for at in range(first, stop) if not table.are_spaces[at]]
        if not words:
            continue
        end = table.ends[words[-1]]
        if spans and all(table.are_spaces[last + 1 : words[0]]):
            spans[-1] = CharacterSpan(spans[-1].begin, end)
        else:
            spans.append(CharacterSpan(table.begins[words[0]], end))
        last = stop - 1
    return tuple(spans)


def _is_subject_matter(mention: Mention) -> bool:
    """Tell whether a claim can be about the mention: an actor with a name, or described as somebody's ("its officials")."""
    if mention.type == "Place":
        # A seat of power that does something stands for who governs from it.
        return mention.is_subject and mention.kind == "name"
    return mention.kind != "nominal" or mention.affiliation is not None


def _find_about(content: Spans, named: Sequence[tuple[int, int, Mention]]) -> tuple[str, ...]:
    """Return the ids of the mentions within the content, in order of text; `named` is in order of begin."""
    return tuple(
        mention.id
        for begin, end in content
        for at, _, mention in islice(named, bisect_left(named, (begin,)), bisect_left(named, (end,)))
        if at >= begin and mention.spans[-1].end <= end
    )
