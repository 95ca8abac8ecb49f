"""What a request for sources is answered with, and how long its parts may take."""

from __future__ import annotations

from typing import NamedTuple

from novastream_desktop.runtime import Clock
from novastream_desktop.sources._asking import Panel
from novastream_desktop.sources._checks import Prober
from novastream_desktop.sources._memory import SourceMemory

CHECK_WAIT = 2.5
"""Seconds that a complete answer waits for checks still running."""
LATEST = 0.1
"""Seconds after the providers' time-out when no check is waited for any more."""
STALE_WAIT = 0.6
"""Seconds without any source after which the last good answer is shown."""
RECALL_WAIT = 1.0
"""Seconds that memory may take; the list is put in order when it is there."""


class Means(NamedTuple):
    """What a request is answered with."""

    panel: Panel
    prober: Prober
    memory: SourceMemory
    clock: Clock
    timeout: float
    check_wait: float = CHECK_WAIT
    stale_wait: float = STALE_WAIT
