"""Fitting of the ranker that `kg.resolve.ranker` reads."""
