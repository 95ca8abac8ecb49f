"""What a person says about the skips of the show that plays: kept, told, and taken back."""

from __future__ import annotations

from dataclasses import replace

from novastream_desktop.playback._source_play import SourcePlay
from novastream_desktop.playback.state import NoticeCode
from novastream_desktop.playback.titles import TitlePlaybackService
from novastream_desktop.providers.base import WatchRequest


class ShowSkipControls(SourcePlay):
    """The commands of a show's line of settings (ux 3b)."""

    def change_skip_offset(self, by: float | None) -> None:
        """Shift this show's skip ranges by seconds, None: not at all."""
        if self._request is not None:
            self._keep_aside(self._shift_skips(self._service, self._request, by))

    def keep_skips_quiet(self, quiet: bool) -> None:
        """Never skip by itself in this show, or as the settings say again."""
        if self._request is not None:
            self._keep_aside(self._quiet_skips(self._service, self._request, quiet))

    def report_skip(self, kind: str, origin: str, wrong: bool) -> None:
        """Say that this episode's ranges of a kind and origin are wrong, or that they are not."""
        if self._request is not None:
            work = self._report_skip(self._service, self._request, (kind, origin), wrong=wrong)
            self._keep_aside(work)

    def _note_heard(self, theme: str) -> None:
        if self._request is not None:
            known = self._state.value.show_skips
            self._update(show_skips=replace(known, heard=(*known.heard, theme)))
            self._keep_aside(self._service.note_heard(self._request, theme))

    async def _shift_skips(
        self, service: TitlePlaybackService, request: WatchRequest, by: float | None
    ) -> None:
        offset = await service.shift_skips(request, by)
        self._notify(NoticeCode.SKIP_OFFSET, offset)
        await self._find_skips_again(service, request)

    async def _quiet_skips(
        self, service: TitlePlaybackService, request: WatchRequest, quiet: bool
    ) -> None:
        await service.keep_skips_quiet(request, quiet=quiet)
        self._notify(NoticeCode.SKIP_QUIET, float(quiet))
        await self._find_skips_again(service, request)

    async def _report_skip(
        self,
        service: TitlePlaybackService,
        request: WatchRequest,
        what: tuple[str, str],
        *,
        wrong: bool,
    ) -> None:
        kind, origin = what
        same = [r for r in self._state.value.skip_ranges if (r.type, r.origin) == what]
        told = await service.report_skip(request, kind, origin, wrong=wrong, ranges=same)
        detail = ("told" if told else "kept") if wrong else "back"
        self._notify(NoticeCode.SKIP_REPORTED, detail=detail)
        await self._find_skips_again(service, request)

    async def _find_skips_again(self, service: TitlePlaybackService, request: WatchRequest) -> None:
        player = self._state.value.player
        ranges = await service.skip_ranges(request, player.duration or None, player.chapters)
        if self._request is request:
            self._update(skip_ranges=tuple(ranges))
            await self._read_show_skips(service, request)

    async def _read_show_skips(self, service: TitlePlaybackService, request: WatchRequest) -> None:
        found = await service.show_skips(request)
        if self._request is request:
            self._update(show_skips=found)
