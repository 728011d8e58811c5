"""Training of the stance classifier that `kg.extract.learned.stance` runs."""
