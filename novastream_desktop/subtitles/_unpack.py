"""Packed subtitle files: gzip and zip, within limits. Pure."""

from __future__ import annotations

import gzip
import io
import zipfile
import zlib
from pathlib import PurePosixPath

from novastream_desktop.errors import BadResponse

LARGEST = 10 * 1024 * 1024
"""No subtitle file has more bytes than this."""
MOST_FILES = 2000
_GZIP, _ZIP = b"\x1f\x8b", b"PK\x03\x04"
_OTHERS = {b"Rar!": "RAR", b"7z\xbc\xaf": "7-Zip", b"\xfd7zXZ": "xz", b"BZh": "bzip2"}
_SUFFIXES = (".srt", ".ass", ".ssa", ".vtt", ".ttml", ".dfxp", ".xml", ".smi", ".sub", ".txt")


def unpacked(data: bytes, name: str, *, hint: str = "") -> bytes:
    """Return the subtitle file inside; what is not packed comes back as it is.

    Args:
        data: at most `LARGEST` bytes.
        name: for the sentence when it cannot be read.
        hint: such as `S01E02`: of several files in a zip, one with it in its name is taken.

    Raises:
        BadResponse: damaged, locked, too large once unpacked, or without subtitles.
    """
    if data.startswith(_GZIP):
        return _of_gzip(data, name)
    if data.startswith(_ZIP):
        return _of_zip(data, name, hint)
    for sign, kind in _OTHERS.items():
        if data.startswith(sign):
            raise _bad(name, f"it is a {kind} archive, which is not opened")
    return not_too_large(data, name)


def not_too_large(data: bytes, name: str) -> bytes:
    """Return the data.

    Raises:
        BadResponse: it is more than `LARGEST`.
    """
    if len(data) > LARGEST:
        raise _bad(name, "more than 10 MB is no subtitle file")
    return data


def _of_gzip(data: bytes, name: str) -> bytes:
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            plain = packed.read(LARGEST + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise _bad(name, "it is packed but damaged") from error
    return not_too_large(plain, name)


def _of_zip(data: bytes, name: str, hint: str) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entry = _chosen(packed, name, hint)
            with packed.open(entry) as file:
                return not_too_large(file.read(LARGEST + 1), name)
    except (OSError, EOFError, zlib.error, zipfile.BadZipFile, NotImplementedError) as error:
        raise _bad(name, "it is packed but damaged") from error
    except RuntimeError as error:  # what zipfile says of a password
        raise _bad(name, "its archive is locked with a password") from error


def _chosen(packed: zipfile.ZipFile, name: str, hint: str) -> zipfile.ZipInfo:
    entries = packed.infolist()
    if len(entries) > MOST_FILES:
        raise _bad(name, "its archive has too many files")

    def rank(entry: zipfile.ZipInfo) -> tuple[bool, int, int]:
        path = PurePosixPath(entry.filename)
        hinted = bool(hint) and hint.lower() in path.name.lower()
        return not hinted, _SUFFIXES.index(path.suffix.lower()), -entry.file_size

    found = [
        e
        for e in entries
        if PurePosixPath(e.filename).suffix.lower() in _SUFFIXES
        and not PurePosixPath(e.filename).name.startswith(".")
        and "__MACOSX" not in e.filename
    ]
    if not found:
        raise _bad(name, "its archive has no subtitles in it")
    return min(found, key=rank)


def _bad(name: str, why: str) -> BadResponse:
    return BadResponse(
        f"The subtitles {name} cannot be read", why=why, hint="Choose another subtitle track"
    )
