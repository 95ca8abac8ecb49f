"""Whatever a third party sends: models, `BadResponse` or `NotFound`, and nothing else."""

from __future__ import annotations

import contextlib
import copy
import json
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from novastream_desktop.errors import BadResponse, NotFound, ProviderError
from novastream_desktop.models import Content, ContentType, Model
from novastream_desktop.providers.anilist import _parse as anilist
from novastream_desktop.providers.aniskip import _parse as aniskip
from novastream_desktop.providers.archive import _files as archive_files
from novastream_desktop.providers.archive import _items as archive
from novastream_desktop.providers.base import WatchRequest
from novastream_desktop.providers.consumet import _parse as consumet
from novastream_desktop.providers.consumet._choose import (
    has_dub,
    is_title,
    pick_listed,
    pick_part,
)
from novastream_desktop.providers.consumet._routes import Instance as Consumet
from novastream_desktop.providers.jellyfin import _media as jellyfin_media
from novastream_desktop.providers.jellyfin import _parse as jellyfin
from novastream_desktop.providers.jellyfin._match import library
from novastream_desktop.providers.jellyfin._server import Server
from novastream_desktop.providers.mirrors import _match as match
from novastream_desktop.providers.mirrors import _parse as mirrors
from novastream_desktop.providers.mirrors._place import folder_place, web_place
from novastream_desktop.providers.peertube import _parse as peertube
from novastream_desktop.providers.stremio import _manifest as stremio_manifest
from novastream_desktop.providers.stremio import _parse as stremio
from novastream_desktop.providers.stremio import _streams as stremio_streams
from novastream_desktop.providers.tmdb import _parse as tmdb
from novastream_desktop.providers.vidlink import _parse as vidlink
from novastream_desktop.providers.vidlink._shapes import Resolver

_NOW = datetime(2026, 11, 22, tzinfo=UTC)
_RESOLVER = vidlink.Asked(Resolver("https://r.example", "vidlink"), "", _NOW)
_ARCHIVE = archive.Archive("https://archive.example", "archive")
_CONSUMET = Consumet("https://c.example", "flixhq", "hianime", "consumet")
_DATA = Path(__file__).parent.parent / "data"
_IMAGES = tmdb.Images("https://image.example/t/p")
_INSTANCE = peertube.Instance("https://video.example", "peertube")


_JELLYFIN = Server("https://jf.example/base", "t")


def _jellyfin_items(raw: bytes) -> list[Any]:
    items, _total = jellyfin.parse_page(raw, "it")
    library(items)
    found: list[Any] = list(jellyfin.contents(items, _JELLYFIN))
    return [*found, *jellyfin.episodes_of(items, "jellyfin:1", _JELLYFIN)]


def _jellyfin_playback(raw: bytes) -> list[Any]:
    playback = jellyfin_media.parse_playback(raw, "it")
    found: list[Any] = list(jellyfin_media.sources_of(playback, "1", _JELLYFIN))
    return [*found, *jellyfin_media.tracks_of(playback, "1", _JELLYFIN)]


def _mirror(raw: bytes) -> list[Any]:
    place = partial(web_place, "https://m.example/i.json")
    naming = mirrors.Naming(None, "mirrors", place)
    index = mirrors.parse_index(raw, "The mirror", "m", naming)
    found: list[Any] = [index.name]
    for item in index.items:
        for episode in (None, *item.episodes):
            request = WatchRequest(item.content, episode)
            found += match.sources_for(index, request, "mirrors", place)
            found += match.subtitles_for(index, request, "mirrors", place)
            found += match.skips_for(index, request, 1_400.0)
        found += [item.content, *item.episodes]
    return found


_FILM = Content(id="tmdb:movie:1", title="Paper Boat", type=ContentType.MOVIE, year=2024)


def _archive_item(raw: bytes) -> list[Any]:
    facts = archive.parse_facts(raw, _ARCHIVE, "DemoFilm1925")
    files = archive_files.parse_files(raw, _ARCHIVE)
    found: list[Any] = [*archive_files.sources_of(files, _ARCHIVE, "DemoFilm1925")]
    found += archive_files.subtitles_of(files, _ARCHIVE, "DemoFilm1925")
    return [*found, archive.content_of(facts, _ARCHIVE)] if facts else found


def _consumet_info(raw: bytes, number: float) -> bool:
    info = consumet.parse_info(raw, _CONSUMET)
    part = pick_part(info, 1, number)
    is_title(info, None, _FILM)
    return part is not None and has_dub(info, part)


