from __future__ import annotations

import pytest

from novastream_desktop.settings import Settings
from novastream_desktop.settings._keys import settings_keys
from novastream_desktop.ui.settings._derive import (
    CATEGORIES,
    CHOICES,
    LINES,
    NOT_HERE,
    added,
    entered,
    refusal,
    removed,
    setting_items,
    variable,
)


def all_items(settings: Settings, **more: object):
    return [
        item
        for category in range(len(CATEGORIES))
        for item in setting_items(settings, category, **more)
    ]


def items(**changes: object):
    return {item.id: item for item in all_items(Settings.model_validate(changes))}


def test_every_setting_can_be_changed_on_the_page():
    tables = tuple(f"{table}." for table in NOT_HERE)
    wanted = {k for k in settings_keys() if not f"{k}.".startswith(tables)}
    assert wanted <= set(LINES) <= set(settings_keys())
    assert set(items()) == set(LINES)


def test_every_section_has_one_first_and_one_last_line():
    for category in range(len(CATEGORIES)):
        lines = setting_items(Settings(), category)
        sections = list(dict.fromkeys(line.section for line in lines))
        assert [line.section for line in lines if line.opens_section] == sections
        assert [line.section for line in lines if line.closes_section] == sections
    assert setting_items(Settings(), len(CATEGORIES) - 1) == ()


@pytest.mark.parametrize("key", sorted(CHOICES))
def test_each_choice_can_be_stored_and_is_then_shown(key: str):
    for place, (_, value) in enumerate(CHOICES[key]):
        nested: object = value
        for part in reversed(key.split(".")):
            nested = {part: nested}
        assert items(**nested)[key].choice == place


def test_a_value_that_is_none_of_the_choices_is_shown_as_one_more():
    limit = items(torrents={"download_limit": 2_500_000})["torrents.download_limit"]
    assert limit.options[limit.choice] == "2.5 MB/s" or limit.options[limit.choice] == "2 MB/s"
    space = items(torrents={"max_cache_gb": 7.5})["torrents.max_cache_gb"]
    assert space.options[space.choice] == "7.5"


def test_the_api_shows_its_address_and_token_only_while_it_is_on():
    assert "api.access" not in items()
    on = {
        i.id: i for i in all_items(Settings.model_validate({"api": {"enabled": True}}), token="t")
    }
    assert on["api.address"].text == "http://127.0.0.1:8765"
    assert on["api.access"].text == "t"


def test_lists_are_shown_and_keys_of_servers_are_not():
    assert items(sources={"mirrors": ["a", "b"]})["sources.mirrors"].options == ("a", "b")
    shown = items(sources={"torznab": [{"url": "http://x/api", "apiKey": "hush"}, {"url": "y"}]})
    assert shown["sources.torznab"].options == ("http://x/api  (with a key)", "y")


def test_entries_are_added_once_and_removed_by_place():
    settings = Settings.model_validate({"sources": {"mirrors": ["a", "b"]}})
    assert added(settings, "sources.mirrors", " c d ") == ("a", "b", "c d")
    assert added(settings, "sources.mirrors", " b ") is None
    assert added(settings, "sources.mirrors", "  ") is None
    assert removed(settings, "sources.mirrors", 0) == ("b",)
    assert added(settings, "sources.torznab", "http://x KEY") == (
        {"url": "http://x", "apiKey": "KEY"},
    )


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("sources.timeout", " 8,5 ", 8.5),
        ("api.port", "8080", 8080),
        ("jellyfin.base_url", " http://x ", "http://x"),
    ],
)
def test_what_is_entered_is_stored(key: str, text: str, value: object):
    assert entered(key, text) == value


def test_no_number_where_one_is_wanted():
    with pytest.raises(ValueError, match="soon"):
        entered("sources.timeout", "soon")


def test_a_refusal_is_a_sentence():
    assert refusal("Input should be greater than 0") == "Not saved. It should be greater than 0."


def test_what_the_environment_sets_is_told_and_fixed():
    names = {variable("sources.consumet.base_url")}
    assert names == {"NOVASTREAM_SOURCES__CONSUMET__BASE_URL"}
    lines = {i.id: i for i in all_items(Settings(), environ=names)}
    assert lines["sources.consumet.base_url"].fixed
    assert "in the environment" in lines["sources.consumet.base_url"].hint
    assert not lines["sources.timeout"].fixed


def test_problems_stand_at_their_lines():
    told = {i.id: i.problem for i in all_items(Settings(), problems={"api.port": "Not saved."})}
    assert told["api.port"] == "Not saved."
    assert told["api.host"] == ""
