"""Bytes to text: byte order mark, declared charset, UTF-8, then the charset that fits the non-ASCII parts best."""

from __future__ import annotations

import codecs
import re

from kg.errors import DocumentRefusedError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: What pages that declare the left mean, by the WHATWG Encoding Standard.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}
_CONTROL = re.compile("[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
#: A text has a stray control character now and then; a binary file has them in every line.
_CONTROL_RATIO = 0.05
_CONTROL_COUNT = 8
_NON_ASCII = re.compile(rb"[\x00-\x7f]{0,40}[\x80-\xff]+[\x00-\x7f]{0,40}")
_SAMPLE_LENGTH = 32_768


def decode(data: bytes, path: str, declared: str | None = None) -> str:
    """Return the text of a file, without its byte order mark and otherwise verbatim (line ends too).

    Args:
        data: the whole file; empty gives "".
        path: for the message.
        declared: a charset that the file or its carrier names; ignored where Python has none of that name
            or the bytes do not fit it.

    Raises:
        DocumentRefusedError: the bytes are no text, or in no encoding that can be told.
    """
    for mark, name in _MARKS:
        if data.startswith(mark):
            try:
                return _check_control(data[len(mark) :].decode(name), path)
            except UnicodeDecodeError as error:
                problem = f"begins as {name.upper()} but byte {error.start + len(mark)} is not; save it as UTF-8"
                raise DocumentRefusedError(path, problem) from error
    if b"\0" in data:
        raise DocumentRefusedError(path, "is binary, not text (it holds NUL bytes)")
    named = _find_codec(declared)
    for codec in (*([named] if named else []), "utf-8"):
        text = _try_codec(data, codec)
        if text is not None:
            return _check_control(text, path)
    for codec in guess_charsets(data):
        text = _try_codec(data, codec)
        if text is not None:
            return _check_control(text, path)
    raise DocumentRefusedError(path, "is not text in any known encoding; save it as UTF-8")


def guess_charsets(data: bytes) -> list[str]:
    """Return names of codecs that may have written the bytes, the best first; empty where none fits.

    Only the surroundings of non-ASCII bytes are looked at: one accent in a long English text says as much as in
    a short one. Windows-1252 comes before a charset that fits no better, since it is by far the most frequent.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415  (0.1 s, only for files that are not UTF-8)

    sample = bytearray()
    for match in _NON_ASCII.finditer(data):
        sample += match[0][:4096]
        if len(sample) >= _SAMPLE_LENGTH:
            break
    matches = list(from_bytes(bytes(sample)))
    if not matches:
        return []
    names = [match.encoding for match in matches]
    is_western = any("cp1252" in match.could_be_from_charset and match.chaos <= matches[0].chaos for match in matches)
    return ["cp1252", *names] if is_western else names


def _find_codec(name: str | None) -> str | None:
    if not name:
        return None
    try:
        found = codecs.lookup(name.strip().lower()).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(found, found)


def _try_codec(data: bytes, name: str) -> str | None:
    try:
        return data.decode(name)
    except (UnicodeError, LookupError):  # a codec that is not for text ("hex") is a LookupError
        return None


def _check_control(text: str, path: str) -> str:
    count = sum(1 for _ in _CONTROL.finditer(text))
    if count > _CONTROL_COUNT and count > _CONTROL_RATIO * len(text):
        raise DocumentRefusedError(path, f"is binary, not text ({count} of {len(text)} characters are control characters)")
    return text
