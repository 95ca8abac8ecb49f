from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.sources import ProviderOutcome, ProviderStatus, Resolution
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.title._sources import source_items, sources_state
from novastream_desktop.ui.title.title_viewmodel import TitleViewModel
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import Shown, find, until

KEY = Qt.Key
ASKED = tuple(ProviderStatus(name) for name in ("mirrors", "torznab", "jellyfin", "stremio"))
FAILED = ProviderStatus("torznab", ProviderOutcome.FAILED, problem="It does not answer.")


@pytest.mark.parametrize(
    ("known", "state", "asking"),
    [
        (
            Resolution(statuses=ASKED),
            "loading",
            "Asking Mirrors, Torznab indexers, Jellyfin and others",
        ),
        (
            Resolution(shelf.streams(), ASKED[:2]),
            "ready",
            "Asking Mirrors, Torznab indexers",
        ),
        (Resolution(shelf.streams(), ASKED[:2], complete=True), "ready", ""),
        (Resolution(complete=True), "ready", ""),
        (Resolution(complete=True, failures=(ProviderUnavailable("No network"),)), "failed", ""),
    ],
)
def test_what_is_told_while_sources_come(known: Resolution, state: str, asking: str):
    told = sources_state("s1e1", known)
    assert (told.state, told.asking, told.episode_id) == (state, asking, "s1e1")
    assert bool(told.note) == (known.complete and not known.sources)


def test_providers_that_failed_are_named():
    resting = ProviderStatus("jellyfin", ProviderOutcome.RESTING, problem="It rests for a minute.")
    odd = ProviderStatus("mirrors", ProviderOutcome.FOUND, 2, problem="One mirror is gone.")
    told = sources_state("", Resolution(shelf.streams(), (odd, FAILED, resting), complete=True))
    assert told.problems == (
        "Torznab indexers: It does not answer.",
        "Jellyfin: It rests for a minute.",
    )


def test_who_else_offers_a_source_is_told():
    first = shelf.streams()[0].with_(offered_by=("Home mirror", "Jellyfin", "Torznab"))
    [item] = source_items([first])
    assert item.offered == "Also at Jellyfin, Torznab"


def test_a_title_shows_who_failed(tasks: Tasks, backend: FakeBackend):
    backend.statuses = (FAILED,)
    title = TitleViewModel(backend, tasks)
    title.open("nova:title-1")
    until(lambda: title.sourcesState == "ready")
    assert title.sourcesProblems == ["Torznab indexers: It does not answer."]
    assert title.sources.rowCount() == 3
    title.stop()


def test_down_from_the_header_leads_to_the_episode_to_go_on_with(
    shown: Shown, backend: FakeBackend
):
    show = shelf.content(0)
    backend.progress[show.id] = (shelf.watched(show, "s1e3", 1500.0),)
    shown.app.openTitle(show.id)
    until(lambda: shown.says("text") == "Resume S1E3 · 25 min left")
    shown.press(KEY.Key_Down, KEY.Key_Down)
    until(lambda: shown.says("episodeId") == "s1e3")
    assert shown.warnings == []


def test_a_title_is_kept_by_its_button(shown: Shown, backend: FakeBackend):
    backend.statuses = (FAILED,)
    shown.app.openTitle("nova:title-1")
    until(lambda: shown.app.title.sourcesState == "ready")
    shown.press(KEY.Key_Right)
    assert shown.says("text") == "Library"
    shown.press(KEY.Key_Return)
    until(lambda: shown.app.title.saved)
    assert shown.says("text") == "In your library"
    line = find(
        shown.window.contentItem(), lambda i: "It does not answer" in str(i.property("text"))
    )
    assert line.isVisible()
    assert shown.warnings == []
