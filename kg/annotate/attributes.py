"""Parts of speech and exceptional lemmas by the pipeline's own rules, each of which is tried on each kind of token once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

from spacy.language import Language
from spacy.matcher import Matcher
from spacy.pipeline import AttributeRuler
from spacy.tokens import Doc
from spacy.vocab import Vocab

#: The name under which a pipeline's configuration asks for this component.
FACTORY = "kg_attribute_ruler"
#: Of a token, all that rules on one token may look at to be tried on its kind; the word in lower case tells white space.
_KNOWN = frozenset({"TAG", "LOWER", "DEP", "IS_SPACE"})
#: Kinds of tokens that are remembered; news has some thousands.
_MOST_KINDS = 50_000


class QuickAttributeRuler(AttributeRuler):
    """Does what spaCy's component does, in a tenth of the time: that one tries some two hundred rules on every token.

    Rules that look at several tokens, or at anything else of a token than its tag, its word in lower case and its
    dependency label, are tried everywhere as before.
    """

    def __init__(self, vocab: Vocab, name: str = FACTORY, **settings: Any) -> None:
        """Begin without rules; the settings are those of `AttributeRuler`."""
        super().__init__(vocab, name, **settings)
        self._forget()

    def clear(self) -> None:
        """Forget all patterns."""
        super().clear()
        self._forget()

    def add(self, patterns: Iterable[list[dict[Any, Any]]], attrs: dict[Any, Any], index: int = 0) -> None:
        """Add patterns; see `AttributeRuler.add`."""
        super().add(patterns, attrs, index=index)
        self._forget()

    def _forget(self) -> None:
        self._on_kinds: Matcher | None = None
        self._on_tokens: Matcher | None = None
        self._matches: dict[tuple[int, int, int], tuple[tuple[int, int], ...]] = {}

    def match(self, doc: Doc) -> list[tuple[int, int, int, int]]:
        """Return the rules that match in a tagged and parsed doc, as (rule, its id, start, end), sorted."""
        if self._on_kinds is None or self._on_tokens is None:
            self._on_kinds, self._on_tokens = self._part_rules()
        found = [(int(self.vocab.strings[rule]), rule, start, end) for rule, start, end in _run(self._on_tokens, doc)]
        for at, kind in enumerate(doc.to_array(["TAG", "LOWER", "DEP"]).tolist()):
            found.extend([(number, rule, at, at + 1) for number, rule in self._match_kind(self._on_kinds, doc, at, tuple(kind))])
        found.sort()
        return found

    def _match_kind(self, matcher: Matcher, doc: Doc, at: int, kind: tuple[int, int, int]) -> tuple[tuple[int, int], ...]:
        """Return the rules (number, id) on one token that match a token of this kind, which `at` is."""
        known = self._matches.get(kind)
        if known is None:
            if len(self._matches) >= _MOST_KINDS:
                self._matches.clear()
            rules = {rule for rule, _, _ in _run(matcher, doc[at : at + 1])}
            known = self._matches[kind] = tuple((int(self.vocab.strings[rule]), rule) for rule in rules)
        return known

    def _part_rules(self) -> tuple[Matcher, Matcher]:
        """Return the rules that can be tried on kinds of tokens, and the others."""
        parts = Matcher(self.vocab, validate=self.validate), Matcher(self.vocab, validate=self.validate)
        for number, rule in enumerate(self.patterns):
            patterns = cast("list[list[dict[str, Any]]]", rule["patterns"])
            on_kinds = all(len(pattern) == 1 and pattern[0].keys() <= _KNOWN for pattern in patterns)
            parts[0 if on_kinds else 1].add(str(number), patterns)
        return parts


def _run(matcher: Matcher, tokens: Any) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = matcher(tokens, allow_missing=True, as_spans=False) if len(matcher) else []
    return found


@Language.factory(FACTORY, default_config={"validate": False, "scorer": {"@scorers": "spacy.attribute_ruler_scorer.v1"}})
def make_attribute_ruler(nlp: Language, name: str, *, validate: bool, scorer: Callable[..., Any] | None) -> QuickAttributeRuler:
    """Return the component without rules: a pipeline that is loaded brings its own."""
    return QuickAttributeRuler(nlp.vocab, name, validate=validate, scorer=scorer)
