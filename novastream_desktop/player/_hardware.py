"""Whether there is video hardware that is worth asking."""

from __future__ import annotations

import sys
from pathlib import Path

#: Graphics (also that of small boards), NVIDIA's own, and decoders of small boards.
_SIGNS = ("dri/*", "nvidia[0-9]*", "dxg", "video1[0-9]")


def has_video_hardware(devices: Path = Path("/dev"), platform: str = sys.platform) -> bool:
    """Say whether anything could decode; not asked of systems other than Linux, where it can."""
    return not platform.startswith("linux") or any(any(devices.glob(sign)) for sign in _SIGNS)


def decoding_options(wanted: str, *, there: bool) -> dict[str, str]:
    """Return mpv's options for the setting `playback.hwdec`.

    Where there is no hardware, looking for it only makes drivers' libraries complain on standard
    error (`Cannot load libcuda.so.1`), already when the renderer is made. What is named expressly
    is tried all the same.
    """
    nothing = wanted == "no" or (wanted.startswith("auto") and not there)
    return {"hwdec": "no", "gpu_hwdec_interop": "no"} if nothing else {"hwdec": wanted}
