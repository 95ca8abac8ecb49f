from __future__ import annotations

import asyncio
import json
import socket
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from novastream_desktop.doctor import _checks as checks
from novastream_desktop.doctor import _opengl as opengl
from novastream_desktop.doctor import check_screen, run_doctor
from novastream_desktop.doctor._network import check_network, configured_addresses, places_to_reach
from novastream_desktop.errors import PlayerUnavailable
from novastream_desktop.models.doctor import Finding, ProviderState, ProviderStatus
from novastream_desktop.paths import AppPaths
from novastream_desktop.settings import Settings

ON_LINUX = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="asks X11 and EGL")


@pytest.fixture
def paths(tmp_path: Path) -> AppPaths:
    made = AppPaths(*(tmp_path / name for name in ("config", "data", "cache", "logs")))
    made.ensure()
    return made


def only_local(**sections: object) -> Settings:
    off = {
        "anilist": {"enabled": False},
        "aniskip": {"enabled": False},
        "archive": {"enabled": False},
        "peertube": {"instances": []},
    }
    return Settings.model_validate(off | sections)


def test_libmpv_found_or_how_to_install_it():
    def missing() -> str:
        raise PlayerUnavailable("libmpv was not found", why="no such file", hint="Install it")

    assert checks.check_libmpv(lambda: "libmpv.so.2").ok
    finding = checks.check_libmpv(missing)
    assert (finding.ok, finding.essential, finding.mend) == (False, True, "Install it")
    assert finding.detail == "libmpv was not found: no such file"


def test_fpcalc_found_or_how_to_get_it_or_not_wanted():
    found = checks.check_fpcalc(lambda: "/usr/bin/fpcalc", Settings())
    assert (found.ok, found.detail) == (True, "/usr/bin/fpcalc")
    missing = checks.check_fpcalc(lambda: None, Settings())
    assert (missing.ok, missing.essential) == (False, False)
    assert "libchromaprint-tools" in missing.mend
    unwanted = Settings.model_validate({"playback": {"skip": {"learn": False}}})
    assert checks.check_fpcalc(lambda: None, unwanted).ok


@pytest.mark.parametrize(
    ("output", "code", "ok", "detail"),
    [
        (b'{"version": "4.5 Mesa", "renderer": "llvmpipe"}\n', 0, True, "4.5 Mesa, llvmpipe"),
        (b'{"version": "4.5", "renderer": ""}', 0, True, "4.5"),
        (b'{"error": "EGL finds no display"}', 1, False, "EGL finds no display"),
        (b"", -11, False, "the driver crashed (signal 11)"),
        (b'{"version": "4.5"}', -11, False, "the driver crashed (signal 11)"),
        (b"", 3, False, "the probe ended with 3"),
    ],
)
def test_what_an_opengl_probe_means(output: bytes, code: int, ok: bool, detail: str):
    finding = opengl.judged(output, code)
    assert (finding.ok, finding.detail, finding.essential) == (ok, detail, True)
    assert bool(finding.mend) is not ok


async def test_a_driver_that_crashes_does_not_crash_the_program():
    crash = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    finding = await opengl.check_opengl([sys.executable, "-c", crash])
    assert not finding.ok
    assert "crashed" in finding.detail


async def test_a_driver_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(opengl, "TIME_LIMIT", 0.2)
    hang = "import time; time.sleep(600)"
    finding = await opengl.check_opengl([sys.executable, "-c", hang])
    assert "did not answer" in finding.detail


@ON_LINUX
async def test_the_real_probe_answers_in_a_process_of_its_own():
    process = await asyncio.create_subprocess_exec(
        *opengl.probe_command(),
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
    )
    output, _ = await process.communicate()
    answer = json.loads(output)
    assert ("version" in answer) == (process.returncode == 0)
    assert ("error" in answer) == (process.returncode == 1)


@ON_LINUX
@pytest.mark.parametrize(
    ("environ", "detail"),
    [
        ({}, "neither DISPLAY nor WAYLAND_DISPLAY"),
        ({"DISPLAY": ":9876"}, "no X server answers at DISPLAY=:9876"),
        ({"WAYLAND_DISPLAY": "w", "XDG_RUNTIME_DIR": "/nowhere"}, "neither DISPLAY"),
    ],
)
def test_without_a_screen_the_main_job_cannot_run(environ: dict[str, str], detail: str):
    (finding,) = check_screen(environ)
    assert detail in finding.detail
    assert (finding.ok, finding.essential) == (False, True)
    assert finding.mend


@ON_LINUX
def test_a_wayland_screen_is_found_by_its_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)  # a socket's path may be 107 characters long
    with socket.socket(socket.AF_UNIX) as compositor:
        compositor.bind("wayland-7")
        compositor.listen()
        environ = {"WAYLAND_DISPLAY": "wayland-7", "XDG_RUNTIME_DIR": "."}
        (finding,) = check_screen(environ)
    assert finding.ok


def test_addresses_are_of_what_is_switched_on():
    assert configured_addresses(only_local()) == ()
    assert tuple(url for _, url in configured_addresses(Settings())) == (
        "https://graphql.anilist.co",
        "https://api.aniskip.com",
        "https://archive.org",
        "https://video.blender.org",
    )
    settings = only_local(
        tmdb={"access_token": "t", "base_url": "http://a"},
        sources={"mirrors": ["http://m", "/a/folder"], "torznab": [{"url": "http://a"}]},
    )
    assert configured_addresses(settings) == (
        ("tmdb", "http://a"),
        ("mirrors", "http://m"),
        ("torznab", "http://a"),
    )


