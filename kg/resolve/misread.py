"""Names of persons that the recogniser took for those of organisations or places."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.names import fold_name, split_name_parts, split_person_name
from kg.resolve.registry import Registry
from kg.resolve.salience import is_bound, may_follow
from kg.resolve.view import View

_BODIES = frozenset({"Organisation", "Place", "Group"})
#: Rules that go by the recogniser and by "in" or "near" in front alone.
_GUESSED = frozenset({"ner", "locative", "repeated-place"})
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
    owners = {fold_name(m.name) for m in doubtful if m.id in view.affiliated_to}
    known = _list_name_parts(view)
    told = {
        fold_name(m.name) for m in doubtful if _is_told(m, registry, known) or _HUMAN.match(view.document.text, m.spans[-1].end)
    }
    # What has an office or people of its own is no person, whoever "he" is.
    told |= _find_by_pronouns(view, registry, [m for m in doubtful if fold_name(m.name) not in owners], told)
    parts = {part for name in told for part in split_person_name(name)[:: max(1, len(name.split()) - 1)]}
    return {m.id for m in doubtful if (key := fold_name(m.name)) in told or key in parts}


def _is_doubtful(mention: Mention) -> bool:
    if mention.kind != "name" or mention.by not in _GUESSED or mention.type not in _BODIES:
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


def _find_by_pronouns(view: View, registry: Registry, doubtful: list[Mention], told: set[str]) -> set[str]:
    """Return the names of those whom a "he" or "she" near them means, where grammar or the lack of others tells.

    The pronoun's sentence, and the one in front, name no other person of its gender; or the name is the subject of the
    clause in which the pronoun possesses something, with no such person between; or the subject of the sentence in
    front while the pronoun is that of the next one and no such person is a subject there; or the subject that follows
    the phrase or clause of the pronoun ("After his return, Dolny left").
    """
    identifiers = {m.id for m in doubtful if fold_name(m.name) not in told}
    ordered = sorted((m for m in view.extraction.mentions if m.spans), key=lambda m: view.begins[m.id])
    kept = [m for m in ordered if m.id in identifiers or _is_person(m, identifiers, told) or m.gender in _TOLD]
    found: set[str] = set()
    for place, pronoun in enumerate(kept):
        if pronoun.kind != "pronoun" or pronoun.is_quoted:
            continue
        near = _collect_near(kept, place, registry)
        chosen = _choose_near(pronoun, near, identifiers) or _choose_behind(kept, place, near, identifiers)
        if chosen is not None:
            found.add(fold_name(chosen.name))
    return found


def _is_person(mention: Mention, identifiers: set[str], told: set[str]) -> bool:
    if mention.id in identifiers or mention.kind not in {"name", "nominal"}:
        return False
    return mention.type == "Person" or (mention.kind == "name" and fold_name(mention.name) in told)


def _collect_near(kept: list[Mention], place: int, registry: Registry) -> list[Mention]:
    """Return the names in front of a pronoun, in its sentence or the one before, that it may mean by gender, nearest first."""
    pronoun = kept[place]
    near: list[Mention] = []
    for mention in reversed(kept[:place]):
        if pronoun.sentence - mention.sentence > _SENTENCES:
            break
        if mention.kind != "pronoun" and _may_be(mention, pronoun, registry):
            near.append(mention)
    return near


def _may_be(mention: Mention, pronoun: Mention, registry: Registry) -> bool:
    gender = mention.gender
    if gender == "unknown" and mention.kind == "name":
        name, title = registry.strip_title(mention.name)
        gender = registry.tell_gender(name.split()[0] if " " in name else "", title=title)
    return gender in {"unknown", pronoun.gender} and mention.number != "plural" and not is_bound(mention, pronoun)


def _choose_near(pronoun: Mention, near: list[Mention], identifiers: set[str]) -> Mention | None:
    """Return the doubtful name in front that a pronoun means; None where somebody else may be meant."""
    doubtful = [m for m in near if m.id in identifiers]
    if not doubtful:
        return None
    if len(doubtful) == len(near):
        return next((m for m in doubtful if m.is_subject), doubtful[0])
    if near[0].id in identifiers and pronoun.role == "possessive" and near[0].is_subject and _share_clause(near[0], pronoun):
        return near[0]
    subjects = [m for m in near if m.is_subject and m.sentence == pronoun.sentence - 1]
    inside = [m for m in near if m.sentence == pronoun.sentence]
    if pronoun.is_subject and not inside and subjects and all(m.id in identifiers for m in subjects):
        return subjects[0]
    return None


def _share_clause(left: Mention, right: Mention) -> bool:
    return bool(left.clauses) and left.clauses[:1] == right.clauses[:1]


def _choose_behind(kept: list[Mention], place: int, near: list[Mention], identifiers: set[str]) -> Mention | None:
    """Return the doubtful subject right behind the phrase that holds a pronoun at the head of its sentence."""
    pronoun = kept[place]
    if any(m.sentence == pronoun.sentence for m in near) or place + 1 == len(kept):
        return None
    behind = next((m for m in kept[place + 1 :] if m.kind != "pronoun"), None)
    is_meant = behind is not None and behind.id in identifiers and behind.is_subject and may_follow(behind, pronoun)
    return behind if is_meant else None
