"""NovaStream Desktop: a media player and library for what its user may watch."""

__version__ = "0.1.0"
APP_ID = "tv.novastream.Desktop"
APP_NAME = "NovaStream"
