"""Linguistic analysis: a document becomes a spaCy `Doc` whose tokens keep the document's offsets."""
