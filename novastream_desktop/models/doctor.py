"""What the doctor found."""

from __future__ import annotations

from novastream_desktop.models._base import Model


class Finding(Model):
    """One line of the doctor's report.

    Attributes:
        check: what was looked at, such as `libmpv`.
        ok: it is as it should be.
        essential: the main job cannot run without it.
        detail: what was found.
        mend: what to do, empty when `ok`.
    """

    check: str
    ok: bool
    essential: bool = False
    detail: str = ""
    mend: str = ""
