"""How much is read before a file or record is refused: bounds on memory and time, far above any article."""

from __future__ import annotations

#: Code points of one document. The longest articles have about 100,000.
MAX_TEXT_LENGTH = 2_000_000

#: Bytes of a plain text file: no encoding takes more than four for a code point.
MAX_TEXT_BYTES = 4 * MAX_TEXT_LENGTH + 4

#: Bytes of a page or feed, which is parsed as a whole, at about ten times its size in memory.
MAX_MARKUP_BYTES = 16 * 1024 * 1024

#: Elements of a page: extraction takes about 50 microseconds for each.
MAX_ELEMENTS = 200_000

#: Bytes of one line of JSON, and code points of one cell of a table: a text with every character escaped, and room for metadata.
MAX_RECORD_LENGTH = 6 * MAX_TEXT_LENGTH + 1_000_000

#: Bytes of standard input that are looked at to tell its format.
SNIFF_LENGTH = 65_536
