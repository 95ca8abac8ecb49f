"""Whether OpenGL works: a context is made in a process of its own, which a bad driver may crash.

The child is this program again (`doctor --probe-opengl`), so that it works in a bundle too.
"""

from __future__ import annotations

import ctypes
import json
import sys
from ctypes import POINTER, byref, c_char_p, c_int, c_uint, c_void_p
from typing import TextIO

from novastream_desktop.models.doctor import Finding
from novastream_desktop.runtime.children import output_of

TIME_LIMIT = 15.0
"""Seconds; a software driver's first start on a slow machine takes about three."""
_MEND = (
    "Install the graphics driver of your card, or Mesa's software one"
    " (Debian, Ubuntu: sudo apt-get install libegl1 libgl1 libgl1-mesa-dri)"
)
_EGL_OPENGL_API = 0x30A2
_EGL_RENDERABLE_TYPE, _EGL_OPENGL_BIT, _EGL_NONE = 0x3040, 0x0008, 0x3038
_EGL_SURFACE_TYPE, _EGL_PBUFFER_BIT = 0x3033, 0x0001
_EGL_WIDTH, _EGL_HEIGHT = 0x3057, 0x3056
_GL_RENDERER, _GL_VERSION = 0x1F01, 0x1F02


class _NoOpenGl(Exception):
    """What is missing."""


async def check_opengl(command: list[str] | None = None) -> Finding:
    """Return what the probe found.

    Args:
        command: the probe's command line, given by tests.
    """
    if command is None and not sys.platform.startswith("linux"):
        return Finding(check="OpenGL", ok=True, essential=True, detail="part of the system")
    try:
        ended = await output_of(command or probe_command(), TIME_LIMIT)
    except TimeoutError:
        return _failed(f"the driver did not answer within {TIME_LIMIT:.0f} s")
    return judged(ended.output, ended.code)


def judged(output: bytes, code: int) -> Finding:
    """Return the finding for what a probe printed and how it ended."""
    try:
        answer = json.loads(output)
    except ValueError:
        answer = {}
    if code < 0:
        return _failed(f"the driver crashed (signal {-code})")
    if "version" in answer:
        detail = f"{answer['version']}, {answer.get('renderer', '')}".rstrip(", ")
        return Finding(check="OpenGL", ok=True, essential=True, detail=detail)
    return _failed(str(answer.get("error") or f"the probe ended with {code}"))


def _failed(detail: str) -> Finding:
    return Finding(check="OpenGL", ok=False, essential=True, detail=detail, mend=_MEND)


def probe_command() -> list[str]:
    """Return the command line that runs `print_opengl` in another process."""
    bundled = getattr(sys, "frozen", False)
    return [
        sys.executable,
        *(() if bundled else ("-m", "novastream_desktop")),
        "doctor",
        "--probe-opengl",
    ]


def print_opengl(stdout: TextIO) -> int:
    """Make an OpenGL context and print its version as JSON; return the exit code."""
    try:
        version, renderer = _opengl()
    except (_NoOpenGl, OSError) as error:
        stdout.write(json.dumps({"error": str(error)}) + "\n")
        return 1
    stdout.write(json.dumps({"version": version, "renderer": renderer}) + "\n")
    return 0


def _opengl() -> tuple[str, str]:
    egl = ctypes.CDLL("libEGL.so.1")
    gl = ctypes.CDLL("libGL.so.1")
    for function in ("eglGetDisplay", "eglCreateContext", "eglCreatePbufferSurface"):
        getattr(egl, function).restype = c_void_p
    display = c_void_p(egl.eglGetDisplay(None))
    _need(display.value and egl.eglInitialize(display, None, None), "EGL finds no display")
    try:
        _need(egl.eglBindAPI(c_uint(_EGL_OPENGL_API)), "the driver has no desktop OpenGL")
        _make_current(egl, display)
        gl.glGetString.restype = c_char_p
        version, renderer = gl.glGetString(_GL_VERSION), gl.glGetString(_GL_RENDERER)
        _need(version, "the OpenGL context has no version")
        return version.decode(), (renderer or b"").decode()
    finally:
        egl.eglTerminate(display)


def _make_current(egl: ctypes.CDLL, display: c_void_p) -> None:
    wanted = (c_int * 5)(
        _EGL_SURFACE_TYPE, _EGL_PBUFFER_BIT, _EGL_RENDERABLE_TYPE, _EGL_OPENGL_BIT, _EGL_NONE
    )
    config, found = c_void_p(), c_int()
    egl.eglChooseConfig.argtypes = (
        c_void_p,
        POINTER(c_int),
        POINTER(c_void_p),
        c_int,
        POINTER(c_int),
    )
    chosen = egl.eglChooseConfig(display, wanted, byref(config), 1, byref(found))
    _need(chosen and found.value, "EGL has no configuration for OpenGL")
    size = (c_int * 5)(_EGL_WIDTH, 16, _EGL_HEIGHT, 16, _EGL_NONE)
    surface = c_void_p(egl.eglCreatePbufferSurface(display, config, size))
    context = c_void_p(egl.eglCreateContext(display, config, None, None))
    _need(context.value, "EGL makes no OpenGL context")
    _need(egl.eglMakeCurrent(display, surface, surface, context), "the context cannot be used")


def _need(value: object, why: str) -> None:
    if not value:
        raise _NoOpenGl(why)
