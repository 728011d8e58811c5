"""Training of the reader of frames, and the labelled sentences that it learns from."""
