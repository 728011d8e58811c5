"""The objects that stages hand to each other: frozen, typed, without RDF and without spaCy."""
