"""Extraction: what an analysed text says, as spans and ids, before any identity is known."""
