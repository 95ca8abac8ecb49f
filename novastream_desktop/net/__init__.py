"""HTTP. `create_http_client` (in `net.client`) is imported where it is called: httpx is heavy."""

from novastream_desktop.net._addresses import is_loopback, is_private, points_inward
from novastream_desktop.net._routes import media_proxy
from novastream_desktop.net._secrets import secrets_in
from novastream_desktop.net.base import (
    HasRoutes,
    HttpAnswer,
    HttpClient,
    ProbeAnswer,
    RoutedHttpClient,
    Sound,
)

__all__ = [
    "HasRoutes",
    "HttpAnswer",
    "HttpClient",
    "ProbeAnswer",
    "RoutedHttpClient",
    "Sound",
    "is_loopback",
    "is_private",
    "media_proxy",
    "points_inward",
    "secrets_in",
]
