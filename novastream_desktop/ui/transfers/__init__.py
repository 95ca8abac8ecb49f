"""The transfers page."""
