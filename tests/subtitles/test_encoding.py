"""From bytes to text."""
# ruff: noqa: RUF001  (other alphabets)

from __future__ import annotations

import codecs

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from novastream_desktop.subtitles import decode

TEXTS = {
    "de": "Die Laterne hängt über der Tür, süß und schön.\nWir müssen früh aufbrechen.\n",
    "fr": "La mer était calme, et l’été finissait déjà.\nOù allez-vous, garçon ?\n",
    "es": "Mañana será otro día.\n¿Dónde está el niño?\n",
    "ja": "月の配達人がやってきた。\n今夜は静かですね。\n",
    "zh": "今天晚上的月亮很漂亮。\n我们应该早点出发。\n",
    "zh-Hant": "今天晚上的月亮很漂亮。\n我們應該早點出發。\n",
    "ru": "Сегодня ночью луна очень красивая.\nНам пора отправляться в путь.\n",
    "uk": "Сьогодні вночі місяць дуже гарний.\n",
    "ko": "오늘 밤 달이 아주 예쁘네요.\n",
    "pl": "Żółta łódź płynie przez świt, część źródeł.\n",
    "cs": "Příliš žluťoučký kůň úpěl ďábelské ódy.\n",
    "el": "Απόψε το φεγγάρι είναι πολύ όμορφο.\n",
    "he": "הלילה הירח יפה מאוד.\n",
    "ar": "القمر جميل جدا هذه الليلة.\n",
    "th": "คืนนี้พระจันทร์สวยมาก\n",
    "tr": "Bu gece ay çok güzel, değil mi? Şarkı söylüyor.\n",
}
FRAME = "1\n00:00:01,000 --> 00:00:04,000\n{}\n"


@pytest.mark.parametrize(
    ("lang", "encoding"),
    [
        ("de", "windows-1252"),
        ("de", "iso-8859-1"),
        ("fr", "windows-1252"),
        ("es", "windows-1252"),
        ("ja", "shift_jis"),
        ("ja", "euc_jp"),
        ("zh", "gb18030"),
        ("zh-Hant", "big5"),
        ("ru", "windows-1251"),
        ("ru", "koi8-r"),
        ("uk", "windows-1251"),
        ("ko", "euc-kr"),
        ("pl", "windows-1250"),
        ("pl", "iso-8859-2"),
        ("cs", "windows-1250"),
        ("el", "windows-1253"),
        ("he", "windows-1255"),
        ("ar", "windows-1256"),
        ("th", "cp874"),
        ("tr", "windows-1254"),
    ],
)
@pytest.mark.parametrize("told", [True, False], ids=["language told", "language unknown"])
def test_code_pages(lang: str, encoding: str, told: bool):
    text = FRAME.format(TEXTS[lang])
    assert decode(text.encode(encoding), lang if told else "und").text == text


@pytest.mark.parametrize("lang", TEXTS)
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
def test_unicode(lang: str, encoding: str):
    text = FRAME.format(TEXTS[lang])
    assert decode(text.encode(encoding)).text == text


def test_a_mark_of_the_other_byte_order():
    assert decode(codecs.BOM_UTF16_BE + "äöü".encode("utf-16-be")).text == "äöü"


def test_what_the_giver_declares_is_believed_only_if_it_fits():
    text = FRAME.format(TEXTS["ja"])
    assert decode(text.encode("euc_jp"), declared="EUC-JP").encoding == "EUC-JP"
    assert decode(text.encode("shift_jis"), "ja", declared="ascii").text == text
    assert decode(text.encode("shift_jis"), "ja", declared="no such page").text == text


def test_one_broken_byte_does_not_turn_a_file_into_another_page():
    text = FRAME.format(TEXTS["ru"]) * 20
    assert decode(text.encode()[:-2] + b"\xd0\n").text.startswith(text[:400])


@settings(deadline=None)
@given(st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=200))
def test_utf_8_is_itself(text: str):
    assert decode(text.encode()).text == text


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["und", "ja", "ru", "zz", ""]))
def test_any_bytes_are_text(data: bytes, lang: str):
    found = decode(data, lang)
    assert isinstance(found.text, str)
    assert codecs.lookup(found.encoding)
