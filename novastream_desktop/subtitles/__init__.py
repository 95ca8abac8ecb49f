"""Subtitles: tracks of every provider as one list, any track as WebVTT in UTF-8."""

from novastream_desktop.subtitles._encoding import decode
from novastream_desktop.subtitles._merge import merge_tracks, tag_of
from novastream_desktop.subtitles._service import SubtitleService, system_languages
from novastream_desktop.subtitles._vtt import to_vtt

__all__ = [
    "SubtitleService",
    "decode",
    "merge_tracks",
    "system_languages",
    "tag_of",
    "to_vtt",
]
