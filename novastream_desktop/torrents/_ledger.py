"""What the engine remembers of every torrent: name, size, when it was watched, what was chosen."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from novastream_desktop.runtime.files import replace_file

log = logging.getLogger(__name__)

_MAX_CHOICES = 500


class Record(BaseModel):
    """One torrent that is kept on disk.

    Attributes:
        size: bytes of the files that were asked for; `done` of them are on disk.
        used_at: seconds since the epoch when somebody last watched it.
        folder: where its files are.
        paused: by a person.
        choices: file index by episode hint, as a person chose.
        complete: indices of the files that are whole on disk.
        only_file: index of the one file that can be played, if there is just one.
        last_file: index of the file that was opened last.
        wanted: indices of files that a person asked to have, whether anybody plays them or not.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    info_hash: str = Field(pattern=r"^(?:[0-9a-f]{40}|[0-9a-f]{64})$")
    name: str = ""
    size: int = Field(default=0, ge=0)
    done: int = Field(default=0, ge=0)
    used_at: float = 0.0
    folder: str = ""
    paused: bool = False
    choices: dict[str, int] = Field(default_factory=dict)
    complete: tuple[int, ...] = ()
    only_file: int | None = None
    last_file: int | None = None
    wanted: tuple[int, ...] = ()

    @property
    def missing(self) -> bool:
        """Whether something that was asked for is not on disk."""
        return not self.size or self.done < self.size


class _Document(BaseModel):
    model_config = ConfigDict(extra="ignore")

    version: int = 1
    torrents: list[Record] = Field(default_factory=list)


@dataclass(slots=True)
class Ledger:
    """The records, in memory and in one file of a few kilobytes.

    A file that cannot be read counts as empty: it holds nothing that the torrents' own resume
    data does not.
    """

    file: Path
    records: dict[str, Record] = field(default_factory=dict)
    dirty: bool = False

    @classmethod
    def open(cls, file: Path) -> Ledger:
        """Read the file; blocks for about a millisecond."""
        try:
            document = _Document.model_validate_json(file.read_bytes())
        except FileNotFoundError:
            return cls(file)
        except (OSError, ValidationError) as error:
            log.warning("What was known of torrents cannot be read: %s", error)
            return cls(file)
        return cls(file, {record.info_hash: record for record in document.torrents})

    def get(self, info_hash: str) -> Record:
        """Return what is known of a torrent; a blank record if nothing is."""
        return self.records.get(info_hash) or Record.model_construct(info_hash=info_hash)

    def note(self, info_hash: str, **changes: Any) -> None:
        """Change fields of a torrent's record."""
        before = self.records.get(info_hash)
        after = self.get(info_hash).model_copy(update=changes)
        if after != before:
            self.records[info_hash] = after
            self.dirty = True

    def choose(self, info_hash: str, hint: str, index: int) -> None:
        """Remember which file a person chose for an episode (or, without a hint, at all)."""
        choices = {**self.get(info_hash).choices, hint: index}
        self.note(info_hash, choices=dict(list(choices.items())[-_MAX_CHOICES:]))

    def forget(self, info_hash: str) -> None:
        """Drop a torrent."""
        self.dirty |= self.records.pop(info_hash, None) is not None

    @property
    def used_at(self) -> Mapping[str, float]:
        """When each torrent was last watched."""
        return {record.info_hash: record.used_at for record in self.records.values()}

    def copy(self) -> Ledger:
        """Return a snapshot that another thread may write, and count this one as written."""
        self.dirty, snapshot = False, replace(self, records=dict(self.records))
        return snapshot

    def save(self) -> None:
        """Write the file in one atomic step; blocks.

        Raises:
            OSError: it cannot be written.
        """
        document = _Document(torrents=list(self.records.values()))
        replace_file(self.file, document.model_dump_json())
