"""What the page shows of a session, as tables without Qt."""

from __future__ import annotations

from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.models import (
    ContentType,
    SkipRange,
    SkipType,
    SourceType,
    StreamSource,
)
from novastream_desktop.playback.state import (
    Attempt,
    NextUp,
    Notice,
    NoticeCode,
    Outcome,
    SessionPhase,
    SessionState,
    SkipPrompt,
    Waits,
)
from novastream_desktop.player.base import PlayerPhase, PlayerState, Statistics
from novastream_desktop.torrents.base import StallReason, TorrentPhase, TorrentProgress
from novastream_desktop.ui.player._facts import info_rows, stats_rows
from novastream_desktop.ui.player._notices import notice_text
from novastream_desktop.ui.player._page import OwnNotice, PlayerProps, ViewState
from novastream_desktop.ui.player._props import (
    changed_fields,
    derive,
    is_waiting,
    may_hide,
)
from novastream_desktop.ui.player._rows import (
    audio_rows,
    episode_rows,
    source_rows,
    speed_rows,
    subtitle_rows,
)
from novastream_desktop.ui.player._ticks import is_tick
from novastream_desktop.ui.player._words import TIMES, clock, language_name, size
from novastream_desktop.ui.player.player_properties import PlayerProperties
from tests.ui.player.player_states_data import EPISODES, OPENING, PLAYING, PROMPTED, SERIES, playing

SLOW = TorrentProgress(
    phase=TorrentPhase.BUFFERING,
    fraction=0.43,
    download_rate=3.2e6,
    peers=12,
    seconds_to_play=13.2,
    reason=StallReason.SLOW_PEERS,
    pieces="2210",
)


def show(state: SessionState, **view: object) -> PlayerProps:
    return derive(state, replace(ViewState(), **view))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0:00"), (18.9, "0:18"), (725, "12:05"), (3723, "1:02:03"), (-4, "0:00")],
)
def test_times_are_written_as_a_clock(seconds: float, text: str):
    assert clock(seconds) == text


@pytest.mark.parametrize("seconds", [float("nan"), float("inf")])
def test_a_time_that_is_none_reads_zero(seconds: float):
    assert clock(seconds) == "0:00"


def test_a_playing_episode_says_what_and_where_it_is():
    props = show(PLAYING)

    assert props.title == "Paper Moons"
    assert props.subtitle == "S1 · E2 · The Lamp Room"
    assert (props.positionText, props.durationText) == ("6:12", "24:00")
    assert props.remainingText.endswith("17:48")
    assert props.buffered == 0.5
    assert props.sourceText == "1080p · Home"
    assert props.hasPrevious
    assert props.hasNext
    assert not props.waiting


def test_anime_is_counted_through_and_specials_are_named():
    anime = replace(PLAYING, content=SERIES.with_(type=ContentType.ANIME))
    special = replace(PLAYING, episode=EPISODES[0].with_(season=0, title=""))

    assert show(anime).subtitle == "E2 · The Lamp Room"
    assert show(special).subtitle == "Special 1"


def test_a_film_has_no_episode_line():
    film = replace(PLAYING, episode=None, episodes=(), previous_episode=None, next_episode=None)

    assert show(film).subtitle == ""
    assert not show(film).hasEpisodes


@pytest.mark.parametrize(
    ("state", "waits"),
    [
        (SessionState(phase=SessionPhase.RESOLVING), True),
        (SessionState(phase=SessionPhase.OPENING), True),
        (PLAYING, False),
        (playing(buffering=True), True),
        (playing(seeking=True), True),
        (playing(buffering=True, phase=PlayerPhase.PAUSED), False),
        (replace(PLAYING, phase=SessionPhase.ENDED), False),
        (replace(PLAYING, phase=SessionPhase.FAILED), False),
        (SessionState(), False),
    ],
)
def test_waiting_is_when_the_picture_should_move_and_does_not(state: SessionState, waits: bool):
    assert is_waiting(state) is waits
    assert show(state).waiting is waits


def test_the_reason_for_waiting_comes_only_after_a_while():
    state = SessionState(phase=SessionPhase.RESOLVING)

    assert show(state).waitingReason == ""
    assert show(state, waited_long=True).waitingReason == "Looking for the best source"


@pytest.mark.parametrize("reason", [*StallReason, None])
def test_a_slow_torrent_says_why_and_how_long(reason: StallReason | None):
    state = replace(playing(buffering=True), torrent=replace(SLOW, reason=reason))
    props = show(state, waited_long=True)

    assert props.waitingText == "14 s"
    assert props.waitingReason != ""
    assert props.torrentText == "3.2 MB/s · 12 peers · 43 %"
    assert props.pieceRuns == (0.0, 0.5, 2.0, 0.5, 0.75, 1.0)


