"""JSON Lines: one object a line, read line by line in bounded memory."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import BinaryIO

from kg.errors import DocumentRefusedError
from kg.read.columns import to_record
from kg.read.limits import MAX_RECORD_LENGTH
from kg.read.record import Record

_CHUNK = 1_048_576


def read_jsonl(stream: BinaryIO, path: str) -> Iterator[Record | DocumentRefusedError]:
    """Yield, for each line that is not blank, its record or the reason why it has none.

    The text is the JSON string's value, verbatim. Lines are UTF-8, as JSON Lines demands; a byte order mark
    in front of the first one is passed over. A broken line counts as a record, so that mending it moves no other.
    """
    number = 0
    for line, raw in _find_lines(stream):
        if raw is not None and not raw.strip():
            continue
        number += 1
        if raw is None:
            problem = f"the line has more than {MAX_RECORD_LENGTH:,} bytes; split it into one object a line"
            yield DocumentRefusedError(path, problem, line)
            continue
        try:
            yield to_record(_parse(raw, path, line), path, number, line)
        except DocumentRefusedError as error:
            yield error


def _find_lines(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """Yield each line with its 1-based number; None for one that is over the limit, which is passed over in pieces."""
    line = 0
    while raw := stream.readline(MAX_RECORD_LENGTH + 1):
        line += 1
        if line == 1:
            raw = raw.removeprefix(codecs.BOM_UTF8)
        if len(raw) > MAX_RECORD_LENGTH and not raw.endswith(b"\n"):
            while (rest := stream.readline(_CHUNK)) and not rest.endswith(b"\n"):
                pass
            yield line, None
        else:
            yield line, raw


def _parse(raw: bytes, path: str, line: int) -> dict[str, object]:
    try:
        value = json.loads(raw.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise DocumentRefusedError(
            path, f"byte {error.start + 1} of the line is not UTF-8; save the file as UTF-8", line
        ) from error
    except json.JSONDecodeError as error:
        raise DocumentRefusedError(path, f"is not JSON ({error.msg} at column {error.colno}); correct the line", line) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits; brackets nested by the thousand
        raise DocumentRefusedError(path, "is JSON beyond any use (nested too deep, or a number too long)", line) from error
    if not isinstance(value, dict):
        raise DocumentRefusedError(path, f"must be a JSON object, not {type(value).__name__}", line)
    return value
