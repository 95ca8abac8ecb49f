"""What the services hand to the window."""

from __future__ import annotations

from pathlib import Path

from novastream_desktop.bootstrap.services import open_services
from novastream_desktop.paths import app_paths
from novastream_desktop.settings import Settings


async def test_the_persons_own_server_hears_what_is_watched(tmp_path: Path):
    own = {"base_url": "http://127.0.0.1:9", "token": "t"}
    settings = Settings.model_validate({"jellyfin": own})
    paths = app_paths({"NOVASTREAM_HOME": str(tmp_path)})
    async with open_services(paths, settings) as program:
        assert [hearer.name for hearer in program.answering.hearers] == ["jellyfin"]
