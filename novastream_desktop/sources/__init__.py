"""Sources: every way to play something, checked and ranked."""

from novastream_desktop.sources._expiry import expiry_of, is_expired
from novastream_desktop.sources._health import TorrentHealth
from novastream_desktop.sources._identity import info_hash_of, key_of
from novastream_desktop.sources._rank import HEIGHTS, WEIGHTS, paired, rank
from novastream_desktop.sources._service import (
    ProviderOutcome,
    ProviderStatus,
    Resolution,
    SourceService,
)

__all__ = [
    "HEIGHTS",
    "WEIGHTS",
    "ProviderOutcome",
    "ProviderStatus",
    "Resolution",
    "SourceService",
    "TorrentHealth",
    "expiry_of",
    "info_hash_of",
    "is_expired",
    "key_of",
    "paired",
    "rank",
]
