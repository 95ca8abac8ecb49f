"""The player over HTTP: its state as JSON, and commands by the names of `PlaybackCommands`."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from typing import Any, get_type_hints

from pydantic import BaseModel, ConfigDict, ValidationError, create_model
from pydantic.alias_generators import to_camel

from novastream_desktop.errors import InvalidInput, NotFound
from novastream_desktop.models import Model
from novastream_desktop.playback.commands import PlaybackCommands
from novastream_desktop.player.base import PlayerPhase

SHORT_NAMES = {
    "open": "open-target",
    "seek": "seek-to",
    "next": "next-episode",
    "previous": "previous-episode",
    "skip": "skip-segment",
    "stop": "close-title",
    "volume": "set-volume",
    "speed": "set-speed",
}
_CONFIG = ConfigDict(
    extra="forbid", alias_generator=to_camel, populate_by_name=True, allow_inf_nan=False
)


def wire(value: object) -> Any:
    """Return a state of frozen dataclasses and models as JSON data in camelCase."""
    if isinstance(value, Model):
        return value.to_wire()
    if is_dataclass(value) and not isinstance(value, type):
        named = ((to_camel(field.name), getattr(value, field.name)) for field in fields(value))
        return {name: wire(inner) for name, inner in named if inner is not None}
    if isinstance(value, (tuple, list)):
        return [wire(inner) for inner in value]
    return value


def _arguments(name: str, method: Callable[..., None]) -> type[BaseModel]:
    hints = get_type_hints(method)
    parameters = list(inspect.signature(method).parameters.values())[1:]  # without self
    takes: dict[str, Any] = {
        p.name: (hints[p.name], ... if p.default is inspect.Parameter.empty else p.default)
        for p in parameters
    }
    model: type[BaseModel] = create_model(name, __config__=_CONFIG, **takes)
    return model


def _commands() -> Mapping[str, type[BaseModel]]:
    found = inspect.getmembers(PlaybackCommands, inspect.isfunction)
    return {
        name.replace("_", "-"): _arguments(name, method)
        for name, method in found
        if not name.startswith("_")
    }


COMMANDS = _commands()
"""Every command in kebab-case with the JSON object that it takes."""


def run_command(session: PlaybackCommands, command: str, body: object) -> None:
    """Give a command to the session.

    Args:
        session: the open window's.
        command: a name in `COMMANDS` or `SHORT_NAMES`, or `play` or `pause`.
        body: the command's arguments as JSON data, None for none.

    Raises:
        NotFound: there is no such command.
        InvalidInput: it does not take these arguments.
    """
    if command in {"play", "pause"}:
        paused = session.state.value.player.phase is PlayerPhase.PAUSED
        if paused is (command == "play"):
            session.toggle_pause()
        return
    name = SHORT_NAMES.get(command, command)
    if name not in COMMANDS:
        known = sorted({*COMMANDS, *SHORT_NAMES, "play", "pause"})
        raise NotFound(
            f"There is no player command {command!r}", hint=f"Use one of {', '.join(known)}"
        )
    try:
        arguments = COMMANDS[name].model_validate({} if body is None else body)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        place = ".".join(map(str, first["loc"])) or "the body"
        raise InvalidInput(
            f"The command {command} was not given", why=f"{place}: {first['msg']}"
        ) from error
    values = {field: getattr(arguments, field) for field in type(arguments).model_fields}
    getattr(session, name.replace("-", "_"))(**values)
