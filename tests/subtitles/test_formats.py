"""Every format and every fault: what becomes of it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.errors import BadResponse
from novastream_desktop.subtitles import cues_of, format_of, playable, to_vtt
from novastream_desktop.subtitles._cues import Cue, render, render_srt, repaired
from novastream_desktop.subtitles._markup import by_tokens, of_srt

TTML = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"
    xmlns:tts="http://www.w3.org/ns/ttml#styling" ttp:frameRate="25" ttp:tickRate="1000">
 <head><styling><style xml:id="s1" tts:fontStyle="italic"/></styling>
  <layout><region xml:id="top" tts:displayAlign="before"/></layout></head>
 <body><div>
  <p begin="00:00:01.000" end="00:00:02.500">Hello<br/>big   world</p>
  <p begin="3s" dur="1.5s" style="s1">slanted &amp; <span tts:fontWeight="bold">bold</span></p>
  <p begin="00:00:05:05" end="6000t" region="top">above</p>
 </div></body></tt>"""
SUBVIEWER = """[INFORMATION]
[TITLE]A film
[END INFORMATION]
[SUBTITLE]
[COLF]&HFFFFFF,[STYLE]no,[SIZE]18,[FONT]Arial
00:00:01.00,00:00:02.50
Hello[br]world

00:00:03.00,00:00:04.00
Bye
"""
SSA = """[Script Info]
ScriptType: v4.00

[V4 Styles]
Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, TertiaryColour, BackColour, Bold, Italic, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, AlphaLevel, Encoding
Style: Default,Arial,20,16777215,65535,65535,-2147483640,0,0,1,3,0,2,30,30,30,0,0

[Events]
Format: Marked, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Dialogue: Marked=0,0:00:01.00,0:00:02.00,Default,NTP,0000,0000,0000,,Hello
"""  # noqa: E501  (the format's own lines)
SAMI = """<SAMI><HEAD><TITLE>x</TITLE></HEAD><BODY>
<SYNC Start=1000><P Class=ENCC>Hello
<SYNC Start=2000><P Class=ENCC>&nbsp;
</BODY></SAMI>"""


def shown(text: str, fps: float | None = None) -> list[tuple[int, int, str]]:
    return [(c.start, c.end, c.markup) for c in cues_of(text, fps=fps)]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (
            "microdvd",
            "{24}{48}Hello|{y:i}world\n{72}{96}/slanted\n",
            [(1001, 2002, "Hello\n<i>world</i>"), (3003, 4004, "<i>slanted</i>")],
        ),
        ("microdvd", "{1}{1}25.000\n{25}{50}{Y:b}Hi|you\n", [(1000, 2000, "<b>Hi</b>\nyou")]),
        (
            "mpl2",
            "[10][20]/Hello|world\n[30][]Bye\n",
            [(1000, 2000, "<i>Hello</i>\nworld"), (3000, 4000, "Bye")],
        ),
        ("subviewer", SUBVIEWER, [(1000, 2500, "Hello\nworld"), (3000, 4000, "Bye")]),
        ("subviewer", "[00:00:01]\nHello|you\n[00:00:03]\n", [(1000, 3000, "Hello\nyou")]),
        (
            "ttml",
            TTML,
            [
                (1000, 2500, "Hello\nbig world"),
                (3000, 4500, "<i>slanted &amp; <b>bold</b></i>"),
                (5200, 6000, "above"),
            ],
        ),
        ("ssa", SSA, [(1000, 2000, "Hello")]),
        ("sami", SAMI, [(1000, 2000, "Hello")]),
        ("tmp", "00:00:01:Hello|you\n00:00:05:Bye\n", None),
        ("srt", "00:00:01,000 --> 00:00:02,000\nHello", [(1000, 2000, "Hello")]),
        ("vtt", "WEBVTT\n\n00:01,000 --> 00:02,000\nHello\n", [(1000, 2000, "Hello")]),
    ],
)
def test_formats(kind: str, text: str, expected: list[tuple[int, int, str]] | None):
    assert format_of(text) == kind
    found = shown(text)
    if expected is None:
        assert [said for _, _, said in found] == ["Hello\nyou", "Bye"]
    else:
        assert found == expected
    assert cues_of(text.replace("\n", "\r\n")) == cues_of(text)


