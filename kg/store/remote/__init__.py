"""Stores behind the SPARQL 1.1 Protocol: pushing to them and querying them."""
