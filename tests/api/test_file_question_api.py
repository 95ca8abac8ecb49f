"""The question about a torrent's file, and how it buffers, over HTTP."""

from __future__ import annotations

from dataclasses import replace

from novastream_desktop.api._player import run_command, wire
from novastream_desktop.playback.state import FileQuestion, SessionState
from novastream_desktop.torrents.base import (
    StallReason,
    TorrentFile,
    TorrentPhase,
    TorrentProgress,
)
from tests.fakes.command_services import RecordingPlayback

FILE = TorrentFile(3, "Box/one.mkv", 900, playable=True, episode="E13")


def test_the_question_is_in_the_state_and_is_answered_by_a_command():
    session = RecordingPlayback()
    session.state.set(replace(session.state.value, question=FileQuestion("Box", (FILE,), "S02E01")))
    assert wire(session.state.value)["question"] == {
        "torrent": "Box",
        "files": [
            {"index": 3, "path": "Box/one.mkv", "size": 900, "playable": True, "episode": "E13"}
        ],
        "meant": "S02E01",
    }
    run_command(session, "choose-file", {"index": 3})
    run_command(session, "choose-file", {"index": None})
    run_command(session, "ask-file", None)
    assert session.calls == [
        ("choose_file", {"index": 3}),
        ("choose_file", {"index": None}),
        ("ask_file", {}),
    ]


def test_buffering_has_its_share_its_seconds_and_its_reason():
    torrent = TorrentProgress(
        phase=TorrentPhase.BUFFERING,
        ready=0.43,
        seconds_to_play=4.2,
        reason=StallReason.YOUR_LIMIT,
        limited_by=StallReason.YOUR_LIMIT,
        swarm_seeds=40,
    )
    told = wire(SessionState(torrent=torrent))["torrent"]
    assert (told["phase"], told["ready"], told["secondsToPlay"]) == ("buffering", 0.43, 4.2)
    assert (told["reason"], told["limitedBy"], told["swarmSeeds"]) == (
        "your-limit",
        "your-limit",
        40,
    )
