"""Networks of actors: projections of the graph, measures over them, paths through them."""
