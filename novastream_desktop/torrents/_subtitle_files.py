"""Subtitle files inside a torrent: which belong to a video, and in what language. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePosixPath

import langcodes

from novastream_desktop.torrents._episodes import told_by
from novastream_desktop.torrents._files import is_video
from novastream_desktop.torrents.base import TorrentFile

_FORMATS = frozenset((".srt", ".ass", ".ssa", ".vtt", ".sub"))
_MAX_BYTES = 20 << 20
_MAX_COUNT = 60
_NAMES = {
    name: tag
    for tag, names in {
        "ar": "arabic ara",
        "bg": "bulgarian bul",
        "cs": "czech cze ces čeština",
        "da": "danish dan dansk",
        "de": "german ger deu deutsch",
        "el": "greek gre ell",
        "en": "english eng",
        "es": "spanish spa español espanol castellano",
        "et": "estonian est",
        "fa": "persian per fas farsi",
        "fi": "finnish fin suomi",
        "fr": "french fre fra français francais vff vostfr",
        "he": "hebrew heb",
        "hi": "hindi hin",
        "hr": "croatian hrv hrvatski",
        "hu": "hungarian hun magyar",
        "id": "indonesian ind",
        "it": "italian ita italiano",
        "ja": "japanese jpn jap",
        "ko": "korean kor",
        "lt": "lithuanian lit",
        "lv": "latvian lav",
        "ms": "malay may msa",
        "nb": "norwegian nor nob norsk",
        "nl": "dutch dut nld nederlands",
        "pl": "polish pol polski",
        "pt": "portuguese por português portugues",
        "pt-BR": "brazilian brasil brazil",
        "ro": "romanian rum ron",
        "ru": "russian rus русский",
        "sk": "slovak slo slk",
        "sl": "slovenian slv",
        "sr": "serbian srp",
        "sv": "swedish swe svenska",
        "ta": "tamil tam",
        "te": "telugu tel",
        "th": "thai tha",
        "tr": "turkish tur türkçe",
        "uk": "ukrainian ukr українська",
        "vi": "vietnamese vie",
        "zh": "chinese chi zho chs cht",
    }.items()
    for name in names.split()
}
_WORDS = re.compile(r"[^\W\d_]+(?:-[A-Za-z0-9]{2,4})?")
_NOT_A_LANGUAGE = frozenset(("hi", "cc"))


def subtitle_files(files: Sequence[TorrentFile], video: TorrentFile) -> tuple[TorrentFile, ...]:
    """Return the subtitle files of a video: those that share its name or episode, or lie beside.

    In a torrent with one video every subtitle file is its own; in a pack only those whose name,
    folder or episode says so.
    """
    found = [
        file
        for file in files
        if PurePosixPath(file.path).suffix.lower() in _FORMATS and 0 < file.size <= _MAX_BYTES
    ]
    videos = [file for file in files if file.playable and is_video(file.path)]
    alone = len(videos) <= 1
    ranked = [(rank, file) for file in found if (rank := _rank(file, video, alone=alone)) < 9]  # noqa: PLR2004
    ranked.sort(key=lambda item: (item[0], item[1].path))
    return tuple(file for _, file in ranked[:_MAX_COUNT])


def _rank(file: TorrentFile, video: TorrentFile, *, alone: bool) -> int:
    stem = PurePosixPath(video.path).stem.casefold()
    path = PurePosixPath(file.path)
    if path.stem.casefold().startswith(stem):
        return 0
    if any(part.casefold() == stem for part in path.parts[:-1]):
        return 1  # Subs/Show.S01E02/2_English.srt
    meant, said = told_by(video.path), told_by(file.path)
    if not alone and meant is not None and said is not None:
        same = any(said.fits(meant.season, episode) for episode in meant.episodes)
        return 2 if same else 9
    return 3 if alone else 9


def label_of(file: TorrentFile, video: TorrentFile) -> str:
    """Return what a subtitle file's name says beyond the video's, such as `English.forced`."""
    stem, own = PurePosixPath(video.path).stem, PurePosixPath(file.path).stem
    if own.casefold().startswith(stem.casefold()):
        own = own[len(stem) :]
    return own.strip(" ._-")


def language_of(label: str) -> str:
    """Return the BCP 47 tag that a label tells (the last, or the most exact), `und` for none."""
    words = [word for word in _WORDS.findall(label) if word.casefold() not in _NOT_A_LANGUAGE]
    tags = [tag for word in reversed(words) if (tag := _language(word)) is not None]
    return max(tags, key=len, default="und")


def _language(word: str) -> str | None:
    if (tag := _NAMES.get(word.casefold())) is not None:
        return tag
    if re.fullmatch(r"[a-z]{2}(?:-[A-Za-z0-9]{2,4})?", word) and langcodes.tag_is_valid(word):
        return langcodes.standardize_tag(word)
    return None
