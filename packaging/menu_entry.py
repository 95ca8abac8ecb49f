"""The menu entry and icons of a checkout, for `dev.py install-desktop`; standard library only."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP_ID = "tv.novastream.Desktop"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)


def exec_line(words: Sequence[str]) -> str:
    """Return words as an Exec value, quoted as the Desktop Entry Specification says."""
    quoted = []
    for word in words:
        escaped = word.replace("%", "%%")
        for character in '\\"`$':
            escaped = escaped.replace(character, "\\" + character)
        quoted.append('"' + escaped.replace("\\", "\\\\") + '"')
    return " ".join(quoted)


def launch_words(python: Path, data: Path) -> list[str]:
    """Return the command of the menu entry; GLib refuses a % in a path, so that needs a wrapper."""
    words = [str(python), "-m", "novastream_desktop"]
    if "%" not in str(ROOT):
        return words
    wrapper = data.parent / "bin" / "novastream-checkout"
    wrapper.parent.mkdir(parents=True, exist_ok=True)
    wrapper.write_text(f"#!/bin/sh\nexec '{python}' -m novastream_desktop \"$@\"\n")
    wrapper.chmod(0o755)
    return [str(wrapper)]


def install_desktop(python: Path) -> Path:
    """Put a menu entry and icons for this checkout into the user's own folders.

    Args:
        python: the interpreter that has the packages.

    Returns:
        The entry.
    """
    data = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    template = (ROOT / "packaging/linux" / f"{APP_ID}.desktop").read_text("utf-8")
    command = exec_line(launch_words(python, data))
    lines = []
    for line in template.splitlines():
        if line.startswith("TryExec="):
            continue
        starts = line.startswith("Exec=")
        lines.append(f"Exec={command} {line.split()[-1]}" if starts else line)
    entry = data / "applications" / f"{APP_ID}.desktop"
    entry.parent.mkdir(parents=True, exist_ok=True)
    entry.write_text("\n".join(lines) + "\n", "utf-8")
    for size in ICON_SIZES:
        icon = data / f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png"
        icon.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(ROOT / f"resources/icons/app/novastream-{size}.png", icon)
    if shutil.which("update-desktop-database"):
        subprocess.run(["update-desktop-database", "-q", str(entry.parent)], check=False)
    copy_to_desktop(entry)
    return entry


def copy_to_desktop(entry: Path) -> None:
    """Put a trusted copy of the entry on the desktop, if there is one."""
    told = ""
    if shutil.which("xdg-user-dir"):
        asked = subprocess.run(
            ["xdg-user-dir", "DESKTOP"], capture_output=True, text=True, check=False
        )
        told = asked.stdout.strip()
    desktop = Path(told or Path.home() / "Desktop")
    if not desktop.is_dir() or desktop == Path.home():
        return
    icon = desktop / "NovaStream.desktop"
    shutil.copyfile(entry, icon)
    icon.chmod(0o755)
    if shutil.which("gio"):
        trust = ["gio", "set", str(icon), "metadata::trusted", "true"]
        subprocess.run(trust, stderr=subprocess.DEVNULL, check=False)
