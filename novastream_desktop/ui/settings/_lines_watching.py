"""The lines on watching: playback, subtitles and appearance."""

from __future__ import annotations

from novastream_desktop.ui.settings._line import Category, Line, Section, choice, number, toggle

_SKIP = (("Off", "off"), ("Ask", "ask"), ("Automatic", "auto"))
_ABLE = (("Ask the machine", "auto"), ("Yes", "yes"), ("No", "no"))

PLAYBACK = Category(
    "Playback",
    "play",
    (
        Section(
            "Skipping",
            (
                choice(
                    "playback.skip.op",
                    "Skip openings",
                    "Ask shows a button; Automatic jumps when the times are certain.",
                    *_SKIP,
                ),
                choice("playback.skip.ed", "Skip endings", "", *_SKIP),
                choice("playback.skip.recap", "Skip recaps", "", *_SKIP),
                choice("playback.skip.preview", "Skip previews", "Of the next episode.", *_SKIP),
                choice(
                    "playback.skip.filler",
                    "Filler and recap episodes",
                    "Ask waits before one; Automatic leaves it out when the next one starts by"
                    " itself.",
                    *_SKIP,
                ),
                toggle(
                    "playback.skip.hear_first",
                    "Hear each theme once",
                    "The first time that an opening or ending plays, it only asks. Off for"
                    " rewatching.",
                ),
                choice(
                    "playback.skip.step",
                    "Skip key elsewhere",
                    "Where nothing is to be skipped, the key jumps ahead.",
                    ("Nothing", 0),
                    ("85 s", 85),
                    ("90 s", 90),
                ),
                toggle(
                    "playback.skip.learn",
                    "Find them by sound",
                    "Compares the episodes of a season that are on this computer. Needs fpcalc.",
                ),
                toggle("aniskip.enabled", "AniSkip", "Times of openings and endings of anime."),
                Line("aniskip.base_url", "AniSkip address"),
            ),
        ),
        Section(
            "Playing",
            (
                choice(
                    "sources.anime",
                    "Anime",
                    "Which sound comes first, until you choose another for a show.",
                    ("As ranked", "any"),
                    ("Japanese", "sub"),
                    ("Dubbed", "dub"),
                ),
                toggle(
                    "playback.offer_next",
                    "Offer the next episode",
                    "A card near the end.",
                ),
                toggle(
                    "playback.autoplay_next",
                    "Play the next episode",
                    "Starts by itself when one ends.",
                ),
                choice(
                    "playback.seek_step",
                    "Left and right keys jump",
                    "Other keys jump 1 s, 10 s and 1 min; see Keys.",
                    *((f"{seconds} s", seconds) for seconds in (3, 5, 10, 15)),
                ),
                toggle(
                    "playback.media_keys",
                    "Media keys",
                    "Those of keyboards and headsets reach the player while something is open.",
                ),
                Line(
                    "playback.hwdec",
                    "Hardware decoding",
                    "As mpv calls it: auto-safe, no, vaapi, nvdec. From the next start on.",
                ),
            ),
        ),
        Section(
            "What this machine plays well",
            (
                choice("sources.hevc", "HEVC (H.265)", "Others are ranked lower.", *_ABLE),
                choice("sources.av1", "AV1", "", *_ABLE),
                choice("sources.hdr", "HDR", "", *_ABLE),
            ),
        ),
    ),
)

SUBTITLES = Category(
    "Subtitles",
    "captions",
    (
        Section(
            "Languages",
            (
                Line(
                    "subtitles.languages",
                    "Languages",
                    "As tags, the dearest first: en, de, pt-BR. None means the system's.",
                    "list",
                    example="A language tag, then Enter",
                ),
                Line(
                    "subtitles.second_language",
                    "Second language",
                    "Shown above the other at the same time.",
                ),
                Line(
                    "subtitles.roles",
                    "Kinds, the dearest first",
                    "full says everything, forced only signs and foreign speech, sdh sounds too.",
                    "list",
                    example="full, forced or sdh, then Enter",
                ),
            ),
        ),
        Section(
            "Look",
            (
                Line("subtitles.style.font", "Font"),
                number("subtitles.style.size", "Size", "Pixels of a picture 720 high, 10 to 200."),
                toggle("subtitles.style.bold", "Bold"),
                Line("subtitles.style.colour", "Colour", "#RRGGBB."),
                Line("subtitles.style.outline_colour", "Outline colour", "#RRGGBB."),
                number("subtitles.style.outline", "Outline width", "0 to 20."),
                toggle("subtitles.style.box", "Dark box", "Behind the text, in place of outlines."),
                number(
                    "subtitles.style.position", "Height", "Per cent of the picture; 100 is below."
                ),
            ),
        ),
        Section(
            "Where they come from",
            (
                Line(
                    "subtitles.opensubtitles_key",
                    "OpenSubtitles key",
                    "Free at opensubtitles.com, Consumers. Off while empty.",
                    "secret",
                ),
                Line("subtitles.opensubtitles_base_url", "OpenSubtitles address"),
                Line(
                    "subtitles.vtt_endpoints",
                    "Subtitle addresses",
                    "Templates with {tmdbId}, {season}, {episode}, {lang} that answer WebVTT.",
                    "list",
                    example="https://host/{type}/{tmdbId}/{lang}.vtt",
                ),
            ),
        ),
    ),
)

APPEARANCE = Category(
    "Appearance",
    "sun",
    (
        Section(
            "Appearance",
            (
                choice("interface.theme", "Theme", "", ("Dark", "dark"), ("Light", "light")),
                toggle(
                    "interface.reduced_motion", "Reduce motion", "Nothing slides, grows or fades."
                ),
                toggle(
                    "interface.hide_spoilers",
                    "Hide spoilers",
                    "Pictures of episodes that you have not watched are blurred, their words left"
                    " out.",
                ),
                toggle(
                    "interface.gamepad", "Gamepad", "One that is plugged in moves about and plays."
                ),
            ),
        ),
    ),
)
