"""Items of the Internet Archive as titles. Nothing here does I/O.

Every field of theirs may be missing, and may be a text or a list of texts.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote, urlsplit

from pydantic import BeforeValidator, Field

from novastream_desktop.errors import ProviderUnavailable
from novastream_desktop.models import Content, ContentType
from novastream_desktop.providers._likeness import match
from novastream_desktop.providers._wire import Wire, bad_shape, each, read, read_object

MOVIES = "movies"
_ID = re.compile(r"[A-Za-z0-9_.-]{1,200}")
_YEAR = re.compile(r"(?:18|19|20)\d\d")
_IMDB = re.compile(r"(?:urn:imdb:)?(tt\d{5,10})")
_FREE = re.compile(r"//creativecommons\.org/(?:publicdomain|licenses)/")
_CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):(\d{2}(?:\.\d+)?)")
_MINUTES = re.compile(r"(\d{1,3})\s*(?:min|m\b)", re.IGNORECASE)
_BREAK = re.compile(r"<\s*(?:br|/p|/div|/li)[^<>]*>", re.IGNORECASE)
_NOISE = re.compile(
    r"[\[(]\s*(?:18|19|20)\d\d\s*[\])]|\b(?:full (?:movie|film)|public domain|(?:full )?hd|\d{3,4}p"
    r"|blu-?ray|dvd(?:rip)?|restored)\b",
    re.IGNORECASE,
)


def _texts(value: object) -> object:
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        return (str(value),)
    if isinstance(value, list):
        return tuple(str(one) for one in value if isinstance(one, str | int | float))
    return ()


def _first(value: object) -> object:
    texts = _texts(value)
    return texts[0].strip() if isinstance(texts, tuple) and texts else ""


def seconds(value: object) -> float | None:
    """Return a length given as `5400.12`, `1:30:00`, `90 min`, None if it is none of these."""
    text = str(value).strip() if isinstance(value, str | int | float) else ""
    clock = _CLOCK.search(text)
    minutes = _MINUTES.match(text)
    if clock:
        hours, mins, secs = clock.groups()
        length = int(hours or 0) * 3600 + int(mins) * 60 + float(secs)
    elif minutes:
        length = int(minutes.group(1)) * 60.0
    else:
        try:
            length = float(text)
        except ValueError:
            return None
    return length if 0 < length < 1e6 else None  # noqa: PLR2004  (else nonsense)


Text = Annotated[str, BeforeValidator(_first)]
Many = Annotated[tuple[str, ...], BeforeValidator(_texts)]


class Facts(Wire):
    """What is said of an item, in a search or by itself."""

    identifier: Annotated[str, Field(pattern=rf"^{_ID.pattern}$")]
    title: Text = ""
    mediatype: Text = ""
    year: Text = ""
    date: Text = ""
    description: Many = ()
    subject: Many = ()
    runtime: Text = ""
    avg_rating: Text = ""
    licenseurl: Text = ""
    external_identifier: Annotated[Many, Field(alias="external-identifier")] = ()


class Docs(Wire):
    """`response` of a search."""

    docs: Annotated[tuple[Facts, ...], each(Facts, needed=True)]


class Found(Wire):
    """A search's answer."""

    response: Docs


@dataclass(frozen=True, slots=True)
class Archive:
    """The Internet Archive, or a copy of it.

    Attributes:
        base: its address without a trailing slash.
        provider: our provider's name.
    """

    base: str
    provider: str

    @property
    def host(self) -> str:
        """Return what error sentences call it."""
        return urlsplit(self.base).hostname or "archive.org"

    def file(self, identifier: str, name: str) -> str:
        """Return a file's address, which redirects to the server that has it."""
        return f"{self.base}/download/{identifier}/{quote(name)}"

    def picture(self, identifier: str) -> str:
        """Return an item's picture."""
        return f"{self.base}/services/img/{identifier}"


def identifier_of(content_id: str) -> str | None:
    """Return an item's name in a content id, None if it is not one of ours."""
    name = content_id.removeprefix("ia:")
    return name if content_id.startswith("ia:") and _ID.fullmatch(name) else None


