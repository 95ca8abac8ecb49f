"""Logs: secrets are removed, tracebacks stay in the file."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from novastream_desktop.logs import configure_logging, redact


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("GET https://x/3/movie?api_key=0123456789abcdef&page=1", "0123456789abcdef"),
        ("Authorization: Bearer eyJhbGciOi.eyJzdWIi.c2ln", "eyJhbGciOi"),
        ('{"token": "s3cr3t"}', "s3cr3t"),
        ("http://127.0.0.1:9/stream/abcDEF_123/hash/0/film.mkv", "abcDEF_123"),
        ("?access_token=zzz&x=1", "zzz"),
    ],
)
def test_secrets_do_not_reach_a_log(text: str, secret: str) -> None:
    assert secret not in redact(text)
    assert "***" in redact(text)


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
