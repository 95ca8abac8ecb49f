"""Saving: only the changed keys are touched; comments and order stay."""

from __future__ import annotations

import shutil
import tomllib
from collections.abc import Mapping, MutableMapping
from copy import deepcopy
from enum import Enum
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from novastream_desktop.errors import InvalidInput, StoreError
from novastream_desktop.settings._files import write_atomically
from novastream_desktop.settings._keys import merged, nested, settings_keys
from novastream_desktop.settings._model import Settings


def save_settings(config_file: Path, changes: Mapping[str, object]) -> None:
    """Write some settings by dotted key in one atomic step.

    A value of None takes the key out, back to its default. A file that is not TOML is kept as
    `config.toml.bak` and begun anew.

    Raises:
        InvalidInput: there is no such key, or it does not take the value; nothing is written.
        StoreError: the file cannot be read or written.
    """
    plain = {key: _plain(value) for key, value in changes.items()}
    _check(plain)
    text = _read(config_file)
    wanted = _changed(tomllib.loads(text), plain)
    write_atomically(config_file, _edited(config_file, text, plain, wanted))


def _plain(value: object) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value


def _check(changes: Mapping[str, object]) -> None:
    data: dict[str, Any] = {}
    for key, value in changes.items():
        if key not in settings_keys():
            raise InvalidInput(f"There is no setting {key}", hint="The README lists every setting")
        if value is not None:
            data = merged(data, nested(tuple(key.split(".")), value))
    try:
        Settings.model_validate(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        key = ".".join(map(str, first["loc"]))
        raise InvalidInput(f"The setting {key} was not saved", why=first["msg"]) from error


def _read(config_file: Path) -> str:
    """Return the file's text, empty if there is none or it had to be kept aside as broken."""
    try:
        text = config_file.read_bytes().decode("utf-8-sig")
        tomllib.loads(text)
    except FileNotFoundError:
        return ""
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError):
        _keep_aside(config_file)
        return ""
    except OSError as error:
        raise StoreError(
            f"{config_file} could not be read",
            why=error.strerror or str(error),
            hint="Make it readable",
        ) from error
    return text


def _keep_aside(config_file: Path) -> None:
    aside, number = config_file.with_name(f"{config_file.name}.bak"), 1
    while aside.exists():
        number += 1
        aside = config_file.with_name(f"{config_file.name}.bak{number}")
    shutil.copy2(config_file, aside)


def _changed(data: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Return the file's data as it is to be after the changes."""
    result = deepcopy(dict(data))
    for key, value in changes.items():
        _assign(result, tuple(key.split(".")), value, dict)
    return result


def _assign(data: Any, path: tuple[str, ...], value: object, new_table: Any) -> None:
    for part in path[:-1]:
        inner = data.get(part)
        if not isinstance(inner, MutableMapping):  # absent, or `tmdb = 5`
            if value is None:
                return
            data[part] = new_table()
        data = data[part]
    if value is None:
        data.pop(path[-1], None)
    else:
        data[path[-1]] = value


def _edited(
    config_file: Path, text: str, changes: Mapping[str, Any], wanted: Mapping[str, Any]
) -> str:
    """Return the text with the changes made, its comments kept."""
    import tomlkit  # noqa: PLC0415  (57 ms, and only saving needs it)
    from tomlkit.exceptions import TOMLKitError  # noqa: PLC0415

    try:
        document = tomlkit.parse(text)
        for key, value in changes.items():
            _assign(document, tuple(key.split(".")), value, tomlkit.table)
        edited = tomlkit.dumps(document)
        if tomllib.loads(edited) == wanted:
            return edited
    except (TOMLKitError, tomllib.TOMLDecodeError, AttributeError, TypeError):
        pass
    # tomlkit does not edit every valid file faithfully: then the values matter more than the
    # comments, which stay in the copy.
    _keep_aside(config_file)
    return tomlkit.dumps(wanted)
