"""Subtitle tracks."""

from __future__ import annotations

from novastream_desktop.models._base import Model


class SubtitleTrack(Model):
    """One subtitle track. `lang` is a BCP 47 tag, `und` when unknown."""

    lang: str
    url: str
    label: str = ""
    format: str | None = None
    encoding: str | None = None
    hearing_impaired: bool = False
    forced: bool = False
    origin: str = ""
