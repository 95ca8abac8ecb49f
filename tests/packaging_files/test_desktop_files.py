"""What the desktop and the packagers read agrees with the program."""

from __future__ import annotations

import configparser
import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from novastream_desktop import APP_ID, APP_NAME, __version__

Table = dict[str, Any]
Entry = configparser.SectionProxy
ROOT = Path(__file__).resolve().parents[2]
LINUX = ROOT / "packaging" / "linux"
ENTRY = LINUX / f"{APP_ID}.desktop"
METAINFO = LINUX / f"{APP_ID}.metainfo.xml"
BRIEFCASE = runpy.run_path(str(ROOT / "packaging" / "briefcase_run.py"))
DEB = runpy.run_path(str(ROOT / "packaging" / "deb.py"))


@pytest.fixture
def entry():
    parser = configparser.RawConfigParser(interpolation=None, delimiters=["="])
    parser.optionxform = str
    parser.read(ENTRY, encoding="utf-8")
    return parser["Desktop Entry"]


@pytest.fixture
def metainfo():
    return ET.parse(METAINFO).getroot()


@pytest.fixture
def project():
    return tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


@pytest.fixture
def briefcase():
    return tomllib.loads(BRIEFCASE["joined"](ROOT))


def mime_types(entry: Entry):
    return [name for name in entry["MimeType"].split(";") if name]


def test_the_entry_starts_the_program_with_one_file_or_address(entry: Entry, project: Table):
    (command,) = project["scripts"]
    assert entry["Exec"] == f"{command} %u"
    assert entry["TryExec"] == command
    assert entry["Type"] == "Application"
    assert entry["Name"] == APP_NAME
    assert entry["Terminal"] == "false"


def test_the_entry_is_known_by_the_application_id(entry: Entry):
    assert entry["Icon"] == APP_ID
    assert entry["StartupWMClass"] == APP_ID


def test_the_entry_opens_magnets_torrents_and_videos(entry: Entry):
    names = mime_types(entry)
    wanted = {"x-scheme-handler/magnet", "application/x-bittorrent", "video/mp4"}
    assert wanted | {"video/x-matroska", "video/webm"} <= set(names)
    assert len(names) == len(set(names))
    assert all(re.fullmatch(r"[a-z-]+/[a-z0-9.+-]+", name) for name in names)
    assert entry["MimeType"].endswith(";")


def test_metainfo_says_what_the_entry_and_the_project_say(
    metainfo: ET.Element, entry: Entry, project: Table
):
    assert metainfo.findtext("id") == APP_ID
    assert metainfo.findtext("launchable") == ENTRY.name
    assert metainfo.findtext("project_license") == project["license"]
    assert metainfo.findtext("provides/binary") == entry["TryExec"]
    assert metainfo.findtext("summary") == entry["Comment"]
    told = [node.text for node in metainfo.findall("provides/mediatype")]
    assert told == mime_types(entry)
    newest = metainfo.find("releases/release")
    assert newest is not None
    assert newest.get("version") == __version__ == project["version"]


def test_briefcase_tables_join_with_the_project(briefcase: Table, project: Table):
    (key,) = briefcase["tool"]["briefcase"]["app"]
    assert key == project["name"]
    app = briefcase["tool"]["briefcase"]["app"][key]
    assert app["formal_name"] == APP_NAME
    assert key.replace("-", "_") in app["sources"]
    assert all((ROOT / source).is_dir() for source in app["sources"])
    assert (ROOT / f"{app['icon']}-64.png").is_file()
    assert (ROOT / app["linux"]["system"]["template"] / "cookiecutter.json").is_file()
    assert set(tomllib.loads((ROOT / "briefcase.toml").read_text("utf-8"))) == {"tool"}


def test_briefcase_depends_on_what_the_package_depends_on(briefcase: Table):
    app = briefcase["tool"]["briefcase"]["app"]["novastream-desktop"]
    needs = set(app["linux"]["system"]["debian"]["system_runtime_requires"]) - {"python3.11"}
    assert needs <= set(DEB["DEPENDS"])


def test_the_stage_holds_everything_that_briefcase_packs(tmp_path: Path):
    root, target = tmp_path / "root", tmp_path / "stage"
    for name in (*BRIEFCASE["FOLDERS"], "packaging/linux", "resources/icons/app"):
        (root / name).mkdir(parents=True, exist_ok=True)
    for name in (*BRIEFCASE["FILES"], "pyproject.toml", "briefcase.toml"):
        (root / name).write_text("", "utf-8")
    for file in (ENTRY, METAINFO):
        shutil.copyfile(file, root / "packaging" / "linux" / file.name)
    shutil.copyfile(
        ROOT / "resources/icons/app/novastream.svg", root / "resources/icons/app/novastream.svg"
    )
    shutil.copytree(
        ROOT / "packaging/briefcase-template", root / "packaging" / "briefcase-template"
    )
    BRIEFCASE["stage"](root, target)
    BRIEFCASE["stage"](root, target)
    assert len(list(target.rglob(f"share/applications/{ENTRY.name}"))) == 1
    assert len(list(target.rglob(f"share/metainfo/{METAINFO.name}"))) == 1
    assert (target / "pyproject.toml").is_file()


def test_the_package_is_laid_out_where_a_desktop_looks(tmp_path: Path, entry: Entry):
    program = tmp_path / "bundle"
    program.mkdir()
    (program / DEB["NAME"]).write_text("program", "utf-8")
    (program / "library.so").write_text("library", "utf-8")
    tree = tmp_path / "tree"
    DEB["lay_out"](program, tree)
    command = tree / "usr/bin" / entry["TryExec"]
    assert command.resolve().read_text("utf-8") == "program"
    assert command.resolve().stat().st_mode & 0o777 == 0o755
    assert (tree / "usr/lib" / DEB["NAME"] / "library.so").stat().st_mode & 0o777 == 0o644
    assert (tree / "usr/share/applications" / ENTRY.name).is_file()
    for size in DEB["ICON_SIZES"]:
        icon = f"usr/share/icons/hicolor/{size}x{size}/apps/{APP_ID}.png"
        assert (tree / icon).is_file()


def test_control_names_the_package_and_what_it_needs(project: Table):
    lines = DEB["control"](project, "amd64", 1234).splitlines()
    fields = dict(line.split(": ", 1) for line in lines if not line.startswith(" "))
    assert fields["Package"] == project["name"]
    assert fields["Version"] == project["version"]
    assert "libmpv2" in fields["Depends"]
    assert all(len(line) <= 80 for line in lines if line.startswith(" "))


def test_the_licence_is_whole():
    text = (ROOT / "LICENSE").read_text("utf-8")
    assert "GNU GENERAL PUBLIC LICENSE" in text
    assert "Version 3, 29 June 2007" in text
    assert "END OF TERMS AND CONDITIONS" in text


@pytest.mark.skipif(
    shutil.which("desktop-file-validate") is None, reason="desktop-file-utils is not installed"
)
def test_the_entry_is_valid():
    done = subprocess.run(
        ["desktop-file-validate", str(ENTRY)], check=False, capture_output=True, text=True
    )
    assert (done.returncode, done.stdout) == (0, "")
