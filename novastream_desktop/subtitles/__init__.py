"""Subtitles: tracks of everybody as one list, any track as UTF-8 for the player, its timing."""

from novastream_desktop.subtitles._align import Alignment, align, align_file
from novastream_desktop.subtitles._encoding import Decoded, decode, decode_as, language_of
from novastream_desktop.subtitles._found import (
    FoundTracks,
    LeftOut,
    PreparedSubtitle,
    ReadSubtitle,
    release_of,
)
from novastream_desktop.subtitles._languages import system_languages
from novastream_desktop.subtitles._media import media_file, moviehash
from novastream_desktop.subtitles._memory import SubtitleMemory
from novastream_desktop.subtitles._merge import merge_tracks, tag_of
from novastream_desktop.subtitles._names import COMMENTARY, role_of
from novastream_desktop.subtitles._service import SubtitleService
from novastream_desktop.subtitles._timing import STEP, Point, Timing, fit, tapped, with_speed
from novastream_desktop.subtitles._vtt import cues_of, format_of, playable, to_vtt

__all__ = [
    "COMMENTARY",
    "STEP",
    "Alignment",
    "Decoded",
    "FoundTracks",
    "LeftOut",
    "Point",
    "PreparedSubtitle",
    "ReadSubtitle",
    "SubtitleMemory",
    "SubtitleService",
    "Timing",
    "align",
    "align_file",
    "cues_of",
    "decode",
    "decode_as",
    "fit",
    "format_of",
    "language_of",
    "media_file",
    "merge_tracks",
    "moviehash",
    "playable",
    "release_of",
    "role_of",
    "system_languages",
    "tag_of",
    "tapped",
    "to_vtt",
    "with_speed",
]
