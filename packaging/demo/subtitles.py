"""What the subtitles say, and how their files are written."""

from __future__ import annotations

from collections.abc import Sequence

Line = tuple[float, float, str]

FILM_TIMES = (
    (1.0, 6.2),
    (8.5, 13.0),
    (14.0, 19.0),
    (21.0, 26.5),
    (27.5, 32.5),
    (35.0, 40.0),
    (41.0, 46.5),
    (49.5, 53.0),
    (54.5, 59.0),
)
FILM = {
    "en": (
        "Lantern Bay, an hour after sunset.",
        "The last boat of the day comes home.",
        "Its lantern is all the light it needs.",
        "Seven gulls are late for bed.",
        "The lighthouse shows them the way,\nevery night.",
        "Then the first lanterns rise.",
        "One for everyone who is still at sea.",
        "Window by window, the town goes to sleep.",
        "Good night, Lantern Bay.",
    ),
    "de": (
        "Die Laternenbucht,\neine Stunde nach Sonnenuntergang.",
        "Das letzte Boot des Tages fährt nach Hause.",
        "Seine Laterne genügt ihm als Licht.",
        "Sieben Möwen sind spät dran.",
        # the dash is in Windows-1252, not in Latin-1
        "Der Leuchtturm zeigt ihnen den Weg –\njede Nacht.",  # noqa: RUF001
        "Dann schweben die ersten Laternen empor.",
        "Eine für jeden, der noch draußen auf See ist.",
        "Fenster für Fenster schläft die Stadt ein.",
        "Gute Nacht, Laternenbucht.",
    ),
    "ja": (
        "ランタン湾、日が沈んで一時間。",
        "今日最後の舟が帰ってくる。",
        "舟の明かりは、提灯ひとつで足りる。",
        "七羽のカモメが、家路を急ぐ。",
        "灯台が毎晩、\nその道を照らしてくれる。",
        "やがて、最初の灯籠が空へ昇る。",
        "まだ海にいる人、一人にひとつ。",
        "窓がひとつ、またひとつ、\n町は眠りにつく。",
        "おやすみ、ランタン湾。",
    ),
}
FILM_ENCODINGS = {"en": "utf-8", "de": "windows-1252", "ja": "shift_jis"}

SERIES: tuple[tuple[Line, ...], ...] = (
    (
        (0.3, 2.8, "It has rained on Almond Street since breakfast."),
        (16.5, 20.5, "Two sheets of paper decide to go to sea."),
        (22.0, 27.0, "The cream one has been a shopping list."),
        (28.5, 33.0, "The pink one has been a love letter."),
        (34.0, 37.6, "Neither of them can swim."),
    ),
    (
        (0.3, 2.8, "By evening the rain has stopped."),
        (16.5, 20.5, "The river carries them under the old bridge."),
        (22.0, 25.5, "The gulls take them for swans."),
        (26.0, 29.5, "They do not object."),
        (31.0, 36.0, "Lamps above, moon below."),
    ),
)

_ANIME_TIMES = (
    ((0.8, 5.2), (25.0, 29.0), (30.0, 34.5), (41.0, 46.0), (48.0, 53.0), (56.0, 62.0)),
    ((1.0, 5.0), (5.5, 9.0), (29.0, 34.0), (36.0, 41.0), (44.0, 50.0), (54.0, 60.0)),
)
_ANIME = {
    "en": (
        (
            "The post on the moon is never late.",
            "One letter has no address.",
            "She has carried it for three laps.",
            "So she lets it go, and follows.",
            "Letters know where they belong.",
            "Even this one.",
        ),
        (
            "Nobody writes to the far side.",
            "That is why she rides there.",
            "The post office keeps its light on.",
            "Falling stars are its only customers.",
            "Today it gets a letter.",
            "It is addressed to everyone.",
        ),
    ),
    "de": (
        (
            "Die Post auf dem Mond kommt nie zu spät.",
            "Ein Brief hat keine Anschrift.",
            "Seit drei Runden trägt sie ihn mit sich.",
            "Also lässt sie ihn los und folgt ihm.",
            "Briefe wissen, wohin sie gehören.",
            "Sogar dieser.",
        ),
        (
            "Auf die Rückseite schreibt niemand.",
            "Gerade deshalb fährt sie hin.",
            "Das Postamt lässt sein Licht an.",
            "Sternschnuppen sind seine einzigen Kunden.",
            "Heute bekommt es einen Brief.",
            "Er ist an alle gerichtet.",
        ),
    ),
}


def film(lang: str) -> tuple[Line, ...]:
    """Return the film's lines in English, German or Japanese."""
    pairs = zip(FILM_TIMES, FILM[lang], strict=True)
    return tuple((start, end, words) for (start, end), words in pairs)


def anime(lang: str, number: int) -> tuple[Line, ...]:
    """Return the lines of an anime episode (1 or 2) in English or German."""
    pairs = zip(_ANIME_TIMES[number - 1], _ANIME[lang][number - 1], strict=True)
    return tuple((start, end, words) for (start, end), words in pairs)


def srt(lines: Sequence[Line]) -> str:
    """Return a SubRip document."""
    cues = (
        f"{number}\n{_stamp(start, ',')} --> {_stamp(end, ',')}\n{words}\n"
        for number, (start, end, words) in enumerate(lines, start=1)
    )
    return "\n".join(cues)


def vtt(lines: Sequence[Line]) -> str:
    """Return a WebVTT document."""
    cues = (
        f"{_stamp(start, '.')} --> {_stamp(end, '.')}\n{words}\n" for start, end, words in lines
    )
    return "WEBVTT\n\n" + "\n".join(cues)


def _stamp(seconds: float, mark: str) -> str:
    whole, milli = divmod(round(seconds * 1000), 1000)
    return f"{whole // 3600:02d}:{whole // 60 % 60:02d}:{whole % 60:02d}{mark}{milli:03d}"
