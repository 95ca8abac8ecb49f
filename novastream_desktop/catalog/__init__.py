"""The catalogue: rows of the home page, search, title pages, pictures, and the page on disk."""

from novastream_desktop.catalog._editorial import EditorialList, load_lists
from novastream_desktop.catalog._identity import distinct, keys_of
from novastream_desktop.catalog._rows import EDITORIAL, compose
from novastream_desktop.catalog._service import CatalogService
from novastream_desktop.catalog.art import ArtStore
from novastream_desktop.catalog.snapshot import BUNDLED_ROWS, load_snapshot, save_snapshot

__all__ = [
    "BUNDLED_ROWS",
    "EDITORIAL",
    "ArtStore",
    "CatalogService",
    "EditorialList",
    "compose",
    "distinct",
    "keys_of",
    "load_lists",
    "load_snapshot",
    "save_snapshot",
]
