"""What real libmpv shows of subtitles in any encoding and format, and what is kept of a choice."""

from __future__ import annotations

import asyncio
import io
import json
import sys
import zipfile
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "packaging"))

from make_subtitle_corpus import texts

from novastream_desktop.models import SubtitleTrack
from novastream_desktop.paths import resources_dir
from novastream_desktop.playback.state import SessionState
from novastream_desktop.player.base import TrackKind
from novastream_desktop.runtime import ServiceLoop
from novastream_desktop.settings import Settings
from novastream_desktop.subtitles import SubtitleMemory, Timing, playable
from tests.fakes.cinema import Cinema, opened_cinema
from tests.fakes.http_server import Answer, FakeServer
from tests.fakes.playback_world import EPISODES, FILM, SHOW
from tests.fakes.providers import FakeSubtitles

pytest.importorskip("mpv")

VIDEO = next(resources_dir().glob("demo/lantern-bay/*360p.mp4"))
LINES = {lang: lines[:3] for lang, lines in texts().items()}
ASS = """[Script Info]
ScriptType: v4.00+

[V4+ Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, Alignment
Style: Default,Arial,20,&H00FFFFFF,2

[Events]
Format: Layer, Start, End, Style, Text
"""


def srt(lang: str) -> str:
    return "".join(
        f"{n}\n00:00:{n * 3:02d},000 --> 00:00:{n * 3 + 2:02d},000\n{line}\n\n"
        for n, line in enumerate(LINES[lang], 1)
    )


def ass(lang: str) -> str:
    return ASS + "".join(
        f"Dialogue: 0,0:00:{n * 3:02d}.00,0:00:{n * 3 + 2:02d}.00,Default,{{\\b1\\i1}}{line}\n"
        for n, line in enumerate(LINES[lang], 1)
    )


def shelve(folder: Path, name: str) -> Path:
    folder.mkdir(exist_ok=True)
    video = folder / f"{name}.mp4"
    video.symlink_to(VIDEO)
    (folder / f"{name}.ja.srt").write_bytes(srt("ja").encode("shift_jis"))
    (folder / f"{name}.ru.srt").write_bytes(srt("ru").encode("cp1251"))
    (folder / f"{name}.de.ass").write_bytes(ass("de").encode("utf-16"))
    return video


@asynccontextmanager
async def cinema(loop: ServiceLoop, home: Path) -> AsyncIterator[Cinema]:
    async with FakeServer() as server:
        vtt = playable(srt("en")).text.encode()
        server.route("GET", "/en.vtt", Answer(200, vtt, content_type="text/vtt"))
        settings = Settings.model_validate({"subtitles": {"languages": ["ja"]}})
        remote = FakeSubtitles("remote", [SubtitleTrack(lang="en", url=f"{server.url}/en.vtt")])
        parts = [FILM.id, *(episode.id for episode in EPISODES)]
        videos = {
            part: shelve(home / f"part{number}", f"Part {number}")
            for number, part in enumerate(parts)
        }
        async with opened_cinema(loop, home, settings, [remote], videos) as film:
            yield film


@pytest.fixture
def loop() -> Iterator[ServiceLoop]:
    loop = ServiceLoop()
    loop.start()
    yield loop
    loop.stop()


def part(state: SessionState) -> int:
    return [e.id for e in EPISODES].index(state.episode.id) if state.episode else -1


def added(state: SessionState) -> int:
    return sum(t.external for t in state.player.tracks_of(TrackKind.SUBTITLE))


def test_every_encoding_and_format_is_shown_as_it_was_written(loop: ServiceLoop, tmp_path: Path):
    async def watch() -> None:
        async with cinema(loop, tmp_path) as film:
            film.session.open_title(FILM.id)
            await film.until("the tracks", lambda s: added(s) == 4)
            film.player.set_paused(True)
            await film.until(
                "the preferred language", lambda s: s.subtitle_facts and s.subtitle_facts.url
            )
            assert film.state.subtitle_facts is not None
            assert film.state.subtitle_facts.encoding == "cp932"
            await film.shown_at(3.5, LINES["ja"][0])
            for ending, lang in ((".ru.srt", "ru"), (".de.ass", "de"), ("/en.vtt", "en")):
                await film.choose(ending)
                for number, line in enumerate(LINES[lang], 1):
                    await film.shown_at(number * 3 + 0.5, line)
            assert (await film.read("current-tracks/sub/codec")) == "webvtt"

    loop.submit(watch()).result(60)


