from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.settings import Settings, SkipMode, load_settings
from novastream_desktop.settings._lines import line_of


@pytest.fixture
def config(tmp_path: Path) -> Path:
    return tmp_path / "config.toml"


def test_without_a_file_everything_has_its_default(config: Path):
    loaded = load_settings(config, {})
    assert loaded.settings == Settings()
    assert loaded.problems == ()
    assert not config.exists()


def test_environment_beats_file_beats_default(config: Path):
    config.write_text('[tmdb]\nbase_url = "http://file"\naccess_token = "from-file"\n')
    loaded = load_settings(config, {"NOVASTREAM_TMDB__BASE_URL": "http://environment"})
    assert loaded.settings.tmdb.base_url == "http://environment"
    assert loaded.settings.tmdb.access_token == "from-file"
    assert loaded.settings.tmdb.image_base_url == Settings().tmdb.image_base_url
    assert loaded.problems == ()


@pytest.mark.parametrize(
    ("name", "text", "read"),
    [
        ("API__PORT", "9000", lambda s: s.api.port == 9000),
        ("API__PORT", "0", lambda s: s.api.port == 0),
        ("ANILIST__ENABLED", "false", lambda s: s.anilist.enabled is False),
        ("ANILIST__ENABLED", "0", lambda s: s.anilist.enabled is False),
        ("ANILIST__ENABLED", "off", lambda s: s.anilist.enabled is False),
        ("PLAYBACK__SEEK_STEP", "10", lambda s: s.playback.seek_step == 10),
        ("PLAYBACK__SKIP__OP", "auto", lambda s: s.playback.skip.op is SkipMode.AUTO),
        ("SOURCES__TIMEOUT", "2.5", lambda s: s.sources.timeout == 2.5),
        ("SOURCES__MIRRORS", '["a", "b"]', lambda s: s.sources.mirrors == ("a", "b")),
        ("PEERTUBE__INSTANCES", "[]", lambda s: s.peertube.instances == ()),
        (
            "SOURCES__VIDLINK__BASE_URL",
            "http://v",
            lambda s: s.sources.vidlink.base_url == "http://v",
        ),
        ("TMDB__ACCESS_TOKEN", "12345", lambda s: s.tmdb.access_token == "12345"),
        (
            "SOURCES__TORZNAB",
            '[{"url": "http://t", "apiKey": "k"}]',
            lambda s: s.sources.torznab[0].api_key == "k",
        ),
    ],
)
def test_every_kind_of_value_comes_from_the_environment(
    config: Path, name: str, text: str, read: Callable[[Settings], bool]
):
    loaded = load_settings(config, {f"NOVASTREAM_{name}": text})
    assert loaded.problems == ()
    assert read(loaded.settings)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("API__PORT", "99999"),
        ("SOURCES__MIRRORS", "a,b"),
        ("SOURCES__MIRRORS", "3"),
        ("PLAYBACK__SKIP__OP", "sometimes"),
        ("TMDB__BASE_UR", "http://x"),
    ],
)
def test_a_bad_variable_is_named_and_left_out(config: Path, name: str, text: str):
    loaded = load_settings(config, {f"NOVASTREAM_{name}": text})
    (sentence,) = loaded.problems
    assert f"NOVASTREAM_{name}" in sentence
    assert loaded.settings == Settings()


def test_a_bad_variable_leaves_the_files_value(config: Path):
    config.write_text("[api]\nport = 7000\n")
    loaded = load_settings(config, {"NOVASTREAM_API__PORT": "many"})
    assert loaded.settings.api.port == 7000
    assert len(loaded.problems) == 1


def test_other_variables_of_the_program_are_no_settings(config: Path):
    environ = {"NOVASTREAM_HOME": "/x", "NOVASTREAM_LIBMPV": "/y", "HOME": "/z"}
    assert load_settings(config, environ).problems == ()


BAD = """\
# a person's file
[tmdb]
base_ur = "misspelt"
base_url = "http://good"

[sources]
timeout = "soon"
mirrors = [
  "http://a",  # a comment
  3,
]
stremio_addons = ["http://kept"]

[playback]
seek_step = 7
skip.op = "sometimes"
skip.ed = "auto"

[[sources.torznab]]
url = "http://t"
colour = "red"

[nonsense]
a = 1
"""


