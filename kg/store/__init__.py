"""Quads on disk: an embedded store, its rdflib view, its dumps and its validation."""
