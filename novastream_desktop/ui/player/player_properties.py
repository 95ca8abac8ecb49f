"""The view model's properties: one per field of `PlayerProps`, each with its own signal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Property, QObject, Signal

from novastream_desktop.ui.player._page import PlayerProps
from novastream_desktop.ui.player._props import changed_fields


def _reads(name: str) -> Callable[[PlayerProperties], Any]:
    def read(self: PlayerProperties) -> Any:
        return getattr(self._props, name)

    return read


def _reads_list(name: str) -> Callable[[PlayerProperties], list[Any]]:
    def read(self: PlayerProperties) -> list[Any]:
        return list(getattr(self._props, name))

    return read


class PlayerProperties(QObject):
    """What QML reads of the player; see `PlayerProps` for what each means."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._props = PlayerProps()

    @property
    def props(self) -> PlayerProps:
        """All properties at once."""
        return self._props

    def _swap(self, props: PlayerProps) -> None:
        """Show other values; only properties that differ are told."""
        old, self._props = self._props, props
        for name in changed_fields(old, props):
            getattr(self, f"{name}Changed").emit()

    titleChanged = Signal()
    _title = _reads("title")
    title = Property(str, _title, notify=titleChanged)

    subtitleChanged = Signal()
    _subtitle = _reads("subtitle")
    subtitle = Property(str, _subtitle, notify=subtitleChanged)

    backdropChanged = Signal()
    _backdrop = _reads("backdrop")
    backdrop = Property(str, _backdrop, notify=backdropChanged)

    phaseChanged = Signal()
    _phase = _reads("phase")
    phase = Property(str, _phase, notify=phaseChanged)

    panelChanged = Signal()
    _panel = _reads("panel")
    panel = Property(str, _panel, notify=panelChanged)

    controlsShownChanged = Signal()
    _controlsShown = _reads("controlsShown")
    controlsShown = Property(bool, _controlsShown, notify=controlsShownChanged)

    positionChanged = Signal()
    _position = _reads("position")
    position = Property(float, _position, notify=positionChanged)

    durationChanged = Signal()
    _duration = _reads("duration")
    duration = Property(float, _duration, notify=durationChanged)

    bufferedChanged = Signal()
    _buffered = _reads("buffered")
    buffered = Property(float, _buffered, notify=bufferedChanged)

    positionTextChanged = Signal()
    _positionText = _reads("positionText")
    positionText = Property(str, _positionText, notify=positionTextChanged)

    durationTextChanged = Signal()
    _durationText = _reads("durationText")
    durationText = Property(str, _durationText, notify=durationTextChanged)

    remainingTextChanged = Signal()
    _remainingText = _reads("remainingText")
    remainingText = Property(str, _remainingText, notify=remainingTextChanged)

    pausedChanged = Signal()
    _paused = _reads("paused")
    paused = Property(bool, _paused, notify=pausedChanged)

    endedChanged = Signal()
    _ended = _reads("ended")
    ended = Property(bool, _ended, notify=endedChanged)

    stillWatchingChanged = Signal()
    _stillWatching = _reads("stillWatching")
    stillWatching = Property(bool, _stillWatching, notify=stillWatchingChanged)

    hasPictureChanged = Signal()
    _hasPicture = _reads("hasPicture")
    hasPicture = Property(bool, _hasPicture, notify=hasPictureChanged)

    waitingChanged = Signal()
    _waiting = _reads("waiting")
    waiting = Property(bool, _waiting, notify=waitingChanged)

    waitingTextChanged = Signal()
    _waitingText = _reads("waitingText")
    waitingText = Property(str, _waitingText, notify=waitingTextChanged)

    waitingShareChanged = Signal()
    _waitingShare = _reads("waitingShare")
    waitingShare = Property(float, _waitingShare, notify=waitingShareChanged)

    waitingReasonChanged = Signal()
    _waitingReason = _reads("waitingReason")
    waitingReason = Property(str, _waitingReason, notify=waitingReasonChanged)

    torrentTextChanged = Signal()
    _torrentText = _reads("torrentText")
    torrentText = Property(str, _torrentText, notify=torrentTextChanged)

    skipVisibleChanged = Signal()
    _skipVisible = _reads("skipVisible")
    skipVisible = Property(bool, _skipVisible, notify=skipVisibleChanged)

    skipTextChanged = Signal()
    _skipText = _reads("skipText")
    skipText = Property(str, _skipText, notify=skipTextChanged)

    skipRemainingChanged = Signal()
    _skipRemaining = _reads("skipRemaining")
    skipRemaining = Property(float, _skipRemaining, notify=skipRemainingChanged)

    skipAutoInChanged = Signal()
    _skipAutoIn = _reads("skipAutoIn")
    skipAutoIn = Property(float, _skipAutoIn, notify=skipAutoInChanged)

    nextUpVisibleChanged = Signal()
    _nextUpVisible = _reads("nextUpVisible")
    nextUpVisible = Property(bool, _nextUpVisible, notify=nextUpVisibleChanged)

    nextUpTextChanged = Signal()
    _nextUpText = _reads("nextUpText")
    nextUpText = Property(str, _nextUpText, notify=nextUpTextChanged)

    nextUpNoteChanged = Signal()
    _nextUpNote = _reads("nextUpNote")
    nextUpNote = Property(str, _nextUpNote, notify=nextUpNoteChanged)

    nextUpPictureChanged = Signal()
    _nextUpPicture = _reads("nextUpPicture")
    nextUpPicture = Property(str, _nextUpPicture, notify=nextUpPictureChanged)

    nextUpCountdownChanged = Signal()
    _nextUpCountdown = _reads("nextUpCountdown")
    nextUpCountdown = Property(float, _nextUpCountdown, notify=nextUpCountdownChanged)

    nextUpAfterCreditsChanged = Signal()
    _nextUpAfterCredits = _reads("nextUpAfterCredits")
    nextUpAfterCredits = Property(bool, _nextUpAfterCredits, notify=nextUpAfterCreditsChanged)

    noticeTextChanged = Signal()
    _noticeText = _reads("noticeText")
    noticeText = Property(str, _noticeText, notify=noticeTextChanged)

    noticeNumberChanged = Signal()
    _noticeNumber = _reads("noticeNumber")
    noticeNumber = Property(int, _noticeNumber, notify=noticeNumberChanged)

    noticeSecondsChanged = Signal()
    _noticeSeconds = _reads("noticeSeconds")
    noticeSeconds = Property(float, _noticeSeconds, notify=noticeSecondsChanged)

    speedChanged = Signal()
    _speed = _reads("speed")
    speed = Property(float, _speed, notify=speedChanged)

    speedTextChanged = Signal()
    _speedText = _reads("speedText")
    speedText = Property(str, _speedText, notify=speedTextChanged)

    volumeChanged = Signal()
    _volume = _reads("volume")
    volume = Property(float, _volume, notify=volumeChanged)

    mutedChanged = Signal()
    _muted = _reads("muted")
    muted = Property(bool, _muted, notify=mutedChanged)

    subtitlesOnChanged = Signal()
    _subtitlesOn = _reads("subtitlesOn")
    subtitlesOn = Property(bool, _subtitlesOn, notify=subtitlesOnChanged)

    subtitleTextChanged = Signal()
    _subtitleText = _reads("subtitleText")
    subtitleText = Property(str, _subtitleText, notify=subtitleTextChanged)

    subtitleFitChanged = Signal()
    _subtitleFit = _reads("subtitleFit")
    subtitleFit = Property(float, _subtitleFit, notify=subtitleFitChanged)

    audioTextChanged = Signal()
    _audioText = _reads("audioText")
    audioText = Property(str, _audioText, notify=audioTextChanged)

    sourceTextChanged = Signal()
    _sourceText = _reads("sourceText")
    sourceText = Property(str, _sourceText, notify=sourceTextChanged)

    hasPreviousChanged = Signal()
    _hasPrevious = _reads("hasPrevious")
    hasPrevious = Property(bool, _hasPrevious, notify=hasPreviousChanged)

    hasNextChanged = Signal()
    _hasNext = _reads("hasNext")
    hasNext = Property(bool, _hasNext, notify=hasNextChanged)

    hasEpisodesChanged = Signal()
    _hasEpisodes = _reads("hasEpisodes")
    hasEpisodes = Property(bool, _hasEpisodes, notify=hasEpisodesChanged)

    hasSourcesChanged = Signal()
    _hasSources = _reads("hasSources")
    hasSources = Property(bool, _hasSources, notify=hasSourcesChanged)

    questionTitleChanged = Signal()
    _questionTitle = _reads("questionTitle")
    questionTitle = Property(str, _questionTitle, notify=questionTitleChanged)

    questionTextChanged = Signal()
    _questionText = _reads("questionText")
    questionText = Property(str, _questionText, notify=questionTextChanged)

    questionNoneChanged = Signal()
    _questionNone = _reads("questionNone")
    questionNone = Property(str, _questionNone, notify=questionNoneChanged)

    canUndoChanged = Signal()
    _canUndo = _reads("canUndo")
    canUndo = Property(bool, _canUndo, notify=canUndoChanged)

    loopFromChanged = Signal()
    _loopFrom = _reads("loopFrom")
    loopFrom = Property(float, _loopFrom, notify=loopFromChanged)

    loopToChanged = Signal()
    _loopTo = _reads("loopTo")
    loopTo = Property(float, _loopTo, notify=loopToChanged)

    silentChanged = Signal()
    _silent = _reads("silent")
    silent = Property(bool, _silent, notify=silentChanged)

    errorChanged = Signal()
    _error = _reads("error")
    error = Property(str, _error, notify=errorChanged)

    chaptersChanged = Signal()
    _chapters = _reads_list("chapters")

    @Property("QVariantList", notify=chaptersChanged)  # type: ignore[arg-type]
    def chapters(self) -> list[Any]:
        """See `PlayerProps.chapters`."""
        return self._chapters()

    chapterTitlesChanged = Signal()
    _chapterTitles = _reads_list("chapterTitles")

    @Property("QVariantList", notify=chapterTitlesChanged)  # type: ignore[arg-type]
    def chapterTitles(self) -> list[Any]:
        """See `PlayerProps.chapterTitles`."""
        return self._chapterTitles()

    skipMarksChanged = Signal()
    _skipMarks = _reads_list("skipMarks")

    @Property("QVariantList", notify=skipMarksChanged)  # type: ignore[arg-type]
    def skipMarks(self) -> list[Any]:
        """See `PlayerProps.skipMarks`."""
        return self._skipMarks()

    pieceRunsChanged = Signal()
    _pieceRuns = _reads_list("pieceRuns")

    @Property("QVariantList", notify=pieceRunsChanged)  # type: ignore[arg-type]
    def pieceRuns(self) -> list[Any]:
        """See `PlayerProps.pieceRuns`."""
        return self._pieceRuns()
