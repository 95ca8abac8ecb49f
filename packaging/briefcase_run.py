"""Run Briefcase on this project: `briefcase_run.py package linux system --adhoc-sign`.

Briefcase reads pyproject.toml alone. Its tables are kept in briefcase.toml, so both are joined
(they share no table, so that plain joining is TOML) in build/briefcase/, beside what Briefcase
packs. Its results stay there: build/briefcase/dist/.

Needs the system's Python on Linux: /usr/bin/python3 -m venv build/briefcase-venv
    build/briefcase-venv/bin/pip install briefcase==0.4.7
    build/briefcase-venv/bin/python packaging/briefcase_run.py package linux system \
        --adhoc-sign --no-input
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STAGE = ROOT / "build" / "briefcase"
TEMPLATE = Path("packaging/briefcase-template")
FOLDERS = ("novastream_desktop", "resources", "packaging")
FILES = ("LICENSE", "CHANGELOG.md", "README.md")


def joined(root: Path) -> str:
    """Return the project's and Briefcase's tables as one TOML document."""
    project = (root / "pyproject.toml").read_text("utf-8")
    return project + "\n" + (root / "briefcase.toml").read_text("utf-8")


def stage(root: Path, target: Path) -> None:
    """Lay out in `target` what Briefcase needs, afresh."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "pyproject.toml").write_text(joined(root), "utf-8")
    unwanted = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in FOLDERS:
        shutil.rmtree(target / name, ignore_errors=True)
        shutil.copytree(root / name, target / name, ignore=unwanted)
    for name in FILES:
        shutil.copyfile(root / name, target / name)
    _fill_template(target)


def _fill_template(target: Path) -> None:
    """Put the one desktop entry, metainfo and scalable icon into the staged template."""
    app = "{{ cookiecutter.app_name }}-{{ cookiecutter.version }}"
    share = target / TEMPLATE / "linux-system" / "{{ cookiecutter.format }}" / app / "usr" / "share"
    linux = target / "packaging" / "linux"
    for source, place in (
        (linux / "tv.novastream.Desktop.desktop", "applications"),
        (linux / "tv.novastream.Desktop.metainfo.xml", "metainfo"),
    ):
        (share / place).mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, share / place / source.name)
    icon = share / "icons/hicolor/scalable/apps/tv.novastream.Desktop.svg"
    icon.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(target / "resources/icons/app/novastream.svg", icon)


if __name__ == "__main__":
    stage(ROOT, STAGE)
    command = [sys.executable, "-m", "briefcase", *sys.argv[1:]]
    sys.exit(subprocess.run(command, cwd=STAGE, check=False).returncode)
