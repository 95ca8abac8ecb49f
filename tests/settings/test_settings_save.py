from __future__ import annotations

import os
import stat
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import InvalidInput, StoreError
from novastream_desktop.settings import (
    Settings,
    SkipMode,
    ensure_api_token,
    load_settings,
    save_settings,
)
from novastream_desktop.settings._keys import settings_keys

EDITED = """\
# my settings

[tmdb]  # films
access_token = "secret" # do not share

[playback]
seek_step = 10
skip.op = "auto"
"""


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


def test_comments_and_other_keys_stay(config: Path):
    config.parent.mkdir()
    config.write_text(EDITED)
    save_settings(config, {"playback.skip.op": SkipMode.OFF, "sources.mirrors": ("a", "b")})
    text = config.read_text()
    assert "# my settings" in text
    assert "# do not share" in text
    assert text.startswith(EDITED.replace('"auto"', '"off"').rstrip())
    settings = load_settings(config, {}).settings
    assert settings.sources.mirrors == ("a", "b")
    assert settings.tmdb.access_token == "secret"
    assert settings.playback.seek_step == 10


def test_a_new_file_is_for_its_owner_only(config: Path):
    save_settings(config, {"api.enabled": True})
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert load_settings(config, {}).settings.api.enabled


def test_a_file_keeps_its_mode_and_its_link(config: Path, tmp_path: Path):
    real = tmp_path / "dotfiles.toml"
    real.write_text(EDITED)
    real.chmod(0o640)
    config.parent.mkdir()
    config.symlink_to(real)
    save_settings(config, {"api.port": 9000})
    assert config.is_symlink()
    assert "9000" in real.read_text()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640


def test_none_takes_a_key_out(config: Path):
    config.parent.mkdir()
    config.write_text(EDITED)
    save_settings(config, {"playback.seek_step": None, "api.port": None})
    assert "seek_step" not in config.read_text()
    assert load_settings(config, {}).settings.playback.seek_step == 5


@pytest.mark.parametrize(
    ("key", "value"), [("tmdb.nothing", 1), ("tmdb", "x"), ("api.port", 99_999), ("", 1)]
)
def test_a_bad_change_is_refused_and_nothing_written(config: Path, key: str, value: object):
    config.parent.mkdir()
    config.write_text(EDITED)
    with pytest.raises(InvalidInput):
        save_settings(config, {"playback.seek_step": 5, key: value})
    assert config.read_text() == EDITED


def test_a_broken_file_is_kept_before_it_is_replaced(config: Path):
    config.parent.mkdir()
    for number, name in ((1, "config.toml.bak"), (2, "config.toml.bak2")):
        config.write_text(f"[broken {number}")
        save_settings(config, {"api.port": 9000 + number})
        assert config.with_name(name).read_text() == f"[broken {number}"
    assert tomllib.loads(config.read_text()) == {"api": {"port": 9002}}


def test_a_value_in_a_tables_place_makes_room(config: Path):
    config.parent.mkdir()
    config.write_text("tmdb = 5 # odd\n")
    save_settings(config, {"tmdb.base_url": "http://x"})
    assert tomllib.loads(config.read_text()) == {"tmdb": {"base_url": "http://x"}}


@pytest.mark.parametrize(
    "text",
    [
        'sources = {timeout = 3.0, vidlink = {base_url = "a"}}\n',
        'sources.vidlink.base_url = "a"\nsources.timeout = 3.0\n',
        '[sources.vidlink]\nbase_url = "a"\n[tmdb]\n[sources]\ntimeout = 3.0\n',
        '[[sources.torznab]]\nurl = "a"\n[sources.vidlink]\nbase_url = "a"\n',
        "\ufeff[sources]\r\ntimeout = 3.0\r\n",
    ],
)
def test_every_way_to_write_a_table_can_be_changed(config: Path, text: str):
    config.parent.mkdir()
    config.write_bytes(text.encode())
    before = tomllib.loads(text.lstrip("\ufeff"))
    save_settings(config, {"sources.vidlink.movie_path": "/m", "sources.timeout": 9.0})
    after = tomllib.loads(config.read_text())
    assert after["sources"].pop("timeout") == 9.0
    assert after["sources"]["vidlink"].pop("movie_path") == "/m"
    before["sources"].pop("timeout", None)
    before["sources"].setdefault("vidlink", {})
    assert after == before


def test_a_folder_that_takes_nothing_is_a_sentence(tmp_path: Path):
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match="could not be"):
        save_settings(tmp_path / "file" / "config.toml", {"api.port": 1})


def test_nothing_but_the_file_is_left_in_the_folder(config: Path):
    save_settings(config, {"api.port": 1})
    save_settings(config, {"api.port": 2})
    assert os.listdir(config.parent) == ["config.toml"]  # noqa: PTH208


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
changes = st.fixed_dictionaries(
    {},
    optional={
        "tmdb.access_token": text,
        "sources.mirrors": st.lists(text, max_size=3).map(tuple),
        "sources.timeout": st.floats(0.001, 120),
        "sources.torznab": st.lists(st.fixed_dictionaries({"url": text, "apiKey": text})),
        "sources.vidlink.movie_path": text,
        "playback.skip.op": st.sampled_from(SkipMode),
        "playback.autoplay_next": st.booleans(),
        "api.port": st.integers(0, 65_535),
        "torrents.max_cache_gb": st.floats(0.001, 1e6),
    },
)


@given(st.lists(changes, min_size=1, max_size=3))
def test_what_is_saved_is_loaded(
    tmp_path_factory: pytest.TempPathFactory, rounds: list[dict[str, object]]
):
    config = tmp_path_factory.mktemp("trip") / "config.toml"
    expected = Settings().model_dump()
    for change in rounds:
        save_settings(config, change)
        for key, value in change.items():
            inner = expected
            *path, last = key.split(".")
            for part in path:
                inner = inner[part]
            inner[last] = value
    loaded = load_settings(config, {})
    assert loaded.problems == ()
    assert loaded.settings == Settings.model_validate(expected)


def test_every_documented_key_exists():
    documented = {
        "tmdb.access_token", "anilist.enabled", "aniskip.base_url", "archive.enabled",
        "peertube.instances", "jellyfin.token", "sources.vidlink.anime_path",
        "sources.consumet.movie_provider", "sources.mirrors", "sources.stremio_addons",
        "sources.torznab", "sources.timeout", "subtitles.languages", "subtitles.vtt_endpoints",
        "torrents.seed_ratio", "playback.skip.recap", "api.token", "backend.url",
    }  # fmt: skip
    assert documented <= set(settings_keys())


def test_the_token_is_made_once_and_kept_private(tmp_path: Path):
    token = ensure_api_token(tmp_path / "config")
    assert len(token) >= 32
    assert ensure_api_token(tmp_path / "config") == token
    file = tmp_path / "config" / "api-token"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    file.chmod(0o644)
    assert ensure_api_token(tmp_path / "config") == token
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_an_empty_token_file_is_made_anew(tmp_path: Path):
    (tmp_path / "api-token").write_text(" \n")
    assert len(ensure_api_token(tmp_path)) >= 32
    assert stat.S_IMODE((tmp_path / "api-token").stat().st_mode) == 0o600


def test_an_unreadable_token_is_a_sentence(tmp_path: Path):
    (tmp_path / "api-token").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match="Delete the file"):
        ensure_api_token(tmp_path)
