"""A library and transfers of invented titles, for view models and pages."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from novastream_desktop.models.library import (
    HistoryItem,
    LibraryItem,
    LibraryPage,
    LibraryState,
)
from novastream_desktop.torrents.base import StallReason, Transfer, TransferState
from tests.fakes import shelf


def library_page() -> LibraryPage:
    """Return a page with titles on every shelf and five lines of history."""
    show, film = shelf.content(0), shelf.content(1)
    third = next(e for e in shelf.episodes(show) if e.id == "s1e3")
    watching = (
        LibraryItem(
            content=show,
            state=LibraryState.WATCHING,
            saved=True,
            episode=third,
            progress=shelf.watched(show, "s1e3", 1500.0),
        ),
        LibraryItem(
            content=film,
            state=LibraryState.WATCHING,
            progress=shelf.watched(film, None, 600.0),
        ),
    )
    planned = tuple(
        LibraryItem(content=shelf.content(place), state=LibraryState.PLANNED, saved=True)
        for place in range(2, 12)
    )
    done = LibraryItem(content=shelf.content(7), state=LibraryState.FINISHED, saved=True)
    history = tuple(
        HistoryItem(
            content=show,
            episode=episode,
            progress=shelf.watched(
                show,
                episode.id,
                1500.0 if place == 0 else 0.0,
                finished=place > 0,
                updated_at=shelf.NOW - timedelta(hours=5 * place),
            ),
        )
        for place, episode in enumerate(reversed(shelf.episodes(show)[:5]))
    )
    return LibraryPage(items=(*watching, *planned, done), history=history)


def transfers() -> tuple[Transfer, ...]:
    """Return one transfer of each kind."""
    folder = Path("/tmp")
    return (
        Transfer(
            "a" * 40,
            "Paper.Moons.S01E03.2160p.WEB.h265-NOVA",
            TransferState.DOWNLOADING,
            4_200_000_000,
            1_650_000_000,
            download_rate=6_400_000.0,
            upload_rate=210_000.0,
            peers=23,
            seeds=14,
            path=folder,
            playing=True,
        ),
        Transfer(
            "b" * 40,
            "Night Harbour (2024) [1080p]",
            TransferState.STALLED,
            1_800_000_000,
            420_000_000,
            peers=0,
            reason=StallReason.NO_PEERS,
            path=folder,
        ),
        Transfer("c" * 40, "", TransferState.METADATA, peers=2),
        Transfer(
            "d" * 40,
            "Moon Courier - Season 1",
            TransferState.COMPLETE,
            2_600_000,
            2_600_000,
            path=folder,
        ),
        Transfer(
            "e" * 40,
            "The Lantern Boat 720p",
            TransferState.PAUSED,
            900_000_000,
            300_000_000,
            reason=StallReason.PAUSED,
            path=folder,
        ),
        Transfer(
            "f" * 40,
            "Ferry to Elsewhere",
            TransferState.FAILED,
            error="The disk is full. Free some space and resume.",
            path=folder,
        ),
    )
