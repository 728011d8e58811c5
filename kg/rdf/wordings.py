"""Wordings: phrases of a scheme in a short notation, as regular expressions.

| notation | stands for |
|---|---|
| `play for time` | these words, whatever case, white space, hyphens and quotation marks between them |
| `negotiat*` | any word that begins so |
| `{violate}` | the regular verb in all its forms: violate, violates, violated, violating |
| `(talks|peace talks)` | one of these; each may be of several words |
| `(more)?` | these words or none |
| `~3`, `~` | up to so many words in between, three by default |

No wording reaches over the end of a sentence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_TOKEN = re.compile(r"\{[a-z]+\}|~\d*|[()|?]|[^\s(){}|?~]+|\s+")
#: What may stand between two words of one wording: no letters, and no mark that ends a sentence.
_BETWEEN = r"[^\w.;!?]+"
_WORDS_BETWEEN = 3
_VOWELS = "aeiou"


def compile_wording(wording: str) -> str:
    """Return the regular expression of a wording; it matches whole words only.

    Raises:
        ValueError: brackets do not match, or a gap stands where no words are on both sides of it.
    """
    tokens = [match.group() for match in _TOKEN.finditer(wording.strip())]
    if "".join(tokens) != wording.strip():
        raise ValueError(f"{wording!r} has characters that no wording has")
    try:
        expression, rest = _read_choice(tokens)
    except ValueError as error:
        raise ValueError(f"{wording!r}: {error}") from error
    if rest:
        raise ValueError(f"{wording!r} has a bracket too many")
    return rf"\b{expression}\b"


def inflect_verb(verb: str) -> tuple[str, ...]:
    """Return a regular verb's forms: as given, with -s, -ed and -ing."""
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    if verb.endswith("y") and verb[-2] not in _VOWELS:
        return (verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing")
    plural = f"{verb}es" if verb.endswith(("s", "x", "z", "ch", "sh")) else f"{verb}s"
    stem = verb + verb[-1] if re.fullmatch(r"[^aeiou]*[aeiou][^aeiouwxy]", verb) else verb
    return (verb, plural, f"{stem}ed", f"{stem}ing")


def _read_choice(tokens: Sequence[str]) -> tuple[str, list[str]]:
    """Return the expression of alternatives, and the tokens from a closing bracket on."""
    branches, rest = [], list(tokens)
    while True:
        branch, rest = _read_sequence(rest)
        branches.append(branch)
        if not rest or rest[0] == ")":
            break
        rest = rest[1:]
    return (f"(?:{'|'.join(branches)})" if len(branches) > 1 else branches[0]), rest


def _read_sequence(tokens: list[str]) -> tuple[str, list[str]]:
    """Return the expression of words one after the other, and the tokens that are left."""
    parts: list[tuple[str, bool]] = []
    gaps: dict[int, int] = {}
    while tokens and tokens[0] not in {"|", ")"}:
        piece, tokens = tokens[0], tokens[1:]
        if piece.isspace():
            continue
        if piece == "(":
            inner, tokens = _read_choice(tokens)
            if not tokens:
                raise ValueError("a bracket is not closed")
            is_optional = len(tokens) > 1 and tokens[1] == "?"
            parts.append((inner, is_optional))
            tokens = tokens[2 if is_optional else 1 :]
        elif piece.startswith("~"):
            gaps[len(parts)] = int(piece[1:] or _WORDS_BETWEEN)
        else:
            parts.append((_compile_word(piece), False))
    if not parts or not all(0 < at < len(parts) for at in gaps):
        raise ValueError("a gap or an alternative has no words beside it")
    return "".join(_join(parts, gaps)), tokens


def _join(parts: Sequence[tuple[str, bool]], gaps: dict[int, int]) -> Iterator[str]:
    """Yield the parts with what stands between them; an optional part brings its separator along.

    The separator belongs to the optional parts behind the first obligatory one, and else to those in front of it.
    """
    has_begun = False
    for at, (part, is_optional) in enumerate(parts):
        between = rf"(?:{_BETWEEN}\w+){{0,{gaps[at]}}}?{_BETWEEN}" if at in gaps else _BETWEEN
        if not has_begun:
            yield f"(?:{part}{_BETWEEN})?" if is_optional else part
            has_begun = not is_optional
        elif is_optional:
            yield f"(?:{between}{part})?"
        else:
            yield between + part
    if not has_begun:
        raise ValueError("a wording has words that are not optional")


def _compile_word(token: str) -> str:
    if token.startswith("{"):
        return f"(?:{'|'.join(inflect_verb(token[1:-1]))})"
    return r"\w*".join(re.escape(piece) for piece in token.split("*"))
