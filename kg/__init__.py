"""Sayso: who says what about whom.

Reads news and turns it into RDF: attributed claims, political events and posts, each one traceable to
the characters of its sentence. Data flows one way through the sub-packages:
read, annotate, extract, resolve, rdf, store, query, then analyse, export and serve.

In Python, `kg.open(path)` gives a store to be questioned and `kg.annotate_text(text)` what is found in a text.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.api.store import open_store as open  # noqa: A004 - as webbrowser, tarfile and gzip have it
    from kg.api.texts import annotate_text

__version__ = "0.1.0"
__all__ = ["__version__", "annotate_text", "open"]

# Which thread adds what changes the last digit of a sum. It counts if NumPy is not loaded yet, and does not overrule people.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


def __getattr__(name: str) -> Any:
    """Load what stands for a whole package when it is first asked for: the command line imports this module, too."""
    if name == "open":
        from kg.api.store import open_store  # noqa: PLC0415

        return open_store
    if name == "annotate_text":
        from kg.api.texts import annotate_text  # noqa: PLC0415

        return annotate_text
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
