"""PyInstaller's start script: an import that it can follow, unlike `python -m`."""

from __future__ import annotations

import multiprocessing
import sys

from novastream_desktop.__main__ import main

multiprocessing.freeze_support()  # a worker process starts this very program anew
sys.exit(main())
