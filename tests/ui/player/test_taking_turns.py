"""What is busy in Python must not hold the picture up."""

from __future__ import annotations

import sys

import pytest
from PySide6.QtGui import QGuiApplication

from novastream_desktop.ui.app import SWITCH_INTERVAL


def test_threads_take_turns_much_more_often_than_pictures_come(qapp: QGuiApplication):
    assert sys.getswitchinterval() == pytest.approx(SWITCH_INTERVAL)
    assert 20 * SWITCH_INTERVAL < 1 / 60
