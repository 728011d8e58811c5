"""Files for other programs and for people: RDF, GEXF, GraphML, CSV and one HTML page."""
