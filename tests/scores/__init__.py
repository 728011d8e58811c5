"""Scoring programs, one a benchmark: `python -m tests.scores.NAME --data PATH [--predictions OUT.jsonl] [--cross-validate]`."""
