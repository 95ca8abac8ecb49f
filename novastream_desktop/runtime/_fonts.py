"""The fonts that come with the program, for the window and for libmpv's subtitles."""

from __future__ import annotations

import os
import sys
from collections.abc import MutableMapping
from pathlib import Path

from novastream_desktop.errors import EnvironmentUnusable
from novastream_desktop.paths import resources_dir

_VARIABLE = "FONTCONFIG_FILE"


def offer_fonts(environ: MutableMapping[str, str] = os.environ, system: str = sys.platform) -> None:
    """Let fontconfig find `resources/fonts` beside the system's fonts, so that no script lacks one.

    libmpv 0.35 has no option for a folder of fonts, but libass asks fontconfig; elsewhere than on
    Linux the system brings the fonts. A configuration that somebody chose is left alone.
    """
    if not system.startswith("linux") or environ.get(_VARIABLE):
        return
    try:
        file: Path = resources_dir() / "fonts" / "fonts.conf"
    except EnvironmentUnusable:
        return
    if file.is_file():
        environ[_VARIABLE] = str(file)
