"""Sources: every way to play something, checked and ranked."""

from novastream_desktop.sources._expiry import expiry_of, is_expired
from novastream_desktop.sources._health import TorrentHealth
from novastream_desktop.sources._identity import info_hash_of, key_of
from novastream_desktop.sources._memory import SourceMemory
from novastream_desktop.sources._points import WEIGHTS
from novastream_desktop.sources._rank import paired, rank
from novastream_desktop.sources._resolution import ProviderOutcome, ProviderStatus, Resolution
from novastream_desktop.sources._service import SourceService

__all__ = [
    "WEIGHTS",
    "ProviderOutcome",
    "ProviderStatus",
    "Resolution",
    "SourceMemory",
    "SourceService",
    "TorrentHealth",
    "expiry_of",
    "info_hash_of",
    "is_expired",
    "key_of",
    "paired",
    "rank",
]
