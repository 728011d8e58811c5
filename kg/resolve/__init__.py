"""Resolution: from mentions to actors, by the registry and by what the document says."""
