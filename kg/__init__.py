"""Sayso: who says what about whom.

Reads news and turns it into RDF: attributed claims, political events and posts, each one traceable to
the characters of its sentence. Data flows one way through the sub-packages:
read, annotate, extract, resolve, rdf, store, query, then analyse, export and serve.
"""

__version__ = "0.1.0"
