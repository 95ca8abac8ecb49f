"""What libmpv is started with, and what the program sets in it later."""

from __future__ import annotations

from collections.abc import Iterable

from novastream_desktop.player.base import Fit

PROTOCOLS = ("file", "http", "https", "httpproxy", "tcp", "tls", "crypto", "data", "hls", "subfile")
"""What a playlist may lead to; nothing that reads devices, pipes or other programs."""

MAX_VOLUME = 150
"""Per cent; mpv amplifies by the cube of the share."""
LIMITER = "limiter"
_LIMIT_FLOOR = 0.0625  # the least that ffmpeg's alimiter takes


def limiter_for(volume: float) -> str:
    """Return the audio filter that keeps a volume over 100 % from clipping, empty for none.

    mpv amplifies behind its filters by the cube of the volume's share, so that the limit is that
    much below full scale.
    """
    if volume <= 100:  # noqa: PLR2004  (per cent: nothing is amplified)
        return ""
    limit = max(_LIMIT_FLOOR, (volume / 100) ** -3)
    return f"lavfi=[alimiter=limit={limit:.3f}:attack=3:release=80:level=disabled]"


FITS = {
    Fit.FIT: {"keepaspect": "yes", "panscan": "0"},
    Fit.FILL: {"keepaspect": "yes", "panscan": "1"},
    Fit.STRETCH: {"keepaspect": "no", "panscan": "0"},
}


def default_options() -> dict[str, str]:
    """Return the options that the program starts libmpv with, by python-mpv's names."""
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
        "prefetch_playlist": "yes",
        "hr_seek": "yes",
        "sub_auto": "no",
        "sub_font": "Noto Sans",
        "audio_client_name": "NovaStream",
        "video_timing_offset": "0",
        "cache_pause_initial": "no",
        "network_timeout": "15",
        "terminal": "no",
        "volume_max": str(MAX_VOLUME),
        "audio_fallback_to_null": "yes",
        "reset_on_next_file": "ab-loop-a,ab-loop-b,sub-delay",
    }


def string_list(items: Iterable[str]) -> str:
    """Return a list as one of mpv's string-list options takes it."""
    return ",".join(item.replace(",", "\\,") for item in items)
