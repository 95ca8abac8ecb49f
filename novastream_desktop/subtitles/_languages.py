"""The languages that the system is set to."""

from __future__ import annotations

import locale
import os
from collections.abc import Mapping

from novastream_desktop.subtitles._merge import UNKNOWN, tag_of


def system_languages(environ: Mapping[str, str] = os.environ) -> tuple[str, ...]:
    """Return the languages that the system is set to, best first."""
    names = environ.get("LANGUAGE", "").split(":")
    names += [environ.get(name, "") for name in ("LC_ALL", "LC_MESSAGES", "LANG")]
    names.append(locale.getlocale()[0] or "")
    plain = (name.partition(".")[0].partition("@")[0] for name in names)
    tags = (tag_of(name) for name in plain if name not in ("", "C", "POSIX"))
    return tuple(dict.fromkeys(tag for tag in tags if tag != UNKNOWN))
