"""What was learned of seasons, kept on disk: one small file each, the oldest make room."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import logging
import struct
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from novastream_desktop.models import SkipRange, SkipType
from novastream_desktop.runtime.files import replace_file
from novastream_desktop.skips._learn_rules import Found, Numbers, Print, Season, Theme

log = logging.getLogger(__name__)

MOST_SEASONS = 100
"""A season takes about 0.4 MB, so all together take some 40 MB."""
_FORMAT = 1


def file_key(file: Path) -> str:
    """Return what tells a file from another one of that name.

    Raises:
        OSError: it is not there.
    """
    seen = file.stat()
    return f"{file.name}|{seen.st_size}|{seen.st_mtime_ns}"


class SeasonStore:
    """Reads and writes seasons. Its methods block; call them on a thread.

    Args:
        folder: where they are kept; made when first needed.
        most: how many are kept.
    """

    def __init__(self, folder: Path, most: int = MOST_SEASONS) -> None:
        self._folder = folder
        self._most = most

    def load(self, season: str) -> Season:
        """Return what is known of a season; nothing if its file is damaged."""
        file = self._file(season)
        try:
            return _season_of(json.loads(file.read_text(encoding="utf-8")))
        except FileNotFoundError:
            return Season()
        except (OSError, ValueError, TypeError, KeyError, AttributeError, ValidationError) as error:
            log.info("What was learned of a season begins anew: %s", error)
            return Season()

    def save(self, season: str, known: Season) -> None:
        """Keep what is known of a season; a full disk only loses it."""
        file = self._file(season)
        try:
            replace_file(file, json.dumps(_plain(known)))
            self._make_room()
        except OSError as error:
            log.warning("What was learned of a season was not kept: %s", error)

    def _make_room(self) -> None:
        files = sorted(self._folder.glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        for file in files[: max(0, len(files) - self._most)]:
            file.unlink(missing_ok=True)

    def _file(self, season: str) -> Path:
        return self._folder / f"{hashlib.sha256(season.encode()).hexdigest()[:24]}.json"


def _plain(season: Season) -> dict[str, Any]:
    return {
        "format": _FORMAT,
        "themes": [[theme.type, _packed(theme.numbers)] for theme in season.themes],
        "prints": {
            key: [p.file, p.duration, _packed(p.head), _packed(p.tail), p.tail_at]
            for key, p in season.prints.items()
        },
        "found": {
            key: [found.duration, [skip.model_dump(mode="json") for skip in found.ranges]]
            for key, found in season.found.items()
        },
    }


def _season_of(plain: Any) -> Season:
    if plain["format"] != _FORMAT:
        return Season()
    return Season(
        themes=tuple(Theme(SkipType(kind), _unpacked(text)) for kind, text in plain["themes"]),
        prints={
            str(key): Print(str(file), float(length), _unpacked(head), _unpacked(tail), int(at))
            for key, (file, length, head, tail, at) in plain["prints"].items()
        },
        found={
            str(key): Found(float(length), tuple(SkipRange.model_validate(r) for r in ranges))
            for key, (length, ranges) in plain["found"].items()
        },
    )


def _packed(numbers: Numbers) -> str:
    return base64.b64encode(struct.pack(f"<{len(numbers)}I", *numbers)).decode()


def _unpacked(text: str) -> Numbers:
    try:
        data = base64.b64decode(text, validate=True)
        return struct.unpack(f"<{len(data) // 4}I", data)
    except (binascii.Error, struct.error) as error:
        raise ValueError(str(error)) from error
