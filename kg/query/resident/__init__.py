"""Processes that keep a store open for queries: forked from one that has it loaded, killed and replaced at their limits."""
