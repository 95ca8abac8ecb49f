"""A second look at a torrent reads what is on disk, and asks the swarm for nothing."""

from __future__ import annotations

from pathlib import Path

from novastream_desktop.player._thumbnails import Thumbnailer
from novastream_desktop.player.base import LoadRequest
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents.base import ServesWhatIsHere
from novastream_desktop.torrents.demo_seeder import DemoSeeder
from tests.torrents.swarm import Fetch, MakeEngine

DEMO = Path(__file__).parents[2] / "resources" / "demo"


async def test_a_look_gets_what_is_there_and_no_more(make_engine: MakeEngine, fetch: Fetch):
    whole = next(DEMO.glob("moon-courier/*E01*.mkv")).read_bytes()
    seeder = DemoSeeder(DEMO / "moon-courier.torrent", DEMO)
    torrent = (DEMO / "moon-courier.torrent").read_bytes()
    engine = make_engine(TorrentsSettings(download_limit=150_000), known_peers=seeder.endpoint)
    stream = await engine.open(torrent, episode_hint="S01E01")
    assert isinstance(stream, ServesWhatIsHere)
    missing = await fetch(stream.here_url, "700000-")
    assert missing.status == 503

    tail = len(whole) - 40_000
    assert (await fetch(stream.url, f"{tail}-")).body == whole[tail:]
    assert len((await fetch(stream.url, "0-299999")).body) == 300_000
    seeder.close()
    assert (await fetch(stream.here_url, "0-299999")).body == whole[:300_000]
    assert (await fetch(stream.here_url, f"{tail}-")).body == whole[tail:]
    drawer, whole_drawer = Thumbnailer(), Thumbnailer()
    drawer.point_to(LoadRequest(stream.url, look_url=stream.here_url))
    whole_drawer.point_to(LoadRequest(str(next(DEMO.glob("moon-courier/*E01*.mkv")))))
    looks = {at: await drawer.draw(at) for at in range(0, 80, 5)}
    assert looks[0] is not None
    assert None in looks.values()
    for at, look in looks.items():  # never a picture of another place
        assert look is None or look == await whole_drawer.draw(at)
    assert len(stream.torrent.demand.audience) == 0  # type: ignore[attr-defined]
    drawer.close()
    whole_drawer.close()
    await stream.close()