PARSERS: dict[str, Callable[[bytes], Any]] = {
    "tmdb/search_multi.json": lambda raw: tmdb.parse_page(raw, _IMAGES, {18: "Drama"}),
    "tmdb/genres_tv.json": tmdb.parse_genres,
    "tmdb/movie.json": lambda raw: tmdb.parse_details(raw, "movie", _IMAGES),
    "tmdb/tv.json": lambda raw: tmdb.parse_details(raw, "tv", _IMAGES),
    "tmdb/season_1.json": lambda raw: tmdb.parse_season(raw, "tmdb:tv:1", 1, _IMAGES),
    "anilist/page.json": anilist.parse_page,
    "anilist/media.json": lambda raw: anilist.parse_details(raw, "anilist:1"),
    "anilist/error_404.json": lambda raw: anilist.parse_details(raw, "anilist:1"),
    "aniskip/found.json": lambda raw: aniskip.parse_skips(raw, 1_420.0),
    "peertube/list.json": lambda raw: peertube.parse_list(raw, _INSTANCE),
    "peertube/video.json": lambda raw: peertube.parse_video(raw, _INSTANCE),
    "peertube/video_hls.json": lambda raw: peertube.parse_sources(raw, _INSTANCE),
    "peertube/captions.json": lambda raw: peertube.parse_captions(raw, _INSTANCE),
    "mirrors/index.json": _mirror,
    "archive/search.json": lambda raw: archive.parse_found(raw, _ARCHIVE),
    "archive/item.json": _archive_item,
    "consumet/search.json": lambda raw: pick_listed(consumet.parse_page(raw, _CONSUMET), _FILM),
    "consumet/info_tv.json": lambda raw: _consumet_info(raw, 2),
    "consumet/info_anime.json": lambda raw: _consumet_info(raw, 3),
    "consumet/watch.json": lambda raw: consumet.parse_watch(raw, _CONSUMET, "dub").sources,
    "vidlink/hls.json": lambda raw: vidlink.parse_sources(raw, _RESOLVER),
    "vidlink/file.json": lambda raw: vidlink.parse_sources(raw, _RESOLVER),
    "vidlink/wrapped.json": lambda raw: vidlink.parse_sources(raw, _RESOLVER),
    "vidlink/plain.json": lambda raw: vidlink.parse_sources(raw, _RESOLVER),
    "jellyfin/items.json": _jellyfin_items,
    "jellyfin/resume.json": _jellyfin_items,
    "jellyfin/episodes.json": _jellyfin_items,
    "jellyfin/playback.json": _jellyfin_playback,
    "jellyfin/segments.json": lambda raw: jellyfin_media.parse_segments(raw, "it", 1_400.0),
    "jellyfin/old_segments.json": lambda raw: jellyfin_media.parse_old_segments(raw, "it", None),
    "stremio/manifest.json": lambda raw: stremio_manifest.parse_manifest(raw, "it"),
    "stremio/catalog.json": lambda raw: stremio.parse_list(raw, "it"),
    "stremio/meta.json": lambda raw: stremio.parse_meta(raw, "it"),
    "stremio/subtitles.json": lambda raw: stremio.parse_subtitles(raw, "it", "stremio"),
    "stremio/streams.json": lambda raw: stremio_streams.parse_streams(raw, "it", "stremio"),
}


def _check(parse: Callable[[bytes], Any], raw: bytes) -> None:
    found: Any = ()
    with contextlib.suppress(ProviderError, NotFound):
        found = parse(raw)
    for model in found if isinstance(found, tuple | list) else (found,):
        if isinstance(model, Model):
            json.dumps(model.to_wire())


def _places(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [at]
    if isinstance(value, dict):
        inner = [place for key in value for place in _places(value[key], (*at, key))]
    elif isinstance(value, list):
        inner = [place for key, one in enumerate(value) for place in _places(one, (*at, key))]
    else:
        inner = []
    return found + inner


_JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from([10**30, -1, 0, 2**53]),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        [
            "http://[",
            "http://[::1/a.srt",
            "http:///x",
            "file:///x",
            "magnet:?",
            "http://a:b/",
            "\x00",
            "-0001-01-01",
        ]
    ),
    st.sampled_from(["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]),
    st.lists(st.integers(), max_size=3),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=3),
)


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_mutated_recordings(name: str, data: st.DataObject):
    whole = json.loads((_DATA / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.sampled_from(_places(whole)))
        if not place:
            continue
        whole = copy.deepcopy(whole)
        holder = whole
        for key in place[:-1]:
            holder = holder[key]
        if data.draw(st.booleans()):
            holder[place[-1]] = data.draw(_JUNK)
        else:
            del holder[place[-1]]
    _check(PARSERS[name], json.dumps(whole).encode())


@pytest.mark.parametrize("name", PARSERS)
@settings(max_examples=30, deadline=None)
@given(raw=st.one_of(st.binary(), st.recursive(_JUNK, st.lists, max_leaves=5).map(json.dumps)))
def test_any_bytes(name: str, raw: bytes | str):
    _check(PARSERS[name], raw if isinstance(raw, bytes) else raw.encode())


@pytest.mark.parametrize("name", PARSERS)
@pytest.mark.parametrize("raw", [b"", b"[]", b"null", b"<html>", b"{", b"[" * 100_000, b"\xff"])
def test_what_is_no_object_is_a_bad_response(name: str, raw: bytes):
    with pytest.raises(BadResponse):
        PARSERS[name](raw)


@given(st.text())
def test_a_server_never_names_a_file_of_this_machine(url: str):
    placed = web_place("https://m.example/i.json", url)
    assert placed == "" or placed.lower().startswith(("http://", "https://", "magnet:"))


@given(st.text(alphabet="./\\%2eabc:", max_size=20))
def test_a_folder_never_leads_out_of_itself(url: str):
    placed = folder_place(Path("/srv/films"), url)
    assert placed == "" or placed.startswith("file:///srv/films/")
    assert "/../" not in placed
