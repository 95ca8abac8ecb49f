"""What a person does, step by step. Each scenario returns the facts that its test asserts on."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from novastream_desktop.paths import resources_dir
from tests.e2e.stage import Stage, play_scenario

if TYPE_CHECKING:
    from _typeshed import SupportsRead, SupportsWrite

ANIME, SERIES, FILM = "Moon Courier", "Paper Boats", "Lantern Bay"


def find_by_arrows(stage: Stage, name: str) -> list[str]:
    """Walk the home page with the arrow keys until a card has the focus; return the way."""
    stage.wait("rows", lambda: stage.on_loop(lambda: stage.desktop.home.value.rows))
    way = [stage.wait("a focused card", lambda: (f := stage.focused()) not in {"", "Home"} and f)]
    for _row in range(8):
        for _card in range(12):
            if way[-1].startswith(name):
                return way
            stage.key(Qt.Key.Key_Right)
            here = stage.focused()
            if here == way[-1]:
                break
            way.append(here)
        for _card in range(12):
            stage.key(Qt.Key.Key_Left)
        stage.key(Qt.Key.Key_Right)
        stage.key(Qt.Key.Key_Down)
        way.append(stage.focused())
    raise AssertionError(f"{name} was not found on the way {way}")


def anime(stage: Stage) -> dict[str, object]:
    """Browse to the demo anime, play it, skip its intro, leave, and find it again."""
    way = find_by_arrows(stage, ANIME)
    stage.key(Qt.Key.Key_Return)
    stage.wait("the title page", lambda: stage.focused() not in {"", way[-1]})
    title_focus = stage.focused()
    stage.key(Qt.Key.Key_Return)
    first = stage.playing()
    before = stage.colours()
    opening = stage.wait(
        "the skip ranges", lambda: [r for r in stage.session().skip_ranges if r.type == "op"]
    )[0]
    prompt = stage.wait("the skip prompt", lambda: stage.session().prompt)
    moved = stage.colours()
    stage.key(Qt.Key.Key_S)
    after = stage.playing(opening.end - 0.5)
    skipped = stage.colours()
    stage.playing(after.player.position + 1.0)
    left_at = stage.session().player.position
    for _press in range(4):
        stage.key(Qt.Key.Key_Escape)
        if stage.session().phase == "idle":
            break
    stage.wait("the end of playback", lambda: stage.session().phase == "idle")
    shelf = stage.wait("Continue watching", stage.continue_watching)
    return {
        "way": way,
        "titleFocus": title_focus,
        "episode": first.episode.id if first.episode else None,
        "source": first.sources[first.source_index].type,
        "opening": [opening.start, opening.end, opening.origin],
        "prompt": [prompt.range.start, prompt.range.end],
        "jumpedTo": after.player.position,
        "colours": [before, moved, skipped],
        "leftAt": left_at,
        "continue": shelf,
    }


def resume(stage: Stage) -> dict[str, object]:
    """On a second start, go on with what Continue watching shows."""
    shelf = stage.continue_watching()
    stage.wait("a focused control", stage.focused)
    stage.key(Qt.Key.Key_Return)
    state = stage.playing()
    return {
        "continue": shelf,
        "content": state.content.id if state.content else None,
        "resumedFrom": state.resumed_from,
        "position": state.player.position,
    }


def _watch(stage: Stage) -> dict[str, object]:
    """Watch what was opened for two seconds; seek; pause; leave."""
    state = stage.playing()
    begun = stage.colours()
    stage.playing(state.player.position + 2.0)
    moved = stage.colours()
    stage.key(Qt.Key.Key_5)
    half = stage.playing(state.player.duration * 0.5 - 0.5)
    sought = stage.colours()
    subtitles = [t.lang for t in half.player.tracks if t.kind == "sub"]
    stage.key(Qt.Key.Key_Space)
    stage.wait("the pause", lambda: stage.session().player.phase == "paused")
    paused_at = stage.session().player.position
    for _press in range(4):
        stage.key(Qt.Key.Key_Escape)
        if stage.session().phase == "idle":
            break
    stage.wait("the end of playback", lambda: stage.session().phase == "idle")
    return {
        "source": state.sources[state.source_index].type,
        "duration": state.player.duration,
        "sought": half.player.position,
        "subtitles": subtitles,
        "colours": [begun, moved, sought],
        "pausedAt": paused_at,
        "continue": stage.wait("Continue watching", stage.continue_watching),
    }


def film(stage: Stage) -> dict[str, object]:
    """Watch the demo film (MP4)."""
    return _watch(stage)


def series(stage: Stage) -> dict[str, object]:
    """Watch the demo series (HLS)."""
    return _watch(stage)


def plays(stage: Stage) -> dict[str, object]:
    """What was opened plays for a second."""
    state = stage.playing(1.0)
    return {"duration": state.player.duration, "source": state.sources[0].type}


def next_episode(stage: Stage) -> dict[str, object]:
    """Shift+N plays the next episode: an HLS stream with encrypted segments."""
    stage.playing()
    stage.key(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    state = stage.wait(
        "the second episode",
        lambda: (
            s
            if (s := stage.session()).episode
            and s.previous_episode
            and s.player.has_picture
            and s.player.position > 0.5
            else None
        ),
    )
    return {"episode": state.episode.id if state.episode else None}


HEAVY = (
    *("asyncio", "fastapi", "httpx", "langcodes", "libtorrent", "mpv", "pydantic"),
    *("pysubs2", "tinydb", "uvicorn"),
    *(f"novastream_desktop.{part}" for part in ("catalog", "desktop", "models", "playback")),
    *(f"novastream_desktop.{part}" for part in ("player", "providers", "settings")),
)


def imports(stage: Stage) -> dict[str, object]:
    """Say which heavy modules were there when the first rows were painted."""
    there = [name for name in HEAVY if name in stage.modules]
    return {"heavy": there}


def handed_over(stage: Stage) -> dict[str, object]:
    """A second start with a target ends at once, and the first one plays it."""
    stage.wait("the services", lambda: stage.desktop.session)
    words = [sys.executable, "-m", "novastream_desktop", "open", "nova:lantern-bay"]
    second = subprocess.run(words, check=False, timeout=30)
    state = stage.playing()
    return {
        "secondExit": second.returncode,
        "content": state.content.id if state.content else None,
    }


def media_gone(stage: Stage) -> dict[str, object]:
    """A server that drops its connections and answers 404 from one moment on."""
    demo = resources_dir() / "demo"
    film = next(demo.glob("lantern-bay/*720p.mp4"))
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Files, directory=str(film.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    stage.open_target(f"http://127.0.0.1:{server.server_port}/{film.name}")
    stage.playing(0.5)
    _Files.gone.set()
    failed = stage.wait(
        "the failure", lambda: s if (s := stage.session()).phase == "failed" else None
    )
    server.shutdown()
    server.server_close()
    position = failed.player.position
    stage.key(Qt.Key.Key_Escape)
    return {
        "sentence": failed.error,
        "position": position,
        "continue": stage.wait("Continue watching", stage.continue_watching),
    }


class _Files(SimpleHTTPRequestHandler):
    """Serves a folder at 100 KB/s, so that the player cannot fetch all of it ahead."""

    gone = threading.Event()

    def do_GET(self) -> None:
        if self.gone.is_set():
            self.send_error(404)
        else:
            super().do_GET()

    def copyfile(self, source: SupportsRead[bytes], outputfile: SupportsWrite[bytes]) -> None:
        while not self.gone.is_set() and (block := source.read(10_000)):
            outputfile.write(block)
            self.gone.wait(0.1)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def cannot_play(stage: Stage) -> dict[str, object]:
    """Playing fails, the window stays."""
    failed = stage.wait("the sentence", lambda: stage.session().error)
    home = stage.on_loop(lambda: stage.desktop.home.value)
    return {"sentence": failed, "rows": len(home.rows)}


def settings(stage: Stage) -> dict[str, object]:
    """Ctrl+, opens the settings; a choice is made and kept."""
    stage.wait("the services", lambda: stage.desktop.session)
    home = stage.wait("a focused card", lambda: (f := stage.focused()) not in {"", "Home"} and f)
    stage.key(Qt.Key.Key_Comma, Qt.KeyboardModifier.ControlModifier)
    first = stage.wait("the settings", lambda: (f := stage.focused()) not in {"", home} and f)
    stage.key(Qt.Key.Key_Right)
    stage.wait("a setting", lambda: (f := stage.focused()) not in {"", first} and f)
    stage.key(Qt.Key.Key_Left)
    chosen = stage.wait(
        "the choice", lambda: (m := stage.desktop.settings.playback.skip.op) != "ask" and m
    )
    stage.key(Qt.Key.Key_Escape)
    back = stage.wait("the home page", lambda: (f := stage.focused()) == home and f)
    return {"first": first, "chosen": chosen, "back": back, "home": home}


SCENARIOS: dict[str, Callable[[Stage], dict[str, object]]] = {
    f.__name__: f
    for f in (
        anime,
        resume,
        film,
        series,
        plays,
        next_episode,
        imports,
        handed_over,
        media_gone,
        cannot_play,
        settings,
    )
}

if __name__ == "__main__":
    sys.exit(play_scenario(SCENARIOS[sys.argv[1]], sys.argv[2] if len(sys.argv) > 2 else None))
