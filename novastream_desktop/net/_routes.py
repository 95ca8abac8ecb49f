"""By which way a third party is reached: straight, by a proxy, and who resolves names.

`network.proxy` and `network.dns_over_https` hold for everybody; `network.providers.NAME` has the
same keys for one provider. There `direct` and `system` undo what holds for everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from novastream_desktop.errors import BadResponse
from novastream_desktop.net._addresses import host_of, is_private
from novastream_desktop.settings import NetworkSettings

DIRECT = "direct"
SYSTEM = "system"
_PROXIES = frozenset({"http", "https"})


@dataclass(frozen=True, slots=True)
class Route:
    """One way.

    Attributes:
        proxy: its address, '' for what the environment says, `direct` for none at all. It may
            hold a password.
        resolver: address of a DNS-over-HTTPS service, '' for the system's resolver.
    """

    proxy: str = field(default="", repr=False)
    resolver: str = ""

    @property
    def by_proxy(self) -> bool:
        """Whether a proxy of the settings stands between."""
        return self.proxy not in {"", DIRECT}


def route_for(network: NetworkSettings, provider: str) -> Route:
    """Return the way to a provider; '' stands for nobody in particular.

    Raises:
        BadResponse: the setting is no address that can be used.
    """
    own = network.providers.get(provider)
    proxy = (own.proxy if own else "") or network.proxy
    resolver = (own.dns_over_https if own else "") or network.dns_over_https
    where = f"network.providers.{provider}" if own else "network"
    return Route(proxy=_proxy(proxy.strip(), where), resolver=_resolver(resolver.strip(), where))


def media_proxy(network: NetworkSettings, provider: str, url: str) -> str:
    """Return the proxy by which a player reaches a provider's media, '' for none.

    The user's own network is always reached straight.

    Raises:
        BadResponse: the setting is no address that can be used.
    """
    if not url.startswith(("http://", "https://")) or is_private(host_of(url)):
        return ""
    route = route_for(network, provider)
    return route.proxy if route.by_proxy else ""


def _proxy(text: str, where: str) -> str:
    if text in {"", DIRECT}:
        return text
    if _scheme_and_host(text)[0] not in _PROXIES:
        raise _unusable("proxy", f"{where}.proxy", "it is not of the form http://HOST:PORT")
    return text


def _resolver(text: str, where: str) -> str:
    if text in {"", SYSTEM}:
        return ""
    scheme, host = _scheme_and_host(text)
    if scheme != "https" and not (scheme == "http" and is_private(host)):
        key = f"{where}.dns_over_https"
        raise _unusable("DNS-over-HTTPS service", key, "it is not of the form https://HOST/PATH")
    return text


def _scheme_and_host(text: str) -> tuple[str, str]:
    try:
        parts = urlsplit(text)
        sound = bool(parts.hostname) and (parts.port or 1) > 0 and text.isprintable()
    except ValueError:
        sound = False
    return (parts.scheme, parts.hostname or "") if sound else ("", "")


def _unusable(what: str, key: str, why: str) -> BadResponse:
    return BadResponse(
        f"The {what} in Settings cannot be used", why=why, hint=f"Check {key} in Settings"
    )
