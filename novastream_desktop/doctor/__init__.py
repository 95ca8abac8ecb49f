"""The doctor: looks at what the main job needs and says how to mend what is missing."""

from novastream_desktop.doctor._opengl import print_opengl
from novastream_desktop.doctor._report import run_doctor

__all__ = ["print_opengl", "run_doctor"]