def test_frames_are_counted_as_the_video_does():
    assert shown("{25}{50}Hello\n", fps=25.0) == [(1000, 2000, "Hello")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a number that is wrong, one that is missing, and words that are numbers
        (
            (
                "7\n00:00:01,000 --> 00:00:02,000\na\n\n00:00:03,000 --> 00:00:04,000\nb\n\n"
                "7\n00:00:05,000 --> 00:00:06,000\n1984\n"
            ),
            [(1000, 2000, "a"), (3000, 4000, "b"), (5000, 6000, "1984")],
        ),
        # no blank line between cues
        (
            "1\n00:00:01,000 --> 00:00:02,000\na\n2\n00:00:03,000 --> 00:00:04,000\nb\n",
            [(1000, 2000, "a"), (3000, 4000, "b")],
        ),
        # a year at the end of what is said, without a blank line
        (
            "1\n00:00:01,000 --> 00:00:02,000\nin\n1984\n\n2\n00:00:03,000 --> 00:00:04,000\nb",
            [(1000, 2000, "in\n1984"), (3000, 4000, "b")],
        ),
        # a blank line inside, spaces, a time without milliseconds, one without hours
        (
            "1\n 0:0:1 --> 00:02.5  X1:10\n  a \n \n b\n\n2\n00:00:03.000-->00:00:04,000\nc\n",
            [(1000, 2500, "a\n b"), (3000, 4000, "c")],
        ),
        # negative and backward times
        ("1\n-00:00:01,000 --> 00:00:02,000\na\n", [(0, 2000, "a")]),
        ("1\n00:00:09,000 --> 00:00:01,000\nback\n", [(9000, 10_000, "back")]),
        ("1\n00:00:09,000 --> 00:00:09,000\nsame\n", [(9000, 10_000, "same")]),
        # arrows of other kinds, alone and among sound ones
        ("1\n00:00:01,000 -> 00:00:02,000\na -> b\n", [(1000, 2000, "a -&gt; b")]),
        (
            (
                "1\n00:00:01,000 --> 00:00:02,000\na\n\n2\n00:00:03,000 \u2013> 00:00:04,000\nb\n\n"
                "3\n00:00:05,000 -\u203a 00:00:06,000\nc\n"
            ),
            [(1000, 2000, "a"), (3000, 4000, "b"), (5000, 6000, "c")],
        ),
        # a blank line inside a sound one, and much room before another
        (
            "1\n00:00:01,000 --> 00:00:02,000\na\n\nb\n\n\n\n2\n00:00:03,000 --> 00:00:04,000\nc\n",
            [(1000, 2000, "a\nb"), (3000, 4000, "c")],
        ),
        # out of order, and one that runs into the next
        (
            "1\n00:00:05,000 --> 00:00:06,000\nb\n\n2\n00:00:01,000 --> 00:00:06,500\na\n",
            [(1000, 5000, "a"), (5000, 6000, "b")],
        ),
        # a sign that stays while others speak
        (
            "1\n00:00:01,000 --> 00:01:00,000\nsign\n\n2\n00:00:05,000 --> 00:00:06,000\na\n",
            [(1000, 60_000, "sign"), (5000, 6000, "a")],
        ),
    ],
)
def test_srt_faults(text: str, expected: list[tuple[int, int, str]]):
    assert shown(text) == expected


@pytest.mark.parametrize(
    ("said", "markup"),
    [
        ("<i>one", "<i>one</i>"),
        ("one</i>", "one"),
        ("<b><i>a</b>b</i>", "<b><i>a</i></b><i>b</i>"),
        ("<I>loud</I>", "<i>loud</i>"),
        ("<em>a</em><br>b", "<i>a</i>\nb"),
        ('<font face="x" color=red>a</font>', "a"),
        ("<Jack> run", "&lt;Jack&gt; run"),
        ("I <3 you", "I &lt;3 you"),
        ("a &lt;b&gt; &nbsp;&quot;c&quot; &eacute;&#39;", 'a &lt;b&gt; \u00a0"c" é\''),
        ("AT&T; R&D", "AT&amp;T; R&amp;D"),
        (r"{\an8}up\Nand down", "up\nand down"),
        (r"{\i1}a{\i0}b", "<i>a</i>b"),
        ("{not an override}", "{not an override}"),
        (r"C:\films", r"C:\films"),
    ],
)
def test_what_is_said(said: str, markup: str):
    assert shown(f"1\n00:00:01,000 --> 00:00:02,000\n{said}\n") == [(1000, 2000, markup)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<i>a", "<i>a</i>"),
        ("<v Ann>a", "<v Ann>a</v>"),
        ("<c.yellow>a</c> & b", "<c.yellow>a</c> &amp; b"),
        ("a<00:00:01.500>b", "ab"),
        ("x < y", "x &lt; y"),
    ],
)
def test_broken_vtt_is_mended(text: str, expected: str):
    broken = f"WEBVTT\n\nNOTE a note\n\nname\n00:01,000 --> 00:02,000 align:start x\n{text}\n\n"
    broken += "STYLE\n::cue {}\n\n2\n00:03,000 --> 00:04,000\nb\n"
    first, second = cues_of(broken)
    assert (first.markup, first.settings) == (expected, "align:start")
    assert second.markup == "b"


