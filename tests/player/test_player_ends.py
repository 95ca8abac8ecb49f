"""The end of a player: nothing of it is used any more, whoever still asks."""

from __future__ import annotations

import threading
import weakref

import pytest

from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.paths import resources_dir
from novastream_desktop.player import create_mpv_player
from novastream_desktop.player._libmpv import import_mpv
from novastream_desktop.player._renderer import MpvRenderer
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.runtime import ServiceLoop

pytest.importorskip("mpv")
FILM = next(resources_dir().glob("demo/lantern-bay/*720p.mp4"))


class Wake:
    """What mpv calls when there is a frame."""

    def __call__(self) -> None:
        pass


def test_the_old_callback_lives_until_mpv_has_let_go_of_it(monkeypatch: pytest.MonkeyPatch):
    module = import_mpv()
    alive: list[bool] = []
    freed: list[object] = []

    class Context(module.MpvRenderContext):
        """python-mpv's own, without libmpv behind it."""

        def __init__(self, *_: object, **__: object) -> None:
            self._handle = None

    wake = Wake()
    held = weakref.ref(wake)
    monkeypatch.setattr(module, "MpvRenderContext", Context)
    monkeypatch.setattr(
        module,
        "_mpv_render_context_set_update_callback",
        lambda *_: alive.append(held() is not None),
    )
    monkeypatch.setattr(module, "_mpv_render_context_free", freed.append)
    renderer = MpvRenderer(module, None, lambda _: 0, wake)
    del wake
    renderer.free()
    renderer.free()
    assert alive == [True, True]  # at the start, and while another one takes its place
    assert held() is None
    assert freed == [None]


def test_commands_from_another_thread_while_it_ends_reach_nobody():
    loop = ServiceLoop()
    loop.start()
    player = create_mpv_player(loop, {"vo": "null", "ao": "null"})
    loop.post(player.load, LoadRequest(str(FILM)))
    going, ended = threading.Event(), threading.Event()

    def press() -> None:
        while not ended.is_set():
            player.set_volume(50)
            player.seek(1)
            player.watch_statistics(True)
            player.watch_statistics(False)
            going.set()

    presser = threading.Thread(target=press)
    presser.start()
    assert going.wait(30)
    player.close()
    player.set_paused(True)
    with pytest.raises(PlayerUnavailable, match="has ended"):
        player.create_renderer(lambda _: 0, lambda: None)
    ended.set()
    presser.join()
    player.close()
    loop.stop()
