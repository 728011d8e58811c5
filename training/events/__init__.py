"""Trains what codes events."""
