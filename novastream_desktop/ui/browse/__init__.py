"""The quick preview and the context menu of a title."""
