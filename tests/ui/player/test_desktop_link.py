"""Media keys and the screen saver, on a session bus of the test's own."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusVirtualObject
from pytestqt.qtbot import QtBot

from novastream_desktop.playback.state import SessionPhase, SessionState
from novastream_desktop.player.base import PlayerPhase
from novastream_desktop.ui.player import desktop_link
from novastream_desktop.ui.player._mpris import (
    keeps_awake,
    metadata,
    player_properties,
    status,
    track_path,
)
from novastream_desktop.ui.player._page import ViewState
from novastream_desktop.ui.player._props import derive
from novastream_desktop.ui.player.desktop_bus import bus_address
from novastream_desktop.ui.player.desktop_link import DesktopLink
from tests.ui.player.conftest import Stage
from tests.ui.player.player_states_data import EPISODES, PLAYING, playing

PAUSED = playing(phase=PlayerPhase.PAUSED, paused=True)
NAME = "org.mpris.MediaPlayer2.novastream"
PLAYER = "org.mpris.MediaPlayer2.Player"


@pytest.mark.parametrize(
    ("state", "word", "awake"),
    [
        (PLAYING, "Playing", True),
        (PAUSED, "Paused", False),
        (replace(PAUSED, phase=SessionPhase.PAUSED), "Paused", False),
        (playing(buffering=True), "Playing", True),
        (replace(PLAYING, phase=SessionPhase.STALLED), "Playing", True),
        (replace(PLAYING, phase=SessionPhase.ENDED), "Stopped", False),
        (replace(PLAYING, phase=SessionPhase.FAILED), "Stopped", False),
        (playing(has_picture=False), "Playing", False),
        (SessionState(), "Stopped", False),
    ],
)
def test_where_playback_stands(state: SessionState, word: str, awake: object):
    assert status(state) == word
    assert keeps_awake(state) is awake


def test_what_plays_is_told_by_mpris_s_names():
    props = derive(PLAYING, ViewState())
    facts, told = metadata(PLAYING, props), player_properties(PLAYING, props)

    assert facts["xesam:album"] == "Paper Moons"
    assert facts["xesam:title"] == "S1 · E2 · The Lamp Room"
    assert facts["mpris:length"] == 1_440_000_000
    assert (told["Position"], told["Volume"], told["CanGoNext"]) == (372_000_000, 1.0, True)
    assert track_path(PLAYING) != track_path(replace(PLAYING, episode=EPISODES[2]))


def test_without_an_address_no_bus_is_started(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))
    assert bus_address() == ""
    (tmp_path / "bus").touch()

    assert bus_address() == f"unix:path={tmp_path}/bus"


class Saver(QDBusVirtualObject):
    """A screen saver that writes down who holds it off."""

    def __init__(self) -> None:
        super().__init__()
        self.held_by: list[str] = []
        self.said: list[list[object]] = []

    def introspect(self, _path: str) -> str:
        return ""

    def handleMessage(  # noqa: N802  (Qt)
        self, message: QDBusMessage, connection: QDBusConnection
    ) -> bool:
        if message.member() != "Inhibit":
            return False
        self.held_by.append(message.service())
        self.said.append(message.arguments())
        connection.send(message.createReply(7))
        return True


class Bus:
    """A session bus and what others do on it."""

    def __init__(self, address: str, qtbot: QtBot) -> None:
        self.address, self.qtbot = address, qtbot
        self.connection = QDBusConnection.connectToBus(address, "test")
        self.saver = Saver()
        self.connection.registerVirtualObject("/org/freedesktop/ScreenSaver", self.saver)
        self.connection.registerService("org.freedesktop.ScreenSaver")

    def until(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=10_000)

    def ask(self, method: str, *arguments: str) -> str:
        """Call a method of the media player; return what gdbus prints."""
        path = "/org/mpris/MediaPlayer2"
        words = ["gdbus", "call", "--address", self.address, "--dest", NAME]
        call = subprocess.Popen(
            [*words, "--object-path", path, "--method", method, *arguments],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.until(lambda: call.poll() is not None)
        return call.communicate()[0]

    def has(self, name: str) -> bool:
        return bool(self.connection.interface().isServiceRegistered(name).value())


@pytest.fixture
def bus(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bus]:
    if not (shutil.which("dbus-daemon") and shutil.which("gdbus")):
        pytest.skip("dbus-daemon or gdbus is not installed")
    daemon = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--print-address=1"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert daemon.stdout is not None
    address = daemon.stdout.readline().strip()
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    yield Bus(address, qtbot)
    QDBusConnection.disconnectFromBus("test")
    daemon.terminate()
    daemon.communicate(timeout=10)


def test_media_keys_reach_the_player(bus: Bus, stage: Stage):
    stage.play(PLAYING)

    for method in ("PlayPause", "Pause", "Next", "Previous"):
        assert bus.ask(f"{PLAYER}.{method}") == "()\n"
    bus.ask(f"{PLAYER}.Seek", "int64 -5000000")
    bus.ask(f"{PLAYER}.SetPosition", "objectpath '/x'", "int64 60000000")
    bus.ask(f"{PLAYER}.SetPosition", "objectpath '/x'", "int64 6000000000")
    bus.ask("org.freedesktop.DBus.Properties.Set", PLAYER, "Volume", "<0.5>")
    stage.settle()

    assert stage.commands.names[1:] == [
        "toggle_pause",
        "toggle_pause",
        "next_episode",
        "previous_episode",
        "seek_by",
        "seek_to",
        "set_volume",
    ]
    assert stage.commands.called("seek_by") == [(-5.0,)]
    assert stage.commands.called("seek_to") == [(60.0,)]
    assert stage.commands.called("set_volume") == [(50.0,)]


def test_the_desktop_reads_what_plays(bus: Bus, stage: Stage):
    stage.play(PLAYING)

    told = bus.ask("org.freedesktop.DBus.Properties.GetAll", PLAYER)
    assert "'PlaybackStatus': <'Playing'>" in told
    assert "'xesam:album': <'Paper Moons'>" in told
    assert "'mpris:trackid': <objectpath" in told
    assert "NovaStream" in bus.ask(
        "org.freedesktop.DBus.Properties.Get", "org.mpris.MediaPlayer2", "Identity"
    )
    assert "Error" in bus.ask("org.freedesktop.DBus.Properties.Get", PLAYER, "Nonsense")
    assert "Error" in bus.ask(f"{PLAYER}.Explode")


def test_play_does_nothing_while_it_plays(bus: Bus, stage: Stage):
    stage.play(PLAYING)

    bus.ask(f"{PLAYER}.Play")
    stage.settle()

    assert stage.commands.called("toggle_pause") == []


def test_media_keys_are_claimed_by_playing_and_left_on_stop(bus: Bus, stage: Stage):
    assert not bus.has(NAME)
    stage.play(PLAYING)
    bus.until(lambda: bus.has(NAME))

    bus.ask(f"{PLAYER}.Stop")

    stage.called("close_title")
    bus.until(lambda: not bus.has(NAME))


def test_media_keys_are_left_after_a_long_pause_and_taken_again(bus: Bus, stage: Stage):
    stage.play(PLAYING)
    stage.player._desktop._paused.setInterval(1)
    stage.show(PAUSED)
    bus.until(lambda: not bus.has(NAME))

    stage.show(PLAYING)

    bus.until(lambda: bus.has(NAME))
    assert desktop_link.RELEASE_AFTER == 600_000


def test_media_keys_can_be_switched_off(bus: Bus, stage: Stage):
    settings = stage.backend.settings
    playback = settings.playback.model_copy(update={"media_keys": False})
    stage.backend.settings = settings.model_copy(update={"playback": playback})

    stage.play(PLAYING)
    bus.until(lambda: bus.saver.held_by)

    assert not bus.has(NAME)


def test_the_screen_stays_on_only_while_it_plays(bus: Bus, stage: Stage):
    stage.play(PLAYING)
    bus.until(lambda: bus.saver.held_by)
    assert bus.saver.said == [["NovaStream", "A video plays"]]
    first = bus.saver.held_by[0]
    assert bus.has(first)

    stage.show(PAUSED)
    bus.until(lambda: not bus.has(first))  # the saver lets go of whoever has left the bus
    stage.show(PLAYING)
    bus.until(lambda: len(bus.saver.held_by) == 2)
    stage.player.close()

    bus.until(lambda: not bus.has(bus.saver.held_by[1]))


def test_without_a_bus_nothing_happens(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent/bus")
    asked: list[object] = []
    link = DesktopLink(asked.append, lambda: True)

    link.follow(PLAYING, derive(PLAYING, ViewState()))
    link.stop()

    assert asked == []
    assert qtbot
