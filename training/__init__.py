"""Programs that train the weights the project ships; they need more than the project itself (requirements.lock here)."""
