"""Names of persons that the recogniser took for those of organisations or places."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.names import fold_name, split_name_parts, split_person_name
from kg.resolve.registry import Registry
from kg.resolve.view import View

_BODIES = frozenset({"Organisation", "Place", "Group"})
_TOLD = frozenset({"male", "female"})
#: A word of a person's name: "Millar", "O'Neal", "McClintock", "Gagnon-Tremblay", "J."
_WORD = re.compile(r"(?:[^\W\d_]['’])?[^\W\d_][^\W\d_A-Z]*(?:[A-Z-][^\W\d_]+)*\.?")
#: What only persons have or do, right behind a name: "Halder's wife", "Halder graduated".
_HUMAN = re.compile(
    r"(?:[’']s?\s+(?:(?:first|second|third|late|older|younger|elder|future|then)\s+)*(?:father|mother|wife|husband|son|daughter|"
    r"brother|sister|parents|widow|death|birth|childhood|girlfriend|boyfriend|marriage|face|eyes|voice)"
    r"|\s+(?:(?:then|also|later|once|never|has|had)\s+)*(?:married|marries|was born|died|dies|graduated|smiled|laughed|wept|"
    r"cried|nodded|whispered|grew up|attended|studied|divorced|remarried|"
    r"was raised|auditioned|starred|co-starred|sang|kissed|kisses|"
    r"fell in love|falls in love|confesses|is killed|was murdered|is murdered|was buried|was educated|was married))\b"
)
_MOST_WORDS = 3
#: "he" is looked for in the sentence of the name and in the one behind it.
_SENTENCES = 1


def find_misread_persons(view: View, registry: Registry, is_body: Callable[[Mention], bool]) -> set[str]:
    """Return the ids of mentions whose name is a person's though their type says otherwise.

    Only names that look like a person's, that nobody knows and that have neither an article nor a preposition of place
    in front are considered. A name is a person's where it begins with a given name or with "Mr" or "Ms", where the text
    elsewhere has it in a person's name, where it marries, dies or has a wife, or where "he" or "she" follows and nobody else
    is there to be meant.

    Args:
        view: the document.
        registry: given names.
        is_body: tells whether a name is known as a body's.
    """
    doubtful = [m for m in view.extraction.mentions if _is_doubtful(m) and not view.is_determined(m) and not is_body(m)]
    if not doubtful:
        return set()
    known = _list_name_parts(view)
    told = {
        fold_name(m.name) for m in doubtful if _is_told(m, registry, known) or _HUMAN.match(view.document.text, m.spans[-1].end)
    }
    told |= _find_by_pronouns(view, doubtful, told)
    parts = {part for name in told for part in split_person_name(name)[:: max(1, len(name.split()) - 1)]}
    return {m.id for m in doubtful if (key := fold_name(m.name)) in told or key in parts}


def _is_doubtful(mention: Mention) -> bool:
    if mention.kind != "name" or mention.by != "ner" or mention.type not in _BODIES:
        return False
    words = mention.name.split()
    return len(words) <= _MOST_WORDS and all(_WORD.fullmatch(word) for word in words)


def _list_name_parts(view: View) -> set[str]:
    """Return first and last words of the names that are persons', folded, and those names themselves."""
    parts: set[str] = set()
    for mention in view.extraction.mentions:
        if mention.type == "Person" and mention.kind == "name":
            tokens = split_person_name(mention.name)
            parts.update((" ".join(tokens), " ".join(split_name_parts(mention.name)), *tokens[:1], *tokens[-1:]))
    return parts


def _is_told(mention: Mention, registry: Registry, known: set[str]) -> bool:
    name, title = registry.strip_title(mention.name)
    is_addressed = bool(title) and registry.tell_gender(title=title) != "unknown"
    is_known = fold_name(mention.name) in known or " ".join(split_name_parts(mention.name)) in known
    first = name.split()[0]
    return is_addressed or is_known or registry.is_given_name(first) or registry.is_given_name(first.split("-")[0])


def _find_by_pronouns(view: View, doubtful: list[Mention], told: set[str]) -> set[str]:
    """Return the names of those who alone can be meant by a "he" or "she" near behind them; subjects go first."""
    identifiers = {m.id for m in doubtful}
    found: set[str] = set()
    recent: list[Mention] = []
    for mention in sorted((m for m in view.extraction.mentions if m.spans), key=lambda m: view.begins[m.id]):
        recent = [m for m in recent if mention.sentence - m.sentence <= _SENTENCES]
        if mention.kind == "pronoun" and mention.gender in _TOLD:
            has_person = any(m.id not in identifiers or fold_name(m.name) in told for m in recent)
            if recent and not has_person and not mention.is_quoted:
                subjects = [m for m in recent if m.is_subject] or recent
                found.add(fold_name(subjects[-1].name))
        elif mention.id in identifiers or (mention.type == "Person" and mention.kind in {"name", "nominal"}):
            recent.append(mention)
    return found
