"""The one application object of the whole run, for tests that ask Qt about fonts."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from novastream_desktop.ui.app import make_application


@pytest.fixture(scope="session")
def qapp() -> QGuiApplication:
    """Make it as `tests/ui` does: there can be only one in a process, of one class."""
    return make_application()
