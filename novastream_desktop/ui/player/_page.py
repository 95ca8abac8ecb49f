"""What the page adds to the session's state, and what QML reads of the two."""

from __future__ import annotations

from dataclasses import dataclass

from novastream_desktop.playback.state import SessionPhase
from novastream_desktop.ui.player._words import MINUS, TIMES


@dataclass(frozen=True, slots=True)
class OwnNotice:
    """A short message of the page's own.

    Attributes:
        count: rises with each one.
        after: the number of the session's newest notice when it was said.
    """

    text: str = ""
    seconds: float = 0.0
    count: int = 0
    after: int = 0


@dataclass(frozen=True, slots=True)
class ViewState:
    """What the page itself adds to the session's state.

    Attributes:
        panel: the open panel (`subtitles audio sources episodes speed info stats shortcuts`),
            or empty.
        controls_shown: the controls are on screen.
        waited_long: waiting has lasted 2 s, so that its reason is worth a line.
        failure: a sentence of the window's own (no libmpv), beside the session's.
        backdrop: the title's backdrop as a local URL, empty until it is on disk.
        thumbnail: the next episode's picture as a local URL.
        notice: the newest message of the page's own.
        undo_key: the key that undoes, as messages call it; `start_key`: to the start.
    """

    panel: str = ""
    controls_shown: bool = True
    waited_long: bool = False
    failure: str = ""
    backdrop: str = ""
    thumbnail: str = ""
    notice: OwnNotice = OwnNotice()
    undo_key: str = "U"
    start_key: str = "Home"


@dataclass(frozen=True, slots=True)
class PlayerProps:
    """What QML reads; each field is the property of that name on `PlayerViewModel`.

    Times in seconds, shares from 0 to 1. `skipAutoIn` and `nextUpCountdown` are -1 when nothing
    happens by itself. `skipMarks` holds start and end shares in turn, `pieceRuns` start, end and
    shade (1 requested, 2 on disk, 3 nobody connected has it). `loopFrom` and `loopTo` are shares,
    -1 where none is set.
    `subtitleFit` is how much of fitting to the sound is done, -1 while that does not run.
    """

    title: str = ""
    subtitle: str = ""
    backdrop: str = ""
    phase: str = SessionPhase.IDLE.value
    panel: str = ""
    controlsShown: bool = True
    position: float = 0.0
    duration: float = 0.0
    buffered: float = 0.0
    positionText: str = "0:00"
    durationText: str = "0:00"
    remainingText: str = f"{MINUS}0:00"
    paused: bool = False
    ended: bool = False
    stillWatching: bool = False
    hasPicture: bool = False
    waiting: bool = False
    waitingText: str = ""
    waitingShare: float = -1.0
    waitingReason: str = ""
    torrentText: str = ""
    skipVisible: bool = False
    skipText: str = ""
    skipRemaining: float = 1.0
    skipAutoIn: float = -1.0
    nextUpVisible: bool = False
    nextUpText: str = ""
    nextUpNote: str = ""
    nextUpPicture: str = ""
    nextUpCountdown: float = -1.0
    nextUpAfterCredits: bool = False
    noticeText: str = ""
    noticeNumber: int = 0
    noticeSeconds: float = 0.0
    speed: float = 1.0
    speedText: str = f"1{TIMES}"
    volume: float = 100.0
    muted: bool = False
    subtitlesOn: bool = False
    subtitleText: str = ""
    subtitleFit: float = -1.0
    audioText: str = ""
    sourceText: str = ""
    chapters: tuple[float, ...] = ()
    chapterTitles: tuple[str, ...] = ()
    skipMarks: tuple[float, ...] = ()
    pieceRuns: tuple[float, ...] = ()
    hasPrevious: bool = False
    hasNext: bool = False
    hasEpisodes: bool = False
    hasSources: bool = False
    questionTitle: str = ""
    questionText: str = ""
    questionNone: str = ""
    canUndo: bool = False
    loopFrom: float = -1.0
    loopTo: float = -1.0
    silent: bool = False
    error: str = ""
