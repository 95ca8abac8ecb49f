"""Logging: standard error for the terminal, a rotating file for the doctor, secrets removed."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from logging.handlers import RotatingFileHandler
from pathlib import Path

_SECRET = re.compile(
    r"(?i)((?:api_?key|passkey|token|authorization|cookie|secret|password|signature)[\"']?"
    r"\s*[=:]\s*(?:bearer\s+|basic\s+)?[\"']?)[^\s&\"',;]+"
)
_STREAM_SECRET = re.compile(r"(/stream/)[^/\s]+")
_USER = re.compile(r"(?i)(\b[a-z][a-z0-9+.-]*://)[^\s/@\"']+@")
_HIDDEN = "***"
_kept: frozenset[str] = frozenset()


def redact(text: str) -> str:
    """Return the text with keys, tokens, passwords and stream secrets replaced by `***`."""
    for secret in _kept:
        text = text.replace(secret, _HIDDEN)
    text = _USER.sub(rf"\1{_HIDDEN}@", text)
    return _STREAM_SECRET.sub(rf"\1{_HIDDEN}", _SECRET.sub(rf"\1{_HIDDEN}", text))


def keep_out_of_logs(secrets: Iterable[str]) -> None:
    """Write none of these, wherever they stand; those named before are hidden no more."""
    global _kept  # noqa: PLW0603  (logging is global itself)
    _kept = frozenset(secrets)


class _Redacting(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return redact(super().format(record))


class _OneLine(_Redacting):
    """For the terminal: no traceback ever; the file has it."""

    def format(self, record: logging.LogRecord) -> str:
        plain = logging.makeLogRecord(
            {**record.__dict__, "exc_info": None, "exc_text": None, "stack_info": None}
        )
        return super().format(plain)


def configure_logging(log_dir: Path | None, *, verbose: bool = False) -> None:
    """Send logs to standard error (warnings, or all when verbose) and to `log_dir`.

    Of libraries only warnings are kept: some write whole addresses, secrets and all, at INFO.
    Tracebacks reach the file only.
    """
    pattern = "%(asctime)s %(levelname)s %(name)s: %(message)s"
    root = logging.getLogger()
    root.setLevel(logging.WARNING)
    logging.getLogger("novastream_desktop").setLevel(logging.DEBUG if verbose else logging.INFO)
    for old in tuple(root.handlers):
        if isinstance(old.formatter, _Redacting):
            root.removeHandler(old)
            old.close()
    stream = logging.StreamHandler()
    stream.setLevel(logging.DEBUG if verbose else logging.WARNING)
    stream.setFormatter(_OneLine(pattern))
    root.addHandler(stream)
    if log_dir is None:
        return
    try:
        file = RotatingFileHandler(
            log_dir / "novastream.log", maxBytes=1_000_000, backupCount=2, encoding="utf-8"
        )
    except OSError as error:
        logging.getLogger(__name__).warning("There is no log file: %s", error)
        return
    file.setFormatter(_Redacting(pattern))
    root.addHandler(file)
