from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import textwrap
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROGRAM = """
import signal
import sys

signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it

from novastream_desktop.cli import run
from tests.fakes.command_services import FakeServices
from novastream_desktop.torrents.base import TorrentPhase, TorrentProgress
import asyncio

services = FakeServices()
inner = services.open_stream

async def open_stream(target, *, file_index=None):
    stream = await inner(target, file_index=file_index)
    phase = TorrentPhase.FAILED if "bad" in target else TorrentPhase.BUFFERING
    state = TorrentProgress(phase=phase, fraction=0.5, error="the disk is full")
    asyncio.get_running_loop().call_later(0.05, stream.progress.set, state)
    return stream

services.open_stream = open_stream
code = run(sys.argv[1:], open_services=services.open, run_window=None,
           stdout=sys.stdout, stderr=sys.stderr)
print(f"closed={services.closed} stream={services.stream.closed}", file=sys.stderr)
sys.exit(code)
"""


@contextmanager
def started(*argv: str, program: str = PROGRAM) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        [sys.executable, "-c", textwrap.dedent(program), *argv],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def ended(process: subprocess.Popen[str]) -> tuple[str, str]:
    return process.communicate(timeout=60)


@pytest.mark.parametrize("end", [signal.SIGINT, signal.SIGTERM])
def test_stream_prints_its_address_then_progress_until_told(end: signal.Signals):
    with started("stream", "magnet:?xt=1") as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        assert first["url"].startswith("http://127.0.0.1:9/stream/")
        assert first["file"] == {"index": 0, "path": "film.mp4", "size": 10}
        line = process.stdout.readline()
        while "50.0%" not in line:
            line = process.stdout.readline()
        process.send_signal(end)
        _, err = ended(process)
        assert process.returncode == 130
        assert "closed=1 stream=True" in err
        assert "Traceback" not in err


def test_a_stream_that_fails_ends_with_its_reason():
    with started("stream", "bad") as process:
        out, err = ended(process)
        assert process.returncode == 1
        assert "the disk is full" in err.splitlines()[0]
        assert "stream=True" in err
        assert "url" in json.loads(out.splitlines()[0])


def test_with_json_a_streams_progress_is_not_on_standard_output():
    with started("stream", "magnet:?xt=1", "--json") as process:
        assert process.stderr is not None
        while "50.0%" not in process.stderr.readline():
            pass
        process.send_signal(signal.SIGINT)
        out, _ = ended(process)
        assert "url" in json.loads(out)


def test_serve_answers_with_the_token_that_it_prints():
    with started("serve", "--port", "0") as process:
        assert process.stdout is not None
        first = json.loads(process.stdout.readline())
        request = urllib.request.Request(
            f"{first['url']}/api/user/progress",
            headers={"Authorization": f"Bearer {first['token']}"},
        )
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(request) as answer:
            assert json.load(answer) == []
        with opener.open(f"{first['url']}/api/content/trending") as answer:
            assert json.load(answer)["rows"][0]["items"][0]["id"] == "nova:moon"
        process.send_signal(signal.SIGINT)
        _, err = ended(process)
        assert process.returncode == 130
        assert "Traceback" not in err
    token_file = Path(os.environ["NOVASTREAM_HOME"], "config", "api-token")
    assert token_file.read_text().strip() == first["token"]


def test_a_second_server_on_the_port_fails_with_a_line():
    with started("serve", "--port", "0") as first:
        assert first.stdout is not None
        port = json.loads(first.stdout.readline())["url"].rpartition(":")[2]
        with started("serve", "--port", port) as second:
            out, err = ended(second)
            assert second.returncode == 1
            assert out == ""
            assert f"port {port}" in err.splitlines()[0]


def test_a_reader_that_goes_away_is_no_failure():
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "w") as stdout:
        main = "import sys; from novastream_desktop.__main__ import main; sys.exit(main())"
        ran = subprocess.run(
            [sys.executable, "-c", main, "--help"],
            stdout=stdout, stderr=subprocess.PIPE, cwd=ROOT, check=False, text=True,
        )  # fmt: skip
    assert (ran.returncode, ran.stderr) == (0, "")


def test_a_missing_dependency_names_the_command_to_run():
    program = """
        import sys
        sys.modules["pydantic"] = None
        from novastream_desktop.__main__ import main
        sys.exit(main(["trending"]))
    """
    with started(program=program) as process:
        out, err = ended(process)
        assert process.returncode == 1
        assert out == ""
        assert "python3 packaging/dev.py run" in err
        assert "pydantic" in err
        assert "Traceback" not in err


def test_the_windows_way_imports_nothing_heavy():
    program = """
        import sys
        from novastream_desktop.cli import run
        run([], open_services=None, run_window=lambda *_: 0, stdout=sys.stdout, stderr=sys.stderr)
        from novastream_desktop.doctor import look_for_screen
        look_for_screen({"DISPLAY": ":9876"})
        heavy = {"httpx", "fastapi", "uvicorn", "tinydb", "libtorrent", "mpv", "argparse",
                 "tomlkit", "sqlite3", "asyncio", "pydantic"}
        print(sorted(heavy & set(sys.modules)))
    """
    with started(program=program) as process:
        out, _ = ended(process)
        assert out == "[]\n"


def test_version_works_as_a_module():
    ran = subprocess.run(
        [sys.executable, "-m", "novastream_desktop", "--version"],
        capture_output=True, cwd=ROOT, check=True, text=True,
    )  # fmt: skip
    assert ran.stdout.startswith("novastream-desktop ")
    assert ran.stderr == ""
