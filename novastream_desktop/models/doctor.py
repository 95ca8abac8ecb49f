"""What the doctor found, and how each provider is."""

from __future__ import annotations

from enum import StrEnum

from novastream_desktop.models._base import Model


class ProviderStatus(StrEnum):
    """Whether a provider can be asked."""

    READY = "ready"
    OFF = "off"
    FAILING = "failing"


class ProviderState(Model):
    """One provider in `GET /api/health` and in the doctor's report.

    Attributes:
        name: as sources and rows show it.
        detail: why it is off or what failed last, in one sentence.
        hint: what to do about it.
    """

    name: str
    title: str = ""
    status: ProviderStatus = ProviderStatus.READY
    detail: str = ""
    hint: str = ""


class Finding(Model):
    """One line of the doctor's report.

    Attributes:
        check: what was looked at, such as `libmpv`.
        ok: it is as it should be.
        essential: the main job cannot run without it.
        detail: what was found.
        mend: what to do, empty when `ok`.
        off: it is switched off or not set up, which is as it should be.
    """

    check: str
    ok: bool
    essential: bool = False
    detail: str = ""
    mend: str = ""
    off: bool = False
