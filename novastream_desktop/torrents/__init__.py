"""Torrents."""
