"""Resume data, room and the cache's size on a real disk."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.torrents._disk import (
    CacheEntry,
    TorrentDisk,
    choose_evictions,
    disk_error,
    passes_by_itself,
)

A, B, C = "a" * 40, "b" * 40, "c" * 64


@pytest.fixture
def disk(tmp_path: Path) -> TorrentDisk:
    return TorrentDisk(tmp_path / "data", tmp_path / "cache", True)


def put(disk: TorrentDisk, info_hash: str, size: int, used_at: int) -> Path:
    folder = disk.folder(info_hash)
    disk.prepare(folder)
    (folder / "film.mkv").write_bytes(b"x" * size)
    os.utime(folder, (used_at, used_at))
    disk.save_resume(info_hash, b"resume")
    return folder


def test_resume_data_is_kept(disk: TorrentDisk):
    assert disk.load_resume(A) is None
    disk.save_resume(A, b"one")
    disk.save_resume(A, b"two")
    assert disk.load_resume(A) == b"two"


def test_the_longest_unused_torrents_go_first(disk: TorrentDisk):
    folders = {h: put(disk, h, 100_000, used) for h, used in ((A, 300), (B, 100), (C, 200))}
    (folders[A].parent / "mine.mkv").write_bytes(b"x" * 500_000)
    assert disk.prune(frozenset(), {}, limit=250_000) == (B,)
    assert not folders[B].exists()
    assert disk.load_resume(B) is None
    assert disk.load_resume(C) == b"resume"
    assert (folders[A].parent / "mine.mkv").exists()


def test_torrents_in_use_stay(disk: TorrentDisk):
    put(disk, A, 100_000, 100)
    assert disk.prune(frozenset({A}), {}, limit=0) == ()


def test_a_folder_of_the_user_is_never_pruned(tmp_path: Path):
    disk = TorrentDisk(tmp_path / "data", tmp_path / "films", False)
    put(disk, A, 100_000, 100)
    assert disk.prune(frozenset(), {}, limit=0) == ()
    assert disk.folder(A).exists()


def test_a_cache_that_does_not_exist_is_small(disk: TorrentDisk):
    assert disk.prune(frozenset(), {}, limit=0) == ()


def test_room(disk: TorrentDisk):
    assert disk.missing_room(1000, 0) == 0
    assert disk.missing_room(1 << 60, 0) > 1 << 59
    assert disk.missing_room(1 << 60, 1 << 61) == 0
    assert "not enough room" in disk.no_room(1 << 60, 0).sentence()
    disk.prepare(disk.folder(A))
    assert disk.has_room()


def test_what_was_watched_lately_stays(disk: TorrentDisk):
    for info_hash, used in ((A, 300), (B, 100), (C, 200)):
        put(disk, info_hash, 100_000, used)
    assert disk.prune(frozenset(), {B: 900.0}, limit=250_000) == (C,)


def test_room_is_made_for_others(disk: TorrentDisk):
    for info_hash, used in ((A, 300), (B, 100), (C, 200)):
        put(disk, info_hash, 100_000, used)
    assert disk.prune(frozenset({B}), {}, free=50_000) == (C,)


def test_a_folder_of_another_name_is_never_deleted(disk: TorrentDisk, tmp_path: Path):
    (tmp_path / "films").mkdir()
    disk.delete(A, tmp_path / "films")
    assert (tmp_path / "films").exists()


@pytest.mark.parametrize(
    ("number", "words", "passes"),
    [
        (errno.ENOSPC, "full", True),
        (errno.EDQUOT, "full", True),
        (errno.EROFS, "permission", False),
        (errno.EACCES, "permission", False),
        (errno.EIO, "why it is", False),
    ],
)
def test_sentences(number: int, words: str, passes: bool):
    assert words in disk_error(number, "why it is").sentence()
    assert passes_by_itself(number) is passes


entries = st.lists(
    st.builds(
        CacheEntry,
        st.text("ab", min_size=5, max_size=5),
        st.integers(0, 100),
        st.floats(0, 9),
    ),
    unique_by=lambda entry: entry.info_hash,
    max_size=8,
)


@given(entries, st.integers(0, 400), st.frozensets(st.text("ab", min_size=5, max_size=5)))
def test_the_rest_fits_or_is_in_use(all_: list[CacheEntry], limit: int, keep: frozenset[str]):
    chosen = choose_evictions(all_, limit, keep)
    rest = [entry for entry in all_ if entry.info_hash not in chosen]
    assert not keep & set(chosen)
    assert sum(e.size for e in rest) <= limit or all(e.info_hash in keep for e in rest)
    if chosen:  # nothing more than needed
        last = next(entry for entry in all_ if entry.info_hash == chosen[-1])
        assert sum(e.size for e in rest) + last.size > limit
