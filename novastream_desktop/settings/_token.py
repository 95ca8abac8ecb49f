"""The API's token: made at first use, kept beside the settings, readable by its owner only."""

from __future__ import annotations

import secrets
from pathlib import Path

from novastream_desktop.errors import StoreError
from novastream_desktop.settings._files import write_atomically

TOKEN_FILE = "api-token"  # noqa: S105  (a file's name)


def ensure_api_token(config_dir: Path) -> str:
    """Return the API's token, making it if there is none.

    `api.token` in the settings goes before it: `settings.api.token or ensure_api_token(...)`.

    Raises:
        StoreError: it cannot be read or written.
    """
    file = config_dir / TOKEN_FILE
    try:
        token = file.read_text(encoding="utf-8").strip() if file.exists() else ""
        if token:
            file.chmod(0o600)
            return token
        file.unlink(missing_ok=True)
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"The API's token {file} could not be read",
            why=str(error),
            hint="Delete the file: a new token is made",
        ) from error
    token = secrets.token_urlsafe(32)
    write_atomically(file, f"{token}\n")
    return token
