"""HTTP on this machine alone: a read-only SPARQL endpoint and a page that says what can be asked."""
