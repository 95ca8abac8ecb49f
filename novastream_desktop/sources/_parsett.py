"""Release names through parsett's rules, evaluated by a leaner loop of our own.

parsett tries some 430 patterns on every name and looks up a function's signature at each match;
that costs 1.2 ms a name on the reference machine, and a search answers with thousands. Its rules
are handed to whatever has an `add_handler`, so they are taken from there, without those whose
findings nobody here reads, and tried with the same meaning, but only where a name has the letters
that they cannot do without: at less than a third of the price.
`tests/sources/test_source_releases.py` holds both to the same answers.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex  # type: ignore[import-untyped]
from PTT import add_defaults
from PTT.parse import clean_title

from novastream_desktop.sources._literals import Needs, needs_of

_UNREAD = frozenset(
    {
        *("adult", "network", "3d", "ppv", "bitrate", "convert", "documentary", "commentary"),
        *("retail", "torrent", "scene", "unrated", "uncensored", "region", "country"),
        *("extras", "episode_code", "remastered", "trash"),
        *("container", "hardcoded"),
    }
)
"""Rules that are left out: nothing here asks for their findings."""

_IDLE = frozenset({"handle_space_in_codec"})
"""A function of parsett that only tidies what is tidy already."""

_IN_FRONT = regex.compile(r"^\[([^[\]]+)]")
_UNDERSCORES = regex.compile("_+")
_OPTIONS = {
    "skipIfAlreadyFound": True,
    "skipFromTitle": False,
    "skipIfFirst": False,
    "remove": False,
}


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern: what it finds is transformed and kept under `name`.

    Attributes:
        function: stands instead of a pattern.
        sees_earlier: the transformer wants what was found before, too.
        once: only if nothing was found under this name yet.
        not_first: only if something else was found in front of it.
        value: is kept instead of what the transformer says, if it is not None.
        needs: where none of these is in the folded name, the pattern is not.
    """

    name: str
    function: Callable[[dict[str, Any]], dict[str, Any] | None] | None = None
    search: Callable[[str], Any] | None = None
    transform: Callable[..., Any] = str
    groups: int = 0
    sees_earlier: bool = False
    once: bool = True
    beside_title: bool = False
    not_first: bool = False
    removes: bool = False
    value: Any = None
    needs: Needs = ()


class _Rules:
    """Takes parsett's rules down, in its order."""

    def __init__(self) -> None:
        self.found: list[_Rule] = []

    def add_handler(
        self,
        name: str,
        handler: Any = None,
        transformer: Callable[..., Any] | None = None,
        options: dict[str, Any] | None = None,
    ) -> None:
        """Take one rule (parsett's own signature)."""
        if name in _UNREAD or getattr(handler, "__name__", "") in _IDLE:
            return
        if not isinstance(handler, regex.Pattern):
            self.found.append(_Rule(name, function=handler))
            return
        how = {**_OPTIONS, **(options or {})}
        transform = transformer or str
        wants = 1 if transform is str else len(inspect.signature(transform).parameters)
        self.found.append(
            _Rule(
                name,
                search=handler.search,
                transform=transform,
                groups=handler.groups,
                sees_earlier=wants > 1,
                once=how["skipIfAlreadyFound"],
                beside_title=how["skipFromTitle"],
                not_first=how["skipIfFirst"],
                removes=how["remove"],
                value=how.get("value"),
                needs=needs_of(handler.pattern, ignores_case=bool(handler.flags & regex.I)),
            )
        )


@cache
def _rules() -> tuple[_Rule, ...]:
    taken = _Rules()
    add_defaults(taken)
    return tuple(taken.found)


class _Reading:
    """One name while it is read."""

    __slots__ = ("end", "folded", "matched", "result", "title")

    def __init__(self, title: str) -> None:
        self.title = title
        self.folded = title.casefold()
        self.result: dict[str, Any] = {}
        self.matched: dict[str, dict[str, Any]] = {}
        self.end = len(title)

    def take(self, rule: _Rule, match: Any) -> None:
        """Keep what a pattern found."""
        name, raw, start = rule.name, match.group(0), match.start()
        clean = (match.group(1) or raw) if rule.groups else raw
        if rule.not_first:
            others = [at["match_index"] for key, at in self.matched.items() if key != name]
            if others and all(start < other for other in others):
                return
        earlier = (self.result.get(name),) if rule.sees_earlier else ()
        value = rule.transform(clean, *earlier)
        if value is None:
            return
        kept = value.strip() if isinstance(value, str) else value
        self.matched.setdefault(name, {"raw_match": raw, "match_index": start})
        self.result[name] = kept if rule.value is None else rule.value
        front = _IN_FRONT.match(self.title)
        inside = front is not None and raw in front.group(1)
        self.cut(start, raw, removes=rule.removes, beside_title=inside or rule.beside_title)

    def cut(self, start: int | None, raw: str, *, removes: bool, beside_title: bool) -> None:
        """Note where the title ends now, and take the found words out if the rule says so."""
        at = start or 0
        if removes:
            self.title = self.title[:at] + self.title[at + len(raw) :]
            self.folded = self.title.casefold()
        if not beside_title and 1 < at < self.end:
            self.end = at
        if removes and beside_title and at < self.end:
            self.end -= len(raw)


def parse_name(name: str) -> dict[str, Any]:
    """Return what parsett's rules read in a release name, by parsett's names of facts."""
    reading = _Reading(_UNDERSCORES.sub(" ", name))
    result = reading.result
    for rule in _rules():
        if rule.search is not None:
            if rule.once and rule.name in result:
                continue
            if rule.needs:
                folded = reading.folded
                for text in rule.needs:  # a generator would cost more than it saves
                    if text in folded:
                        break
                else:
                    continue
            match = rule.search(reading.title)
            if match is not None:
                reading.take(rule, match)
        elif rule.function is not None:
            found = rule.function(
                {"title": reading.title, "result": result, "matched": reading.matched}
            )
            if found is not None:
                reading.cut(
                    found.get("match_index"),
                    found.get("raw_match", ""),
                    removes=found.get("remove", False),
                    beside_title=found.get("skip_from_title", False),
                )
    result["title"] = clean_title(reading.title[: reading.end])
    return result
