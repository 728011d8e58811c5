"""Which words a text must have before a regular expression can match it: what to look for before patterns are run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kg.errors import ResourceInvalidError
from kg.resources import find_resource

#: Letters of a word's beginning that are kept: more would hardly tell words apart any better.
KEY_LENGTH = 5
#: Words that stand in nearly every sentence: a pattern is better known by others of its words.
_COMMON = frozenset(
    {"a", "an", "and", "are", "as", "at", "be", "been", "being", "but", "by", "can", "could", "for", "from", "had", "has",
     "have", "he", "her", "his", "in", "into", "is", "it", "its", "may", "might", "must", "no", "not", "of", "on", "or",
     "our", "out", "shall", "she", "shoul", "that", "the", "their", "them", "they", "this", "to", "up", "us", "was", "we",
     "were", "who", "will", "with", "would", "all", "more", "made", "make", "makes", "than", "there", "these", "those"}
)  # fmt: skip
_MOST_KEYS = 120
_NOTED = "models/frames/keys.json"
_SHORTEST = 2
#: What may stand for any character of a word, and what stands for none: spaces, marks, a word's beginning or end.
_ANY, _GAP = "any", "gap"
_ESCAPED_GAPS = frozenset("bsW")
_ESCAPED_CLASSES = frozenset("wdDSB")


class _Node(NamedTuple):
    """A part of a pattern: a character, alternatives, any character, or a gap; and how often it stands."""

    sort: str
    character: str = ""
    branches: tuple[tuple[_Node, ...], ...] = ()
    is_optional: bool = False
    is_repeated: bool = False


_Branch = tuple[_Node, ...]


def find_keys(pattern: str) -> frozenset[str] | None:
    """Return beginnings of words (lower case, up to five letters), one of which is in every text that the pattern matches.

    The patterns are those of the frames scheme: groups, alternatives, character classes, counted repeats, looks ahead and
    behind; no back references.

    Returns:
        None where the pattern does not show such words.
    """
    branches, _ = _read_branches(pattern, 0)
    found = [keys for keys in (_find_branch_keys(branch) for branch in branches) if keys is not None]
    if len(found) < len(branches):
        return None
    joined = frozenset[str]().union(*found)
    return joined if len(joined) <= _MOST_KEYS else None


def _find_branch_keys(branch: _Branch) -> frozenset[str] | None:
    """Return the rarest words that the branch asks for at some place; None where it asks for none."""
    best: tuple[tuple[int, int], frozenset[str]] | None = None
    is_word_begin = False
    for at, node in enumerate(branch):
        if is_word_begin and node.sort not in {_ANY, _GAP}:
            keys = frozenset(key.rstrip("$") for key in _find_beginnings(branch[at:]))
            shortest = min((0 if key in _COMMON else len(key) for key in keys), default=0)
            if shortest >= _SHORTEST and (best is None or (shortest, -len(keys)) > best[0]):
                best = ((shortest, -len(keys)), keys)
        ends_word = _ends_in_gap(node)
        is_word_begin = (is_word_begin and ends_word) if node.is_optional and node.sort != _GAP else ends_word
    return None if best is None else best[1]


def _ends_in_gap(node: _Node) -> bool:
    """Tell whether what follows the node begins a word; a gap that may be missing does not tell."""
    if node.branches:
        return all(branch and _ends_in_gap(branch[-1]) for branch in node.branches)
    return node.sort == _GAP and not node.is_optional


def _find_beginnings(branch: _Branch) -> set[str]:
    """Return what a text may begin with where the branch matches; `$` ends one that is known to go no further."""
    begun = {""}
    for node in branch:
        if all(len(one) >= KEY_LENGTH or one.endswith("$") for one in begun):
            break
        if node.sort in {_ANY, _GAP}:
            begun = {one if one.endswith("$") else f"{one}$" for one in begun}
            continue
        heads = set[str]().union(*(_find_beginnings(inner) for inner in node.branches)) if node.branches else {node.character}
        longer = {_join(one, head) for one in begun for head in heads}
        if node.is_repeated:
            longer = {one if one.endswith("$") else f"{one}$" for one in longer}
        begun = longer | begun if node.is_optional else longer
    return {one[:KEY_LENGTH] for one in begun}


def _join(one: str, head: str) -> str:
    return one if one.endswith("$") or len(one) >= KEY_LENGTH else one + head


def _read_branches(pattern: str, at: int) -> tuple[tuple[_Branch, ...], int]:
    """Return the alternatives from a place of the pattern up to its end or closing bracket, and the place of that."""
    branches: list[_Branch] = []
    nodes: list[_Node] = []
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            branches.append(tuple(nodes))
            nodes, at = [], at + 1
            continue
        node, at = _read_node(pattern, at)
        least, most, at = _read_repeat(pattern, at)
        nodes.append(node._replace(is_optional=least == 0, is_repeated=most != 1))
    branches.append(tuple(nodes))
    return tuple(branches), at


def _read_node(pattern: str, at: int) -> tuple[_Node, int]:
    character = pattern[at]
    if character == "(":
        return _read_group(pattern, at)
    if character == "[":
        closing = pattern.index("]", at + 2)
        inner = pattern[at + 1 : closing]
        has_no_letter = inner.startswith(r"^\w") or not any(c.isalnum() or c in "^\\" for c in inner)
        return _Node(_GAP if has_no_letter else _ANY), closing + 1
    if character == "\\":
        escaped = pattern[at + 1]
        at += 2
        if escaped in _ESCAPED_CLASSES:
            return _Node(_ANY), at
        is_gap = escaped in _ESCAPED_GAPS or not escaped.isalnum()
        return (_Node(_GAP) if is_gap else _Node("character", escaped.lower())), at
    if character == ".":
        return _Node(_ANY), at + 1
    return (_Node("character", character.lower()) if character.isalnum() else _Node(_GAP)), at + 1


def _read_group(pattern: str, at: int) -> tuple[_Node, int]:
    """Return a group's alternatives; what is looked ahead or behind for is no part of what matches."""
    opening = _OPENING.match(pattern, at)
    begin = opening.end() if opening else at + 1
    branches, end = _read_branches(pattern, begin)
    is_look = opening is not None and opening.group() not in {"(", "(?:"}
    # A look stands between characters and is none: what is at a word's beginning stays there.
    return (_Node("look", branches=((),)) if is_look else _Node("group", branches=branches)), end + 1


