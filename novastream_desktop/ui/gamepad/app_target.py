"""The window as a gamepad sees it."""

from __future__ import annotations

from typing import cast

from novastream_desktop.ui.app_viewmodel import AppViewModel
from novastream_desktop.ui.gamepad._pad import PadContext
from novastream_desktop.ui.player.player_viewmodel import PlayerViewModel


class AppTarget:
    """Answers from the window's view models.

    Args:
        app: the window's.
    """

    def __init__(self, app: AppViewModel) -> None:
        self._app = app

    def pad_context(self) -> PadContext:
        """Return where a press happens."""
        if not self._app.playerActive:
            return PadContext()
        player = self._player
        keys = player.key_context()
        panel = keys.panel_open and not keys.overlay
        choosing = panel or keys.control_focused or keys.modal or keys.prompt_visible
        return PadContext(playing=True, choosing=choosing, episodes=player.props.hasEpisodes)

    def pad_action(self, action: str) -> None:
        """Do one of the player's actions."""
        if self._app.playerActive:
            self._player.perform(action)

    @property
    def _player(self) -> PlayerViewModel:
        return cast("PlayerViewModel", self._app.player)
