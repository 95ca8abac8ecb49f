"""Every format as WebVTT."""

from __future__ import annotations

import contextlib
import html
import re

import pysubs2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.errors import BadResponse
from novastream_desktop.subtitles import to_vtt
from novastream_desktop.subtitles._cues import Cue, render

SRT = (
    "1\r\n00:00:01,000 --> 00:00:02,500\r\nHello\r\nworld\r\n\r\n"
    "2\r\n00:01:00,000 --> 00:01:02,000\r\nBye\r\n"
)
ASS_EVENTS = r"""[Script Info]
ScriptType: v4.00+

[V4+ Styles]
{styles}
[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:09.00,Default,,0,0,0,,not shown
Dialogue: 0,0:00:03.00,0:00:04.00,Default,,0,0,0,,{\b1}Bold {\i1}both{\b0} slanted\Nsecond
Dialogue: 0,0:00:01.00,0:00:02.00,Sign,,0,0,0,,A sign & a <door>
Dialogue: 0,0:00:05.00,0:00:06.00,Default,,0,0,0,,{\p1}m 0 0 l 10 10{\p0}
Dialogue: 0,0:00:07.00,0:00:08.00,Default,,0,0,0,,{\an7\fs30}corner
"""


STYLE = (
    "Style: {},Arial,20,&H00FFFFFF,&H000000FF,&H00000000,&H00000000,0,{},0,0,100,100,0,0,1,2,2,{}"
    ",10,10,10,1"
)
ASS = ASS_EVENTS.replace(
    "{styles}",
    "Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour,"
    " Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline,"
    " Shadow, Alignment, MarginL, MarginR, MarginV, Encoding\n"
    + STYLE.format("Default", 0, 2)
    + "\n"
    + STYLE.format("Sign", -1, 8),
)


def cues(vtt: str) -> list[tuple[str, str, str]]:
    found = re.findall(r"(\S+) --> (\S+)[^\n]*\n((?:[^\n]+\n?)*)", vtt)
    return [(start, end, text.rstrip("\n")) for start, end, text in found]


def test_srt():
    assert to_vtt(SRT) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nHello\nworld\n"
        "\n00:01:00.000 --> 00:01:02.000\nBye\n"
    )


def test_ass_keeps_style_and_place_and_drops_drawings_and_comments():
    assert to_vtt(ASS) == (
        "WEBVTT\n\n00:00:01.000 --> 00:00:02.000 line:0\n<i>A sign &amp; a &lt;door&gt;</i>\n"
        "\n00:00:03.000 --> 00:00:04.000\n<b>Bold <i>both</i></b><i> slanted\nsecond</i>\n"
        "\n00:00:07.000 --> 00:00:08.000 line:0 align:start\ncorner\n"
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<i>slanted</i> & more", "<i>slanted</i> &amp; more"),
        ('<font color="#fff">plain</font>', "plain"),
        ("3 < 4 > 2", "3 &lt; 4 &gt; 2"),
        ("rock &amp; roll", "rock &amp; roll"),
        (r"{\an8}above", "above"),
        ("♪ la la ♪", "♪ la la ♪"),
        ("- one\n- two", "- one\n- two"),
        ("1984", "1984"),
        ("the year\n1984", "the year\n1984"),
    ],
)
def test_what_stands_in_a_cue(text: str, expected: str):
    vtt = to_vtt(f"1\n00:00:01,000 --> 00:00:02,000\n{text}\n")
    assert cues(vtt) == [("00:00:01.000", "00:00:02.000", expected)]


def test_sound_vtt_passes_with_its_styles_and_places():
    vtt = (
        "WEBVTT - title\n\nSTYLE\n::cue { color: lime }\n\nid\n"
        "00:01.000 --> 00:02.000 line:10% align:end\n<v Ann>Hi &amp; bye</v>\n"
    )
    assert to_vtt("\ufeff" + vtt.replace("\n", "\r\n")) == vtt


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "it is empty"),
        (" \n", "it is empty"),
        ('[{"error": "quota"}]', "a web page or data"),
        ("[]", "a web page or data"),
        ("MZ\x01\x02\x03\x04\x05\x06", "it is not text"),
        ('<tt xmlns="http://www.w3.org/ns/ttml"><body>', "it is damaged"),
        ("just words", "its format is not known"),
        ("<!DOCTYPE html><html></html>", "a web page"),
        ('{"error": "quota"}', "a web page or data"),
        ("WEBVTT\n", "no subtitles in it"),
        ("1\n00:00:01,000 --> 00:00:02,000\n\n", "no subtitles in it"),
    ],
)
def test_what_is_no_subtitle_file_is_said_in_a_sentence(text: str, why: str):
    with pytest.raises(BadResponse, match=why) as caught:
        to_vtt(text, "a.srt")
    assert caught.value.sentence().startswith("The subtitles a.srt cannot be read: ")


letters = st.characters(
    codec="utf-8",
    exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn", "Co"),
    exclude_characters="<>{}\\&\ufeff",
)
line = st.text(letters, min_size=1, max_size=20).filter(
    lambda text: "-->" not in text and text.strip()
)
spoken = st.lists(line, min_size=1, max_size=3).map("\n".join)
times = st.lists(st.integers(0, 30_000_000), min_size=2, max_size=12, unique=True).map(sorted)


@st.composite
def files(draw: st.DrawFn) -> list[tuple[int, int, str]]:
    moments = draw(times)
    pairs = zip(moments[::2], moments[1::2], strict=False)
    return [(start, end, draw(spoken)) for start, end in pairs]


def stamp(milliseconds: int, point: str) -> str:
    return pysubs2.time.ms_to_str(milliseconds, fractions=True).rjust(12, "0").replace(".", point)


@settings(deadline=None)
@given(files(), st.sampled_from(["\n", "\r\n", "\r"]))
def test_srt_round_trip(said: list[tuple[int, int, str]], ending: str):
    srt = "".join(
        f"{n}\n{stamp(start, ',')} --> {stamp(end, ',')}\n{text}\n\n"
        for n, (start, end, text) in enumerate(said, 1)
    )
    vtt = to_vtt(srt.replace("\n", ending))
    assert [(a, b, html.unescape(text)) for a, b, text in cues(vtt)] == [
        (stamp(start, "."), stamp(end, "."), text) for start, end, text in said
    ]


@settings(deadline=None)
@given(files())
def test_vtt_round_trip(said: list[tuple[int, int, str]]):
    vtt = render([Cue(start, end, text) for start, end, text in said])
    assert to_vtt(vtt) == vtt
    assert to_vtt(to_vtt(vtt).replace("WEBVTT", "WEBVTT", 1)) == vtt
    assert [text for _, _, text in cues(vtt)] == [text for _, _, text in said]


@settings(deadline=None)
@given(st.text(max_size=200) | st.text("0123456789:,.-> \n{}[]\\<>iN|WEBVT", max_size=200))
def test_any_text_gives_vtt_or_a_sentence(text: str):
    with contextlib.suppress(BadResponse):
        assert to_vtt(text).startswith("WEBVTT")
