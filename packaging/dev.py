#!/usr/bin/env python3
"""Set up NovaStream Desktop in this checkout, then run it or check it.

    python3 packaging/dev.py run [ARGUMENTS]       set up what is missing, open the application
    python3 packaging/dev.py test [ARGUMENTS]      set up what is missing, run every check
                                                   (with arguments: pytest alone, with them)
    python3 packaging/dev.py doctor                say what is there and what is missing
    python3 packaging/dev.py install-desktop       a menu entry and icon for this checkout

Needs Python 3.11, 3.12 or 3.13 and nothing else. Python packages go into .venv/ beside
pyproject.toml, in the exact versions of packaging/constraints.txt. Missing system libraries
are installed with apt-get if you are root or may use sudo; --no-system (or
NOVASTREAM_NO_SYSTEM=1) never does that and says what to install instead.
"""

from __future__ import annotations

import sys

if not (3, 11) <= sys.version_info < (3, 14):
    sys.exit(
        "NovaStream needs Python 3.11, 3.12 or 3.13; this is {}.{} ({}).\n"
        "On Debian or Ubuntu: sudo apt-get install python3.11, then run this with "
        "python3.11.".format(*sys.version_info[:2], sys.executable)
    )

import ctypes
import fcntl
import hashlib
import os
import shutil
import subprocess
import tomllib
import venv
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from menu_entry import install_desktop

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "novastream-setup.txt"
CONSTRAINTS = ROOT / "packaging" / "constraints.txt"

# What has to load, and the Debian and Ubuntu package that holds it.
LIBRARIES = {
    "libmpv.so.2": "libmpv2",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}
DRIVER_FOLDERS = (f"/usr/lib/{os.uname().machine}-linux-gnu/dri", "/usr/lib64/dri", "/usr/lib/dri")
OTHER_SYSTEMS = {
    "dnf": "sudo dnf install mpv-libs mesa-libEGL mesa-libGL mesa-dri-drivers xcb-util-cursor "
    "xcb-util-wm xcb-util-keysyms libxkbcommon-x11 xorg-x11-server-Xvfb",
    "pacman": "sudo pacman -S mpv libglvnd mesa xcb-util-cursor xcb-util-wm xcb-util-keysyms "
    "libxkbcommon-x11 xorg-server-xvfb",
    "zypper": "sudo zypper install libmpv2 Mesa-libEGL1 Mesa-libGL1 Mesa-dri libxcb-cursor0 "
    "libxcb-icccm4 libxcb-keysyms1 libxkbcommon-x11-0 xorg-x11-server-Xvfb",
}
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as check; check()"
CHECKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("formatting", ("-m", "ruff", "format", "--check", "--quiet", ".")),
    ("lint", ("-m", "ruff", "check", "--quiet", ".")),
    ("types", ("-m", "mypy")),
    ("import rules", ("-c", LINT_IMPORTS)),
    ("QML lint", ("packaging/lint_qml.py",)),
    ("tests", ("-m", "pytest", "-q")),
)


def say(text: str) -> None:
    """Tell the person what is done."""
    print(f"[novastream] {text}", file=sys.stderr, flush=True)


def system_needs(*, screen: bool) -> dict[str, str]:
    """Return what is missing, in words, with the Debian package that brings it."""
    needs: dict[str, str] = {}
    for library, package in LIBRARIES.items():
        try:
            ctypes.CDLL(library)
        except OSError:
            needs[library] = package
    if not any(Path(folder).is_dir() for folder in DRIVER_FOLDERS):
        needs["Mesa's OpenGL drivers"] = "libgl1-mesa-dri"
    if screen and not shutil.which("Xvfb"):
        needs["Xvfb, a virtual screen"] = "xvfb"
    try:
        import ensurepip  # noqa: F401, PLC0415
    except ImportError:
        needs["Python's ensurepip"] = "python{}.{}-venv".format(*sys.version_info[:2])
    return needs


def root_prefix() -> list[str] | None:
    """Return words with which apt-get may run, or None if it may not."""
    if os.geteuid() == 0:
        return []
    if not shutil.which("sudo"):
        return None
    if subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False).returncode == 0:
        return ["sudo", "-n"]
    return ["sudo"] if sys.stdin.isatty() else None


def install_system(needs: dict[str, str], *, allowed: bool) -> None:
    """Install missing system packages, or say how and stop."""
    packages = sorted(set(needs.values()))
    say("missing on this system: " + ", ".join(needs))
    if not shutil.which("apt-get"):
        for tool, command in OTHER_SYSTEMS.items():
            if shutil.which(tool):
                sys.exit(f"Please install them, then run this again:\n    {command}")
        sys.exit("Please install them with your package manager, then run this again.")
    by_hand = "sudo apt-get update && sudo apt-get install -y " + " ".join(packages)
    prefix = root_prefix() if allowed else None
    if prefix is None:
        why = "I may not use sudo here" if allowed else "you asked me not to"
        sys.exit(
            f"I did not install them ({why}). Please run, or have an administrator run:\n"
            f"    {by_hand}\nand then this command again."
        )
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]
    install = [*apt, "-o", "DPkg::Lock::Timeout=300", "install", "-y", "--no-install-recommends"]
    say("installing with apt-get: " + " ".join(packages))
    listed = any(Path("/var/lib/apt/lists").glob("*Packages*"))
    if listed and subprocess.run([*install, *packages], stdout=2, check=False).returncode == 0:
        return
    subprocess.run([*apt, "update"], stdout=2, check=False)
    if subprocess.run([*install, *packages], stdout=2, check=False).returncode:
        sys.exit(f"apt-get could not install them (see above). By hand:\n    {by_hand}")


