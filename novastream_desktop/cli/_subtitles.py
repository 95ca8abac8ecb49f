"""The commands about subtitles."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from novastream_desktop.cli import _lines as lines
from novastream_desktop.errors import NotFound
from novastream_desktop.models import check_content_id
from novastream_desktop.subtitles import language_of

if TYPE_CHECKING:
    from novastream_desktop.cli._commands import Context
    from novastream_desktop.playback.fitting import FittedSubtitles


async def subtitles(context: Context) -> int:
    """List a title's tracks, or fit one of them to the sound."""
    args = context.args
    content_id = check_content_id(args.content_id)
    if args.fit is not None:
        return await _fit(context, content_id)
    found = await context.services.subtitles(content_id, season=args.season, episode=args.episode)
    states = await context.services.provider_states()
    context.out.answer(found, lines.subtitle_lines(found), lines.trouble_lines(states))
    return 0 if found else NotFound.exit_code


async def _fit(context: Context, content_id: str) -> int:
    args, out = context.args, context.out

    def tell(share: float) -> None:
        out.bar("fitting to the sound", share)

    try:
        fitted = await context.services.fit_subtitles(
            content_id, args.fit, tell, season=args.season, episode=args.episode
        )
        tell(1.0)
    finally:
        out.end_progress()
    timing = fitted.timing
    out.answer(
        {
            "track": fitted.track.to_wire(),
            "delay": timing.delay,
            "speed": timing.speed,
            "release": fitted.release,
        },
        fitted_lines(fitted),
    )
    return 0


def fitted_lines(fitted: FittedSubtitles) -> Iterator[str]:
    """Return by how much the lines were moved, and what that holds for."""
    delay, speed = fitted.timing.delay, fitted.timing.speed
    name = fitted.track.label or fitted.track.lang
    when = f"{abs(delay):.2f} s {'later' if delay > 0 else 'earlier'}" if delay else "as written"
    run = f", at {speed:.4f} of their times" if speed != 1.0 else ""
    yield f"{name}: lines come {when}{run}"
    yield f"The window shows them so for {fitted.release}"


async def subtitle_file(context: Context) -> int:
    """Print one track as WebVTT; what it came in is told on standard error."""
    args, out = context.args, context.out
    read = await context.services.subtitle_file(args.track, lang=args.lang)
    lang = args.lang or language_of(read.text)
    document = {
        "format": "vtt",
        "lang": lang,
        "encoding": read.encoding,
        "confidence": read.confidence,
        "text": read.text,
    }
    out.say([f"Encoding {read.encoding}, {read.confidence:.0%} certain; language {lang}"])
    out.answer(document, read.text.splitlines())
    return 0
