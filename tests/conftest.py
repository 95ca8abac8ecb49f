"""What every test stands on: no settings, data or screen of the person who runs it."""

from __future__ import annotations

import os

import pytest
from hypothesis import settings

settings.register_profile("novastream", deadline=None)  # a busy machine is no failure
settings.load_profile("novastream")
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QSG_RENDER_LOOP", "basic")
_OF_THE_RUN = ("NOVASTREAM_NO_SYSTEM", "NOVASTREAM_SLOW")
for name in [n for n in os.environ if n.startswith("NOVASTREAM_") and n not in _OF_THE_RUN]:
    del os.environ[name]


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NOVASTREAM_HOME", str(tmp_path_factory.mktemp("home")))
