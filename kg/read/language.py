"""The language of a text whose metadata does not give it."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from typing import Any

#: Languages that news is read in. Without this bound, names in a short English text make it Latin or Esperanto.
LANGUAGES = frozenset(
    (
        "ar",
        "bg",
        "bn",
        "cs",
        "da",
        "de",
        "el",
        "en",
        "es",
        "et",
        "fa",
        "fi",
        "fr",
        "he",
        "hi",
        "hr",
        "hu",
        "id",
        "it",
        "ja",
        "ka",
        "kk",
        "ko",
        "lt",
        "lv",
        "mk",
        "nl",
        "no",
        "pl",
        "pt",
        "ro",
        "ru",
        "sk",
        "sl",
        "sq",
        "sr",
        "sv",
        "th",
        "tr",
        "uk",
        "ur",
        "vi",
        "zh",
    )
)
#: With fewer letters the answer is a guess.
MIN_LETTERS = 40
_SAMPLE_LENGTH = 4000
#: Frequent words that hardly any other of these languages has, and none of them as frequently.
# fmt: off
_ENGLISH = frozenset((
    "about", "after", "and", "are", "because", "been", "but", "could", "from", "had", "has", "have", "her", "his", "it", "its",
    "not", "of", "said", "she", "should", "that", "the", "their", "there", "they", "this", "to", "was", "were", "what", "when",
    "which", "while", "who", "will", "with", "would", "you",
))
# fmt: on
#: Least shares of such words in an English text, and in each quarter of it: one that is English in part needs the model.
_LEAST_ENGLISH, _LEAST_IN_QUARTER = 0.18, 0.1
_LEAST_WORDS = 10
#: Most letters with accents and of other alphabets, of all letters: names have some.
_MOST_FOREIGN = 0.05


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language; None for fewer than 40 letters.

    The first 4,000 characters decide. Method: a text full of the small words of English is English; of any other the
    language is that of a model of byte sequences, which is loaded then (Lui and Baldwin 2012, langid.py, as py3langid).
    """
    sample = text[:_SAMPLE_LENGTH]
    letters = "".join(filter(str.isalpha, sample))
    if len(letters) < MIN_LETTERS:
        return None
    if is_plainly_english(sample, letters):
        return "en"
    language: str = _load_identifier().classify(sample)[0]
    return language


def is_plainly_english(sample: str, letters: str) -> bool:
    """Tell whether small English words run through all of a text; False says nothing.

    Args:
        sample: the text.
        letters: its letters, one at least.
    """
    if len(letters) - len(letters.encode("ascii", "ignore")) > _MOST_FOREIGN * len(letters):
        return False
    marks = [word in _ENGLISH for word in sample.lower().split()]
    if len(marks) < _LEAST_WORDS or sum(marks) < _LEAST_ENGLISH * len(marks):
        return False
    bounds = [len(marks) * quarter // 4 for quarter in range(5)]
    return all(sum(marks[begin:end]) >= _LEAST_IN_QUARTER * (end - begin) for begin, end in pairwise(bounds))


@cache
def _load_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (0.4 s)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
