"""libmpv behind the `Player` protocol."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping
from functools import partial

from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.player._hardware import decoding_options, has_video_hardware
from novastream_desktop.player._libmpv import import_mpv
from novastream_desktop.player._options import (
    FITS,
    LIMITER,
    MAX_VOLUME,
    PROTOCOLS,
    default_options,
    limiter_for,
    string_list,
)
from novastream_desktop.player._reduce import LoadAsked, StatisticsAsked, StopAsked
from novastream_desktop.player._renderer import MpvRenderer
from novastream_desktop.player._reports import OBSERVED, STATISTICS, Reports
from novastream_desktop.player._subtitles import MpvSubtitles
from novastream_desktop.player._thumbnails import Thumbnailer
from novastream_desktop.player.ahead import MpvAhead
from novastream_desktop.player.base import (
    ExternalSubtitle,
    Fit,
    LoadRequest,
    PlayerState,
    Thumbnail,
    TrackKind,
    VideoRenderer,
)
from novastream_desktop.runtime import Observable, ServiceLoop

log = logging.getLogger(__name__)

_OPTIONS_BEFORE_0_38 = (0, 38, 0)


class MpvPlayer(MpvSubtitles, MpvAhead):
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
        self._renderer: MpvRenderer | None = None
        self._pending: LoadRequest | None = None
        self._subtitles: tuple[ExternalSubtitle, ...] = ()
        self._closed = False
        self._in_use = threading.Lock()  # `close` runs on another thread than the commands
        self._limiter = ""
        self._thumbnails = Thumbnailer()
        self._needs_renderer = (options or {}).get("vo", "libmpv") == "libmpv"
        self._mpv = import_mpv()
        self._reports = Reports(
            loop,
            self._mpv,
            sound_wanted=(options or {}).get("ao") != "null",
            loaded=self._add_subtitles,
        )
        try:
            self._handle = self._mpv.MPV(**_all_options(options or {}))
        except (AttributeError, TypeError, ValueError, RuntimeError, SystemError) as error:
            raise PlayerUnavailable(
                "libmpv could not be started",
                why=str(error),
                hint="Check playback.hwdec in the settings",
            ) from error
        self._handle["demuxer-lavf-o"] = {"protocol_whitelist": ",".join(PROTOCOLS)}
        self._handle.register_event_callback(self._reports.on_event)
        for name in OBSERVED:
            self._handle.observe_property(name, self._reports.on_property)

    @property
    def state(self) -> Observable[PlayerState]:
        """The newest state; set on the service loop."""
        return self._reports.state

    @property
    def version(self) -> str:
        """What libmpv calls itself."""
        return str(self._handle.mpv_version)

    def _add_subtitles(self) -> None:
        subtitles, self._subtitles = self._subtitles, ()
        for subtitle in subtitles:
            self.add_subtitle(subtitle)

    # -- the picture -------------------------------------------------------------------------

    def create_renderer(
        self, get_proc_address: Callable[[bytes], int], on_update: Callable[[], None]
    ) -> VideoRenderer:
        """See `RendersVideo`."""
        if self._closed:
            raise PlayerUnavailable("The player has ended")
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
        self._forget_ahead()
        self._loaded = request
        self._reports.clear()
        self._subtitles = request.subtitles
        self._thumbnails.point_to(request)
        self._reports.apply(LoadAsked(paused=request.paused, start=request.start))
        if self._needs_renderer and self._renderer is None:
            self._pending = request
        else:
            self._load(request)

    def _load(self, request: LoadRequest) -> None:
        self._look_for_sound()
        options = {
            "start": f"{request.start:.3f}" if request.start > 0 else "none",
            "pause": "yes" if request.paused else "no",
            "http-header-fields": string_list(f"{k}: {v}" for k, v in request.headers),
            "http-proxy": request.proxy,
            "force-media-title": request.title or request.url.rsplit("/", 1)[-1],
        }
        arguments: list[object] = ["loadfile", request.url, "replace"]
        if self._handle.mpv_version_tuple >= _OPTIONS_BEFORE_0_38:
            arguments.append(-1)
        joined = ",".join(f"{k}=%{len(v.encode())}%{v}" for k, v in options.items())
        self._command(*arguments, joined)

    def stop(self) -> None:
        """See `Player`."""
        self._forget_ahead()
        self._pending = self._loaded = None
        self._reports.clear()
        self._thumbnails.point_to(None)
        self._command("stop")
        self._reports.apply(StopAsked())

    def set_paused(self, paused: bool) -> None:
        """See `Player`."""
        if not paused:
            self._look_for_sound()
        self._set("pause", "yes" if paused else "no")

    def _look_for_sound(self) -> None:
        """Try a sound device that went away: mpv does not by itself, and it holds the picture."""
        if self.state.value.silent and self._reports.heard:
            self._command("ao-reload")

    def seek(self, position: float) -> None:
        """See `Player`."""
        self._forget_ahead()  # it may be to the end
        self._command("seek", f"{max(0.0, position):.3f}", "absolute+exact")

    def set_volume(self, volume: float) -> None:
        """See `Player`."""
        volume = min(MAX_VOLUME, max(0.0, volume))
        limiter = limiter_for(volume)
        if limiter != self._limiter:  # first the limiter, then what it limits
            self._limiter = limiter
            name = f"@{LIMITER}"
            self._command("af", *(("add", f"{name}:{limiter}") if limiter else ("remove", name)))
        self._set("volume", f"{volume:.1f}")

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

    def set_subtitle_position(self, percent: float) -> None:
        """See `Player`."""
        self._set("sub-pos", f"{min(150.0, max(0.0, percent)):.0f}")

    def seek_subtitle(self, lines: int) -> None:
        """See `Player`."""
        self._command("sub-seek", str(lines))

    def set_loop(self, start: float | None, end: float | None) -> None:
        """See `Player`."""
        for name, place in (("ab-loop-a", start), ("ab-loop-b", end)):
            self._set(name, "no" if place is None else f"{place:.3f}")

    def set_fit(self, fit: Fit) -> None:
        """See `Player`."""
        for name, value in FITS[fit].items():
            self._set(name, value)

    def watch_statistics(self, on: bool) -> None:
        """See `Player`."""
        if on is (self.state.value.statistics is not None):
            return
        self._reports.apply(StatisticsAsked(on))
        with self._in_use:
            if self._closed:
                return
            for name in STATISTICS:
                if on:
                    self._handle.observe_property(name, self._reports.on_property)
                else:
                    self._handle.unobserve_property(name, self._reports.on_property)

    def step_frame(self, *, back: bool = False) -> None:
        """See `Player`."""
        self._command("frame-back-step" if back else "frame-step")

    def screenshot(self, path: str, *, subtitles: bool = True) -> None:
        """See `Player`."""
        self._command("screenshot-to-file", path, "subtitles" if subtitles else "video")

    async def thumbnail(self, position: float) -> Thumbnail | None:
        """See `DrawsThumbnails`."""
        return await self._thumbnails.draw(position)

    def close(self) -> None:
        """See `Player`; blocks until mpv has ended."""
        with self._in_use:  # what comes later would use freed memory
            if self._closed:
                return
            self._closed = True
        self._thumbnails.close()
        if self._renderer is not None:
            self._renderer.free()
        self._handle.terminate()

    def _set(self, name: str, value: str) -> None:
        self._command("set", name, value)

    def _command(self, *arguments: object) -> None:
        with self._in_use:
            if not self._closed:
                self._handle.command_async(*arguments, callback=partial(_log_failure, arguments[0]))


def _all_options(options: Mapping[str, str]) -> dict[str, str]:
    merged = {**default_options(), **options}
    return merged | decoding_options(merged["hwdec"], there=has_video_hardware())


def _log_failure(name: object, error: Exception | None, _result: object) -> None:
    if error is not None:
        log.info("mpv refused %s: %s", name, error)
