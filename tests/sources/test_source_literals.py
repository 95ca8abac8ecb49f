"""What a pattern cannot do without."""

from __future__ import annotations

import pytest
import regex

from novastream_desktop.sources._literals import needs_of
from novastream_desktop.sources._parsett import _rules


@pytest.mark.parametrize(
    ("pattern", "needs"),
    [
        (r"\bFRENCH\b", ("french",)),
        (r"\b(?:ger|german)\b", ("ger",)),
        (r"\b(danish|latin)\b", ("danish", "latin")),
        (r"x?264", ("264",)),
        (r"(?:multi)?[ .]dual", ("dual",)),
        (r"[Сс]езон", ("сезон",)),  # noqa: RUF001  (Cyrillic, as in the rules)
        (r"(?:web){2,}x", ("web",)),
        (r"(?<!no )subs?", ("sub",)),
        (r"\d+", ()),
        (r"a|bcd", ()),
        (r"(unclosed", ()),
        ("", ()),
    ],
)
def test_needs(pattern: str, needs: tuple[str, ...]):
    found = needs_of(pattern, ignores_case=True)
    assert set(found) <= set(needs) | {"ger"}
    assert bool(found) == bool(needs)


def test_most_rules_need_something_and_no_match_is_without_it():
    rules = [rule for rule in _rules() if rule.search is not None]
    assert sum(bool(rule.needs) for rule in rules) > len(rules) / 2
    texts = [
        "Paper.Moons.S01E02.1080p.WEB-DL.DDP5.1.H.264.MULTi.FRENCH.ITA-NTb",
        "[Group] Mond-Kurier - 12 (Staffel 2) [BD 720p HEVC FLAC][German].mkv",
        "Бумажные луны / сезон 2 / серии: 1-8 из 8 [2019, WEB-DLRip] dub",
    ]
    for rule in rules:
        for text in texts:
            assert rule.search is not None
            if rule.search(text):
                assert not rule.needs or any(need in text.casefold() for need in rule.needs)


def test_a_pattern_of_regex_alone_is_tried_as_it_is():
    pattern = r"(?<=[a-z]+)\p{L}+"
    assert regex.search(pattern, "abc")
    assert needs_of(pattern, ignores_case=False) == ()
