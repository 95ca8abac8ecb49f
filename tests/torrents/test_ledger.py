"""What is remembered of torrents, and the list of transfers made from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.torrents._ledger import Ledger, Record
from novastream_desktop.torrents._progress import Swarm
from novastream_desktop.torrents._transfers import Standing, list_transfers
from novastream_desktop.torrents.base import (
    StallReason,
    TorrentPhase,
    TorrentProgress,
    TransferState,
)

A, B, C = "a" * 40, "b" * 40, "c" * 64
IDLE = Standing(False, False, True, False, frozenset(), Swarm())
STATE, PHASE = TransferState, TorrentPhase


def standing(**changes: object) -> Standing:
    options: dict = {
        "used": True,
        "playing": True,
        "known": True,
        "asleep": False,
        "holds": frozenset(),
        "swarm": Swarm(download_rate=5.0, peers=2),
    }
    return Standing(**(options | changes))


def test_records_survive(tmp_path: Path):
    file = tmp_path / "deep" / "transfers.json"
    ledger = Ledger.open(file)
    ledger.note(A, name="Ä film", size=10, done=4, used_at=5.0)
    ledger.choose(A, "S01E02", 7)
    assert ledger.dirty
    ledger.copy().save()
    assert not ledger.dirty
    again = Ledger.open(file)
    assert again.records == ledger.records
    assert again.get(A).choices == {"S01E02": 7}
    again.forget(A)
    assert again.dirty
    assert again.used_at == {}


def test_the_same_again_is_no_news(tmp_path: Path):
    ledger = Ledger.open(tmp_path / "t.json")
    ledger.note(A, size=5)
    ledger.copy()
    ledger.note(A, size=5)
    assert not ledger.dirty


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"torrents": [{"info_hash": "../x"}]}'])
def test_a_broken_file_counts_as_empty(content: bytes, tmp_path: Path):
    file = tmp_path / "t.json"
    file.write_bytes(content)
    assert Ledger.open(file).records == {}


def test_choices_do_not_grow_for_ever(tmp_path: Path):
    ledger = Ledger.open(tmp_path / "t.json")
    for number in range(600):
        ledger.choose(A, f"E{number}", number)
    assert len(ledger.get(A).choices) == 500
    assert "E599" in ledger.get(A).choices


@pytest.mark.parametrize(
    ("record", "given", "state", "reason"),
    [
        ({}, None, STATE.IDLE, None),
        ({}, IDLE, STATE.IDLE, None),
        ({"paused": True}, standing(), STATE.PAUSED, StallReason.PAUSED),
        ({}, standing(known=False), STATE.METADATA, None),
        ({}, standing(), STATE.DOWNLOADING, None),
        ({}, standing(progress=TorrentProgress(PHASE.COMPLETE)), STATE.COMPLETE, None),
        ({}, standing(progress=TorrentProgress(PHASE.CHECKING)), STATE.CHECKING, None),
        (
            {},
            standing(progress=TorrentProgress(PHASE.STALLED, reason=StallReason.NO_PEERS)),
            STATE.STALLED,
            StallReason.NO_PEERS,
        ),
        (
            {},
            standing(holds=frozenset({StallReason.INTERFACE})),
            STATE.STALLED,
            StallReason.INTERFACE,
        ),
        ({}, standing(error="The disk"), STATE.FAILED, None),
        (
            {},
            standing(
                error="full",
                progress=TorrentProgress(PHASE.STALLED, reason=StallReason.DISK, error="full"),
            ),
            STATE.STALLED,
            StallReason.DISK,
        ),
    ],
)
def test_states(
    record: dict, given: Standing | None, state: TransferState, reason: StallReason | None
):
    records = {A: Record(info_hash=A, **record)}
    (transfer,) = list_transfers(records, {} if given is None else {A: given})
    assert (transfer.state, transfer.reason) == (state, reason)


def test_those_in_use_come_first_then_the_last_watched():
    records = {
        A: Record(info_hash=A, used_at=1, name="a", size=10, done=20),
        B: Record(info_hash=B, used_at=3),
        C: Record(info_hash=C, used_at=2),
    }
    listed = list_transfers(records, {A: standing()})
    assert [transfer.id for transfer in listed] == [A, B, C]
    assert listed[0].fraction == 1
    assert listed[0].download_rate == 5.0
    assert listed[1].name == B
