"""The bundled catalogue of open films."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from novastream_desktop.models import Content, StreamSource, check_content_id

Index = dict[str, Any]
COMMONS = "https://upload.wikimedia.org/wikipedia/commons/"


def test_every_film_has_its_facts_and_its_licence(catalogue: Index):
    assert catalogue["name"] == "open-films"
    assert len(catalogue["items"]) >= 16
    for entry in catalogue["items"]:
        film = Content.model_validate(entry["content"])
        assert film.type == "movie"
        assert film.year
        assert film.genres
        assert film.overview
        assert "CC BY" not in film.overview  # it has a line of its own
        assert re.match(r"CC BY(-SA)? \d\.\d · \S", film.credit or "")
        assert entry["collections"] == ["open"]


def test_every_film_can_be_found_somewhere(catalogue: Index):
    for entry in catalogue["items"]:
        assert entry["sources"] or entry["content"].get("aliases")
        for source in entry["sources"]:
            made = StreamSource.model_validate(source)
            assert made.url.startswith(("https://", "magnet:?"))
            assert (made.type == "torrent") == made.url.startswith("magnet:")


def test_ids_and_aliases_are_well_formed_and_given_once(catalogue: Index):
    given = Counter()
    for entry in catalogue["items"]:
        content = entry["content"]
        check_content_id(f"nova:{content['id']}")
        given[content["id"]] += 1
        for alias in content.get("aliases", []):
            given[check_content_id(alias)] += 1
        for key in ("imdbId", "tmdbId"):
            given[key, content.get(key)] += content.get(key) is not None
    assert [name for name, count in given.items() if count > 1] == []


def test_both_cuts_of_big_buck_bunny_are_kept_apart(catalogue: Index):
    lengths = {
        entry["content"]["id"]: entry["content"]["runtime"]
        for entry in catalogue["items"]
        if entry["content"]["title"].startswith("Big Buck Bunny")
    }
    assert lengths == {"big-buck-bunny": 596.0, "big-buck-bunny-sunflower": 634.0}


def test_commons_addresses_have_the_hash_of_their_file_name(catalogue: Index):
    found = 0
    for entry in catalogue["items"]:
        for url in [source["url"] for source in entry["sources"]]:
            if not url.startswith(COMMONS):
                continue
            path = unquote(url.removeprefix(COMMONS))
            match = re.match(r"(?:transcoded/|thumb/)?(\w)/(\w\w)/([^/]+)", path)
            assert match, url
            digest = hashlib.md5(match[3].encode()).hexdigest()
            assert (match[1], match[2]) == (digest[0], digest[:2]), url
            found += 1
    assert found > 20


def test_torrents_name_their_file(catalogue: Index):
    torrents = [s for e in catalogue["items"] for s in e["sources"] if s["type"] == "torrent"]
    assert len(torrents) == 4
    for source in torrents:
        query = parse_qs(urlsplit(source["url"]).query)
        assert re.fullmatch(r"urn:btih:[0-9a-f]{40}", query["xt"][0])
        assert query["ws"] == ["https://webtorrent.io/torrents/"]
        assert source["fileIndex"] > 0
        assert source["sizeBytes"] > 100_000_000
