"""The program behind a window: it implements what `ui.backend` asks over the running services.

`Desktop` holds it together, `Makers` says how its parts are built (`bootstrap` knows).
"""

from novastream_desktop.desktop._desktop import Desktop
from novastream_desktop.desktop._makers import DrawingPlayer, Makers

__all__ = ["Desktop", "DrawingPlayer", "Makers"]
