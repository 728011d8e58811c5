"""Bytes to documents: formats, encodings, metadata and marked zones. The text is never rewritten."""
