"""Whether what is switched on can be reached, by the ways that the settings say."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from novastream_desktop.errors import BadResponse
from novastream_desktop.models.doctor import Finding
from novastream_desktop.net import is_private, media_proxy
from novastream_desktop.settings import Settings

CONNECT_SECONDS = 4.0
_PROXIES = ("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
_DIRECT, _SYSTEM = "direct", "system"

Place = tuple[str, int]


def configured_addresses(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Return who is switched on with its web address, each once."""
    sources = settings.sources
    offered = (
        ("tmdb", settings.tmdb.base_url, settings.tmdb.access_token),
        ("anilist", settings.anilist.base_url, settings.anilist.enabled),
        ("aniskip", settings.aniskip.base_url, settings.aniskip.enabled),
        ("archive", settings.archive.base_url, settings.archive.enabled),
        *(("peertube", url, True) for url in settings.peertube.instances),
        ("jellyfin", settings.jellyfin.base_url, True),
        ("vidlink", sources.vidlink.base_url, True),
        ("consumet", sources.consumet.base_url, True),
        *(("mirrors", url, True) for url in sources.mirrors),
        *(("stremio", url, True) for url in sources.stremio_addons),
        *(("torznab", server.url, True) for server in sources.torznab),
        (
            "opensubtitles",
            settings.subtitles.opensubtitles_base_url,
            settings.subtitles.opensubtitles_key,
        ),
        ("backend", settings.backend.url, True),
    )
    web = ((name, url) for name, url, on in offered if on)
    return tuple(dict.fromkeys(one for one in web if one[1].startswith(("http://", "https://"))))


def places_to_reach(settings: Settings, environ: Mapping[str, str]) -> tuple[Place, ...]:
    """Return the hosts that have to take a connection: the proxies in place of what is behind.

    Raises:
        BadResponse: a proxy in the settings is no address.
    """
    found = (_place(url) for url in _addresses(settings, environ))
    return tuple(sorted({place for place in found if place is not None}))


def _addresses(settings: Settings, environ: Mapping[str, str]) -> Iterator[str]:
    around = next((environ[name] for name in _PROXIES if environ.get(name)), "")
    network = settings.network
    for name, url in configured_addresses(settings):
        if (place := _place(url)) is None:
            continue
        own = network.providers.get(name)
        said = (own.proxy if own else "") or network.proxy
        private = is_private(place[0])
        straight = said.strip() == _DIRECT or private
        yield media_proxy(network, name, url) or (url if straight or not around else around)
        resolver = ((own.dns_over_https if own else "") or network.dns_over_https).strip()
        if resolver not in {"", _SYSTEM} and not private:
            yield resolver


async def check_network(settings: Settings, environ: Mapping[str, str]) -> Finding:
    """Whether the hosts that are switched on take a connection (through a proxy: the proxy)."""
    try:
        hosts = places_to_reach(settings, environ)
    except BadResponse as error:
        return Finding(check="network", ok=False, detail=error.sentence(), mend=error.hint)
    if not hosts:
        return Finding(check="network", ok=True, detail="nothing that is switched on needs it")
    reached = await asyncio.gather(*(_connects(*host) for host in hosts))
    missed = [f"{name}:{port}" for (name, port), ok in zip(hosts, reached, strict=True) if not ok]
    if not missed:
        return Finding(
            check="network", ok=True, detail=f"{len(hosts)} of {len(hosts)} hosts answer"
        )
    return Finding(
        check="network",
        ok=False,
        detail=f"no connection to {', '.join(missed)}",
        mend="Check the connection and the proxy (network.proxy in Settings, or HTTPS_PROXY),"
        " or switch off what you do not use",
    )


def _place(url: str) -> Place | None:
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError:
        return None
    return (host, port or (443 if parts.scheme == "https" else 80)) if host else None


async def _connects(name: str, port: int) -> bool:
    try:
        async with asyncio.timeout(CONNECT_SECONDS):
            _, writer = await asyncio.open_connection(name, port)
    except (OSError, TimeoutError, UnicodeError):
        return False
    writer.transport.abort()
    return True
