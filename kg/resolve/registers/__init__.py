"""Other people's registers of actors: readers, and an index on disk that the registry falls back to."""
