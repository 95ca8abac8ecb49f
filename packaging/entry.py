"""PyInstaller's start script: an import that it can follow, unlike `python -m`."""

from __future__ import annotations

import sys

from novastream_desktop.__main__ import main

sys.exit(main())
