"""The doctor: looks at what the main job needs and says how to mend what is missing.

`look_for_screen` is light and asked at every start; the rest is imported when it is used.
"""

from typing import TYPE_CHECKING

from novastream_desktop.doctor._screen import check_screen, look_for_screen

if TYPE_CHECKING:
    from novastream_desktop.doctor._opengl import print_opengl
    from novastream_desktop.doctor._report import run_doctor

__all__ = ["check_screen", "look_for_screen", "print_opengl", "run_doctor"]


def __getattr__(name: str) -> object:
    if name == "run_doctor":
        from novastream_desktop.doctor._report import run_doctor  # noqa: PLC0415

        return run_doctor
    if name == "print_opengl":
        from novastream_desktop.doctor._opengl import print_opengl  # noqa: PLC0415

        return print_opengl
    raise AttributeError(name)
