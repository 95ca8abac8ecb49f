"""The preview of subtitles in the settings follows each change."""

from __future__ import annotations

from tests.ui.driving import Shown, find, until


def test_the_preview_shows_what_is_set(shown: Shown):
    shown.app.openSettings()
    until(lambda: shown.app.page == "settings")
    shown.app.settings.chooseCategory(1)
    preview = find(shown.window.contentItem(), lambda i: i.property("look") is not None)
    look = preview.property("look")
    assert (look["font"], look["size"], look["box"]) == ("Noto Sans", 44, False)
    shown.app.settings.enter("subtitles.style.size", "60")
    shown.app.settings.toggle("subtitles.style.box", True)
    until(lambda: preview.property("look")["size"] == 60)
    until(lambda: preview.property("look")["box"])
    assert shown.warnings == []
