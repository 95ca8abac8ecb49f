"""Watch progress, kept on disk. `open_progress_store` loads TinyDB when it is called."""

from novastream_desktop.progress._open import OpenedProgressStore, open_progress_store
from novastream_desktop.progress.base import Copies, Copy, Library, ProgressStore

__all__ = [
    "Copies",
    "Copy",
    "Library",
    "OpenedProgressStore",
    "ProgressStore",
    "open_progress_store",
]
