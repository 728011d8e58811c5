"""The language of a text whose metadata does not give it."""

from __future__ import annotations

from functools import cache
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


def guess_language(text: str) -> str | None:
    """Return the ISO 639-1 code of the text's language; None for fewer than 40 letters.

    The first 4,000 characters decide. Method: Lui and Baldwin 2012 (langid.py), as py3langid.
    """
    sample = text[:_SAMPLE_LENGTH]
    if sum(c.isalpha() for c in sample) < MIN_LETTERS:
        return None
    language: str = _load_identifier().classify(sample)[0]
    return language


@cache
def _load_identifier() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415  (0.7 s)

    identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
    identifier.set_languages(LANGUAGES)
    return identifier
