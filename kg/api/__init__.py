"""A store in Python, for notebooks and scripts: `kg.open(path)`."""
