"""How often Python looks for reference cycles during a build, which makes millions of objects and few cycles."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Objects made and not freed between two looks at the youngest ones; such looks between two at the middle ones, and those between
#: two at all. With Python's 2,000, 10 and 10, looking takes a tenth of the time in which documents are stored and compared.
_THRESHOLDS = (100_000, 50, 100)


def collect_rarely() -> None:
    """Have this process look for cycles rarely from now on."""
    gc.set_threshold(*_THRESHOLDS)


@contextmanager
def collecting_rarely() -> Iterator[None]:
    """Have this process look for cycles rarely while the context lasts."""
    before = gc.get_threshold()
    collect_rarely()
    try:
        yield
    finally:
        gc.set_threshold(*before)
