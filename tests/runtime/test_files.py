"""Whole files in one step."""

from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.runtime.files import replace_file


def test_a_file_is_made_with_its_folder_and_replaced(tmp_path: Path):
    target = tmp_path / "a" / "b.json"
    replace_file(target, "grün")
    assert target.read_bytes() == "grün".encode()
    replace_file(target, b"\x00\x01")
    assert target.read_bytes() == b"\x00\x01"
    assert list(target.parent.iterdir()) == [target]


def test_what_cannot_be_written_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    target = tmp_path / "b.json"
    replace_file(target, "old")

    def full(self: Path, data: bytes) -> int:
        self.touch()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        replace_file(target, "new")
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]
