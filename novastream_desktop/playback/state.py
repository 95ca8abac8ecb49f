"""What a playback session shows of itself."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from novastream_desktop.models import (
    Content,
    Episode,
    SkipRange,
    SkipType,
    StreamSource,
    SubtitleTrack,
)
from novastream_desktop.player.base import PlayerState
from novastream_desktop.torrents.base import TorrentFile, TorrentProgress


class SessionPhase(StrEnum):
    """Where the session stands, see `_machine.py`; what plays is in `SessionState.player`.

    OPENING is an earlier name of BUFFERING.
    """

    IDLE = "idle"
    RESOLVING = "resolving"
    BUFFERING = "buffering"
    OPENING = "buffering"
    PLAYING = "playing"
    PAUSED = "paused"
    STALLED = "stalled"
    SWITCHING = "switching"
    ENDED = "ended"
    FAILED = "failed"

    @property
    def loaded(self) -> bool:
        """Whether a file is there, moving or not."""
        return self in _LOADED


_LOADED = frozenset(
    {SessionPhase.BUFFERING, SessionPhase.PLAYING, SessionPhase.PAUSED, SessionPhase.STALLED}
)


class Outcome(StrEnum):
    """What became of an attempt to play a source."""

    OPENING = "opening"
    PLAYING = "playing"
    FAILED = "failed"
    STALLED = "stalled"
    EXPIRED = "expired"
    LEFT = "left"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt to play a source. Times in seconds since the click (or since what failed).

    Attributes:
        source: what it is called: quality and release or file name.
        started: when the attempt began.
        first_frame: when its first frame was there, None if it never was.
        why: a sentence's worth of reason for `failed` and `stalled`.
    """

    source: str
    provider: str
    started: float = 0.0
    outcome: Outcome = Outcome.OPENING
    first_frame: float | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class SkipPrompt:
    """The skip button.

    Attributes:
        visible: shown by itself; a hidden prompt comes back with the controls.
        remaining: share of its own time that is left, 1 to 0, for the shrinking line.
        auto_in: seconds until it jumps by itself, None if it does not.
    """

    range: SkipRange
    visible: bool = True
    remaining: float = 1.0
    auto_in: float | None = None


class Waits(StrEnum):
    """Why the next episode does not start by itself.

    STILL: nobody has touched anything for long. ASKED: "stop after this episode". FILLER: it is
    filler or a recap, and those are asked about.
    """

    NOT = ""
    STILL = "still"
    ASKED = "asked"
    FILLER = "filler"


@dataclass(frozen=True, slots=True)
class NextUp:
    """The next-episode card.

    Attributes:
        countdown: seconds until it starts by itself, None: a button.
        ready: a source of it was found and checked.
        less: `quality` or `language` if the only way to go on has less of it; then it is asked.
        after_credits: second at which it goes on behind the credits, None if nothing is told
            there; then S goes there, and the card has two buttons.
        left_out: filler and recap episodes before it, which are not played.
        waits: why it does not start by itself, as far as that is worth a word.
    """

    episode: Episode
    countdown: float | None = None
    ready: bool = False
    less: str = ""
    after_credits: float | None = None
    left_out: tuple[Episode, ...] = ()
    waits: Waits = Waits.NOT


@dataclass(frozen=True, slots=True)
class ShowSkips:
    """What holds for the skips of the show that plays, beside the settings.

    Attributes:
        offset: seconds by which ranges from outside are shifted.
        quiet: nothing is skipped by itself here.
        wrong: ranges of this episode that somebody said are wrong: type and origin.
        heard: names of the show's themes that were heard.
    """

    offset: float = 0.0
    quiet: bool = False
    wrong: tuple[tuple[SkipType, str], ...] = ()
    heard: tuple[str, ...] = ()