def test_ass_goes_to_the_player_as_it_is():
    styled = SSA.replace("Hello", r"{\c&H0000FF&\pos(10,20)}Hello")
    given = playable("\ufeff" + styled.replace("\n", "\r\n"))
    assert (given.text, given.suffix) == (styled, "ass")
    events = styled[styled.index("[Events]") :]
    assert playable(events).text.startswith("[Script Info]\n")
    assert playable("1\n00:00:01,000 --> 00:00:02,000\na\n").suffix == "vtt"


def test_xml_that_is_more_than_xml_is_refused():
    bomb = '<!DOCTYPE tt [<!ENTITY a "aaaa">]>' + TTML.partition("?>")[2].replace("above", "&a;")
    with pytest.raises(BadResponse, match="it is damaged"):
        to_vtt(bomb)


signs = st.characters(
    codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp", "Zs", "Cn", "Co"),
    exclude_characters="{}\\\ufeff",
)  # fmt: skip
word = st.text(signs, min_size=1, max_size=12)
line = st.lists(word, min_size=1, max_size=3).map(" ".join)


def is_plain(text: str) -> bool:
    """Whether SRT itself takes it as it is: no tag, no entity, no arrow."""
    lone = not any(start in text for start in ("<", "-->"))
    return lone and ";" not in text and "&" not in text and "\u2013" not in text


spoken = st.lists(line.filter(is_plain), min_size=1, max_size=3).map("\n".join)
times = st.lists(st.integers(0, 30_000_000), min_size=2, max_size=12, unique=True).map(sorted)


@st.composite
def films(draw: st.DrawFn) -> list[Cue]:
    moments = draw(times)
    return [
        Cue(start, end, draw(spoken))
        for start, end in zip(moments[::2], moments[1::2], strict=False)
    ]


@settings(deadline=None)
@given(films())
def test_srt_to_vtt_and_back(said: list[Cue]):
    srt = render_srt(said)
    vtt = to_vtt(srt)
    assert render_srt(cues_of(vtt)) == srt
    assert to_vtt(render_srt(cues_of(vtt))) == vtt


pieces = st.sampled_from(
    ["a", " ", "\n", "\n\n", "<i>", "</i>", "<b>", "</b>", '<font color="x">', "</font>", "<FONT>",
     r"{\an8}", r"{\i1}", r"{\pos(1,2)}", r"\N", "<", ">", "&", "&amp;", "{", "}", "<br>"]
)  # fmt: skip


@settings(deadline=None)
@given(st.lists(pieces, max_size=8).map("".join))
def test_the_short_way_says_what_the_long_one_says(text: str):
    assert of_srt(text) == by_tokens(text)


def test_a_long_text_after_one_time_is_read_in_time_that_grows_with_it():
    long = "1\n00:00:01,000 --> 00:00:02,000\n" + "word\n\n" * 400_000
    begun = time.process_time()
    assert len(cues_of(long)[0].markup) > 1_900_000
    assert time.process_time() - begun < 5  # 0.3 s; a minute and more where it grows faster


@settings(deadline=None)
@given(
    st.lists(
        st.builds(
            Cue, st.integers(-5000, 90_000), st.integers(-5000, 90_000), st.just("a"), st.just("")
        ),
        max_size=20,
    )
)
def test_repair_loses_no_cue(cues: list[Cue]):
    mended = repaired(cues)
    assert len(mended) == len(cues)
    assert all(0 <= cue.start < cue.end for cue in mended)
    assert mended == sorted(mended, key=lambda cue: cue.start)
    assert len(cues_of(render(mended))) == len(cues) if cues else True