def test_each_bad_key_is_named_with_file_and_line_and_has_its_default(config: Path):
    config.write_text(BAD)
    loaded = load_settings(config, {})
    named = {
        key: line
        for key, line in {
            "tmdb.base_ur": 3,
            "sources.timeout": 7,
            "sources.mirrors[1]": 8,
            "playback.seek_step": 15,
            "playback.skip.op": 16,
            "sources.torznab[0].colour": 21,
            "nonsense": 23,
        }.items()
        if any(f"{config}, line {line}:" in p and f" {key}" in p for p in loaded.problems)
    }
    assert len(named) == len(loaded.problems) == 7
    settings = loaded.settings
    assert settings.sources.timeout == 8.0
    assert settings.sources.mirrors == ()
    assert settings.playback.seek_step == 5
    assert settings.playback.skip.op is SkipMode.ASK
    # and what was good is kept
    assert settings.tmdb.base_url == "http://good"
    assert settings.sources.stremio_addons == ("http://kept",)
    assert settings.playback.skip.ed is SkipMode.AUTO
    assert settings.sources.torznab[0].url == "http://t"


def test_a_value_where_a_table_belongs_is_one_bad_key(config: Path):
    config.write_text("tmdb = 5\n[api]\nport = 1\n")
    loaded = load_settings(config, {})
    assert len(loaded.problems) == 1
    assert "line 1" in loaded.problems[0]
    assert loaded.settings.api.port == 1


def test_a_secret_of_the_wrong_kind_is_not_shown(config: Path):
    config.write_text("[tmdb]\naccess_token = 123456789\n")
    (sentence,) = load_settings(config, {}).problems
    assert "tmdb.access_token" in sentence
    assert "123456789" not in sentence


@pytest.mark.parametrize(
    "content", [b"[tmdb\nx = 1\n", b'\xff\xfe"', b"a = 1\na = 2\n", b"x = " + b"[" * 20_000]
)
def test_a_broken_file_is_one_sentence_and_stays(config: Path, content: bytes):
    config.write_bytes(content)
    loaded = load_settings(config, {"NOVASTREAM_API__PORT": "9000"})
    (sentence,) = loaded.problems
    assert str(config) in sentence
    assert "\n" not in sentence
    assert loaded.settings.api.port == 9000
    assert config.read_bytes() == content


def test_the_line_of_a_broken_file_is_named(config: Path):
    config.write_text("[tmdb]\n\nbase_url = nothing\n")
    assert "line 3" in load_settings(config, {}).problems[0]


def test_a_folder_in_the_files_place_is_one_sentence(config: Path):
    config.mkdir()
    assert len(load_settings(config, {}).problems) == 1


values = st.one_of(
    st.integers(-5, 5), st.text(max_size=8), st.booleans(), st.lists(st.integers(0, 3), max_size=3)
)


def toml_value(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return '"""' + "".join(f"\\U{ord(c):08x}" for c in value) + '\n"""'
    if isinstance(value, list):
        return "[\n" + "".join(f"  {v},\n\n" for v in value) + "]"
    return str(value)


@given(st.lists(st.tuples(st.integers(0, 2), values), min_size=1, max_size=12), st.integers(0, 11))
def test_the_line_of_a_key_is_where_it_was_written(items: list[tuple[int, object]], chosen: int):
    chosen %= len(items)
    text, lines = "", []
    for number, (blank, value) in enumerate(items):
        text += "\n# note = 1" * blank + f"\n[table{number}]\n"
        lines.append(text.count("\n") + 1)
        text += f"key = {toml_value(value)}\n"
    tomllib.loads(text)
    assert line_of(text, (f"table{chosen}", "key")) == lines[chosen]
    assert line_of(text, (f"table{chosen}", "other")) is None


@given(st.binary(max_size=200))
def test_no_file_stops_the_start(tmp_path_factory: pytest.TempPathFactory, content: bytes):
    file = tmp_path_factory.getbasetemp() / "any.toml"
    file.write_bytes(content)
    assert isinstance(load_settings(file, {}).settings, Settings)


@given(
    st.dictionaries(
        st.sampled_from(["tmdb", "sources", "api", "playback", "x"]),
        st.one_of(
            values,
            st.dictionaries(
                st.sampled_from(["port", "timeout", "torznab", "skip", "mirrors", "enabled"]),
                st.one_of(values, st.lists(st.dictionaries(st.just("url"), values), max_size=2)),
            ),
        ),
    )
)
def test_any_data_ends_in_valid_settings_with_each_loss_named(data: dict[str, Any]):
    from novastream_desktop.settings._load import _sound

    good, complaints = _sound(data)
    Settings.model_validate(good)
    assert (good == data) == (not complaints)
