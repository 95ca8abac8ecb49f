"""Subtitle tracks."""

from __future__ import annotations

from novastream_desktop.models._base import Model


class SubtitleTrack(Model):
    """One subtitle track. `lang` is a BCP 47 tag, `und` when unknown.

    Attributes:
        forced: only what is not spoken in the audio's language: signs and foreign speech.
        release: the release or file that it was made for.
        exact: it is known to belong to the very file that plays.
    """

    lang: str
    url: str
    label: str = ""
    format: str | None = None
    encoding: str | None = None
    hearing_impaired: bool = False
    forced: bool = False
    origin: str = ""
    release: str | None = None
    exact: bool | None = None
