"""The local HTTP API. FastAPI is heavy: it is imported when the server or application is used."""

from typing import TYPE_CHECKING

from novastream_desktop.api.base import ApiServices, ProviderState, ProviderStatus

if TYPE_CHECKING:
    from novastream_desktop.api.app import create_app
    from novastream_desktop.api.server import ApiServer

__all__ = ["ApiServer", "ApiServices", "ProviderState", "ProviderStatus", "create_app"]


def __getattr__(name: str) -> object:
    if name == "ApiServer":
        from novastream_desktop.api.server import ApiServer  # noqa: PLC0415

        return ApiServer
    if name == "create_app":
        from novastream_desktop.api.app import create_app  # noqa: PLC0415

        return create_app
    raise AttributeError(name)
