from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.errors import InvalidInput, ProviderUnavailable, StoreError
from novastream_desktop.models import HomeSnapshot
from novastream_desktop.models.doctor import Finding
from novastream_desktop.ui.home.home_viewmodel import HomeViewModel
from novastream_desktop.ui.home.live import LiveHome
from novastream_desktop.ui.home.shown import HomeProps
from novastream_desktop.ui.settings.settings_viewmodel import SettingsViewModel
from novastream_desktop.ui.tasks import Tasks
from novastream_desktop.ui.title.title_viewmodel import TitleViewModel
from tests.fakes import shelf
from tests.fakes.backend import FakeBackend
from tests.ui.driving import until

NO = ProviderUnavailable("TMDB does not answer", hint="Try again later")


@pytest.fixture
def home(tasks: Tasks, backend: FakeBackend):
    model = HomeViewModel(HomeProps(), ())
    model.follow(LiveHome(backend, tasks, model.show, lambda: shelf.NOW))
    yield model
    model.stop()


@pytest.fixture
def title(tasks: Tasks, backend: FakeBackend):
    return TitleViewModel(backend, tasks)


@pytest.fixture
def settings(tasks: Tasks, backend: FakeBackend):
    return SettingsViewModel(backend, tasks)


def test_home_shows_what_is_on_disk_at_once(home: HomeViewModel):
    assert home.state == "ready"
    assert home.rows.rowCount() == 5


def test_home_follows_the_backend(home: HomeViewModel, backend: FakeBackend):
    changed = []
    home.heroTitleChanged.connect(lambda: changed.append(home.heroTitle))
    home.stateChanged.connect(lambda: changed.append(home.state))
    backend.show_home(HomeSnapshot(rows=shelf.full_home().rows[3:]))
    until(lambda: home.rows.rowCount() == 1)
    assert changed == ["Glass Meridian"]


def test_home_refreshes_and_says_when_it_could_not(home: HomeViewModel, backend: FakeBackend):
    said = []
    home._live.failed.connect(said.append)
    home.refresh()
    until(lambda: not home.refreshing)
    backend.failures["refresh_home"] = NO
    home.refresh()
    until(lambda: said)
    assert said == ["TMDB does not answer. Try again later."]
    until(lambda: not home.refreshing)
    assert len(backend.called("refresh_home")) == 2


def test_home_fetches_a_picture_once_and_shows_it(
    home: HomeViewModel, backend: FakeBackend, tmp_path: Path
):
    url = "https://pictures.test/p0.jpg"
    backend.pictures[url] = str(tmp_path / "p0.jpg")
    home.wantArt(url)
    home.wantArt(url)
    home.wantArt("https://pictures.test/missing.jpg")
    home.wantArt("")
    cards = home.rows.items[1].cards
    until(lambda: cards.items[0].art)
    assert cards.items[0].art == (tmp_path / "p0.jpg").as_uri()
    until(lambda: len(backend.called("art")) == 2)
    assert cards.items[1].art == ""


def test_home_knows_the_titles_it_shows(home: HomeViewModel):
    assert home.content("nova:title-3").title == "The Lantern Boat"
    assert home.content("nova:nothing") is None


def test_a_title_fills_as_answers_come(title: TitleViewModel, backend: FakeBackend):
    show = shelf.content(0)
    backend.progress[show.id] = (shelf.watched(show, "s1e3", 1500.0),)
    title.open(show.id, show)
    assert (title.state, title.title) == ("loading", "Paper Moons")
    until(lambda: title.state == "ready" and title.playLabel.startswith("Resume"))
    assert title.playLabel == "Resume S1E3 · 25 min left"
    assert title.seasons == ["Season 1", "Season 2", "Season 3"]
    assert title.episodes.rowCount() == 8
    title.chooseSeason(2)
    assert (title.seasonIndex, title.episodes.items[0].id) == (2, "s3e1")
    title.chooseSeason(9)
    assert title.seasonIndex == 2


def test_a_film_looks_for_its_sources_by_itself(title: TitleViewModel):
    title.open("nova:title-1")
    until(lambda: title.sourcesState == "ready")
    assert [item.quality for item in title.sources.items] == ["1080p", "2160p", "720p"]