class TestNetwork:
    @pytest.fixture
    def closed_port(self) -> int:
        with socket.create_server(("127.0.0.1", 0)) as server:
            return int(server.getsockname()[1])

    async def test_hosts_that_answer_and_hosts_that_do_not(self, closed_port: int):
        with socket.create_server(("127.0.0.1", 0)) as server:
            good = f"http://127.0.0.1:{server.getsockname()[1]}/x"
            assert (await check_network(mirrors(good), {})).ok
            bad = f"http://127.0.0.1:{closed_port}"
            finding = await check_network(mirrors(good, bad), {})
        assert (finding.ok, finding.essential) == (False, False)
        assert f"127.0.0.1:{closed_port}" in finding.detail
        assert finding.mend

    async def test_nothing_switched_on_needs_no_network(self):
        assert (await check_network(mirrors("http://[bad", "ftp:"), {})).ok

    async def test_a_proxy_that_is_none_is_said(self):
        finding = await check_network(mirrors("http://far.example", proxy="nonsense"), {})
        assert not finding.ok
        assert "network.proxy" in finding.mend


FAR, HERE = "https://far.example/x", "http://127.0.0.1:9/x"
AROUND = {"HTTPS_PROXY": "http://around:3128"}
OWN = {"providers": {"mirrors": {"proxy": "direct", "dns_over_https": "system"}}}


def mirrors(*urls: str, **network: object) -> Settings:
    return only_local(sources={"mirrors": urls}, network=network)


@pytest.mark.parametrize(
    ("network", "environ", "places"),
    [
        ({}, {}, [("127.0.0.1", 9), ("far.example", 443)]),
        ({}, AROUND, [("127.0.0.1", 9), ("around", 3128)]),
        ({"proxy": "http://p:8"}, AROUND, [("127.0.0.1", 9), ("p", 8)]),
        ({"proxy": "direct"}, AROUND, [("127.0.0.1", 9), ("far.example", 443)]),
        ({"proxy": "http://p:8", **OWN}, AROUND, [("127.0.0.1", 9), ("far.example", 443)]),
        (
            {"dns_over_https": "https://dns.example/q"},
            {},
            [("127.0.0.1", 9), ("dns.example", 443), ("far.example", 443)],
        ),
        (
            {"dns_over_https": "https://dns.example/q", **OWN},
            {},
            [("127.0.0.1", 9), ("far.example", 443)],
        ),
    ],
)
def test_what_stands_between_is_asked_instead(
    network: dict[str, object], environ: dict[str, str], places: list[tuple[str, int]]
):
    assert list(places_to_reach(mirrors(FAR, HERE, **network), environ)) == places


def test_torrents_that_are_bound_to_what_is_not_there():
    assert checks.check_torrents(only_local()).detail == "by any interface"
    bound = only_local(torrents={"bind_interface": "wg-not-there"})
    finding = checks.check_torrents(bound)
    assert (finding.ok, finding.essential) == (False, False)
    assert "wg-not-there" in finding.detail
    assert "torrents.bind_interface" in finding.mend
    off = checks.check_torrents(only_local(torrents={"enabled": False}))
    assert (off.ok, off.off) == (True, True)


@pytest.mark.parametrize(
    ("state", "ok", "detail"),
    [
        (ProviderState(name="a"), True, "ready"),
        (ProviderState(name="a", status=ProviderStatus.OFF, detail="no key"), True, "no key"),
        (ProviderState(name="a", status=ProviderStatus.FAILING), False, "failing"),
    ],
)
def test_a_provider_that_is_off_is_no_fault(state: ProviderState, ok: bool, detail: str):
    finding = checks.check_provider(state)
    assert (finding.ok, finding.detail, finding.essential) == (ok, detail, False)
    assert finding.off == (state.status is ProviderStatus.OFF)
    assert bool(finding.mend) is not ok


def test_a_full_disk_is_named(paths: AppPaths, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _: SimpleNamespace(free=10**9))
    data, cache = checks.check_folders(paths, Settings())
    assert data.ok
    assert not cache.ok
    assert not cache.essential
    assert "2 GB" in cache.mend


def test_a_save_dir_that_is_a_file_is_named(paths: AppPaths, tmp_path: Path):
    (tmp_path / "file").write_text("")
    settings = only_local(torrents={"save_dir": str(tmp_path / "file" / "inside")})
    finding = checks.check_folders(paths, settings)[-1]
    assert finding.check == "torrents.save_dir"
    assert not finding.ok


def test_each_fault_in_the_settings_is_a_finding(tmp_path: Path):
    assert checks.check_settings(tmp_path, ())[0].ok
    found = checks.check_settings(tmp_path, ("line 3: a", "line 4: b"))
    assert [finding.detail for finding in found] == ["line 3: a", "line 4: b"]
    assert not any(finding.ok for finding in found)


async def test_the_report_covers_everything_and_each_fault_has_its_mend(paths: AppPaths):
    states = (ProviderState(name="archive", title="Internet Archive"),)
    found = await run_doctor(paths, only_local(), states, problems=("line 3: a",), environ={})
    names = [finding.check for finding in found]
    for name in ("libmpv", "OpenGL", "screen", "network", "provider Internet Archive",
                 "data folder", "cache folder", "settings"):  # fmt: skip
        assert name in names
    assert all(isinstance(finding, Finding) for finding in found)
    assert all(finding.mend for finding in found if not finding.ok)
