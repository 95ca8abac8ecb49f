"""Packed files."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from novastream_desktop.errors import BadResponse
from novastream_desktop.subtitles._unpack import LARGEST, MOST_FILES, unpacked


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name.replace("__", "."), data)
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "hint", "expected"),
    [
        (b"plain", "", b"plain"),
        (gzip.compress(b"packed"), "", b"packed"),
        (zipped(readme__txt=b"read me!!", film__srt=b"film"), "", b"film"),
        (zipped(a__srt=b"longer one", b__srt=b"short"), "", b"longer one"),
        (zipped(S01E01__srt=b"first one", S01E02__srt=b"second"), "S01E02", b"second"),
    ],
)
def test_what_is_inside(data: bytes, hint: str, expected: bytes):
    assert unpacked(data, "a.zip", hint=hint) == expected


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (gzip.compress(bytes(LARGEST + 1)), "more than 10 MB"),
        (zipped(bomb__srt=bytes(LARGEST + 1)), "more than 10 MB"),
        (bytes(LARGEST + 1), "more than 10 MB"),
        (zipped(photo__jpg=b"x"), "no subtitles in it"),
        (zipped(a__srt=b"some text")[:-30], "damaged"),
        (b"PK\x03\x04 nonsense", "damaged"),
        (b"Rar!\x1a\x07", "RAR archive"),
        (b"7z\xbc\xaf\x27", "7-Zip archive"),
        (zipped(**{f"f{n}__srt": b"" for n in range(MOST_FILES + 1)}), "too many files"),
    ],
)
def test_what_cannot_be_opened(data: bytes, why: str):
    with pytest.raises(BadResponse, match=why):
        unpacked(data, "a.zip")