def wanted_stamp() -> str:
    """Return what identifies a finished set-up: packages, versions, interpreter, place."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    wanted = repr((project["build-system"], project["project"])).encode()
    digest = hashlib.sha256(wanted + CONSTRAINTS.read_bytes())
    return f"{digest.hexdigest()}\n{sys.version}\n{ROOT}\n"


def is_set_up() -> bool:
    """Whether .venv holds exactly what is wanted."""
    return PYTHON.exists() and STAMP.is_file() and STAMP.read_text() == wanted_stamp()


def set_up_python() -> None:
    """Create .venv with the pinned packages, unless it is there; two runs at once take turns."""
    owner = ROOT.stat().st_uid
    if os.geteuid() == 0 and owner not in (0, os.geteuid()):
        say("you run this as root in somebody's checkout: .venv will belong to root")
    with (ROOT / "pyproject.toml").open() as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if is_set_up():
            return
        say(f"setting up Python packages in {VENV} (about 400 MB, once)")
        venv.EnvBuilder(with_pip=True, clear=VENV.exists()).create(VENV)
        command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
        command += ["--constraint", str(CONSTRAINTS), "--editable", f"{ROOT}[test]"]
        if subprocess.run(command, stdout=2, check=False).returncode:
            sys.exit(
                "pip could not install the Python packages (see above). Is there a network?\n"
                "The command was:\n    " + " ".join(command)
            )
        STAMP.write_text(wanted_stamp())


@contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """Run an X server without a screen on a free display; yield the variables that lead to it."""
    read, write = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), "-screen", "0", "2560x1440x24", "-nolisten", "tcp"],
        pass_fds=[write],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(write)
    try:
        with os.fdopen(read) as answer:
            display = answer.readline().strip()
        if not display:
            sys.exit("Xvfb did not start. Run `Xvfb :99` by hand to see why.")
        yield {"DISPLAY": f":{display}"}
    finally:
        server.terminate()
        server.wait()


def run_checks(arguments: Sequence[str], environment: dict[str, str]) -> int:
    """Run every check and say which failed; with arguments, pytest alone."""
    checks = [("tests", ("-m", "pytest", *arguments))] if arguments else list(CHECKS)
    failed = []
    for name, command in checks:
        say(name)
        words = [str(PYTHON), *command]
        if subprocess.run(words, cwd=ROOT, env=environment, check=False).returncode:
            failed.append(name)
    if failed:
        say("FAILED: " + ", ".join(failed))
    return 1 if failed else 0


def report(needs: dict[str, str]) -> int:
    """Print what is there and what is missing; then let the application's doctor go on."""
    print(f"Python {sys.version.split()[0]}, {sys.executable}")
    missing = ", ".join(f"{what} ({package})" for what, package in needs.items())
    print("system libraries: " + (f"missing {missing}" if needs else "all there"))
    print("Python packages: " + ("set up in .venv" if is_set_up() else "not set up yet"))
    if needs or not is_set_up():
        print("To mend it: python3 packaging/dev.py run")
        return 1
    words = [str(PYTHON), "-m", "novastream_desktop", "doctor"]
    return subprocess.run(words, cwd=ROOT, check=False).returncode


def main(arguments: list[str]) -> int:
    """Carry out one command; see the module's docstring."""
    if not arguments or arguments[0] not in {"run", "test", "doctor", "install-desktop"}:
        print(__doc__)
        return 0 if arguments[:1] in (["-h"], ["--help"]) else 2
    command, *rest = arguments
    allowed = os.environ.get("NOVASTREAM_NO_SYSTEM", "0") in {"", "0"} and "--no-system" not in rest
    rest = [word for word in rest if word != "--no-system"]
    has_screen = bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
    virtual = command == "test" or (command == "run" and not has_screen)
    needs = system_needs(screen=virtual) if sys.platform.startswith("linux") else {}
    if command == "doctor":
        return report(needs)
    if needs:
        install_system(needs, allowed=allowed)
        left = {k: v for k, v in system_needs(screen=virtual).items() if "ensurepip" not in k}
        if left:
            sys.exit("Still missing after the installation: " + ", ".join(left))
    set_up_python()
    if command == "install-desktop":
        say(f"menu entry: {install_desktop(PYTHON)}")
        return 0
    application = [str(PYTHON), "-m", "novastream_desktop", *rest]
    if not virtual:
        return subprocess.run(application, check=False).returncode
    if command == "run":
        say("there is no screen here (DISPLAY and WAYLAND_DISPLAY are not set): using a virtual")
        say("one, so the application runs but no window can be seen; Ctrl-C ends it")
    with virtual_screen() as screen:
        environment = {k: v for k, v in os.environ.items() if k != "WAYLAND_DISPLAY"} | screen
        if command == "test":
            return run_checks(rest, environment)
        return subprocess.run(application, env=environment, check=False).returncode


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