def parse_found(raw: bytes, archive: Archive) -> tuple[Content, ...]:
    """Return the films that a search found: those that are not free are left out.

    Raises:
        ProviderUnavailable: it tells an error instead, with status 200.
        BadResponse: it has another shape.
    """
    data = read_object(raw, archive.host)
    if "response" not in data and isinstance(data.get("error"), str):
        raise ProviderUnavailable(
            f"{archive.host} has a problem",
            why=" ".join(data["error"].split())[:200],
            hint="Try again later",
        )
    facts = read(Found, raw, archive.host).response.docs
    films = (content_of(one, archive) for one in facts if _is_film(one) and _may_be_free(one))
    return tuple({film.id: film for film in films}.values())


def parse_facts(raw: bytes, archive: Archive, identifier: str) -> Facts | None:
    """Return what is said of one item, None if it is unknown, dark or no film.

    Raises:
        BadResponse: it is not an item.
    """
    data = read_object(raw, archive.host)
    if not data or data.get("is_dark"):
        return None
    said = data.get("metadata")
    if not isinstance(said, dict):
        raise bad_shape(archive.host, "the item has no metadata")
    facts = Facts.model_validate({**said, "identifier": identifier})
    return facts if _is_film(facts) else None


def content_of(facts: Facts, archive: Archive) -> Content:
    """Return an item as a film."""
    name = facts.identifier
    year = _YEAR.search(facts.year) or _YEAR.search(facts.date)
    imdb = (_IMDB.fullmatch(one) for one in facts.external_identifier)
    return Content(
        id=f"ia:{name}",
        title=plain_title(facts.title) or name.replace("_", " "),
        type=ContentType.MOVIE,
        poster_url=archive.picture(name),
        genres=tuple(_genres(facts.subject)),
        year=int(year.group()) if year else None,
        imdb_id=next((found.group(1) for found in imdb if found), None),
        overview=plain_text("\n".join(facts.description)) or None,
        rating=_rating(facts.avg_rating),
        runtime=seconds(facts.runtime),
        origin=archive.provider,
    )


def plain_title(title: str) -> str:
    """Return a title without the noise that uploaders add: `(1925) Full Movie HD`."""
    cleaned = " ".join(_NOISE.sub(" ", title).split()).strip(" -\u2013|:,")
    return cleaned or title


def plain_text(text: str) -> str:
    """Return text without its HTML."""
    lines = re.sub(r"<[^<>]*>", "", _BREAK.sub("\n", text))
    kept = (" ".join(line.split()) for line in html.unescape(lines).splitlines())
    return "\n".join(line for line in kept if line)


def words_of(text: str) -> str:
    """Return a text as terms of a search, without anything that its grammar gives a meaning."""
    return " AND ".join(re.findall(r"\w+", text.casefold()))


def best_match(found: tuple[Content, ...], asked: Content) -> str | None:
    """Return the item that is the asked film, None if none is."""
    ranked = sorted(found, key=lambda film: -match(asked, [film.title], film.year))
    if not ranked or not match(asked, [ranked[0].title], ranked[0].year):
        return None
    return identifier_of(ranked[0].id)


def _is_film(facts: Facts) -> bool:
    return facts.mediatype.casefold() in {"", MOVIES}


def _may_be_free(facts: Facts) -> bool:
    """Whether its licence is free; searches ask for a free one, so silence counts as one."""
    return not facts.licenseurl or _FREE.search(facts.licenseurl) is not None


def _genres(subjects: tuple[str, ...]) -> list[str]:
    parts = (part.strip() for subject in subjects for part in re.split(r"[;,]", subject))
    return list(dict.fromkeys(part.capitalize() for part in parts if 1 < len(part) <= 24))[:5]  # noqa: PLR2004


def _rating(stars: str) -> float | None:
    """Five stars are ten points."""
    try:
        points = float(stars) * 2
    except ValueError:
        return None
    return round(points, 1) if 0 < points <= 10 else None  # noqa: PLR2004
