"""Texts as vectors whose cosine tells how near they are in meaning; what extraction and queries share."""
