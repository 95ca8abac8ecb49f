"""Reading what third parties send: item by item, forgiving in all that is not essential."""

from __future__ import annotations

import re
from functools import cache
from typing import Annotated, Any, Self, TypeAlias, TypeVar
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ModelWrapValidatorHandler,
    TypeAdapter,
    ValidationError,
    model_validator,
)
from pydantic.alias_generators import to_camel
from pydantic_core import from_json

from novastream_desktop.errors import BadResponse

W = TypeVar("W", bound=BaseModel)
_SHOWN = 3


class Wire(BaseModel):
    """The base of an answer's shape.

    Unknown keys are ignored. A field with a default that has a wrong type or is null takes its
    default; only a field without one can make the object invalid.
    """

    model_config = ConfigDict(
        extra="ignore",
        frozen=True,
        allow_inf_nan=False,
        str_strip_whitespace=True,
        defer_build=True,  # at the first answer, not while the program starts
    )

    @model_validator(mode="wrap")
    @classmethod
    def _forgive(cls, data: Any, handler: ModelWrapValidatorHandler[Self]) -> Self:
        try:
            return handler(data)
        except ValidationError as error:
            wrong = {str(item["loc"][0]) for item in error.errors() if item["loc"]}
            if not isinstance(data, dict) or not wrong or wrong & cls._essential():
                raise
            return handler({key: value for key, value in data.items() if key not in wrong})

    @classmethod
    def _essential(cls) -> set[str]:
        fields = cls.model_fields.items()
        return {field.alias or name for name, field in fields if field.is_required()}


class CamelWire(Wire):
    """A `Wire` whose keys are camelCase."""

    model_config = ConfigDict(alias_generator=to_camel)


def each(kind: Any, *, needed: bool = False) -> BeforeValidator:
    """Return a validator for a list of `kind` that leaves out what is not one.

    Args:
        kind: of its items.
        needed: the list is what was asked for: another kind of value, or a list with nothing
            sound in it, is an error and not an empty list.
    """

    @cache
    def adapter() -> TypeAdapter[Any]:
        return TypeAdapter(kind)

    def keep_good(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list | tuple):
            if needed:
                raise ValueError("it is not a list")
            return ()
        kept = []
        for item in value:
            try:
                kept.append(adapter().validate_python(item))
            except ValidationError:
                continue
        if needed and value and not kept:
            raise ValueError("nothing in the list has the documented shape")
        return tuple(kept)

    return BeforeValidator(keep_good)


def _web(text: str) -> str:
    if text and not (text.startswith(("https://", "http://")) and urlsplit(text).hostname):
        raise ValueError("not a web address")
    return text


#: An id or count that fits any database; larger numbers are nonsense.
Count: TypeAlias = Annotated[int, Field(ge=0, lt=2**53)]
Seconds: TypeAlias = Annotated[float, Field(ge=0, lt=1e9)]
Texts: TypeAlias = Annotated[tuple[str, ...], each(str)]
WebUrl: TypeAlias = Annotated[str, AfterValidator(_web)]


_HEADER_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]+")
_OF_THE_CONNECTION = frozenset({"host", "content-length", "connection", "transfer-encoding"})


def sent_headers(found: object) -> dict[str, str]:
    """Return the headers that an answer wants sent to a media host, without unusable ones.

    Raises:
        ValueError: one has a line break or another control character, so that it could smuggle
            in further headers.
    """
    kept: dict[str, str] = {}
    for name, value in found.items() if isinstance(found, dict) else ():
        if not isinstance(name, str) or not isinstance(value, str):
            continue
        if not _HEADER_NAME.fullmatch(name) or not value.isprintable() or not value.isascii():
            raise ValueError("a header has a character that is not allowed")
        if name.lower() not in _OF_THE_CONNECTION:
            kept[name] = value
    return kept


#: Headers for a media host; an object whose headers cannot be sent as they are is no use.
SentHeaders: TypeAlias = Annotated[dict[str, str], BeforeValidator(sent_headers)]


def read_object(raw: bytes, who: str) -> dict[str, Any]:
    """Return a JSON object.

    Raises:
        BadResponse: it is no JSON, or no object.
    """
    try:
        found = from_json(raw, allow_inf_nan=False)
    except ValueError as error:
        raise bad_shape(who, f"it is not JSON ({error})") from error
    if not isinstance(found, dict):
        raise bad_shape(who, "it is not a JSON object")
    return found


def read(shape: type[W], raw: bytes, who: str) -> W:
    """Return an answer in its documented shape.

    Raises:
        BadResponse: it has another.
    """
    data = read_object(raw, who)
    try:
        return shape.model_validate(data)
    except ValidationError as error:
        raise bad_shape(who, what_is_wrong(error)) from error


def what_is_wrong(error: ValidationError) -> str:
    """Return where and how a value differs from its shape, without the value."""
    faults = [
        f"{'.'.join(str(part) for part in item['loc']) or 'the answer'}: {item['msg']}"
        for item in error.errors(include_url=False, include_context=False, include_input=False)
    ]
    return "; ".join(faults[:_SHOWN])


def bad_shape(who: str, why: str) -> BadResponse:
    """Return the error for an answer of an unknown shape."""
    return BadResponse(
        f"{who} answered in an unknown form",
        why=why[:300],
        hint="Check its address in Settings, or look for a newer NovaStream",
    )
