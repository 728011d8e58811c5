"""Encodings: mark, declaration, UTF-8, then the best guess; binary is refused."""

from __future__ import annotations

import codecs
import contextlib
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import DocumentRefusedError
from kg.read.decode import decode

SENTENCE = "“We won’t leave,” the mayor of Saint-Étienne said at a café near the harbour — twice."


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_a_byte_order_mark_tells_the_encoding_and_is_left_out(mark: bytes, name: str) -> None:
    assert decode(mark + SENTENCE.encode(name), "a.txt") == SENTENCE


def test_a_declared_charset_is_believed_where_the_bytes_fit_it() -> None:
    assert decode("Łódź".encode("iso8859-2"), "a.html", "ISO-8859-2") == "Łódź"


def test_a_page_that_declares_latin_1_means_windows_1252() -> None:
    assert decode("“No,” she said.".encode("cp1252"), "a.html", "ISO-8859-1") == "“No,” she said."


@pytest.mark.parametrize("declared", ["no-such-charset", "hex", "ascii\0", "us-ascii", ""])
def test_a_declared_charset_that_does_not_fit_is_ignored(declared: str) -> None:
    assert decode("Kyjev – Praha".encode(), "a.html", declared).endswith("Praha")


def test_windows_1252_is_told_by_its_non_ascii_parts_alone() -> None:
    text = "The talks went on for hours in a hall by the lake. " * 4000 + SENTENCE
    assert decode(text.encode("cp1252"), "a.txt") == text


def test_a_cyrillic_charset_is_told_from_windows_1252() -> None:
    text = "Министр сообщил журналистам, что переговоры продолжатся в пятницу."
    assert decode(text.encode("cp1251"), "a.txt") == text


def test_line_ends_and_control_characters_are_kept() -> None:
    text = "One\r\ntwo\rthree\x0b\x1b[0m\u202e four\u2028"
    assert decode(text.encode(), "a.txt") == text


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        random.Random(7).randbytes(5000),  # noqa: S311
        bytes(random.Random(8).choices(range(1, 256), k=5000)),  # noqa: S311
        b"word \x01\x02\x03\x04\x05\x06\x07\x08\x0e\x0f" * 50,
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00",
        codecs.BOM_UTF8 + b"\xff\xfe\xfa",
    ],
)
def test_what_is_no_text_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(DocumentRefusedError, match="picture"):
        decode(data, "picture.txt")


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=300))
def test_utf_8_is_decoded_verbatim(text: str) -> None:
    assert decode(text.encode(), "a.txt") == text.removeprefix("\ufeff")


@given(st.binary(max_size=400))
def test_any_bytes_are_decoded_or_refused(data: bytes) -> None:
    with contextlib.suppress(DocumentRefusedError):
        assert isinstance(decode(data, "a.txt"), str)
