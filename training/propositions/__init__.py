"""Fits how sure propositions are."""
