"""The sentences of short messages over the picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from novastream_desktop.playback.state import Notice, NoticeCode
from novastream_desktop.ui.player._words import MINUS, TIMES, clock, number, skip_name, translate
from novastream_desktop.ui.provider_names import provider_title

_MINUTE = 60

#: Notices that stay long enough to act on (ux 3b: "U to go back" for 6 s); others are glanced at.
_LONG_NOTICES = {
    NoticeCode.SKIPPED: 6.0,
    NoticeCode.NEXT_SOURCE: 5.0,
    NoticeCode.RESUMED: 4.0,
    NoticeCode.LEFT_OUT: 6.0,
    NoticeCode.SKIP_REPORTED: 4.0,
    NoticeCode.SKIP_QUIET: 4.0,
    NoticeCode.STOP_AFTER: 3.0,
    NoticeCode.UNDONE: 2.5,
    NoticeCode.SCREENSHOT: 3.0,
    NoticeCode.SYNC_HEARD: 6.0,
    NoticeCode.NOT_KEPT: 8.0,
    NoticeCode.SUBTITLE_FAILED: 6.0,
    NoticeCode.SUBTITLE_SYNCED: 3.0,
    NoticeCode.LOOP: 3.0,
    NoticeCode.HELD: 60.0,  # until the key is let go, which says the speed anew
}


_SHORT_NOTICE = 1.4


def _seek(notice: Notice) -> str:
    amount = abs(notice.amount)
    shown = clock(amount) if amount >= _MINUTE else f"{number(amount)} s"
    return f"{MINUS if notice.amount < 0 else '+'}{shown}"


def _skipped(notice: Notice) -> str:
    kind = skip_name(notice.skip_type) if notice.skip_type else ""
    done = translate("Player", "Skipped {0} {1}").format(kind, clock(notice.amount))
    return " ".join(done.split())


def _next_source(notice: Notice) -> str:
    words = translate("Player", "That source stopped, going on with another")
    return f"{words}: {provider_title(notice.detail)}" if notice.detail else words


def _resumed(notice: Notice) -> str:
    return translate("Player", "Resumed at {0}").format(clock(notice.amount))


def _fit(detail: str) -> str:
    words = {
        "fit": translate("Player", "All of the picture"),
        "fill": translate("Player", "Fills the window, edges cut off"),
        "stretch": translate("Player", "Stretched to the window"),
    }
    return words.get(detail, words["fit"])


def _loop(notice: Notice) -> str:
    if notice.detail == "start":
        words = translate("Player", "Loop from {0} · Ctrl+L at its end")
        return words.format(clock(notice.amount))
    if notice.detail == "on":
        words = translate("Player", "Looping {0} s · Ctrl+L to go on")
        return words.format(number(round(notice.amount, 1)))
    return translate("Player", "Loop ended")


def _reported(detail: str) -> str:
    words = {
        "told": translate("Player", "Left out here, and AniSkip was told"),
        "kept": translate("Player", "Left out here from now on"),
        "back": translate("Player", "Taken in again"),
    }
    return words.get(detail, words["kept"])


def _off(detail: str) -> str:
    return detail or translate("Player", "off")


_NOTICES: Mapping[NoticeCode, Callable[[Notice], str]] = {
    NoticeCode.SKIPPED: _skipped,
    NoticeCode.UNDONE: lambda _: translate("Player", "Back to where you were"),
    NoticeCode.SKIP_OFFSET: lambda n: translate("Player", "Skips of this show {0} s").format(
        f"{n.amount:+.1f}"
    ),
    NoticeCode.SKIP_QUIET: lambda n: (
        translate("Player", "Nothing is skipped by itself in this show")
        if n.amount
        else translate("Player", "Skips of this show go by Settings again")
    ),
    NoticeCode.SKIP_REPORTED: lambda n: _reported(n.detail),
    NoticeCode.LEFT_OUT: lambda n: translate("Player", "Left out as filler or recap: {0}").format(
        n.detail
    ),
    NoticeCode.STOP_AFTER: lambda n: (
        translate("Player", "It stops after this episode")
        if n.amount
        else translate("Player", "The next episode follows again")
    ),
    NoticeCode.NEXT_SOURCE: _next_source,
    NoticeCode.RESUMED: _resumed,
    NoticeCode.SCREENSHOT: lambda n: translate("Player", "Picture saved: {0}").format(n.detail),
    NoticeCode.SUBTITLE: lambda n: translate("Player", "Subtitles: {0}").format(_off(n.detail)),
    NoticeCode.AUDIO: lambda n: translate("Player", "Sound: {0}").format(_off(n.detail)),
    NoticeCode.SPEED: lambda n: f"{translate('Player', 'Speed')} {number(n.amount)}{TIMES}",
    NoticeCode.VOLUME: lambda n: (
        translate("Player", "Volume {0} %").format(round(n.amount))
        if n.amount > 0
        else translate("Player", "Sound off")
    ),
    NoticeCode.SEEK: _seek,
    NoticeCode.SUBTITLE_DELAY: lambda n: translate("Player", "Subtitles {0} ms").format(
        f"{round(n.amount):+d}"
    ),
    NoticeCode.SUBTITLE_POSITION: lambda n: translate("Player", "Subtitles at {0} %").format(
        round(n.amount)
    ),
    NoticeCode.SUBTITLE_SPEED: lambda n: translate("Player", "Subtitles run at {0} %").format(
        f"{n.amount * 100:.2f}".rstrip("0").rstrip(".")
    ),
    NoticeCode.NOT_KEPT: lambda n: n.detail,
    NoticeCode.SUBTITLE_FAILED: lambda n: n.detail,
    NoticeCode.SUBTITLE_SYNCED: lambda n: translate(
        "Player", "Subtitles fit the sound now: {0} ms"
    ).format(f"{round(n.amount * 1000):+d}"),
    NoticeCode.SYNC_HEARD: lambda _: translate(
        "Player", "Heard it. Press T again when you see the line"
    ),
    NoticeCode.FIT: lambda n: _fit(n.detail),
    NoticeCode.LOOP: _loop,
    NoticeCode.HELD: lambda n: translate("Player", "{0} while held").format(
        f"{number(n.amount)}{TIMES}"
    ),
}


def notice_text(notice: Notice, undo: str = "U", start: str = "Home") -> str:
    """Return the sentence of a short message.

    Args:
        notice: what happened.
        undo: the key that goes back, empty if there is none.
        start: the key that starts over.
    """
    text = _NOTICES[notice.code](notice)
    if notice.code is NoticeCode.SKIPPED and undo:
        return f"{text} · {translate('Player', '{0} to go back').format(undo)}"
    if notice.code is NoticeCode.RESUMED and start:
        return f"{text} · {translate('Player', '{0} to start over').format(start)}"
    return text


def notice_seconds(notice: Notice) -> float:
    """Return how long a short message stays."""
    return _LONG_NOTICES.get(notice.code, _SHORT_NOTICE)
