"""Which reports, of one document or of many, tell of one event, and who reports it independently: pure functions."""
