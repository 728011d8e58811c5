"""Questions to the store: the named queries in `queries/`, people's own SPARQL, and the evidence behind an answer."""
