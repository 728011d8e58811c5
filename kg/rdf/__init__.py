"""Model objects to quads, and the ontology's own files to quads and frames."""
