"""Logs: secrets are removed, tracebacks stay in the file."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from novastream_desktop.logs import configure_logging, keep_out_of_logs, redact


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET https://x/3/movie?api_key=0123456789abcdef&page=1", "0123456789abcdef"),
        ("Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln", "eyJhbGciOi"),
        ('{"token": "s3cr3t"}', "s3cr3t"),
        ("http://127.0.0.1:9/stream/abcDEF_123/hash/0/film.mkv", "abcDEF_123"),
        ("?access_token=zzz&x=1", "zzz"),
        ("by http://me:hunter22@proxy:3128", "hunter22"),
        ('X-Emby-Token: "abcd1234"', "abcd1234"),
        ("{'Cookie': 'sid=abcd1234'}", "abcd1234"),
        ("Authorization: Basic bWU6aHVudGVyMg==", "bWU6"),
        ("http://tracker/announce?passkey=abcd1234", "abcd1234"),
    ],
)
def test_secrets_do_not_reach_a_log(text: str, secret: str) -> None:
    assert secret not in redact(text)
    assert "***" in redact(text)


def test_what_is_known_to_be_secret_is_hidden_wherever_it_stands() -> None:
    keep_out_of_logs(["hunter22-is-mine"])
    try:
        assert redact("the add-on /hunter22-is-mine/x failed") == "the add-on /***/x failed"
    finally:
        keep_out_of_logs(())
    assert "hunter22" in redact("the add-on /hunter22-is-mine/x failed")


def test_a_traceback_goes_to_the_file_and_not_to_the_terminal(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(tmp_path)
    configure_logging(tmp_path)  # a second time replaces the first
    log = logging.getLogger("novastream_desktop.test")
    try:
        raise ValueError("token=hidden")
    except ValueError:
        log.exception("It failed with token=hidden")
    said = capsys.readouterr().err
    assert said.count("It failed") == 1
    assert "Traceback" not in said
    assert "hidden" not in said
    written = (tmp_path / "novastream.log").read_text()
    assert "Traceback" in written
    assert "hidden" not in written
    for handler in logging.getLogger().handlers[-2:]:
        logging.getLogger().removeHandler(handler)
        handler.close()