def test_a_choice_holds_for_the_next_episode_and_the_next_start(loop: ServiceLoop, tmp_path: Path):
    def on(lang: str) -> Callable[[SessionState], object]:
        return lambda s: any(
            t.selected and t.lang == lang for t in s.player.tracks_of(TrackKind.SUBTITLE)
        )

    async def watch() -> None:
        async with cinema(loop, tmp_path) as show:
            show.session.open_title(SHOW.id)
            await show.until("Japanese", on("ja"))
            await show.until("the tracks", lambda s: added(s) == 4)
            await show.choose(".ru.srt")
            show.session.change_subtitle_delay(0.5)
            await show.until("the delay", lambda s: s.player.subtitle_delay == 0.5)
            show.session.next_episode()
            await show.until("the next one", lambda s: part(s) == 1 and s.player.has_picture)
            await show.until("Russian again", on("ru"))
            await show.until("no delay", lambda s: s.player.subtitle_delay == 0.0)
            show.session.previous_episode()
            await show.until("the first one", lambda s: part(s) == 0 and s.player.has_picture)
            await show.until("its own delay", lambda s: s.player.subtitle_delay == 0.5)
            show.session.toggle_subtitles()
            await show.until("off", lambda s: not on("ru")(s))
            show.session.next_episode()
            await show.until("the next one", lambda s: part(s) == 1 and added(s) == 4)
            assert not any(t.selected for t in show.state.player.tracks_of(TrackKind.SUBTITLE))
        memory = SubtitleMemory(tmp_path / "subtitles.json")
        await memory.load()
        assert memory.show(SHOW.id) == {"subtitle": {"lang": "ru", "role": "full"}, "off": True}
        kept = json.loads((tmp_path / "subtitles.json").read_text())["timings"]
        (key,) = kept
        digest, _, release = key.partition("|")
        assert release == EPISODES[0].id
        assert memory.timing_of(digest, release) == Timing(0.5)

    loop.submit(watch()).result(60)


def test_what_a_person_does_with_a_file_of_their_own(loop: ServiceLoop, tmp_path: Path):
    own = tmp_path / "my own.srt"
    later = "9\n00:00:40,000 --> 00:00:42,000\nДа, да\n"  # noqa: RUF001  (else it is the text that is there)
    own.write_bytes((srt("ru") + later).encode("koi8-r"))
    (tmp_path / "page.srt").write_text("<html>")

    async def watch() -> None:
        async with cinema(loop, tmp_path) as film:
            film.session.open_title(FILM.id)
            await film.until("the tracks", lambda s: added(s) == 4)
            film.player.set_paused(True)
            film.session.add_subtitle_file(str(own))
            await film.until(
                "it", lambda s: s.subtitle_facts and s.subtitle_facts.encoding == "koi8_r"
            )
            await film.shown_at(6.5, LINES["ru"][1])
            shown = [t.title for t in film.state.player.tracks_of(TrackKind.SUBTITLE) if t.selected]
            assert shown == ["my own.srt"]
            film.session.set_subtitle_encoding("latin-1")
            await film.until(
                "it as chosen", lambda s: s.subtitle_facts and s.subtitle_facts.encoding != "koi8_r"
            )
            await film.shown_at(6.5, LINES["ru"][1].encode("koi8-r").decode("latin-1"))
            film.session.set_subtitle_encoding(None)
            await film.until(
                "it again", lambda s: s.subtitle_facts and s.subtitle_facts.encoding == "koi8_r"
            )
            await film.shown_at(3.5, LINES["ru"][0])
            film.session.set_subtitle_speed(1.25)  # 3.5 s of the film are 3.5 s of the text still
            for _ in range(100):
                if await film.read("sub-speed") == 1.25:
                    break
                await asyncio.sleep(0.02)
            assert film.state.subtitle_speed == 1.25
            await film.shown_at(3.5 + 1.25 * 3, LINES["ru"][1])
            second = next(
                t for t in film.state.player.tracks_of(TrackKind.SUBTITLE) if t.lang == "en"
            )
            film.session.select_second_subtitle(second.id)
            await film.until("both", lambda s: any(t.second for t in s.player.tracks))
            film.session.add_subtitle_file(str(tmp_path / "page.srt"))
            told = await film.until(
                "a sentence", lambda s: s.notice and s.notice.code == "subtitle-failed"
            )
            assert told.notice is not None
            assert "it is a web page or data" in told.notice.detail

    loop.submit(watch()).result(60)


def test_what_cannot_be_read_is_left_out_and_the_window_says_why(loop: ServiceLoop, tmp_path: Path):
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("film.srt", bytes(11_000_000))
    answers = {
        "page": (b"<!doctype html><html>Please log in</html>", "a web page or data"),
        "bomb": (bomb.getvalue(), "more than 10 MB is no subtitle file"),
        "error": (b'{"error": "no quota"}', "a web page or data"),
        "empty": (b"", "it is empty"),
        "binary": (bytes(range(256)) * 40, "it is not text"),
        "huge": (b"1\n" * 26_000_000, "the answer is larger than"),
    }

    async def watch() -> None:
        async with FakeServer() as server:
            for name, (body, _) in answers.items():
                server.route("GET", f"/{name}.srt", Answer(200, body, content_type="text/plain"))
            offered = [SubtitleTrack(lang="ja", url=f"{server.url}/{n}.srt") for n in answers]
            offered.append(SubtitleTrack(lang="qqq", url="file:///etc/passwd", label="Mine"))
            video = shelve(tmp_path / "part", "Part")
            settings = Settings.model_validate({"subtitles": {"languages": ["ja"]}})
            remote = FakeSubtitles("remote", offered)
            async with opened_cinema(loop, tmp_path, settings, [remote], {FILM.id: video}) as film:
                film.session.open_title(FILM.id)
                told = await film.until(
                    "the notes", lambda s: len(s.subtitle_notes) > len(answers) and added(s) == 3
                )
                notes = told.subtitle_notes
                assert "remote: Mine was left out: it points to a file of this computer." in notes
                for name, (_, why) in answers.items():
                    assert any(f"{name}.srt" in note and why in note for note in notes), (
                        name,
                        notes,
                    )

    loop.submit(watch()).result(60)
