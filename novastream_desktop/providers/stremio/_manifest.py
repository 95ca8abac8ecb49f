"""What an add-on says of itself, and which questions it may be asked."""

from __future__ import annotations

import re
from typing import Annotated, Any
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, Field

from novastream_desktop.errors import BadResponse
from novastream_desktop.providers._wire import CamelWire, Texts, each, read

_SETTING = "Check sources.stremio_addons in Settings"
_MANIFEST = "/manifest.json"
_AS_IN_JAVASCRIPT = "!~*'()"  # what encodeURIComponent leaves besides letters, digits and -_.
_TYPES = frozenset({"movie", "series", "anime"})


def _optional_texts(value: object) -> object:
    if not isinstance(value, list):
        return None
    return tuple(one for one in value if isinstance(one, str))


MaybeTexts = Annotated[tuple[str, ...] | None, BeforeValidator(_optional_texts)]


def _named(value: object) -> object:
    return {"name": value, "short": True} if isinstance(value, str) else value


class Resource(CamelWire):
    """One entry of `resources`; `short` when it was a bare name."""

    name: Annotated[str, Field(min_length=1)]
    short: bool = False
    types: MaybeTexts = None
    id_prefixes: MaybeTexts = None


class Extra(CamelWire):
    """A parameter that a catalogue takes."""

    name: str
    is_required: bool = False


class Catalog(CamelWire):
    """A list that the add-on offers."""

    type: str
    id: Annotated[str, Field(min_length=1)]
    name: str = ""
    extra: Annotated[tuple[Extra, ...], each(Extra)] = ()
    extra_supported: Texts = ()
    extra_required: Texts = ()

    @property
    def required(self) -> frozenset[str]:
        """Names of the parameters that it must be given."""
        return frozenset(self.extra_required) | {e.name for e in self.extra if e.is_required}

    @property
    def supported(self) -> frozenset[str]:
        """Names of the parameters that it may be given."""
        return frozenset(self.extra_supported) | {e.name for e in self.extra} | self.required


class Hints(CamelWire):
    """`behaviorHints` of a manifest."""

    adult: bool = False
    configuration_required: bool = False


class Manifest(CamelWire):
    """`manifest.json`. Rules on what to ask as in the protocol's reference client."""

    id: Annotated[str, Field(min_length=1)]
    name: str = ""
    resources: Annotated[
        tuple[Resource, ...], each(Annotated[Resource, BeforeValidator(_named)], needed=True)
    ]
    types: Texts = ()
    id_prefixes: MaybeTexts = None
    catalogs: Annotated[tuple[Catalog, ...], each(Catalog)] = ()
    behavior_hints: Hints = Hints()

    def allows(self, resource: str, kind: str, thing: str, *, named: bool = False) -> bool:
        """Whether the add-on answers for an id.

        Args:
            resource: `meta`, `stream` or `subtitles`.
            kind: `movie`, `series`, ...
            thing: the id.
            named: only if it names a prefix of the id, not if it takes any id.
        """
        entry = next((one for one in self.resources if one.name == resource), None)
        if entry is None:
            return False
        types = self.types if entry.short else entry.types or ()
        prefixes = self.id_prefixes if entry.short else entry.id_prefixes
        if kind not in types:
            return False
        if prefixes is None:
            return not named
        return any(thing.startswith(prefix) for prefix in prefixes if prefix)

    def lists(self) -> tuple[Catalog, ...]:
        """Return the catalogues for the home page: those that need no parameter."""
        return tuple(c for c in self.catalogs if c.type in _TYPES and not c.required)

    def searches(self) -> tuple[Catalog, ...]:
        """Return the catalogues that can be searched."""
        return tuple(
            c
            for c in self.catalogs
            if c.type in _TYPES and "search" in c.supported and c.required <= {"search"}
        )


def parse_manifest(raw: bytes, who: str) -> Manifest:
    """Return an add-on's manifest.

    Raises:
        BadResponse: it is none, or the add-on has to be configured first.
    """
    manifest = read(Manifest, raw, who)
    if manifest.behavior_hints.configuration_required:
        raise BadResponse(
            f"{manifest.name or who} has to be configured first",
            why="its address lacks the settings that it needs",
            hint="Open its page ending in /configure in a browser and copy the address it makes",
        )
    return manifest


def manifest_address(entry: str) -> str:
    """Return the web address of a manifest; links of the form `stremio://` are taken too.

    Raises:
        BadResponse: it is no web address.
    """
    address = re.sub(r"^stremio://", "https://", entry.strip(), flags=re.IGNORECASE)
    address = address if "://" in address else f"https://{address}"
    address = address.partition("#")[0].partition("?")[0].rstrip("/")
    try:
        parts = urlsplit(address)
        sound = parts.scheme in {"https", "http"} and bool(parts.hostname)
    except ValueError:
        sound = False
    if not sound:
        raise BadResponse(
            "An add-on's address cannot be used", why="it is no web address", hint=_SETTING
        )
    return address if address.endswith(_MANIFEST) else address + _MANIFEST


def resource_address(manifest: str, resource: str, kind: str, thing: str, extra: str = "") -> str:
    """Return where an add-on answers.

    Args:
        manifest: its manifest's address.
        resource: `catalog`, `meta`, `stream` or `subtitles`.
        kind: `movie`, `series`, ...
        thing: the id.
        extra: parameters as a query string, already encoded.
    """
    parts: list[str] = [component(part) for part in (resource, kind, thing)]
    return (
        "/".join([manifest.removesuffix(_MANIFEST), *parts, *([extra] if extra else [])]) + ".json"
    )


def component(text: str) -> str:
    """Return a text as JavaScript's encodeURIComponent writes it."""
    return quote(text, safe=_AS_IN_JAVASCRIPT)


def anything(value: Any) -> dict[str, Any]:
    """Return an object, or an empty one in place of anything else."""
    return value if isinstance(value, dict) else {}
