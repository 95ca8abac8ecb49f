"""Subtitles: tracks of every provider as one list, any track as WebVTT in UTF-8."""

from novastream_desktop.subtitles._encoding import Decoded, decode, decode_as
from novastream_desktop.subtitles._merge import merge_tracks, tag_of
from novastream_desktop.subtitles._service import SubtitleService, system_languages
from novastream_desktop.subtitles._vtt import cues_of, format_of, playable, to_vtt

__all__ = [
    "Decoded",
    "SubtitleService",
    "cues_of",
    "decode",
    "decode_as",
    "format_of",
    "merge_tracks",
    "playable",
    "system_languages",
    "tag_of",
    "to_vtt",
]
