"""The end of an episode: credits with a story behind them, filler, and whether anybody is there."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import Any

import pytest

from novastream_desktop.models import Episode, SkipRange, SkipType, TitleDetails
from novastream_desktop.playback import _source_controls
from novastream_desktop.playback._skipping import STILL_WATCHING, STILL_WATCHING_FOR
from novastream_desktop.playback.plan import after_credits, upcoming
from novastream_desktop.playback.state import NoticeCode, SessionPhase, Waits
from novastream_desktop.player._reduce import PropertyChanged
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.settings import Settings, SkipMode
from novastream_desktop.skips import ShowSkips
from tests.fakes.playback_world import ED, SHOW, World, playing
from tests.fakes.player import FakePlayer


async def settled() -> None:
    for _ in range(20):
        await asyncio.sleep(0)


def episodes(kinds: str) -> tuple[Episode, ...]:
    """Return episodes: `.` of the story, `f` filler, `r` recap."""
    return tuple(
        Episode(
            id=f"e{n}",
            content_id=SHOW.id,
            episode_number=n,
            filler=kind == "f",
            recap=kind == "r",
        )
        for n, kind in enumerate(kinds, 1)
    )


@pytest.mark.parametrize(
    ("kinds", "without", "number", "left_out"),
    [
        ("..", True, 2, []),
        (".ff.", True, 4, ["e2", "e3"]),
        (".ff.", False, 2, []),
        (".r.", True, 3, ["e2"]),
        (".f", True, 2, []),
        (".", True, None, []),
    ],
)
def test_what_follows_by_itself(
    kinds: str, without: bool, number: int | None, left_out: list[str]
) -> None:
    parts = episodes(kinds)
    found = upcoming(parts, parts[0], without_filler=without)
    assert (found.episode.episode_number if found.episode else None) == number
    assert [e.id for e in found.left_out] == left_out


@pytest.mark.parametrize(
    ("position", "duration", "ranges", "expected"),
    [
        (1210.0, 1400.0, [ED], 1290.0),
        (1199.0, 1400.0, [ED], None),
        (1290.0, 1400.0, [ED], None),
        (1210.0, 1310.0, [ED], None),
        (1210.0, 1400.0, [ED.with_(confidence=0.5)], None),
        (1210.0, 1400.0, [ED.with_(type=SkipType.MIXED_ED)], None),
        (1210.0, 0.0, [ED], None),
    ],
)
def test_what_lies_behind_the_credits(
    position: float, duration: float, ranges: list[SkipRange], expected: float | None
) -> None:
    assert after_credits(position, duration, ranges) == expected


def with_settings(**playback: Any) -> Settings:
    return Settings.model_validate({"playback": playback})


@pytest.mark.parametrize("mode", [SkipMode.ASK, SkipMode.OFF])
async def test_credits_with_a_story_behind_them_have_two_ways_on(mode: SkipMode) -> None:
    world = World(settings=with_settings(skip={"ed": mode}))
    session = await playing(world, SHOW.id)
    world.play(1199.0, 1200.2, 1201.0)
    card = session.state.value.next_up
    assert card is not None
    assert card.after_credits == 1290.0
    assert card.countdown is None
    assert session.state.value.prompt is None  # the card has its button
    session.skip_segment()
    assert world.player.seeks == [1290.0]
    world.play(1295.0)
    assert session.state.value.next_up is None  # what is told there is not covered
    session.undo()
    assert world.player.seeks == [1290.0, 1201.0]
    world.play(1392.0)
    assert session.state.value.next_up is not None
    await session.close()


async def test_the_next_episode_can_be_taken_in_the_credits() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    world.play(1199.0, 1201.0)
    session.next_episode()
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == "http://host/s1e2.mp4"
    assert world.player.seeks == []
    await session.close()


async def test_nothing_jumps_over_what_is_told_behind_the_credits_by_itself() -> None:
    world = World(settings=with_settings(skip={"ed": "auto"}))
    world.ranges_of = (ED.with_(automatic=True),)
    session = await playing(world, SHOW.id, episode_id="s1e2")
    world.play(*(1198.0 + n / 2 for n in range(20)))
    assert world.player.seeks in ([], [1290.0])
    world.play(*(1291.0 + n for n in range(100)))
    assert all(place <= 1290.0 for place in world.player.seeks)
    await session.close()


async def test_cancel_holds_to_the_end_also_while_a_skip_is_offered() -> None:
    world = World()
    world.ranges_of = (ED.with_(end=1395.0),)
    session = await playing(world, SHOW.id)
    world.play(1199.0, 1200.2, 1201.0)
    assert session.state.value.prompt is not None
    session.dismiss_next_episode()
    assert session.state.value.next_up is None
    assert session.state.value.prompt is not None
    world.play(1394.0, 1399.0)
    assert session.state.value.next_up is None
    world.player.end()
    await settled()
    assert session.state.value.phase is SessionPhase.ENDED
    assert len(world.player.loads) == 1
    await session.close()


class Filled(World):
    """A show whose second episode is filler."""

    async def details(self, content_id: str) -> TitleDetails:
        return TitleDetails(content=SHOW, episodes=episodes(".f."))


async def test_filler_is_left_out_only_if_that_is_set_and_said_so() -> None:
    world = Filled(settings=with_settings(skip={"filler": "auto"}))
    session = await playing(world, SHOW.id)
    world.play(1395.0)
    card = session.state.value.next_up
    assert card is not None
    assert (card.episode.id, [e.id for e in card.left_out]) == ("e3", ["e2"])
    assert card.countdown is not None
    world.player.end()
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == "http://host/e3.mp4"
    notice = session.state.value.notice
    assert notice is not None
    assert (notice.code, notice.detail) == (NoticeCode.LEFT_OUT, "S1E2")
    await session.close()


async def test_filler_plays_by_hand_and_where_nothing_is_set() -> None:
    world = Filled(settings=with_settings(skip={"filler": "auto"}))
    session = await playing(world, SHOW.id)
    session.next_episode()
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == "http://host/e2.mp4"
    await session.close()
    world = Filled()
    session = await playing(world, SHOW.id)
    world.play(1395.0)
    world.player.end()
    await world.player.wait_for_loads(2)
    assert world.player.loads[1].url == "http://host/e2.mp4"
    await session.close()


async def test_filler_is_asked_about() -> None:
    world = Filled(settings=with_settings(skip={"filler": "ask"}))
    session = await playing(world, SHOW.id)
    world.play(1395.0)
    card = session.state.value.next_up
    assert card is not None
    assert (card.episode.id, card.countdown, card.waits) == ("e2", None, Waits.FILLER)
    world.player.end()
    assert session.state.value.phase is SessionPhase.ENDED
    assert not session.state.value.still_watching
    await session.close()


async def test_it_stops_after_this_episode_if_that_was_asked_for() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    session.stop_after_episode(True)
    assert session.state.value.stop_after
    world.play(1395.0)
    card = session.state.value.next_up
    assert card is not None
    assert (card.countdown, card.waits) == (None, Waits.ASKED)
    session.stop_after_episode(False)
    card = session.state.value.next_up
    assert card is not None
    assert card.countdown is not None
    session.stop_after_episode(True)
    world.player.end()
    assert session.state.value.phase is SessionPhase.ENDED
    session.next_episode()
    await world.player.wait_for_loads(2)
    world.player.start()
    assert not session.state.value.stop_after
    await session.close()


async def test_after_three_episodes_or_four_hours_without_a_key_it_asks() -> None:
    for unattended, hours in ((STILL_WATCHING, 0.0), (0, STILL_WATCHING_FOR)):
        world = World()
        session = await playing(world, SHOW.id)
        session._skipping.unattended = unattended
        world.clock.seconds += hours
        world.play(1395.0)
        card = session.state.value.next_up
        assert card is not None
        assert (card.countdown, card.waits) == (None, Waits.STILL)
        world.player.end()
        assert session.state.value.phase is SessionPhase.ENDED
        assert session.state.value.still_watching
        await session.close()


async def test_a_key_shows_that_somebody_is_there() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    for key in ("toggle_pause", "skip_segment", "dismiss_prompt"):
        session._skipping.unattended = STILL_WATCHING
        getattr(session, key)()
        assert session._skipping.unattended == 0
    await session.close()


@pytest.mark.parametrize(("offer", "auto"), [(False, False), (True, False), (True, True)])
async def test_off_ask_and_on(offer: bool, auto: bool) -> None:
    world = World(settings=with_settings(offer_next=offer, autoplay_next=auto))
    session = await playing(world, SHOW.id)
    world.play(1395.0)
    card = session.state.value.next_up
    assert (card is not None) is offer
    assert (card is not None and card.countdown is not None) is auto
    world.player.end()
    await settled()
    assert (len(world.player.loads) == 2) is auto
    await session.close()


async def test_a_show_s_skips_are_shifted_quieted_reported_and_taken_back() -> None:
    world = World()
    session = await playing(world, SHOW.id)
    session.change_skip_offset(0.5)
    session.keep_skips_quiet(True)
    session.report_skip("op", "mirror", True)
    await settled()
    shown = session.state.value.show_skips
    assert (shown.offset, shown.quiet) == (0.5, True)
    assert shown.wrong == ((SkipType.OP, "mirror"),)
    assert ("report", "op", "mirror") in world.notes
    assert session.state.value.skip_ranges[0].start == 60.5
    session.change_skip_offset(None)
    session.keep_skips_quiet(False)
    session.report_skip("op", "mirror", False)
    await settled()
    shown = session.state.value.show_skips
    assert (shown.offset, shown.quiet, shown.wrong) == (0.0, False, ())
    await session.close()


class AheadPlayer(FakePlayer):
    """Notes what it is to open ahead; the first time its cache has just run dry."""

    def __init__(self) -> None:
        super().__init__()
        self.ahead: list[LoadRequest] = []
        self.never = False

    def fetch_ahead(self, request: LoadRequest) -> bool:
        self.ahead.append(request)
        if len(self.ahead) == 1 and not self.never:
            self.report(PropertyChanged("demuxer-cache-time", 1310.0))
        return len(self.ahead) > 1 and not self.never


async def test_the_player_opens_the_next_episode_near_the_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_source_controls, "LOOK_EVERY", 0.005)
    player = AheadPlayer()
    world = World(player=player)
    session = await playing(world, SHOW.id)
    world.play(705.0)
    player.report(PropertyChanged("demuxer-cache-time", 1400.0))
    await asyncio.sleep(0.03)
    assert player.ahead == []  # there is time enough
    world.play(1300.0)
    await asyncio.sleep(0.05)
    assert [r.url for r in player.ahead] == ["http://host/s1e2.mp4"]
    player.report(PropertyChanged("demuxer-cache-time", 1400.0))
    await asyncio.sleep(0.05)
    assert [r.url for r in player.ahead] == ["http://host/s1e2.mp4"] * 2  # asked again, then done
    session.next_episode()
    await player.wait_for_loads(2)
    assert replace(player.loads[1], start=0.0) == player.ahead[0]
    await session.close()


async def test_a_player_that_can_never_open_it_ahead_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(_source_controls, "LOOK_EVERY", 0.005)
    player = AheadPlayer()
    player.never = True  # its headers are others; each question may ask the provider anew
    world = World(player=player)
    session = await playing(world, SHOW.id)
    world.play(705.0, 1300.0)
    player.report(PropertyChanged("demuxer-cache-time", 1400.0))
    await asyncio.sleep(0.1)
    assert len(player.ahead) == 1
    await session.close()


@pytest.mark.parametrize("stays", ["stop_after_episode", "dismiss_next_episode"])
async def test_nothing_is_opened_ahead_where_it_stops(
    monkeypatch: pytest.MonkeyPatch, stays: str
) -> None:
    monkeypatch.setattr(_source_controls, "LOOK_EVERY", 0.005)
    player = AheadPlayer()
    world = World(player=player)
    session = await playing(world, SHOW.id)
    world.play(705.0, 1395.0)
    session.stop_after_episode(True) if stays[0] == "s" else session.dismiss_next_episode()
    player.report(PropertyChanged("demuxer-cache-time", 1400.0))
    await asyncio.sleep(0.05)
    assert player.ahead == []
    await session.close()


THEME = SkipRange(
    type=SkipType.OP,
    start=60,
    end=150,
    confidence=0.9,
    origin="fingerprint",
    automatic=True,
    reference="new-song",
)


@pytest.mark.parametrize(
    ("heard", "hear_first", "jumps"),
    [((), True, False), (("new-song",), True, True), ((), False, True)],
)
async def test_a_new_song_in_the_middle_of_a_season_is_heard_once(
    heard: tuple[str, ...], hear_first: bool, jumps: bool
) -> None:
    world = World(settings=with_settings(skip={"op": "auto", "hear_first": hear_first}))
    world.ranges_of, world.taught = (THEME,), ShowSkips(heard=heard)
    session = await playing(world, SHOW.id, episode_id="s1e2")  # not the first of its season
    await settled()
    world.play(*(59.0 + n / 2 for n in range(12)))
    assert world.player.seeks == ([150.0] if jumps else [])
    world.play(149.0, 151.0)
    await settled()
    assert world.taught.heard == ("new-song",)
    await session.close()


async def test_elsewhere_the_skip_key_jumps_only_if_that_is_set() -> None:
    world = World(settings=with_settings(skip={"step": 85}))
    session = await playing(world, SHOW.id)
    world.play(500.0)
    session.skip_segment()
    await asyncio.sleep(0.2)
    assert world.player.seeks == [585.0]
    await session.close()
