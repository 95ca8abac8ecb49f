"""The sound of a file as plain samples, by a libmpv of its own, much faster than it plays."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

from novastream_desktop.errors import SourceUnavailable
from novastream_desktop.player._libmpv import import_mpv
from novastream_desktop.player._options import PROTOCOLS, string_list
from novastream_desktop.player.base import LoadRequest

RATE = 4000
"""Samples a second, 16 bit, one channel: enough to tell when somebody speaks."""
_ERROR = 4  # mpv_end_file_reason
_STEP = 0.2
_OPTIONS = {
    "vid": "no",
    "sid": "no",
    "ao": "pcm",
    "ao_pcm_waveheader": "no",
    "untimed": "yes",
    "af": "lavfi=[highpass=f=250,lowpass=f=1900]",
    "audio_samplerate": str(RATE),
    "audio_channels": "mono",
    "audio_format": "s16",
    "ytdl": "no",
    "config": "no",
    "load_scripts": "no",
    "load_unsafe_playlists": "no",
    "terminal": "no",
}


def write_sound(
    request: LoadRequest,
    file: Path,
    progress: Callable[[float], None],
    stopped: threading.Event,
) -> None:
    """Write the samples of a file's sound; blocks, so call it on a thread of its own.

    Args:
        request: what plays.
        file: where to.
        progress: is told the share that is done, on this thread.
        stopped: ends it early.

    Raises:
        SourceUnavailable: the file has no sound that can be decoded.
        PlayerUnavailable: libmpv is missing.
    """
    mpv = import_mpv()
    handle = mpv.MPV(**_OPTIONS, ao_pcm_file=str(file))
    ended = threading.Event()
    failed = threading.Event()

    def on_event(event: object) -> None:
        if event.event_id.value == mpv.MpvEventID.END_FILE:  # type: ignore[attr-defined]
            if int(event.data.reason) == _ERROR:  # type: ignore[attr-defined]
                failed.set()
            ended.set()

    try:
        handle["demuxer-lavf-o"] = {"protocol_whitelist": ",".join(PROTOCOLS)}
        handle["http-header-fields"] = string_list(f"{k}: {v}" for k, v in request.headers)
        handle.register_event_callback(on_event)
        handle.command("loadfile", request.url)
        while not ended.wait(_STEP) and not stopped.is_set():
            progress((handle.percent_pos or 0.0) / 100)
    finally:
        handle.terminate()
    if not stopped.is_set() and (failed.is_set() or not file.is_file() or not file.stat().st_size):
        raise SourceUnavailable("The sound cannot be read", hint="Shift the subtitles with G and H")
