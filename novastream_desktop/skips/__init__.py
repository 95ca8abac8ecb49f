"""Skips."""
