"""Fit subtitles to the sound: decoded on a thread, compared in a worker process."""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
import tempfile
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path

from novastream_desktop.errors import BadResponse, SourceUnavailable
from novastream_desktop.playback._opening import Opened
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.player.sound import RATE, write_sound
from novastream_desktop.subtitles import Timing, align_file, cues_of
from novastream_desktop.torrents.base import TorrentProgress

DECODED = 0.9
"""Share of the work that decoding is."""


async def fit_to_sound(
    request: LoadRequest,
    lines: Sequence[tuple[float, float]],
    progress: Callable[[float], None],
) -> Timing:
    """Return the timing with which lines lie where somebody speaks.

    Args:
        request: what plays; its sound is read once more, from the start.
        lines: start and end in seconds of the subtitle's own time.
        progress: is told the share that is done, on this loop.

    Raises:
        SourceUnavailable: there is no sound, or it does not tell.
    """
    loop = asyncio.get_running_loop()
    stopped = threading.Event()
    worker = _worker()

    def told(share: float) -> None:
        if not stopped.is_set():
            progress(DECODED * min(1.0, share))

    def tell(share: float) -> None:
        loop.call_soon_threadsafe(told, share)

    with tempfile.TemporaryDirectory(prefix="novastream-", ignore_cleanup_errors=True) as folder:
        file = Path(folder) / "sound.pcm"
        try:
            await asyncio.to_thread(write_sound, request, file, tell, stopped)
            progress(DECODED)
            found = await loop.run_in_executor(worker, align_file, file, RATE, list(lines))
        finally:
            stopped.set()
            worker.shutdown(wait=False, cancel_futures=True)
    if not found.certain:
        raise SourceUnavailable(
            "The subtitles could not be fitted to the sound",
            why="no shift of them fits clearly better than others",
            hint="In the player, press T when you hear a line and T again when you see it",
        )
    return found.timing


def request_for_fit(
    lines: Sequence[tuple[float, float]], opened: Opened | None, torrent: TorrentProgress | None
) -> LoadRequest:
    """Return what to listen to for what is shown. Pure.

    Raises:
        SourceUnavailable: the subtitles are no text of their own, or the video is not all here.
    """
    if opened is None or not lines:
        raise SourceUnavailable(
            "These subtitles cannot be fitted to the sound",
            why="they are inside the video, or are pictures",
            hint="Choose subtitles that were added",
        )
    if torrent is not None and torrent.fraction < 1:
        raise SourceUnavailable(
            "The subtitles cannot be fitted to the sound yet",
            why="the video is not all on this computer",
            hint="Try again when it is, or press T when you hear a line and see it",
        )
    return opened.request


async def lines_of(file: Path) -> list[tuple[float, float]]:
    """Return start and end of each line of a file for the player, none where it has none."""

    def read() -> list[tuple[float, float]]:
        text = file.read_text(encoding="utf-8", errors="replace")
        return [(cue.start / 1000, cue.end / 1000) for cue in cues_of(text)]

    try:
        return await asyncio.to_thread(read)
    except (OSError, BadResponse):  # pictures, or gone
        return []


def _worker() -> Executor:
    """Return a process, so that the video loses no frame; a packaged program has threads only."""
    if getattr(sys, "frozen", False):
        return ThreadPoolExecutor(1)
    return ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn"))
