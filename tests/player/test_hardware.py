"""When video hardware is looked for."""

from __future__ import annotations

from pathlib import Path

import pytest

from novastream_desktop.player._hardware import decoding_options, has_video_hardware


@pytest.mark.parametrize(
    ("wanted", "there", "taken"),
    [
        ("auto-safe", True, "auto-safe"),
        ("auto-safe", False, "no"),
        ("auto", False, "no"),
        ("auto-copy", False, "no"),
        ("no", True, "no"),
        ("vaapi", False, "vaapi"),
        ("nvdec", True, "nvdec"),
    ],
)
def test_only_a_search_is_left_out_where_there_is_nothing(wanted: str, there: bool, taken: str):
    options = decoding_options(wanted, there=there)
    assert options["hwdec"] == taken
    assert (options.get("gpu_hwdec_interop") == "no") is (taken == "no")


@pytest.mark.parametrize(
    ("device", "there"),
    [
        ("dri/renderD128", True),
        ("nvidia0", True),
        ("dxg", True),
        ("video10", True),
        ("video0", False),
        ("nvidiactl", False),
        ("null", False),
    ],
)
def test_devices_that_could_decode(tmp_path: Path, device: str, there: bool):
    (tmp_path / device).parent.mkdir(exist_ok=True)
    (tmp_path / device).touch()
    assert has_video_hardware(tmp_path, "linux") is there


def test_other_systems_are_not_asked(tmp_path: Path):
    assert has_video_hardware(tmp_path, "win32")
    assert not has_video_hardware(tmp_path, "linux")
