"""Names of states and cities that persons of the document bear: "Ruth Holland ... Holland said"."""

from __future__ import annotations

from collections.abc import Callable

from kg.model.mention import Mention
from kg.resolve.names import clean_name, fold_name
from kg.resolve.registry import Registry
from kg.resolve.view import View

_OF_PLACES = frozenset({"of", "from", "in", "at", "near", "across", "into", "inside", "outside"})


def find_borne(view: View, registry: Registry, is_spoken_of: Callable[[str], bool]) -> set[str]:
    """Return the ids of one-word mentions that name a person whom the document names in full.

    What is typed as a person's name may stand anywhere; another name must follow the full one, and neither stand as a
    place does ("Holland's minister") nor elsewhere in the text ("in Holland"). A first name means the state again where
    the text speaks of that state.

    Args:
        view: the document.
        registry: titles in front of names.
        is_spoken_of: tells whether the document speaks, by another name, of what a name means in the registry.
    """
    surnames: dict[str, int] = {}
    first_names: dict[str, int] = {}
    for mention in view.extraction.mentions:
        words = registry.strip_title(clean_name(mention.name))[0].split()
        if mention.type == "Person" and mention.kind == "name" and len(words) > 1:
            for table, word in ((surnames, words[-1]), (first_names, words[0])):
                key = fold_name(word)
                table[key] = min(table.get(key, view.begins[mention.id]), view.begins[mention.id])
    others = (mention for mention in view.extraction.mentions if mention.type != "Person")
    placed = {fold_name(clean_name(mention.name)) for mention in others if _is_placed(mention, view)}
    found: set[str] = set()
    for mention in view.extraction.mentions:
        name = clean_name(mention.name)
        if mention.kind not in {"name", "demonym"} or not mention.spans or " " in name:
            continue
        key = fold_name(name)
        begin = surnames.get(key)
        if begin is None and not is_spoken_of(name):
            begin = first_names.get(key)
        if begin is not None and (
            mention.type == "Person" or (key not in placed and begin < view.begins[mention.id] and _may_be_person(mention, view))
        ):
            found.add(mention.id)
    return found


def _is_placed(mention: Mention, view: View) -> bool:
    return bool(mention.spans) and mention.kind == "name" and view.is_located(mention)


def _may_be_person(mention: Mention, view: View) -> bool:
    if view.is_determined(mention) or mention.id in view.affiliated_to:
        return False
    if mention.kind == "demonym" and not mention.is_subject:
        return False
    return not (mention.role == "oblique" and mention.preposition in _OF_PLACES)
