"""The trained attribution extractor: what it is shown of each token, the labeller, decoding, and how it corrects the rules."""
