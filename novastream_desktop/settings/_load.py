"""Loading: environment beats file beats default; what is not understood is named and left out.

A thin layer of its own over the model: importing pydantic-settings took 250 ms more than
pydantic alone, and every start pays it before the first painted frame.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from novastream_desktop.settings._keys import is_list, is_text, merged, nested, settings_keys
from novastream_desktop.settings._lines import line_of
from novastream_desktop.settings._model import Settings

PREFIX = "NOVASTREAM_"
_SECRET = ("token", "key")
Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings, and a sentence on everything that was not understood."""

    settings: Settings
    problems: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Complaint:
    """What is wrong at a place; `remove` is what has to go for the rest to be used."""

    where: Location
    remove: Location
    unknown: bool
    message: str


def load_settings(config_file: Path, environ: Mapping[str, str]) -> LoadedSettings:
    """Load the settings; never fails: a bad key has its default, a broken file all of them.

    Args:
        config_file: `config.toml`; it need not exist and is never written.
        environ: variables such as `NOVASTREAM_TMDB__BASE_URL`; lists are JSON.
    """
    from_file, problems = _read_file(config_file)
    from_environment, more = _read_environment(environ)
    both, complaints = _sound(merged(from_file, from_environment))
    more += [f"{_dotted(c.where)} {c.message}; its default is used." for c in complaints]
    return LoadedSettings(Settings.model_validate(both), (*problems, *more))


def _read_file(config_file: Path) -> tuple[dict[str, Any], list[str]]:
    try:
        text = config_file.read_bytes().decode("utf-8-sig")
        data = tomllib.loads(text)
    except FileNotFoundError:
        return {}, []
    except OSError as error:
        return {}, [_all_defaults(config_file, error.strerror or str(error))]
    except UnicodeDecodeError:
        return {}, [_all_defaults(config_file, "it is not UTF-8 text")]
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        end = f"at line {text.count(chr(10)) + 1}, the end of the file"
        why = str(error).replace("at end of document", end)
        return {}, [_all_defaults(config_file, why)]
    good, complaints = _sound(data)
    return good, [_file_sentence(config_file, text, complaint) for complaint in complaints]


def _all_defaults(config_file: Path, why: str) -> str:
    return (
        f"{config_file} could not be read: {why}. All settings have their defaults;"
        " the file was left as it is."
    )


def _file_sentence(config_file: Path, text: str, complaint: _Complaint) -> str:
    where = complaint.where
    line = next(filter(None, (line_of(text, where[:n]) for n in range(len(where), 0, -1))), None)
    place = f"{config_file}, line {line}" if line else str(config_file)
    key = _dotted(complaint.where)
    if complaint.unknown:
        return f"{place}: there is no setting {key}; it was left out."
    return f"{place}: {key} {complaint.message}; its default is used."


def _dotted(where: Location) -> str:
    return "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in where)[1:]


def _read_environment(environ: Mapping[str, str]) -> tuple[dict[str, Any], list[str]]:
    data: dict[str, Any] = {}
    problems: list[str] = []
    for name in sorted(environ):
        key = name.removeprefix(PREFIX).lower().replace("__", ".")
        if not name.startswith(PREFIX) or "." not in key:
            continue  # NOVASTREAM_HOME and the like are not settings
        if key not in settings_keys():
            problems.append(f"The variable {name} was left out: there is no setting {key}.")
            continue
        try:
            value = nested(tuple(key.split(".")), _parsed(key, environ[name]))
        except ValueError:
            problems.append(f"The variable {name} was left out: it is not a JSON list.")
            continue
        good, complaints = _sound(value)
        data = merged(data, good)
        problems += [f"The variable {name} was left out: it {c.message}." for c in complaints]
    return data, problems


def _parsed(key: str, text: str) -> object:
    if is_text(key):
        return text
    if is_list(key):
        return json.loads(text)
    try:
        return json.loads(text)
    except ValueError:
        return text  # `auto`, `yes`: the model knows


def _sound(data: Mapping[str, Any]) -> tuple[dict[str, Any], list[_Complaint]]:
    """Return what the model takes of some data, and what is wrong with the rest."""
    good = deepcopy(dict(data))
    complaints: list[_Complaint] = []
    while found := list(_complaints(good)):
        complaints += [complaint for complaint in found if _remove(good, complaint.remove)]
    return good, complaints


def _complaints(data: Mapping[str, Any]) -> Iterator[_Complaint]:
    try:
        Settings.model_validate(data)
    except ValidationError as error:
        for item in error.errors(include_url=False, include_context=False):
            where = item["loc"]
            unknown = item["type"] == "extra_forbidden"
            # A list with a bad entry goes as a whole: half of it is not what was meant.
            ends = len(where) if unknown else _key_length(where)
            own = item["type"] == "key"  # it names the value itself
            message = item["msg"] if own else _plain(where, item["msg"], item["input"])
            yield _Complaint(where, where[:ends], unknown, message)


def _key_length(where: Location) -> int:
    return next((n for n, part in enumerate(where) if isinstance(part, int)), len(where))


def _plain(where: Location, message: str, value: object) -> str:
    words = (message[:1].lower() + message[1:]).removeprefix("input ")
    words = words.split(", unable")[0]
    hidden = isinstance(value, (dict, list)) or str(where[-1]).lower().endswith(_SECRET)
    return words if hidden else f"{words}, not {value!r}"


def _remove(data: Any, where: Location) -> bool:
    """Remove a key; False if it is gone already."""
    for part in where[:-1]:
        try:
            data = data[part]
        except (KeyError, IndexError):
            return False
    return data.pop(where[-1], data) is not data
