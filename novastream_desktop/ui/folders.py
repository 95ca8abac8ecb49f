"""A folder that is opened or dropped: its one title's page, or all that is in it as a grid."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from novastream_desktop.ui.navigation import SEARCH

if TYPE_CHECKING:  # nothing of it is needed before the first frame
    from novastream_desktop.errors import UserFacingError
    from novastream_desktop.models import Content
    from novastream_desktop.ui.app_viewmodel import AppViewModel
    from novastream_desktop.ui.messages import Messages
    from novastream_desktop.ui.rooms import Rooms


def folder_of(target: str) -> str | None:
    """Return the folder that a path or `file:` address names, None if it names none."""
    local = target.startswith("file://")
    if not local and ("://" in target or target.startswith("magnet:")):
        return None
    try:
        path = Path(unquote(urlsplit(target).path) if local else target).expanduser()
        return str(path.absolute()) if path.is_dir() else None
    except (OSError, RuntimeError, ValueError):  # a `data:` address is too long a name; `~nobody`
        return None


def offer_if_folder(target: str, app: AppViewModel, rooms: Rooms, messages: Messages) -> bool:
    """Show what is in a folder, which is one of those on this computer from then on.

    Args:
        target: what is opened; nothing is done if that is no folder.
        app: the window.
        rooms: its pages.
        messages: told why there is nothing, and how to take it back.

    Returns:
        Whether it is a folder.
    """
    folder = folder_of(target)
    if folder is None:
        return False
    if app.property("playerActive"):
        rooms.player.close()
    name, before = Path(folder).name or folder, rooms.backend.settings.sources.local_folders

    def found(titles: Sequence[Content]) -> None:
        rooms.search.offer(titles, name)
        if len(titles) == 1:
            app.openTitle(titles[0].id)
        else:
            app.openRoom(SEARCH)
        if rooms.backend.settings.sources.local_folders != before:
            rooms.tasks.latest("home/refresh", rooms.backend.refresh_home(), _nothing, _nothing)
            messages.notify(f"{name} is on the home page from now on", undo)

    def undo() -> None:
        changes = {"sources.local_folders": list(before)}
        rooms.tasks.latest("app/folder", rooms.backend.save_settings(changes), _nothing, refused)

    def refused(error: UserFacingError) -> None:
        messages.tell(error.sentence())

    rooms.tasks.latest("app/folder", rooms.backend.open_folder(folder), found, refused)
    return True


def _nothing(_: object) -> None:
    """Leave it at that."""
