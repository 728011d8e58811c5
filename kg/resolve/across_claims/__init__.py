"""Claims compared over documents: which say or deny the same, and which report one utterance."""
