"""Builds: the stages joined into one run, `run`, and what is found in documents without a store, `annotation`."""