def test_a_finished_torrent_is_simply_on_disk():
    state = replace(PLAYING, torrent=replace(SLOW, phase=TorrentPhase.COMPLETE))

    assert show(state).torrentText == "On disk"
    assert show(state).pieceRuns == ()


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (SkipType.OP, "Skip intro"),
        (SkipType.MIXED_OP, "Skip intro"),
        (SkipType.ED, "Skip credits"),
        (SkipType.RECAP, "Skip recap"),
        (SkipType.PREVIEW, "Skip preview"),
    ],
)
def test_the_skip_button_names_what_is_skipped(kind: SkipType, text: str):
    prompt = SkipPrompt(SkipRange(type=kind, start=1, end=90))

    assert show(replace(PLAYING, prompt=prompt)).skipText == text


def test_the_skip_button_shows_only_while_the_session_says_so():
    assert show(PROMPTED).skipVisible
    assert show(PROMPTED).skipRemaining == 0.6
    assert show(PROMPTED).skipAutoIn == -1
    assert not show(PLAYING).skipVisible
    assert not show(replace(PLAYING, prompt=SkipPrompt(OPENING, visible=False))).skipVisible


def test_a_skip_that_goes_by_itself_says_so():
    props = show(replace(PLAYING, prompt=SkipPrompt(OPENING, auto_in=1.5)))

    assert props.skipText == "Skipping intro"
    assert props.skipAutoIn == 1.5


def test_the_next_episode_is_a_button_until_it_counts():
    button = show(replace(PLAYING, next_up=NextUp(EPISODES[2])))
    counting = show(replace(PLAYING, next_up=NextUp(EPISODES[2], 6.4)))

    assert button.nextUpVisible
    assert button.nextUpText == "S1 · E3 · Night Ferry"
    assert button.nextUpCountdown == -1
    assert counting.nextUpCountdown == 6.4


@pytest.mark.parametrize(
    ("notice", "text"),
    [
        (
            Notice(NoticeCode.SKIPPED, 1, 18, skip_type=SkipType.OP),
            "Skipped intro 0:18 · U to go back",
        ),
        (Notice(NoticeCode.SKIPPED, 1, 18), "Skipped 0:18 · U to go back"),
        (Notice(NoticeCode.SEEK, 1, 15), "+15 s"),
        (Notice(NoticeCode.SEEK, 1, -75), "\N{MINUS SIGN}1:15"),
        (Notice(NoticeCode.VOLUME, 1, 65), "Volume 65 %"),
        (Notice(NoticeCode.VOLUME, 1, 0), "Sound off"),
        (Notice(NoticeCode.SPEED, 1, 1.25), "Speed 1.25\N{MULTIPLICATION SIGN}"),
        (Notice(NoticeCode.SUBTITLE, 1), "Subtitles: off"),
        (Notice(NoticeCode.SUBTITLE, 1, detail="English"), "Subtitles: English"),
        (Notice(NoticeCode.SUBTITLE_DELAY, 1, -50), "Subtitles -50 ms"),
        (Notice(NoticeCode.RESUMED, 1, 754), "Resumed at 12:34 · Home to start over"),
    ],
)
def test_notices_are_sentences(notice: Notice, text: str):
    assert notice_text(notice) == text
    assert show(replace(PLAYING, notice=notice)).noticeText == text


@pytest.mark.parametrize("code", list(NoticeCode))
def test_every_notice_has_words_and_a_time(code: NoticeCode):
    props = show(replace(PLAYING, notice=Notice(code, 3, 5.0, "x")))

    assert props.noticeText
    assert props.noticeSeconds > 0
    assert props.noticeNumber == 3


def test_chapters_and_skip_marks_are_shares_of_the_whole():
    props = show(PLAYING)

    assert props.chapters == (0, pytest.approx(1 / 24), 0.5)
    assert props.chapterTitles == ("Prologue", "Opening", "Part B")
    assert props.skipMarks == (pytest.approx(60 / 1440), pytest.approx(150 / 1440))


@given(
    position=st.floats(0, 1e6),
    duration=st.floats(0, 1e6),
    buffered=st.floats(0, 1e6),
    start=st.floats(0, 1e6),
)
def test_shares_stay_between_nought_and_one(
    position: float, duration: float, buffered: float, start: float
):
    ranges = (SkipRange(type=SkipType.OP, start=start, end=start + 90),)
    state = replace(
        playing(position=position, duration=duration, buffered_to=buffered), skip_ranges=ranges
    )
    props = show(state)

    assert all(0 <= share <= 1 for share in (props.buffered, *props.skipMarks, *props.chapters))


