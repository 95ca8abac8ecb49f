"""Drawing mpv's frames with OpenGL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from novastream_desktop.errors import PlayerUnavailable


class MpvRenderer:
    """mpv's OpenGL render context."""

    def __init__(
        self,
        module: Any,
        handle: Any,
        get_proc_address: Callable[[bytes], int],
        on_update: Callable[[], None],
    ) -> None:
        self._resolve = module.MpvGlGetProcAddressFn(lambda _context, name: get_proc_address(name))
        try:
            self._context = module.MpvRenderContext(
                handle, "opengl", opengl_init_params={"get_proc_address": self._resolve}
            )
        except (ValueError, RuntimeError, SystemError, TypeError) as error:
            raise PlayerUnavailable(
                "Video cannot be drawn",
                why=f"OpenGL is missing or too old ({error})",
                hint="Install your graphics driver, or Mesa's software driver libgl1-mesa-dri",
            ) from error
        self._context.update_cb = on_update
        self._freed = False

    def render(self, framebuffer: int, width: int, height: int) -> None:
        """See `VideoRenderer`."""
        if not self._freed:
            self._context.render(
                flip_y=True,
                block_for_target_time=False,
                opengl_fbo={"fbo": framebuffer, "w": width, "h": height},
            )

    def free(self) -> None:
        """See `VideoRenderer`."""
        if not self._freed:
            self._freed = True
            # python-mpv lets go of the old callback before mpv has the new one. mpv's thread may
            # call it just then, and a callback of ctypes that nobody holds is freed memory.
            held = self._context._update_fn_wrapper  # noqa: SLF001
            self._context.update_cb = None
            self._context.free()
            del held
