"""A secret goes through every kind of failure and comes out nowhere."""

from __future__ import annotations

import io
import logging
import sqlite3
import traceback
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
import stamina
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from novastream_desktop.errors import UserFacingError
from novastream_desktop.logs import configure_logging
from novastream_desktop.net import HttpClient
from novastream_desktop.net._secrets import hide, secrets_in, secrets_of
from novastream_desktop.net.client import create_http_client
from novastream_desktop.providers._wire import read_object
from novastream_desktop.runtime import SystemClock
from novastream_desktop.settings import NetworkSettings, Settings
from tests.fakes.http_server import (
    Answer,
    FakeServer,
    Hang,
    Huge,
    Raw,
    Reply,
    html_answer,
    json_answer,
    redirect,
    too_many,
)

SECRETS = st.text("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", min_size=16)

FAILURES: dict[str, Callable[[str], Reply]] = {
    "refused": lambda s: json_answer({"message": f"the token {s} is not known"}, 401),
    "forbidden": lambda s: json_answer({"errors": [{"message": s}]}, 403),
    "gone": lambda s: json_answer({"detail": f"/{s}/manifest.json"}, 404),
    "bad": lambda s: Answer(400, f'<error code="1" description="key {s}"/>'.encode()),
    "limited": lambda s: json_answer({"error": s}, 429, {"Retry-After": "900"}),
    "limited without a number": lambda _s: too_many(None),
    "broken": lambda s: json_answer({"title": s}, 500),
    "busy": lambda s: json_answer({"message": s}, 503),
    "page": lambda s: html_answer(200, f"<html>{s}"),
    "no json": lambda s: json_answer(s.encode()),
    "garbage": lambda s: Raw(s.encode()),
    "cut": lambda s: Raw(f"HTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\n{s}".encode()),
    "too much": lambda _s: Huge(9_000_000),
    "damaged": lambda s: Answer(200, s.encode(), {"Content-Encoding": "gzip"}),
    "hangs": lambda _s: Hang(),
    "to a file": lambda s: redirect(f"file:///{s}"),
    "to a magnet": lambda s: redirect(f"magnet:?xt={s}"),
    "to nowhere": lambda s: redirect(f"http://[{s}"),
    "in circles": lambda s: redirect(f"/{s}/x?apikey={s}"),
}


@contextmanager
def _captured() -> Iterator[io.StringIO]:
    """All that this program logs, as it reaches the terminal, at its most talkative."""
    text = io.StringIO()
    root = logging.getLogger()
    before = root.level, root.handlers[:]
    configure_logging(None, verbose=True)
    handler = logging.StreamHandler(text)
    root.addHandler(handler)
    try:
        yield text
    finally:
        root.setLevel(before[0])
        for one in root.handlers[:]:
            if one not in before[1]:
                root.removeHandler(one)


@pytest.mark.parametrize("failure", FAILURES)
@settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(secret=SECRETS)
async def test_no_failure_tells_a_secret(failure: str, secret: str, tmp_path: Path):
    with _captured() as log:
        told = await _fail(FAILURES[failure](secret), secret, tmp_path / secret[:8])
    assert "127.0.0.1" in told or "address" in told
    assert secret not in told
    assert secret not in log.getvalue()


async def _fail(reply: Reply, secret: str, folder: Path) -> str:
    """Return all that the error says, and check that the cache names nothing."""
    async with FakeServer() as server:
        server.route("GET", "/*", reply)
        http = create_http_client(cache_dir=folder, clock=SystemClock())
        url = f"{server.url}/{secret}/x?apikey={secret}&t=caps"
        headers = {"Authorization": f'MediaBrowser Token="{secret}"', "X-Api-Key": secret}
        with (
            stamina.set_testing(True, attempts=3, cap=True),
            pytest.raises(UserFacingError) as caught,
        ):
            await _read(http, url, headers)
        await http.close()
    with closing(sqlite3.connect(folder / "http.sqlite")) as cache:
        keys = cache.execute("SELECT key, url, headers FROM answer").fetchall()
    assert secret not in str(keys)
    error: Any = caught.value
    return error.sentence() + "".join(traceback.format_exception_only(error)) + repr(error)


async def _read(http: HttpClient, url: str, headers: dict[str, str]) -> None:
    raw = await http.get_json(url, headers=headers, max_age=60, timeout=0.3)
    read_object(raw, "The server at 127.0.0.1")


@settings(max_examples=3, deadline=None)
@given(secret=SECRETS)
async def test_a_proxys_password_is_told_by_nobody(secret: str):
    async with FakeServer() as proxy:
        address = f"http://user:{secret}@127.0.0.1:{proxy.port}"
        network = NetworkSettings(proxy=address)
        http = create_http_client(cache_dir=None, clock=SystemClock(), network=network)
        with (
            _captured() as log,
            stamina.set_testing(True, attempts=3, cap=True),
            pytest.raises(UserFacingError) as caught,
        ):
            await http.get("https://films.example/x")
        await http.close()
    assert secret not in caught.value.sentence()
    assert secret not in log.getvalue()


def test_what_may_be_a_secret():
    url = "https://ann:pa55word@h.example/eyJhbGciOiJub25lIn0/manifest.json?t=caps&apikey=k3y5&x=1"
    headers = {"authorization": 'MediaBrowser Token="abcd"', "accept": "application/json"}
    assert secrets_of(url, headers) == {
        "pa55word",
        "eyJhbGciOiJub25lIn0",
        "k3y5",
        'MediaBrowser Token="abcd"',
        "MediaBrowser",
        "Token",
        "abcd",
    }
    assert hide("bad k3y5 at h.example, abcd", frozenset({"k3y5", "abcd"})) == (
        "bad *** at h.example, ***"
    )
    assert hide("q=a%2Fbcd a/bcd", frozenset({"a/bcd"})) == "q=*** ***"


def test_the_secrets_of_the_settings_are_known_and_nothing_else():
    entered = Settings.model_validate(
        {
            "tmdb": {"access_token": "tmdb-token"},
            "jellyfin": {"base_url": "http://films.lan:8096", "token": "jelly-token"},
            "sources": {
                "stremio_addons": ["https://addon.example/0123456789abcdefKEY/manifest.json"],
                "torznab": [{"url": "http://indexer.lan/api", "apiKey": "zab-key"}],
            },
            "subtitles": {"opensubtitles_key": "subs-key"},
            "network": {
                "proxy": "http://me:hunter22@proxy.lan:3128",
                "providers": {"stremio": {"proxy": "http://me:other-pass@proxy.lan:3128"}},
            },
            "api": {"token": "own-token", "host": "0.0.0.0"},
        }
    )
    assert secrets_in(Settings()) == frozenset()
    assert secrets_in(entered) == {
        *("tmdb-token", "jelly-token", "0123456789abcdefKEY", "zab-key", "subs-key"),
        *("hunter22", "other-pass", "own-token"),
    }