class NoticeCode(StrEnum):
    """Short messages over the picture; `ui` makes the sentence."""

    SKIPPED = "skipped"
    SKIP_OFFSET = "skip-offset"
    SKIP_QUIET = "skip-quiet"
    SKIP_REPORTED = "skip-reported"
    LEFT_OUT = "left-out"
    STOP_AFTER = "stop-after"
    UNDONE = "undone"
    NEXT_SOURCE = "next-source"
    RESUMED = "resumed"
    SCREENSHOT = "screenshot"
    SUBTITLE = "subtitle"
    AUDIO = "audio"
    SPEED = "speed"
    VOLUME = "volume"
    SEEK = "seek"
    SUBTITLE_DELAY = "subtitle-delay"
    SUBTITLE_POSITION = "subtitle-position"
    SUBTITLE_SPEED = "subtitle-speed"
    SUBTITLE_FAILED = "subtitle-failed"
    SUBTITLE_SYNCED = "subtitle-synced"
    SYNC_HEARD = "sync-heard"
    FIT = "fit"
    LOOP = "loop"
    HELD = "held"
    NOT_KEPT = "not-kept"


@dataclass(frozen=True, slots=True)
class Notice:
    """A short message. `number` rises with each one, so that equal ones are told apart.

    Attributes:
        amount: seconds skipped or sought, per cent, factor or milliseconds, by `code`.
        detail: a track's or file's name.
    """

    code: NoticeCode
    number: int
    amount: float = 0.0
    detail: str = ""
    skip_type: SkipType | None = None


@dataclass(frozen=True, slots=True)
class SubtitleFacts:
    """What is known of the added subtitles that are shown: where from, and read in what.

    `confidence`: how certain the encoding is, 0 to 1.
    """

    url: str
    encoding: str
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class FileQuestion:
    """Which file of a torrent is meant; `choose_file` answers.

    Attributes:
        torrent: the torrent's name.
        files: those that may be it, in order.
        meant: the episode or film as people write it, "" if only the torrent was named.
        current: index of the file that plays while this is asked, None if nothing does until
            it is answered.
    """

    torrent: str
    files: tuple[TorrentFile, ...]
    meant: str = ""
    current: int | None = None


@dataclass(frozen=True, slots=True)
class SessionState:
    """One picture of the session.

    Attributes:
        error: the sentence of the failure when the phase is FAILED.
        resumed_from: position in seconds at which it started.
        source_index: which of `sources` plays, -1 for none.
        can_undo: U would go back.
        subtitle_notes: why some subtitles are not among `subtitles`, each a sentence.
        subtitle_speed: by how much the times of what is shown are stretched.
        subtitle_sync: share of the automatic sync that is done, None while none runs.
        torrent_file: the file of the torrent that plays; it has `torrent_files` to choose from.
        question: what a person has to settle before it goes on, None for nothing.
        trace: every attempt to play this title's part, the newest last.
        upcoming: what follows by itself; `next_episode` unless filler is left out.
        left_out: the episodes between the two.
        stop_after: nothing follows by itself when this episode ends.
        still_watching: it ended and waits, since nobody has touched anything for long.
    """

    phase: SessionPhase = SessionPhase.IDLE
    content: Content | None = None
    episode: Episode | None = None
    previous_episode: Episode | None = None
    next_episode: Episode | None = None
    episodes: tuple[Episode, ...] = ()
    sources: tuple[StreamSource, ...] = ()
    source_index: int = -1
    subtitles: tuple[SubtitleTrack, ...] = ()
    subtitle_notes: tuple[str, ...] = ()
    subtitle_facts: SubtitleFacts | None = None
    subtitle_speed: float = 1.0
    subtitle_sync: float | None = None
    skip_ranges: tuple[SkipRange, ...] = ()
    prompt: SkipPrompt | None = None
    next_up: NextUp | None = None
    player: PlayerState = PlayerState()
    torrent: TorrentProgress | None = None
    torrent_file: TorrentFile | None = None
    torrent_files: int = 0
    notice: Notice | None = None
    resumed_from: float = 0.0
    can_undo: bool = False
    error: str = ""
    question: FileQuestion | None = None
    trace: tuple[Attempt, ...] = ()
    upcoming: Episode | None = None
    left_out: tuple[Episode, ...] = ()
    stop_after: bool = False
    still_watching: bool = False
    show_skips: ShowSkips = ShowSkips()
