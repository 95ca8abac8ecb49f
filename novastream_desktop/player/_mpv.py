"""libmpv behind the `Player` protocol."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.player._libmpv import import_mpv
from novastream_desktop.player._reduce import (
    FileEnded,
    LoadAsked,
    PlaybackRestarted,
    PlayerEvent,
    PropertyChanged,
    StopAsked,
    reduce_player,
)
from novastream_desktop.player.base import (
    ExternalSubtitle,
    LoadRequest,
    PlayerState,
    TrackKind,
    VideoRenderer,
)
from novastream_desktop.runtime import Observable, ServiceLoop

log = logging.getLogger(__name__)

PROTOCOLS = ("file", "http", "https", "httpproxy", "tcp", "tls", "crypto", "data", "hls", "subfile")
"""What a playlist may lead to; nothing that reads devices, pipes or other programs."""

_SLOW = ("time-pos", "demuxer-cache-time")
_OBSERVED = (
    *_SLOW,
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
)
_SLOW_INTERVAL = 0.1
_OPTIONS_BEFORE_0_38 = (0, 38, 0)


class MpvPlayer:
    """A `Player` that also `RendersVideo`.

    mpv's thread only posts to the service loop; positions are posted at most ten times a
    second. Commands are asynchronous. Call `create_renderer` on the GUI thread first: without
    it mpv has nowhere to draw, so `load` waits for it.

    Args:
        loop: the service loop.
        options: mpv options that override the program's own, by mpv's names.

    Raises:
        PlayerUnavailable: libmpv is missing or refuses an option.
    """

    def __init__(self, loop: ServiceLoop, options: Mapping[str, str] | None = None) -> None:
        self._loop = loop
        self._state = Observable(PlayerState())
        self._slow: dict[str, Any] = {}
        self._flush_pending = False
        self._renderer: MpvRenderer | None = None
        self._pending: LoadRequest | None = None
        self._subtitles: tuple[ExternalSubtitle, ...] = ()
        self._closed = False
        self._mpv = import_mpv()
        try:
            self._handle = self._mpv.MPV(**{**_default_options(), **(options or {})})
        except (AttributeError, TypeError, ValueError, RuntimeError, SystemError) as error:
            raise PlayerUnavailable(
                "libmpv could not be started",
                why=str(error),
                hint="Check playback.hwdec in the settings",
            ) from error
        self._handle["demuxer-lavf-o"] = {"protocol_whitelist": ",".join(PROTOCOLS)}
        self._handle.register_event_callback(self._on_event)
        for name in _OBSERVED:
            self._handle.observe_property(name, self._on_property)

    @property
    def state(self) -> Observable[PlayerState]:
        """The newest state; set on the service loop."""
        return self._state

    @property
    def version(self) -> str:
        """What libmpv calls itself."""
        return str(self._handle.mpv_version)

    # -- the picture -------------------------------------------------------------------------

    def create_renderer(
        self, get_proc_address: Callable[[bytes], int], on_update: Callable[[], None]
    ) -> VideoRenderer:
        """See `RendersVideo`."""
        self._renderer = MpvRenderer(self._mpv, self._handle, get_proc_address, on_update)
        self._loop.post(self._load_pending)
        return self._renderer

    def _load_pending(self) -> None:
        request, self._pending = self._pending, None
        if request is not None:
            self._load(request)

    # -- commands ----------------------------------------------------------------------------

    def load(self, request: LoadRequest) -> None:
        """See `Player`."""
        self._slow.clear()
        self._subtitles = request.subtitles
        self._apply(LoadAsked(paused=request.paused, start=request.start))
        if self._renderer is None:
            self._pending = request
        else:
            self._load(request)

    def _load(self, request: LoadRequest) -> None:
        options = {
            "start": f"{request.start:.3f}" if request.start > 0 else "none",
            "pause": "yes" if request.paused else "no",
            "http-header-fields": _string_list(f"{k}: {v}" for k, v in request.headers),
            "force-media-title": request.title or request.url.rsplit("/", 1)[-1],
        }
        arguments: list[object] = ["loadfile", request.url, "replace"]
        if self._handle.mpv_version_tuple >= _OPTIONS_BEFORE_0_38:
            arguments.append(-1)
        joined = ",".join(f"{k}=%{len(v.encode())}%{v}" for k, v in options.items())
        self._command(*arguments, joined)

    def stop(self) -> None:
        """See `Player`."""
        self._pending = None
        self._slow.clear()
        self._command("stop")
        self._apply(StopAsked())

    def set_paused(self, paused: bool) -> None:
        """See `Player`."""
        self._set("pause", "yes" if paused else "no")

    def seek(self, position: float) -> None:
        """See `Player`."""
        self._command("seek", f"{max(0.0, position):.3f}", "absolute+exact")

    def set_volume(self, volume: float) -> None:
        """See `Player`."""
        self._set("volume", f"{min(100.0, max(0.0, volume)):.1f}")

    def set_muted(self, muted: bool) -> None:
        """See `Player`."""
        self._set("mute", "yes" if muted else "no")

    def set_speed(self, speed: float) -> None:
        """See `Player`."""
        self._set("speed", f"{min(4.0, max(0.25, speed)):.2f}")

    def select_track(self, kind: TrackKind, track_id: int | None) -> None:
        """See `Player`."""
        name = {TrackKind.VIDEO: "vid", TrackKind.AUDIO: "aid", TrackKind.SUBTITLE: "sid"}[kind]
        self._set(name, "no" if track_id is None else str(track_id))

    def add_subtitle(self, subtitle: ExternalSubtitle, *, select: bool = False) -> None:
        """See `Player`."""
        self._command(
            "sub-add", subtitle.url, "select" if select else "auto", subtitle.title, subtitle.lang
        )

    def set_subtitle_delay(self, seconds: float) -> None:
        """See `Player`."""
        self._set("sub-delay", f"{seconds:.3f}")

    def set_subtitle_scale(self, scale: float) -> None:
        """See `Player`."""
        self._set("sub-scale", f"{min(4.0, max(0.3, scale)):.2f}")

    def step_frame(self, *, back: bool = False) -> None:
        """See `Player`."""
        self._command("frame-back-step" if back else "frame-step")

    def screenshot(self, path: str, *, subtitles: bool = True) -> None:
        """See `Player`."""
        self._command("screenshot-to-file", path, "subtitles" if subtitles else "video")

    def close(self) -> None:
        """See `Player`; blocks until mpv has ended."""
        if self._closed:
            return
        self._closed = True
        if self._renderer is not None:
            self._renderer.free()
        self._handle.terminate()

    def _set(self, name: str, value: str) -> None:
        self._command("set", name, value)

    def _command(self, *arguments: object) -> None:
        if not self._closed:
            self._handle.command_async(*arguments, callback=partial(_log_failure, arguments[0]))

    # -- what mpv reports, on mpv's thread -----------------------------------------------------

    def _on_property(self, name: str, value: Any) -> None:
        if name not in _SLOW:
            self._loop.post(self._apply, PropertyChanged(name, value))
            return
        self._slow[name] = value
        if not self._flush_pending:
            self._flush_pending = True
            self._loop.post(self._schedule_flush)

    def _on_event(self, event: Any) -> None:
        kinds = self._mpv.MpvEventID
        kind = event.event_id.value
        if kind == kinds.PLAYBACK_RESTART:
            self._loop.post(self._apply, PlaybackRestarted())
        elif kind == kinds.FILE_LOADED:
            self._loop.post(self._add_subtitles)
        elif kind == kinds.END_FILE:
            data = event.data
            ended = FileEnded(_REASONS.get(int(data.reason), "stop"), _error_text(data))
            self._loop.post(self._apply, ended)

    # -- on the service loop -------------------------------------------------------------------

    def _add_subtitles(self) -> None:
        subtitles, self._subtitles = self._subtitles, ()
        for subtitle in subtitles:
            self.add_subtitle(subtitle)

    def _schedule_flush(self) -> None:
        asyncio.get_running_loop().call_later(_SLOW_INTERVAL, self._flush)

    def _flush(self) -> None:
        self._flush_pending = False
        slow, self._slow = self._slow, {}
        state = self._state.value
        for name, value in slow.items():
            state = reduce_player(state, PropertyChanged(name, value))
        self._state.set(state)

    def _apply(self, event: PlayerEvent) -> None:
        self._state.set(reduce_player(self._state.value, event))


class MpvRenderer:
    """mpv's OpenGL render context."""

    def __init__(
        self,
        module: Any,
        handle: Any,
        get_proc_address: Callable[[bytes], int],
        on_update: Callable[[], None],
    ) -> None:
        self._resolve = module.MpvGlGetProcAddressFn(lambda _context, name: get_proc_address(name))
        try:
            self._context = module.MpvRenderContext(
                handle, "opengl", opengl_init_params={"get_proc_address": self._resolve}
            )
        except (ValueError, RuntimeError, SystemError, TypeError) as error:
            raise PlayerUnavailable(
                "Video cannot be drawn",
                why=f"OpenGL is missing or too old ({error})",
                hint="Install your graphics driver, or Mesa's software driver libgl1-mesa-dri",
            ) from error
        self._context.update_cb = on_update
        self._freed = False

    def render(self, framebuffer: int, width: int, height: int) -> None:
        """See `VideoRenderer`."""
        if not self._freed:
            self._context.render(
                flip_y=True,
                block_for_target_time=False,
                opengl_fbo={"fbo": framebuffer, "w": width, "h": height},
            )

    def free(self) -> None:
        """See `VideoRenderer`."""
        if not self._freed:
            self._freed = True
            self._context.update_cb = None
            self._context.free()


_REASONS = {0: "eof", 2: "stop", 3: "quit", 4: "error", 5: "redirect"}


def _default_options() -> dict[str, str]:
    return {
        "vo": "libmpv",
        "hwdec": "auto-safe",
        "ytdl": "no",
        "load_scripts": "no",
        "osc": "no",
        "config": "no",
        "input_default_bindings": "no",
        "input_vo_keyboard": "no",
        "load_unsafe_playlists": "no",
        "idle": "yes",
        "keep_open": "no",
        "hr_seek": "yes",
        "sub_auto": "no",
        "sub_font": "Noto Sans",
        "audio_client_name": "NovaStream",
        "video_timing_offset": "0",
        "cache_pause_initial": "no",
        "network_timeout": "15",
        "terminal": "no",
    }


def _string_list(items: Any) -> str:
    return ",".join(item.replace(",", "\\,") for item in items)


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


def _log_failure(name: object, error: Exception | None, _result: object) -> None:
    if error is not None:
        log.info("mpv refused %s: %s", name, error)
