"""Where the files that an index names lie: addresses made absolute, and kept where they belong."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote, unquote, urljoin, urlsplit


def index_address(entry: str) -> str | Path:
    """Return a mirror's index: an address, or a file for a folder or path in Settings."""
    text = entry.strip()
    parts = urlsplit(text)
    if parts.scheme in {"http", "https"}:
        if parts.path.endswith(".json"):
            return text
        return parts._replace(path=parts.path.rstrip("/") + "/index.json", fragment="").geturl()
    path = Path(unquote(parts.path)) if parts.scheme == "file" else Path(text).expanduser()
    return path if path.suffix == ".json" else path / "index.json"


def web_place(index_url: str, url: str) -> str:
    """Return an address that an index on the web names, absolute.

    '' for anything but the web and magnets: a server has no say over this machine's files.
    """
    try:
        found = urljoin(index_url, url.strip())
        scheme, host = urlsplit(found).scheme, urlsplit(found).hostname
    except ValueError:
        return ""
    if scheme == "magnet":
        return found
    return found if scheme in {"http", "https"} and host else ""


def folder_place(folder: Path, url: str, media_base: str = "") -> str:
    """Return an address that an index in a folder names, absolute.

    Relative ones become `file:` addresses, or lie under `media_base` if there is one; '' for
    those that lead out of the folder and for other schemes.
    """
    text = url.strip()
    try:
        parts = urlsplit(text)
    except ValueError:
        return ""
    if parts.scheme in {"http", "https", "magnet"}:
        return text
    inside = _inside(folder, unquote(parts.path))
    if parts.scheme or parts.netloc or inside is None:
        return ""
    if media_base:
        return media_base + quote(inside.as_posix())
    return (folder / inside).as_uri()


def _inside(folder: Path, name: str) -> Path | None:
    """Return a relative path inside the folder, by its form (no look at the disk), or None."""
    if not name or "\x00" in name:
        return None
    parts: list[str] = []
    for part in Path(name).parts:
        if part == "..":
            if not parts:
                return None
            parts.pop()
        else:
            parts.append(part)
    path = Path(*parts)
    return None if path.is_absolute() or not parts or not folder.is_absolute() else path