def test_a_failure_of_the_window_comes_before_the_session_s():
    failed = replace(PLAYING, phase=SessionPhase.FAILED, error="It is gone.")

    assert show(failed).error == "It is gone."
    assert show(PLAYING).error == ""
    assert show(failed, failure="libmpv is missing.").error == "libmpv is missing."


@pytest.mark.parametrize(
    ("state", "panel", "hides"),
    [
        (PLAYING, "", True),
        (PLAYING, "subtitles", False),
        (playing(phase=PlayerPhase.PAUSED), "", False),
        (playing(has_picture=False), "", False),
        (SessionState(phase=SessionPhase.RESOLVING), "", False),
    ],
)
def test_controls_fade_only_over_a_moving_picture(state: SessionState, panel: str, hides: bool):
    assert may_hide(state, ViewState(panel=panel)) is hides


@pytest.mark.parametrize(
    ("new", "tick"),
    [
        (playing(position=372.2), True),
        (playing(buffered_to=800.0), True),
        (playing(position=400.0), False),
        (playing(phase=PlayerPhase.PAUSED), False),
        (playing(volume=20.0), False),
        (PROMPTED, False),
        (replace(PLAYING, phase=SessionPhase.ENDED), False),
        (replace(PLAYING, torrent=SLOW), False),
    ],
)
def test_only_the_passing_of_time_may_wait(new: SessionState, tick: bool):
    assert is_tick(PLAYING, new) is tick


def test_the_prompt_s_line_and_a_torrent_s_rate_are_time():
    prompt = replace(PROMPTED, prompt=SkipPrompt(OPENING, remaining=0.5))
    slow = replace(PLAYING, torrent=SLOW)
    faster = replace(PLAYING, torrent=replace(SLOW, download_rate=5e6, pieces="2221"))

    assert is_tick(PROMPTED, prompt)
    assert is_tick(slow, faster)


def test_changed_fields_are_exactly_those_that_differ():
    before, after = show(PLAYING), show(playing(position=373.0))

    assert set(changed_fields(before, after)) == {"position", "positionText", "remainingText"}
    assert changed_fields(before, before) == ()


def test_each_field_is_a_property_with_its_own_signal():
    for field in fields(PlayerProps):
        assert hasattr(PlayerProperties, field.name)
        assert hasattr(PlayerProperties, f"{field.name}Changed")


def test_panels_list_what_can_be_chosen():
    assert [(r.key, r.name, r.current) for r in subtitle_rows(PLAYING)] == [
        ("", "Off", False),
        ("1", "English", True),
        ("2", "Signs (English)", False),
    ]
    assert [(r.name, r.current) for r in audio_rows(PLAYING)] == [
        ("Original (Japanese)", True),
        ("German", False),
    ]
    assert [(r.key, r.current) for r in episode_rows(PLAYING)] == [
        ("s1e1", False),
        ("s1e2", True),
        ("s1e3", False),
    ]
    assert [r.key for r in speed_rows(playing(speed=1.1)) if r.current] == ["1.1"]


def test_sources_say_why_they_stand_where_they_do():
    first, second = source_rows(PLAYING)

    assert first.current
    assert first.note == "Home · answers in 12 ms"
    assert second.badge == "TORRENT"


def test_a_source_that_nothing_is_known_of_is_called_by_its_file():
    plain = StreamSource(url="file:///home/ann/A%20film.mkv", type=SourceType.MP4)

    assert source_rows(replace(PLAYING, sources=(plain,)))[0].name == "A film.mkv"


def test_without_subtitles_off_is_what_plays():
    assert [r.current for r in subtitle_rows(replace(PLAYING, player=PlayerState()))] == [True]


def test_the_info_panel_names_the_picture_and_its_source():
    facts = {r.name: r.note for r in info_rows(PLAYING)}

    assert facts["Picture"] == "1280 \N{MULTIPLICATION SIGN} 720"
    assert facts["Source"] == "Home · 1080p"
    assert facts["Buffer"] == "348 s"


@pytest.mark.parametrize(
    ("tag", "name"),
    [
        ("de", "German"),
        ("ger", "German"),
        ("pt-BR", "Portuguese"),
        ("", ""),
        ("und", ""),
        ("qq", "qq"),
    ],
)
def test_languages_are_named(tag: str, name: str):
    assert language_name(tag) == name


def facts(state: SessionState) -> dict[str, str]:
    return {row.name: row.note for row in stats_rows(state)}


