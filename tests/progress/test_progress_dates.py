"""Dates of other machines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from novastream_desktop.models import WatchProgress
from novastream_desktop.progress.base import not_from_the_future

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ahead", "kept"),
    [
        (timedelta(days=-400), timedelta(days=-400)),
        (timedelta(0), timedelta(0)),
        (timedelta(minutes=5), timedelta(minutes=5)),
        (timedelta(minutes=5, microseconds=1), timedelta(0)),
        (timedelta(days=300_000), timedelta(0)),
    ],
)
def test_only_dates_in_the_future_are_changed(ahead: timedelta, kept: timedelta):
    entry = WatchProgress(content_id="nova:a", position=1, duration=2, updated_at=NOW + ahead)
    assert not_from_the_future(entry, NOW) == entry.with_(updated_at=NOW + kept)