def test_sources_of_an_episode_on_demand_and_back(title: TitleViewModel, backend: FakeBackend):
    title.open("nova:title-0")
    until(lambda: title.state == "ready")
    title.showSources("s1e2")
    until(lambda: title.sourcesState == "ready")
    assert title.view == "sources"
    assert title.sourcesNote.startswith("No source was found")
    assert backend.called("sources") == [("nova:title-0", "s1e2")]
    backend.failures["sources"] = NO
    title.retrySources()
    until(lambda: title.sourcesState == "failed")
    assert title.sourcesNote == NO.sentence()
    title.showEpisodes()
    assert title.view == "episodes"


def test_a_title_that_is_not_there_says_so_and_can_be_asked_again(
    title: TitleViewModel, backend: FakeBackend
):
    title.open("nova:nothing")
    until(lambda: title.state == "failed")
    assert title.problem == "There is no title nova:nothing."
    backend.titles["nova:nothing"] = shelf.details(shelf.content(1))
    title.retry()
    until(lambda: title.state == "ready")


def test_playing_is_asked_with_title_episode_and_source(
    title: TitleViewModel, backend: FakeBackend
):
    asked = []
    title.playRequested.connect(lambda *what: asked.append(what))
    title.open("nova:title-1")
    until(lambda: title.sourcesState == "ready")
    title.play()
    title.playSource(title.sources.items[1].url)
    title.playEpisode("s1e4")
    assert asked == [
        ("nova:title-1", "", ""),
        ("nova:title-1", "", shelf.streams()[1].url),
        ("nova:title-1", "s1e4", ""),
    ]


def test_settings_are_saved_as_they_change(settings: SettingsViewModel, backend: FakeBackend):
    settings.choose("playback.skip.op", 2)
    settings.toggle("playback.autoplay_next", False)
    settings.enter("tmdb.access_token", "  abc ")
    settings.add("sources.mirrors", "/videos")
    until(lambda: backend.settings.sources.mirrors == ("/videos",))
    until(lambda: settings.items.items[0].choice == 2)
    assert backend.settings.playback.skip.op == "auto"
    assert not backend.settings.playback.autoplay_next
    assert backend.settings.tmdb.access_token == "abc"
    settings.add("sources.mirrors", "/videos")
    settings.add("sources.mirrors", " ")
    settings.remove("sources.mirrors", 0)
    until(lambda: backend.settings.sources.mirrors == ())
    assert len(backend.called("save_settings")) == 3


def test_a_setting_that_cannot_be_saved_says_why_and_stays(
    settings: SettingsViewModel, backend: FakeBackend
):
    backend.failures["save_settings"] = StoreError("The settings cannot be written", why="disk")
    settings.toggle("playback.autoplay_next", False)
    until(lambda: settings.problem)
    assert settings.problem == "The settings cannot be written: disk."
    assert next(i for i in settings.items.items if i.id == "playback.autoplay_next").checked


def test_what_is_not_taken_is_told_at_its_line_until_it_is(
    settings: SettingsViewModel, backend: FakeBackend
):
    settings.chooseCategory([c.id for c in settings.categories.items].index("Sources"))
    line = "sources.timeout"

    def told() -> str:
        return next(i.problem for i in settings.items.items if i.id == line)

    settings.enter(line, "soon")
    assert told() == "Not saved. A number is wanted."
    backend.failures["save_settings"] = InvalidInput(
        "The setting sources.timeout was not saved", why="Input should be greater than 0"
    )
    settings.enter(line, "-1")
    until(lambda: told() == "Not saved. It should be greater than 0.")
    backend.failures.clear()
    settings.enter(line, "12,5")
    until(lambda: told() == "")
    assert backend.settings.sources.timeout == 12.5


def test_the_doctor_tells_what_is_wrong_first(settings: SettingsViewModel, backend: FakeBackend):
    backend.findings = (
        Finding(check="libmpv", ok=True, essential=True),
        Finding(check="Network", ok=False),
        Finding(check="Disk", ok=False, essential=True, mend="Free some space"),
    )
    assert settings.doctorState == "idle"
    settings.runDoctor()
    until(lambda: settings.doctorState == "ready")
    assert [item.id for item in settings.findings.items] == ["Disk", "Network", "libmpv"]