def test_statistics_tell_source_picture_decoder_and_flow():
    measured = Statistics(
        shown_fps=21.3,
        dropped=3,
        video_bitrate=4.21e6,
        audio_bitrate=128_000,
        pixel_format="yuv420p10",
        gamma="pq",
    )
    shown = facts(playing(fps=24.0, hwdec="vaapi", statistics=measured))

    assert shown["Source"].startswith("Home · 1080p · HLS")
    assert shown["Picture"] == f"1280 {TIMES} 720 · 24 frames/s · 21.3 measured"
    assert shown["Codecs"] == "h264"
    assert shown["Colours"] == "yuv420p10 · pq"
    assert shown["Decoding"] == "in hardware (vaapi)"
    assert shown["Frames lost"].startswith("3 shown too late")
    assert shown["Buffer"] == "348 s ahead"
    assert shown["Bit rate"] == "video 4.2 Mbit/s · sound 128 kbit/s"


def test_a_file_is_called_a_file_whatever_its_container_is():
    file = PLAYING.sources[0].with_(type=SourceType.MP4, url="file:///films/a.mkv")
    shown = facts(replace(PLAYING, sources=(file,), source_index=0))

    assert "MP4" not in shown["Source"]
    assert "File" in shown["Source"]


def test_decoding_without_hardware_is_said():
    assert facts(playing())["Decoding"].startswith("by the processor")


def test_statistics_tell_the_transfer_and_each_attempt():
    trace = (
        Attempt("1080p", "Home", 0.31, outcome=Outcome.FAILED, why="404"),
        Attempt("720p", "Mirror", first_frame=1.84, outcome=Outcome.PLAYING),
        *(Attempt("x", "y", outcome=outcome) for outcome in Outcome),
    )
    shown = facts(replace(PLAYING, torrent=SLOW, trace=trace))

    assert shown["Transfer"] == "3.2 MB/s in, 0 KB/s out"
    assert shown["Pieces"] == "2 of 4 parts on disk, 1 on their way"
    assert shown["Attempt 1"] == "Home · 1080p · tried after 0.31 s · failed: 404"
    assert shown["Attempt 2"] == "Mirror · 720p · first frame after 1.84 s · plays"


@pytest.mark.parametrize("reason", StallReason)
def test_every_reason_of_a_torrent_has_words(reason: StallReason):
    state = replace(PLAYING, torrent=replace(SLOW, reason=reason), phase=SessionPhase.RESOLVING)

    assert show(replace(state, phase=SessionPhase.BUFFERING), waited_long=True).waitingReason


@pytest.mark.parametrize("code", NoticeCode)
def test_every_notice_has_words(code: NoticeCode):
    for detail in ("on", "start", "fill"):
        assert notice_text(Notice(code, 1, 5.0, detail))


def test_the_newest_message_shows_the_session_s_or_the_page_s_own():
    session = replace(PLAYING, notice=Notice(NoticeCode.SEEK, 3, 5.0))
    own = OwnNotice("Stays on top", 2.5, count=1, after=3)

    first, second = show(session), show(session, notice=own)
    third = show(replace(session, notice=Notice(NoticeCode.SEEK, 4, 10.0)), notice=own)

    assert [p.noticeText for p in (first, second, third)] == ["+5 s", "Stays on top", "+10 s"]
    assert [p.noticeNumber for p in (first, second, third)] == [3, 4, 5]


def test_the_loop_s_ends_are_shares_of_the_seek_bar():
    assert show(PLAYING).loopFrom == show(PLAYING).loopTo == -1.0
    shown = show(playing(loop_from=360.0, loop_to=720.0))

    assert (shown.loopFrom, shown.loopTo) == (0.25, 0.5)


@pytest.mark.parametrize(
    ("number", "text"), [(410_000, "410 KB"), (2_400_000, "2 MB"), (1_300_000_000, "1.3 GB")]
)
def test_sizes_are_written_in_their_own_unit(number: int, text: str):
    assert size(number) == text


@pytest.mark.parametrize(
    ("card", "note"),
    [
        (NextUp(EPISODES[1]), "looking for a source"),
        (NextUp(EPISODES[1], ready=True, waits=Waits.STILL), "Still watching?"),
        (NextUp(EPISODES[1], waits=Waits.ASKED), "It stops after this one"),
        (NextUp(EPISODES[1], waits=Waits.FILLER), "filler or recap"),
        (
            NextUp(EPISODES[1], ready=True, left_out=(EPISODES[1],)),
            "source ready · 1 left out as filler",
        ),
        (NextUp(EPISODES[1], ready=True), "source ready"),
        (NextUp(EPISODES[1], ready=True, less="quality"), "only in lower quality"),
        (NextUp(EPISODES[1], less="language"), "only in another language"),
    ],
)
def test_the_next_episode_s_card_says_what_is_worth_knowing(card: NextUp, note: str):
    assert derive(replace(PLAYING, next_up=card), ViewState()).nextUpNote == note
