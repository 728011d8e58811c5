"""The sentence encoder made from the published network."""
