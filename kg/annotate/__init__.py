"""Linguistic analysis: a document becomes a spaCy `Doc` whose tokens keep the document's offsets."""

import os

# Which thread adds what changes the last digit of a sum. It counts if NumPy is not loaded yet, and does not overrule people.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
