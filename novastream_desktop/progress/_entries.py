"""Entries as documents, and back."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Sequence
from functools import partial

from pydantic import ValidationError

from novastream_desktop.models import WatchProgress
from novastream_desktop.progress._tinydb import Document

log = logging.getLogger(__name__)
MANY = 500
"""Entries that the service loop may parse itself, in about 2 ms."""


def key_of(content_id: str, episode_id: str | None) -> str:
    """Return the document id of a film or an episode."""
    return f"{content_id}\n{episode_id or ''}"


def newest_of_titles(ids: Iterable[str], titles: int, each: int) -> list[str]:
    """Return the newest ids of so many titles, at most `each` of one. Pure.

    Args:
        ids: document ids, newest first.
        titles: how many titles.
        each: how many ids of each.
    """
    of_title: dict[str, int] = {}
    chosen: list[str] = []
    for doc_id in ids:
        title = doc_id.partition("\n")[0]
        seen = of_title.get(title, 0)
        if not seen and len(of_title) == titles:
            break
        of_title[title] = seen + 1
        if seen < each:
            chosen.append(doc_id)
    return chosen


async def parsed(rows: Sequence[tuple[str, str]]) -> tuple[WatchProgress, ...]:
    """Return the entries; those of a whole history are parsed where nobody waits for it."""
    work = partial(_entries_of_texts, rows)
    return await asyncio.to_thread(work) if len(rows) > MANY else work()


def _entries_of_texts(rows: Sequence[tuple[str, str]]) -> tuple[WatchProgress, ...]:
    entries = (_entry_of_text(doc_id, body) for doc_id, body in rows)
    return tuple(entry for entry in entries if entry is not None)


def _entry_of_text(doc_id: str, body: str) -> WatchProgress | None:
    try:
        return WatchProgress.model_validate_json(body)
    except ValidationError:
        log.warning("The entry %r in the watch history is unreadable", doc_id)
        return None


def entry_of(document: Document | None) -> WatchProgress | None:
    """Return a document's entry, None for one that cannot be read."""
    if document is None:
        return None
    try:
        return WatchProgress.model_validate(document)
    except ValidationError:
        log.warning("The entry %r in the watch history is unreadable", document.doc_id)
        return None


def entries_of(documents: Iterable[Document]) -> tuple[WatchProgress, ...]:
    """Return the entries of those documents that can be read."""
    entries = (entry_of(document) for document in documents)
    return tuple(entry for entry in entries if entry is not None)