_OPENING = re.compile(r"\((?:\?(?::|[=!]|<[=!]))?")
_REPEAT = re.compile(r"(?:([*+?])|\{(\d+)(?:(,)(\d*))?\})\??")


def _read_repeat(pattern: str, at: int) -> tuple[int, int | None, int]:
    """Return how often at least and at most (None: no limit) the node before this place stands, and the place behind."""
    found = _REPEAT.match(pattern, at)
    if found is None:
        return 1, 1, at
    sign, least, comma, most = found.groups()
    if sign:
        return (0 if sign in "*?" else 1), (1 if sign == "?" else None), found.end()
    return int(least), (int(most) if most else None) if comma else int(least), found.end()


def read_keys() -> dict[str, frozenset[str]]:
    """Return what `find_keys` gives for the patterns that are shipped, as it was noted when they were written.

    To find it takes a third of a second. Patterns that show no words are left out.

    Raises:
        ResourceInvalidError: the note cannot be read.
    """
    path = find_resource(_NOTED)
    try:
        return {pattern: frozenset(keys) for pattern, keys in json.loads(path.read_text("utf-8")).items()}
    except (OSError, ValueError, AttributeError, TypeError) as error:
        raise ResourceInvalidError(str(path), f"is no table of patterns ({error}); make train-frames makes it again") from error


def write_keys(patterns: Iterable[str]) -> str:
    """Return the text of the file that `read_keys` reads, a pattern a line, sorted."""
    found = {pattern: find_keys(pattern) for pattern in sorted(set(patterns))}
    lines = (f"{json.dumps(pattern)}: {json.dumps(sorted(keys))}" for pattern, keys in found.items() if keys is not None)
    return "{\n" + ",\n".join(lines) + "\n}\n"


def find_text_keys(words: str) -> Iterator[str]:
    """Yield the beginnings of each word of a text, of two letters up to five, in lower case: what keys are compared with."""
    for word in re.findall(r"[^\W_]+", words.lower()):
        for length in range(2, min(KEY_LENGTH, len(word)) + 1):
            yield word[:length]
