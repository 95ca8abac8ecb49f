"""How a torrent session meets the network: its options, and the session made from them."""

from __future__ import annotations

import ipaddress

from novastream_desktop.errors import TorrentError
from novastream_desktop.settings import TorrentsSettings
from novastream_desktop.torrents import _port as port


def session_options(
    settings: TorrentsSettings, *, discovery: bool, allow_local: bool
) -> port.SessionOptions:
    """Return how to meet the network, by the settings.

    A `bind_interface` on loopback (`lo`, `127.0.0.1`) keeps to this machine: its peers are
    allowed then, and nobody else is looked for.
    """
    name = settings.bind_interface.strip()
    loopback = name == "lo" or _is_loopback(name)
    listen = f"[{name}]:0" if ":" in name else f"{name}:0"
    return port.SessionOptions(
        listen=listen if name else "0.0.0.0:0,[::]:0",
        outgoing=name,
        discovery=discovery and not loopback,
        allow_local=allow_local or loopback,
        download_limit=settings.download_limit,
        upload_limit=settings.upload_limit,
        max_connections=settings.max_connections,
    )


def _is_loopback(name: str) -> bool:
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False


def make_session(options: port.SessionOptions) -> port.Session:
    """Build a session; blocks."""
    from novastream_desktop.torrents._libtorrent import LtSession  # noqa: PLC0415  (heavy)

    return LtSession(options)


def interface_gone(name: str) -> TorrentError:
    """Return the sentence for a missing interface."""
    return TorrentError(
        "Torrents wait for their network interface",
        why=f"{name} is not there, and torrents may use nothing else",
        hint="Connect it, or change it in Settings, Torrents",
    )
