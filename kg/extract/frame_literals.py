"""Which words a text must have before a regular expression can match it: what to look for before patterns are run."""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_ESCAPED_GAPS = frozenset("bsWdDBS")

#: A node is a literal character, a choice of branches, or None for what may be anything (classes, gaps, ends of words).
_Node = tuple["_Branch", ...] | str | None
_Branch = tuple[tuple[_Node, bool], ...]


def find_keys(pattern: str) -> frozenset[str] | None:
    """Return beginnings of words (lower case, up to five letters), one of which is in every text that the pattern matches.

    A key that is shorter than five letters and is not a whole word of the pattern is still the beginning of one. The
    patterns are those of the frames scheme: groups, alternatives, character classes, counted repeats; no back references.

    Returns:
        None where the pattern does not show such words.
    """
    branches, _ = _read_branches(pattern, 0)
    found = [keys for keys in (_find_branch_keys(branch) for branch in branches) if keys is not None]
    if len(found) < len(branches):
        return None
    joined = frozenset().union(*found)
    return joined if len(joined) <= _MOST_KEYS else None


def _find_branch_keys(branch: _Branch) -> frozenset[str] | None:
    """Return the rarest words that the branch asks for at some place; None where it asks for none."""
    best: tuple[tuple[int, int], frozenset[str]] | None = None
    is_word_begin = True
    for at, (node, is_optional) in enumerate(branch):
        if is_word_begin and node is not None and not is_optional:
            keys = frozenset(key.rstrip("$") for key in _find_beginnings(branch[at:]))
            shortest = min((0 if key in _COMMON else len(key) for key in keys), default=0)
            if shortest >= 2 and (best is None or (shortest, -len(keys)) > best[0]):
                best = ((shortest, -len(keys)), keys)
        is_word_begin = node is None
    return None if best is None else best[1]


def _find_beginnings(branch: _Branch) -> set[str]:
    """Return what a text may begin with where the branch matches; `$` ends one that is known to go no further."""
    begun = {""}
    for node, is_optional in branch:
        if all(len(one) >= KEY_LENGTH or one.endswith("$") for one in begun):
            break
        if node is None:
            begun = {one if one.endswith("$") else f"{one}$" for one in begun}
            continue
        heads = {node.lower()} if isinstance(node, str) else set().union(*(_find_beginnings(inner) for inner in node))
        longer = {_join(one, head) for one in begun for head in heads}
        begun = longer | begun if is_optional else longer
    return {one[:KEY_LENGTH] for one in begun}


def _join(one: str, head: str) -> str:
    return one if one.endswith("$") or len(one) >= KEY_LENGTH else one + head


def _read_branches(pattern: str, at: int) -> tuple[tuple[_Branch, ...], int]:
    """Return the alternatives from a place of the pattern up to its end or closing bracket, and the place of that."""
    branches: list[_Branch] = []
    nodes: list[tuple[_Node, bool]] = []
    while at < len(pattern) and pattern[at] != ")":
        if pattern[at] == "|":
            branches.append(tuple(nodes))
            nodes, at = [], at + 1
            continue
        node, at = _read_node(pattern, at)
        least, at = _read_repeat(pattern, at)
        nodes.append((node, least == 0))
        if least > 1 or (pattern[at - 1] in "*+}" and node is not None):
            nodes.append((None, True))
    branches.append(tuple(nodes))
    return tuple(branches), at


def _read_node(pattern: str, at: int) -> tuple[_Node, int]:
    character = pattern[at]
    if character == "(":
        return _read_group(pattern, at)
    if character == "[":
        closing = pattern.index("]", at + 2)
        return None, closing + 1
    if character == "\\":
        escaped = pattern[at + 1]
        return (None if escaped in _ESCAPED_GAPS or escaped == "w" else escaped), at + 2
    return (None if character in ".^$ -'" else character), at + 1


def _read_group(pattern: str, at: int) -> tuple[_Node, int]:
    """Return a group's alternatives; what is looked ahead or behind for is no part of what matches."""
    is_look = pattern[at : at + 3] in {"(?=", "(?!"} or pattern[at : at + 4] in {"(?<=", "(?<!"}
    opening = re.compile(r"\((?:\?(?::|[=!]|<[=!]))?").match(pattern, at)
    begin = opening.end() if opening else at + 1
    branches, end = _read_branches(pattern, begin)
    return (None if is_look else branches), end + 1


_REPEAT = re.compile(r"(?:([*+?])|\{(\d+)(?:,\d*)?\})\??")


def _read_repeat(pattern: str, at: int) -> tuple[int, int]:
    """Return how often at least the node before this place stands, and the place behind the repeat."""
    found = _REPEAT.match(pattern, at)
    if found is None:
        return 1, at
    sign, least = found.groups()
    return (int(least) if least else 0 if sign in "*?" else 1), found.end()


def find_text_keys(words: str) -> Iterator[str]:
    """Yield the beginnings of each word of a text, of two letters up to five, in lower case: what keys are compared with."""
    for word in re.findall(r"[^\W_]+", words.lower()):
        for length in range(2, min(KEY_LENGTH, len(word)) + 1):
            yield word[:length]
