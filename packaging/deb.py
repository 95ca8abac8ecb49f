"""Make the Debian package: a PyInstaller folder, the menu entry, icons and papers.

    .venv/bin/pip install pyinstaller==6.22.3         (also needs binutils)
    .venv/bin/python packaging/deb.py                 builds build/deb/*.deb
    .venv/bin/python packaging/deb.py --bundle DIR    packs a folder that is built already

There are no maintainer scripts: the triggers of desktop-file-utils, shared-mime-info and
hicolor-icon-theme keep the system's caches, on installation and on removal.
"""

from __future__ import annotations

import argparse
import gzip
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
APP_ID = "tv.novastream.Desktop"
NAME = "novastream-desktop"
ICON_SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
# dpkg-shlibdeps over the bundle, plus what is loaded by name only. libc6 2.36 is Debian 12's,
# against which libpython was linked; glib was renamed in Debian 13.
DEPENDS = (
    *("libc6 (>= 2.36)", "libmpv2", "libgl1", "libegl1", "libgl1-mesa-dri"),
    *("libglib2.0-0 | libglib2.0-0t64", "libdbus-1-3", "libfontconfig1", "libfreetype6"),
    *("libbrotli1", "libgssapi-krb5-2", "libzstd1", "libxkbcommon-x11-0", "libxcb-cursor0"),
    *("libxcb-icccm4", "libxcb-keysyms1"),
)
RECOMMENDS = ("ca-certificates", "libchromaprint-tools", "xdg-utils")
COPYRIGHT = """\
Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: NovaStream Desktop

Files: *
Copyright: The NovaStream developers
License: GPL-3.0-or-later
 On Debian systems the full text of the GNU General Public License version 3
 is in /usr/share/common-licenses/GPL-3.
Comment:
 Parts of other projects in /usr/lib/novastream-desktop come with their own
 licences: Qt and PySide6 (LGPL-3), libtorrent (BSD-3-Clause), OpenSSL
 (Apache-2.0), Python (PSF-2.0), the fonts Inter and Noto Sans (OFL-1.1) and
 WenQuanYi Micro Hei (Apache-2.0; texts in resources/fonts), Lucide's icons
 (ISC, text in resources/icons).
"""


def bundle(target: Path) -> Path:
    """Run PyInstaller; return the folder with the program."""
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(target), "--workpath", str(ROOT / "build" / "pyinstaller")]
    subprocess.run([*command, str(ROOT / "packaging" / "novastream.spec")], check=True, cwd=ROOT)
    return target / NAME


def control(project: dict[str, object], architecture: str, kibibytes: int) -> str:
    """Return the package's control file."""
    authors = project["authors"]
    assert isinstance(authors, list)
    fields = {
        "Package": NAME,
        "Version": project["version"],
        "Architecture": architecture,
        "Maintainer": f"{authors[0]['name']} <packages@novastream.invalid>",
        "Installed-Size": kibibytes,
        "Depends": ", ".join(DEPENDS),
        "Recommends": ", ".join(RECOMMENDS),
        "Section": "video",
        "Priority": "optional",
        "Description": f"{project['description']}\n"
        " NovaStream plays local files, HLS, direct links and torrents with mpv, and\n"
        " keeps a library of what its user watches. Open and public-domain films come\n"
        " with it.",
    }
    return "".join(f"{name}: {value}\n" for name, value in fields.items())


def lay_out(program: Path, tree: Path) -> None:
    """Put everything where it will lie on the system, below `tree`."""
    library = tree / "usr" / "lib" / NAME
    shutil.copytree(program, library, symlinks=True)
    command = tree / "usr" / "bin" / NAME
    command.parent.mkdir(parents=True)
    command.symlink_to(f"../lib/{NAME}/{NAME}")
    linux, icons = ROOT / "packaging" / "linux", ROOT / "resources" / "icons" / "app"
    share = {
        linux / f"{APP_ID}.desktop": f"applications/{APP_ID}.desktop",
        linux / f"{APP_ID}.metainfo.xml": f"metainfo/{APP_ID}.metainfo.xml",
        icons / "novastream.svg": f"icons/hicolor/scalable/apps/{APP_ID}.svg",
    }
    for size in ICON_SIZES:
        place = f"icons/hicolor/{size}x{size}/apps/{APP_ID}.png"
        share[icons / f"novastream-{size}.png"] = place
    for source, place in share.items():
        target = tree / "usr" / "share" / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)
    papers = tree / "usr" / "share" / "doc" / NAME
    papers.mkdir(parents=True)
    (papers / "copyright").write_text(COPYRIGHT, "utf-8")
    changes = (ROOT / "CHANGELOG.md").read_bytes()
    (papers / "changelog.gz").write_bytes(gzip.compress(changes, mtime=0))
    set_modes(tree, library / NAME)


def set_modes(tree: Path, program: Path) -> None:
    """Make every folder and the program 0755, every other file 0644."""
    for path in (tree, *tree.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path == program else 0o644)


def build(program: Path, out: Path) -> Path:
    """Write the package into `out` and return its path."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    asked = subprocess.check_output(["dpkg", "--print-architecture"], text=True)
    architecture = asked.strip()
    tree = out / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    lay_out(program, tree)
    files = (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    size = sum(path.stat().st_size for path in files)
    (tree / "DEBIAN").mkdir()
    words = control(project, architecture, size // 1024)
    (tree / "DEBIAN" / "control").write_text(words, "utf-8")
    package = out / f"{NAME}_{project['version']}_{architecture}.deb"
    # xz: dpkg of Debian 11 and earlier cannot unpack zstd
    options = ["--root-owner-group", "-Zxz", "--build", str(tree), str(package)]
    subprocess.run(["dpkg-deb", *options], check=True)
    return package


def main() -> None:
    """Build the bundle unless one is given, then the package."""
    parser = argparse.ArgumentParser(description="Make the Debian package.")
    parser.add_argument("--bundle", type=Path, help="a finished PyInstaller folder")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "deb")
    given = parser.parse_args()
    package = build(given.bundle or bundle(ROOT / "build" / "bundle"), given.out)
    print(f"{package}: {package.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
