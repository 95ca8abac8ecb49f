"""The command line. Nothing heavy is imported before a command needs it."""

from novastream_desktop.cli._run import run

__all__ = ["run"]
