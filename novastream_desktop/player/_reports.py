"""What mpv reports, on its way to `PlayerState`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from types import ModuleType
from typing import Any

from novastream_desktop.player._reduce import (
    FileEnded,
    PlaybackRestarted,
    PlayerEvent,
    PropertyChanged,
    reduce_player,
)
from novastream_desktop.player.base import PlayerState
from novastream_desktop.runtime import Observable, ServiceLoop

STATISTICS = (
    "estimated-vf-fps",
    "frame-drop-count",
    "decoder-frame-drop-count",
    "video-bitrate",
    "audio-bitrate",
    "video-params/pixelformat",
    "video-params/gamma",
)
_SLOW = ("time-pos", "demuxer-cache-time", *STATISTICS)
OBSERVED = (
    "time-pos",
    "demuxer-cache-time",
    "pause",
    "duration",
    "paused-for-cache",
    "seeking",
    "volume",
    "mute",
    "speed",
    "dwidth",
    "dheight",
    "track-list",
    "chapter-list",
    "sub-delay",
    "container-fps",
    "hwdec-current",
    "current-ao",
    "ab-loop-a",
    "ab-loop-b",
)
_SLOW_INTERVAL = 0.1


class Reports:
    """Carry mpv's properties and events to the service loop; the state is set there.

    mpv's thread only posts; positions are posted at most ten times a second.

    Args:
        loop: the service loop.
        mpv: python-mpv.
        sound_wanted: no sound is a fault, not what was asked for.
        loaded: called on the service loop when a file is open.

    Attributes:
        heard: a sound device was there.
    """

    def __init__(
        self,
        loop: ServiceLoop,
        mpv: ModuleType,
        *,
        sound_wanted: bool,
        loaded: Callable[[], object],
    ) -> None:
        self.state = Observable(PlayerState())
        self._loop = loop
        self._kinds: Any = mpv.MpvEventID
        self._sound_wanted = sound_wanted
        self.heard = False
        self._loaded = loaded
        self._slow: dict[str, Any] = {}
        self._flush_pending = False

    def clear(self) -> None:
        """Drop what was reported of the file that goes."""
        self._slow.clear()

    def apply(self, event: PlayerEvent) -> None:
        """Set the state after an event; on the service loop."""
        self.state.set(reduce_player(self.state.value, event))

    # -- on mpv's thread -----------------------------------------------------------------------

    def on_property(self, name: str, value: Any) -> None:
        """Take a property's new value."""
        if name == "current-ao":  # mpv falls back to null when no device opens
            self.heard = self.heard or value not in (None, "null")
            name, value = "silent", self._sound_wanted and value == "null"
        if name not in _SLOW:
            self._loop.post(self.apply, PropertyChanged(name, value))
            return
        self._slow[name] = value
        if not self._flush_pending:
            self._flush_pending = True
            self._loop.post(self._schedule_flush)

    def on_event(self, event: Any) -> None:
        """Take an event."""
        kind = event.event_id.value
        if kind == self._kinds.PLAYBACK_RESTART:
            self._loop.post(self.apply, PlaybackRestarted())
        elif kind == self._kinds.FILE_LOADED:
            self._loop.post(self._loaded)
        elif kind == self._kinds.END_FILE:
            data = event.data
            ended = FileEnded(_REASONS.get(int(data.reason), "stop"), _error_text(data))
            self._loop.post(self.apply, ended)

    # -- on the service loop -------------------------------------------------------------------

    def _schedule_flush(self) -> None:
        asyncio.get_running_loop().call_later(_SLOW_INTERVAL, self._flush)

    def _flush(self) -> None:
        self._flush_pending = False
        slow, self._slow = self._slow, {}
        state = self.state.value
        for name, value in slow.items():
            state = reduce_player(state, PropertyChanged(name, value))
        self.state.set(state)


_REASONS = {0: "eof", 2: "stop", 3: "quit", 4: "error", 5: "redirect"}


def _error_text(data: Any) -> str:
    code = int(getattr(data, "error", 0) or 0)
    if code >= 0:
        return ""
    return _ERRORS.get(code, f"mpv error {code}")


_ERRORS = {
    -13: "the address could not be opened",
    -14: "sound output could not be started",
    -15: "video output could not be started",
    -16: "there is nothing to play in it",
    -17: "the format is not known",
}
