"""Training of the attribution labeller that `kg.extract.learned` runs."""
