"""Small pictures of other places in what plays, by a second libmpv on a thread of its own."""

from __future__ import annotations

import asyncio
import logging
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from urllib.parse import urlsplit

from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.net import is_loopback
from novastream_desktop.player._libmpv import import_mpv
from novastream_desktop.player._options import PROTOCOLS, string_list
from novastream_desktop.player.base import LoadRequest, Thumbnail

log = logging.getLogger(__name__)

WIDTH = 224
_FAILED = 4  # mpv_end_file_reason: error
_KEY_FRAMES = 20.0  # s between two, at most
_PATIENCE = 3.0  # s; a place that takes longer is not worth a picture
_OPTIONS = {
    "vo": "null",
    "ao": "null",
    "aid": "no",
    "sid": "no",
    "hwdec": "no",
    "pause": "yes",
    "keep_open": "yes",
    "idle": "yes",
    "hr_seek": "no",
    "cache": "no",
    "demuxer_readahead_secs": "0",
    "vd_lavc_threads": "1",
    "vd_lavc_skiploopfilter": "all",
    "vd_lavc_fast": "yes",
    "vf": f"lavfi=[scale={WIDTH}:-2:flags=fast_bilinear]",
    "ytdl": "no",
    "config": "no",
    "load_scripts": "no",
    "load_unsafe_playlists": "no",
    "sub_auto": "no",
    "audio_file_auto": "no",
    "terminal": "no",
}


def is_here(url: str) -> bool:
    """Say whether an address leads to this machine, so that a second look costs no network."""
    parts = urlsplit(url)
    if parts.scheme in {"", "file"} or len(parts.scheme) == 1:  # one letter: a Windows drive
        return True
    if parts.scheme not in {"http", "https"}:
        return False
    return is_loopback(parts.hostname or "")


class Thumbnailer:
    """Draw key frames of one file at a time. Nothing is started before the first question."""

    def __init__(self) -> None:
        self._pool: ThreadPoolExecutor | None = None
        self._handle: Any = None
        self._request: LoadRequest | None = None
        self._loaded: LoadRequest | None = None
        self._refused: LoadRequest | None = None
        self._ready = threading.Event()
        self._broken = False

    def point_to(self, request: LoadRequest | None) -> None:
        """Draw from this file from now on; None frees what was used for the last one."""
        self._request = request
        if request is None and self._pool is not None:
            self._pool.submit(self._free)

    async def draw(self, position: float) -> Thumbnail | None:
        """Return the key frame before a position; None for what is not on this machine."""
        request = self._request
        if request is None or not is_here(request.look_url or request.url):
            return None
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="thumbnails")
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._pool, self._draw, request, position)

    def close(self) -> None:
        """Free everything; blocks until a picture under way is done."""
        self._request = None
        pool, self._pool = self._pool, None
        if pool is not None:
            pool.submit(self._free)
            pool.shutdown(wait=True)

    # -- on the thread -------------------------------------------------------------------------

    def _draw(self, request: LoadRequest, position: float) -> Thumbnail | None:
        if request is not self._request or request is self._refused:
            return None  # another file plays meanwhile, or this one cannot be opened
        try:
            if self._loaded is not request:
                self._load(request)
            self._ask("seek", f"{max(0.0, position):.3f}", "absolute+keyframes")
            if request.look_url and not self._is_near(position):
                self._loaded = None  # a stream that was cut short gives nothing more
                return None
            raw = self._handle.command("screenshot-raw", "video")
        except (PlayerUnavailable, SystemError, ValueError, TypeError, OSError) as error:
            log.info("No picture of %.0f s: %s", position, error)
            if request.look_url:  # more of it may be there the next time
                self._loaded = self._refused = None
            return None
        if raw["format"] != "bgr0":
            return None
        return Thumbnail(raw["w"], raw["h"], raw["stride"], bytes(raw["data"]))

    def _is_near(self, position: float) -> bool:
        """Whether it stands at the key frame before a position, and not where its bytes end."""
        now, over = self._handle.time_pos, self._handle.eof_reached
        return now is not None and not over and abs(now - position) <= _KEY_FRAMES

    def _load(self, request: LoadRequest) -> None:
        if self._handle is None:
            module = import_mpv()
            kinds = module.MpvEventID

            def note(event: Any) -> None:
                kind = event.event_id.value
                self._broken = kind == kinds.END_FILE and int(event.data.reason) == _FAILED
                if self._broken or kind == kinds.PLAYBACK_RESTART:
                    self._ready.set()

            self._handle = module.MPV(**_OPTIONS)
            self._handle["stream-lavf-o"] = {"reconnect": "0"}  # what is cut short stays so
            self._handle["demuxer-lavf-o"] = {"protocol_whitelist": ",".join(PROTOCOLS)}
            self._handle.register_event_callback(note)
        self._loaded, self._refused = None, request
        self._handle["http-header-fields"] = string_list(f"{k}: {v}" for k, v in request.headers)
        self._ask("loadfile", request.look_url or request.url, "replace")
        self._loaded, self._refused = request, None

    def _ask(self, *command: str) -> None:
        self._ready.clear()
        self._handle.command(*command)
        if not self._ready.wait(_PATIENCE) or self._broken:
            raise OSError("it cannot be read, or not in time")

    def _free(self) -> None:
        handle, self._handle, self._loaded = self._handle, None, None
        if handle is not None:
            handle.terminate()
