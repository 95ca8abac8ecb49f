from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest

from novastream_desktop.cli import _doctor
from novastream_desktop.errors import StoreTooNew
from novastream_desktop.models.doctor import Finding

Command = Callable[..., Any]
GOOD = Finding(check="libmpv", ok=True, essential=True, detail="libmpv.so.2")
MINOR = Finding(check="network", ok=False, detail="no connection", mend="Check it")
MAJOR = Finding(check="OpenGL", ok=False, essential=True, detail="crashed", mend="Install Mesa")


def reports(monkeypatch: pytest.MonkeyPatch, *findings: Finding) -> list[tuple[object, ...]]:
    given: list[tuple[object, ...]] = []

    async def run_doctor(*args: object, problems: object) -> tuple[Finding, ...]:
        given.append((*args, problems))
        return findings

    monkeypatch.setattr(_doctor, "run_doctor", run_doctor)
    return given


@pytest.mark.parametrize(
    ("findings", "code"), [((GOOD,), 0), ((GOOD, MINOR), 0), ((GOOD, MINOR, MAJOR), 1)]
)
def test_only_an_essential_fault_is_1(
    command: Command, monkeypatch: pytest.MonkeyPatch, findings: tuple[Finding, ...], code: int
):
    given = reports(monkeypatch, *findings)
    ran = command("doctor", "--json")
    assert ran.code == code
    assert json.loads(ran.out) == [finding.to_wire() for finding in findings]
    assert given[0][2] == command.services.states


def test_people_read_what_to_do(command: Command, monkeypatch: pytest.MonkeyPatch):
    unused = Finding(check="provider TMDB", ok=True, off=True, detail="It is switched off")
    reports(monkeypatch, GOOD, unused, MINOR, MAJOR)
    assert command("doctor").out.splitlines() == [
        "ok   libmpv: libmpv.so.2",
        "off  provider TMDB: It is switched off",
        "warn network: no connection",
        "     -> Check it",
        "FAIL OpenGL: crashed",
        "     -> Install Mesa",
    ]


def test_services_that_cannot_start_are_a_finding(
    command: Command, monkeypatch: pytest.MonkeyPatch
):
    reports(monkeypatch, GOOD)
    command.services.error = StoreTooNew("The history is too new", hint="Update NovaStream")
    ran = command("doctor", "--json")
    assert ran.code == 1
    first = json.loads(ran.out)[0]
    assert (first["check"], first["mend"]) == ("services", "Update NovaStream")


def test_faults_in_the_settings_are_in_the_report_only(
    command: Command, monkeypatch: pytest.MonkeyPatch
):
    given = reports(monkeypatch, GOOD)
    ran = command("doctor", environ={"NOVASTREAM_API__PORT": "many"})
    assert ran.err == ""
    assert "NOVASTREAM_API__PORT" in given[0][3][0]  # type: ignore[index]


def test_what_was_wrong_with_the_watch_history_is_told(
    command: Command, monkeypatch: pytest.MonkeyPatch
):
    given = reports(monkeypatch, GOOD)
    command.services.store.problems = ("The history was broken; yesterday's copy is back.",)
    command("doctor")
    assert given[0][3][-1] == "The history was broken; yesterday's copy is back."
