"""What a person may hand over to be streamed: told apart by its form, and fetched."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from novastream_desktop.errors import InvalidInput, NotFound
from novastream_desktop.net import HttpClient
from novastream_desktop.torrents._magnet import MagnetLink, parse_info_hash, parse_magnet

MAX_TORRENT_BYTES = 10 << 20


@dataclass(frozen=True, slots=True)
class TorrentUrl:
    """The address of a `.torrent`."""

    url: str


@dataclass(frozen=True, slots=True)
class TorrentPath:
    """A `.torrent` on disk."""

    path: Path


@dataclass(frozen=True, slots=True)
class TorrentBytes:
    """The content of a `.torrent`."""

    data: bytes


Target = MagnetLink | TorrentUrl | TorrentPath | TorrentBytes


def parse_target(target: str | bytes, *, allow_local: bool = False) -> Target:
    """Tell a magnet, an info-hash, an address, a path and bytes apart.

    Raises:
        InvalidInput: it is none of these, or a magnet link that cannot be used.
    """
    if isinstance(target, bytes):
        return TorrentBytes(target)
    text = target.strip()
    scheme = text.partition(":")[0].lower()
    if scheme == "magnet":
        return parse_magnet(text, allow_local=allow_local)
    if (link := parse_info_hash(text)) is not None:
        return link
    if scheme in ("http", "https"):
        return TorrentUrl(text)
    if scheme == "file":
        return TorrentPath(Path(unquote(urlsplit(text).path)))
    if text and "\0" not in text and (text.lower().endswith(".torrent") or "://" not in text):
        path = Path(text).expanduser()
        if path.suffix.lower() == ".torrent" or path.is_file():
            return TorrentPath(path)
    raise InvalidInput(
        "This is not a torrent",
        why="it is no magnet link, info-hash, address or path of a .torrent file",
        hint="Copy the whole magnet link",
    )


async def fetched(
    target: Target, http: HttpClient | None, *, allow_local: bool = False
) -> tuple[Target, bytes]:
    """Return what a target leads to, and the content of its `.torrent`, empty for a magnet link.

    The address of a `.torrent` may lead to a magnet link, as those of indexers do.

    Raises:
        NotFound: there is no such file.
        InvalidInput: the file cannot be read, or there is no client for addresses.
        ProviderError: the address does not answer.
    """
    match target:
        case TorrentBytes(data):
            return target, data
        case TorrentPath(path):
            return target, await asyncio.to_thread(_read_torrent, path)
        case TorrentUrl(url):
            if http is None:
                raise InvalidInput("Addresses of .torrent files cannot be opened here")
            answer = await http.follow(url)
            if answer.url.startswith("magnet:"):
                return parse_magnet(answer.url, allow_local=allow_local), b""
            return target, answer.content
    return target, b""


def _read_torrent(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_TORRENT_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFound(
            f"There is no file {path}", why=error.strerror or "", hint="Check the path"
        ) from error
    except OSError as error:
        raise InvalidInput(
            "The .torrent file cannot be read", why=f"{path}: {error.strerror}"
        ) from error
