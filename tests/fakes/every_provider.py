"""One loopback server that answers as every third party does, and a folder of local files.

async with EveryProvider(tmp_path) as third_parties:
    env = {**os.environ, **third_parties.environment(home)}
    third_parties.break_down("vidlink", html_answer())

It knows a film, a series and an anime; each provider offers each of them exactly once, if its
service has such titles at all (`OFFERS`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Self

from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Handler,
    Reply,
    Request,
    json_answer,
    media,
)

FILM, EPISODE, ANIME = "film", "episode", "anime"
#: What `novastream-desktop sources` is asked for.
ASKED = {
    FILM: ("mirror:home:harbour-lights",),
    EPISODE: ("mirror:home:paper-moons", "--season", "1", "--episode", "1"),
    ANIME: ("mirror:home:kami-no-tsuki", "--season", "1", "--episode", "3"),
}
_EVERYWHERE = {"mirrors", "local", "jellyfin", "stremio", "torznab", "vidlink", "consumet"}
#: PeerTube and the Internet Archive have films only.
OFFERS = {FILM: _EVERYWHERE | {"peertube", "archive"}, EPISODE: _EVERYWHERE, ANIME: _EVERYWHERE}
TOKEN = "jellyfin-token"
_UUID = "bf1f3fb5-b119-4f9f-9930-8e20e892b898"
_IDS = {
    FILM: "9f1e" + "0" * 27 + "1",
    EPISODE: "9f1e" + "0" * 27 + "2",
    ANIME: "9f1e" + "0" * 27 + "3",
}
_IMDB = {FILM: "tt9990001", EPISODE: "tt9990002", ANIME: "tt9990003"}
_HASH = {FILM: "a" * 40, EPISODE: "b" * 40, ANIME: "c" * 40}
_MB = 1_000_000
_DATA = Path(__file__).parent.parent / "data"
PREFIXES = {
    "mirrors": "/mirror",
    "peertube": "/tube",
    "archive": "/ia",
    "jellyfin": "/jf",
    "stremio": "/addon",
    "torznab": "/tz",
    "vidlink": "/vl",
    "consumet": "/co",
}


class EveryProvider:
    """Every third party in one place."""

    def __init__(self, folder: Path) -> None:
        self.server = FakeServer()
        self._folder = folder / "films"

    async def __aenter__(self) -> Self:
        await self.server.start()
        self.host = self.server.url.removeprefix("http://")
        self._local()
        for route in (self._media, self._mirror, self._tube, self._archive, self._jellyfin):
            route()
        for route in (self._stremio, self._torznab, self._vidlink, self._consumet):
            route()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.server.stop()

    def environment(self, home: Path, **more: str) -> dict[str, str]:
        """Return the settings that lead here, with no other network."""
        url = self.server.url
        return {
            "NOVASTREAM_HOME": str(home),
            "NOVASTREAM_ANILIST__ENABLED": "false",
            "NOVASTREAM_ANISKIP__ENABLED": "false",
            "NOVASTREAM_TORRENTS__ENABLED": "false",
            "NOVASTREAM_ARCHIVE__BASE_URL": url + PREFIXES["archive"],
            "NOVASTREAM_PEERTUBE__INSTANCES": json.dumps([url + PREFIXES["peertube"]]),
            "NOVASTREAM_JELLYFIN__BASE_URL": url + PREFIXES["jellyfin"],
            "NOVASTREAM_JELLYFIN__TOKEN": TOKEN,
            "NOVASTREAM_SOURCES__VIDLINK__BASE_URL": url + PREFIXES["vidlink"],
            "NOVASTREAM_SOURCES__CONSUMET__BASE_URL": url + PREFIXES["consumet"],
            "NOVASTREAM_SOURCES__MIRRORS": json.dumps([url + PREFIXES["mirrors"]]),
            "NOVASTREAM_SOURCES__STREMIO_ADDONS": json.dumps([url + "/addon/manifest.json"]),
            "NOVASTREAM_SOURCES__TORZNAB": json.dumps([{"url": url + "/tz/api", "apiKey": "k"}]),
            "NOVASTREAM_SOURCES__LOCAL_FOLDERS": json.dumps([str(self._folder)]),
            **more,
        }

    def break_down(self, provider: str, reply: Handler | Reply) -> None:
        """Answer everything that a provider is asked for with one reply."""
        prefix = PREFIXES[provider]
        routes = self.server._routes
        for method, path in [at for at in routes if at[1].startswith(prefix + "/")]:
            self.server.route(method, path, reply)
        self.server.route("GET", prefix + "/*", reply)

    def _get(self, path: str, data: object) -> None:
        self.server.route("GET", path, json_answer(data))

    def _url(self, name: str) -> str:
        return f"{self.server.url}/media/{name}"

    def _local(self) -> None:
        for name in (
            "Harbour Lights (2026).mkv",
            "Paper Moons (2024)/Season 1/01 - Low Tide.mkv",
            "[Sub] Kami no Tsuki - 03.mkv",
        ):
            path = self._folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(b"\x1aE\xdf\xa3" + bytes(2_000))

    def _media(self) -> None:
        def answer(request: Request) -> Reply:
            if request.path.endswith(".m3u8"):
                body = b"#EXTM3U\n#EXT-X-TARGETDURATION:4\n#EXTINF:4,\nseg.ts\n#EXT-X-ENDLIST\n"
                return Answer(200, body, {}, "application/vnd.apple.mpegurl")
            if request.path.endswith(".ts"):
                return media((b"G" + bytes(187)) * 600, "video/mp2t")(request)
            return media(b"\0\0\0\x18ftypmp42" + bytes(200_000))(request)

        self.server.route("GET", "/media/*", answer)

    def _mirror(self) -> None:
        index = (_DATA / "every_provider" / "mirror.json").read_text(encoding="utf-8")
        self._get("/mirror/index.json", index.replace("HOST", self.host).encode())

    def _tube(self) -> None:
        file = {
            "resolution": {"id": 720, "label": "720p"},
            "size": 158 * _MB,
            "fileUrl": self._url("tube.mp4"),
            "magnetUri": "",
        }
        video = {"uuid": _UUID, "name": "Harbour Lights", "duration": 596, "files": [file]}
        self._get(f"/tube/api/v1/videos/{_UUID}", video)

    def _archive(self) -> None:
        files = [
            {
                "name": "HarbourLights.mp4",
                "source": "original",
                "format": "h.264",
                "size": "70000000",
                "length": "6300",
                "height": "480",
            }
        ]
        facts = {"identifier": "HarbourLights", "title": "Harbour Lights", "mediatype": "movies"}
        self._get("/ia/metadata/HarbourLights", {"metadata": facts, "files": files})
        data = b"\0\0\0\x18ftypmp42" + bytes(200_000)
        self.server.route("GET", "/ia/download/HarbourLights/HarbourLights.mp4", media(data))

    def _jellyfin(self) -> None:
        self._get("/jf/Users/Me", {"Id": "aaaa" + "0" * 27 + "1", "Name": "ann"})
        titles = [
            ("Movie", FILM, "Harbour Lights", 2026),
            ("Series", EPISODE, "Paper Moons", 2024),
            ("Series", ANIME, "Kami no Tsuki", 2026),
        ]
        items = [
            {"Type": kind, "Id": _IDS[key], "Name": name, "ProductionYear": year}
            for kind, key, name, year in titles
        ]
        self._get("/jf/Items", {"Items": items, "TotalRecordCount": 3, "StartIndex": 0})
        for key, number in ((EPISODE, 1), (ANIME, 3)):
            part = {
                "Type": "Episode",
                "Id": _IDS[key][:-1] + "e",
                "Name": "x",
                "IndexNumber": number,
                "ParentIndexNumber": 1,
            }
            if key == ANIME:
                part["Id"] = _IDS[key][:-1] + "f"
            self._get(f"/jf/Shows/{_IDS[key]}/Episodes", {"Items": [part], "TotalRecordCount": 1})

        def play(request: Request) -> Reply:
            item = request.path.split("/")[3]
            source = {
                "Id": item,
                "Name": "x",
                "Container": "mp4",
                "Size": 300 * _MB,
                "Protocol": "File",
                "SupportsDirectPlay": True,
                "SupportsDirectStream": True,
                "MediaStreams": [{"Type": "Video", "Index": 0, "Codec": "h264", "Height": 800}],
            }
            return json_answer({"MediaSources": [source], "PlaySessionId": "p"})

        self.server.route("POST", "/jf/Items/*", play)
        data = b"\0\0\0\x18ftypmp42" + bytes(200_000)
        self.server.route("GET", "/jf/Videos/*", media(data))

    def _stremio(self) -> None:
        manifest = {
            "id": "org.example.demo",
            "version": "1.0.0",
            "name": "Demo",
            "resources": ["stream"],
            "types": ["movie", "series"],
            "idPrefixes": ["tt"],
            "catalogs": [],
        }
        self._get("/addon/manifest.json", manifest)
        for key, path in (
            (FILM, f"movie/{_IMDB[FILM]}"),
            (EPISODE, f"series/{_IMDB[EPISODE]}:1:1"),
            (ANIME, f"series/{_IMDB[ANIME]}:1:3"),
        ):
            stream = {"name": "Demo 1080p", "url": self._url(f"addon-{key}.mp4")}
            self._get(f"/addon/stream/{path}.json", {"streams": [stream]})

    def _torznab(self) -> None:
        caps = (_DATA / "torznab" / "caps.xml").read_text(encoding="utf-8")
        releases = {
            FILM: "Harbour.Lights.2026.1080p.WEB.H264-GRP",
            EPISODE: "Paper.Moons.S01E01.1080p.WEB.H264-GRP",
            ANIME: "[Grp] Kami no Tsuki - 03 [1080p]",
        }

        def answer(request: Request) -> Reply:
            query = {name: values[0] for name, values in request.query.items()}
            if query["t"] == "caps":
                return _xml(caps)
            text = query.get("q", "").casefold()
            key = EPISODE if "moons" in text else ANIME if "tsuki" in text else FILM
            return _xml(
                f"<rss><channel><item><title>{releases[key]}</title><size>{900 * _MB}</size>"
                f'<attr name="seeders" value="7"/><attr name="infohash" value="{_HASH[key]}"/>'
                "</item></channel></rss>".replace("<attr", "<torznab:attr").replace(
                    "<rss>", '<rss xmlns:torznab="http://torznab.com/schemas/2015/feed">'
                )
            )

        self.server.route("GET", "/tz/api", answer)

    def _vidlink(self) -> None:
        for key, path in (
            (FILM, "movie/9"),
            (EPISODE, "tv/990001/1/1"),
            (ANIME, "anime/600001/3"),
        ):
            playlist = self._url(f"vidlink-{key}.m3u8")
            stream = {"id": "primary", "type": "hls", "playlist": playlist, "TTL": 7200}
            self._get(f"/vl/{path}", {"sourceId": "demo", "stream": stream})

    def _consumet(self) -> None:
        def watch(key: str) -> dict[str, Any]:
            url = self._url(f"consumet-{key}.m3u8")
            return {"headers": {}, "sources": [{"url": url, "quality": "1080p", "isM3U8": True}]}

        film = {"id": "movie/hl-1", "title": "Harbour Lights", "releaseDate": "2026"}
        series = {"id": "tv/pm-2", "title": "Paper Moons", "type": "TV Series"}
        self._get("/co/movies/flixhq/Harbour Lights", {"results": [film]})
        self._get("/co/movies/flixhq/Paper Moons", {"results": [series]})
        infos = {
            film["id"]: {**film, "episodes": [{"id": "1"}]},
            series["id"]: {
                **series,
                "releaseDate": "2024",
                "episodes": [{"id": "2", "season": 1, "number": 1}],
            },
        }
        self.server.route(
            "GET", "/co/movies/flixhq/info", lambda r: json_answer(infos[r.query["id"][0]])
        )
        self.server.route(
            "GET",
            "/co/movies/flixhq/watch",
            lambda r: json_answer(watch(FILM if r.query["episodeId"] == ["1"] else EPISODE)),
        )
        anime = {
            "id": "700001",
            "malId": 600001,
            "title": {"romaji": "Kami no Tsuki"},
            "episodes": [{"id": "kami$episode$3", "number": 3}],
        }
        self._get("/co/meta/anilist/info/700001", anime)
        self._get("/co/meta/anilist/watch/kami$episode$3", watch(ANIME))


def _xml(text: str) -> Answer:
    return Answer(200, text.encode(), {}, "application/rss+xml; charset=utf-8")
