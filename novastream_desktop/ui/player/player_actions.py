"""The half of the player's view model that hands plain commands to the session."""

from __future__ import annotations

from operator import methodcaller

from PySide6.QtCore import Slot

from novastream_desktop.ui.player.player_states import PlayerStates


class PlayerActions(PlayerStates):
    """One slot for each thing that a control on the page asks of the session."""

    def _run(self, name: str, *args: object, **named: object) -> None:
        self._link.run(methodcaller(name, *args, **named))

    @Slot()
    def togglePause(self) -> None:
        """Pause or go on."""
        self._run("toggle_pause")

    @Slot(float)
    def seekBy(self, seconds: float) -> None:
        """Jump relative."""
        self._run("seek_by", seconds)

    @Slot(float)
    def seekTo(self, position: float) -> None:
        """Jump to a position in seconds."""
        self._run("seek_to", max(0.0, position))

    @Slot(float)
    def seekFraction(self, fraction: float) -> None:
        """Jump to a share of the duration."""
        self._run("seek_fraction", min(1.0, max(0.0, fraction)))

    @Slot(float)
    def changeVolume(self, by: float) -> None:
        """Make it louder or quieter, in per cent."""
        self._run("change_volume", by)

    @Slot(float)
    def setVolume(self, volume: float) -> None:
        """Set the volume, 0 to 150."""
        self._run("set_volume", volume)

    @Slot()
    def toggleMute(self) -> None:
        """Switch sound off or on."""
        self._run("toggle_mute")

    @Slot()
    def skipSegment(self) -> None:
        """Jump over the range that the button names."""
        self._run("skip_segment")

    @Slot()
    def dismissNextEpisode(self) -> None:
        """Put the next-episode card away: it stays in the credits, then ends."""
        self._run("dismiss_next_episode")

    @Slot(result=bool)
    def hidesSpoilers(self) -> bool:
        """Whether pictures of episodes to come are blurred."""
        return self._backend.settings.interface.hide_spoilers

    @Slot()
    def undo(self) -> None:
        """Go back to before the last jump."""
        self._run("undo")

    @Slot()
    def nextEpisode(self) -> None:
        """Play the next episode."""
        self._run("next_episode")

    @Slot(bool)
    def holdNextEpisode(self, on: bool) -> None:
        """Keep the next episode from starting by itself while its card or a panel is in use."""
        self._run("hold_next_episode", on or bool(self._view.panel))

    @Slot()
    def previousEpisode(self) -> None:
        """Play the previous episode."""
        self._run("previous_episode")

    @Slot()
    def nextSource(self) -> None:
        """Go on with the next source: this one is bad."""
        self._run("next_source")

    @Slot(bool)
    def holdSpeed(self, on: bool) -> None:
        """Play at twice the speed while something is held."""
        self._run("hold_speed", on)
