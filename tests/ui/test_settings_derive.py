from __future__ import annotations

import pytest

from novastream_desktop.settings import Settings
from novastream_desktop.ui.settings._derive import CHOICES, setting_items


def items(**changes: object):
    return {item.id: item for item in setting_items(Settings.model_validate(changes))}


def test_every_section_has_one_first_and_one_last_line():
    lines = setting_items(Settings())
    sections = list(dict.fromkeys(line.section for line in lines))
    assert [line.section for line in lines if line.opens_section] == sections
    assert [line.section for line in lines if line.closes_section] == sections


@pytest.mark.parametrize("key", sorted(CHOICES))
def test_each_choice_can_be_stored_and_is_then_shown(key: str):
    for place, (_, value) in enumerate(CHOICES[key]):
        nested: object = value
        for part in reversed(key.split(".")):
            nested = {part: nested}
        assert items(**nested)[key].choice == place


def test_a_value_that_is_none_of_the_choices_chooses_none():
    assert items(torrents={"download_limit": 1234})["torrents.download_limit"].choice == -1


def test_the_api_shows_its_address_and_token_only_while_it_is_on():
    assert "api.token" not in items()
    on = items(api={"enabled": True, "token": "t"})
    assert on["api.address"].text == "http://127.0.0.1:8765"
    assert on["api.token"].text == "t"


def test_mirrors_are_listed():
    assert items(sources={"mirrors": ["a", "b"]})["sources.mirrors"].options == ("a", "b")
