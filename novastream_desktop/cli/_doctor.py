"""The doctor on the command line: it has to answer also when the services cannot start."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager

from novastream_desktop.cli._lines import finding_lines
from novastream_desktop.cli._output import Output
from novastream_desktop.cli._services import CommandServices
from novastream_desktop.doctor import run_doctor
from novastream_desktop.errors import UserFacingError
from novastream_desktop.models.doctor import Finding
from novastream_desktop.paths import AppPaths
from novastream_desktop.settings import LoadedSettings, Settings


async def examine(
    paths: AppPaths,
    loaded: LoadedSettings,
    open_services: Callable[[AppPaths, Settings], AbstractAsyncContextManager[CommandServices]],
    out: Output,
) -> int:
    """Print the report; return 1 if the main job cannot run."""
    failed: tuple[Finding, ...] = ()
    mended: tuple[str, ...] = ()
    try:
        async with open_services(paths, loaded.settings) as services:
            states = tuple(await services.checked_provider_states())
            mended = (await services.progress_store()).problems
    except UserFacingError as error:
        states, failed = (), _no_services(error.sentence(), error.hint or "See the log file")
    except ImportError as error:
        states, failed = (), _no_services(str(error), "Run python3 packaging/dev.py run")
    problems = (*loaded.problems, *mended)
    findings = failed + await run_doctor(paths, loaded.settings, states, problems=problems)
    out.answer(findings, finding_lines(findings))
    return int(any(finding.essential and not finding.ok for finding in findings))


def _no_services(detail: str, mend: str) -> tuple[Finding, ...]:
    return (Finding(check="services", ok=False, essential=True, detail=detail, mend=mend),)
