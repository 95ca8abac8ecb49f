"""Check every QML file against the types that Python gives it; any warning fails.

The types are written from the Python sources (pyside6-metaobjectdump, qmltyperegistrar) into a
temporary folder, then qmllint reads all QML with them. Run it with the environment's Python.
"""

from __future__ import annotations

import ast
import json
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QML = ROOT / "resources" / "qml"
UI = ROOT / "novastream_desktop" / "ui"
MODULE = "NovaStream.Core"


def main() -> int:
    """Return 0 when there is nothing to complain about."""
    with tempfile.TemporaryDirectory() as folder:
        types = Path(folder)
        write_types(types)
        files = sorted(str(file) for file in QML.rglob("*.qml"))
        lint = _tool("pyside6-qmllint")
        result = subprocess.run(
            [lint, "-W", "0", "-I", str(QML), "-I", str(types), *files], check=False
        )
    if result.returncode == 0:
        print(f"qmllint: {len(files)} files are clean")
    return 1 if result.returncode else 0


def write_types(folder: Path) -> None:
    """Write the module of our Python types, as qmllint reads it, below `folder`."""
    module = folder.joinpath(*MODULE.split("."))
    module.mkdir(parents=True)
    sources = _sources()
    dump = folder / "metaobjects.json"
    _run(_tool("pyside6-metaobjectdump"), "-o", str(dump), *map(str, sources))
    classes = json.loads(dump.read_text(encoding="utf-8"))
    _mend(classes, sources)
    dump.write_text(json.dumps(classes), encoding="utf-8")
    foreign = [_metatypes() / f"qt6{name}_metatypes.json" for name in ("core", "gui", "qml")]
    _run(
        _tool("pyside6-qmltyperegistrar"),
        "--generate-qmltypes",
        str(module / "core.qmltypes"),
        "--foreign-types",
        ",".join(map(str, foreign)),
        "--import-name",
        MODULE,
        "--major-version",
        "1",
        "--minor-version",
        "0",
        "-o",
        str(folder / "registration.cpp"),
        str(dump),
    )
    (module / "qmldir").write_text(
        f"module {MODULE}\ntypeinfo core.qmltypes\ndepends QtQml.Models\n", encoding="utf-8"
    )


def _sources() -> list[Path]:
    """Return the files with types for QML, each after those that define its bases."""
    trees = {f: ast.parse(f.read_text(encoding="utf-8")) for f in sorted(UI.rglob("*.py"))}
    owners = {c.name: file for file, tree in trees.items() for c in _classes(tree)}
    ordered: list[Path] = []

    def visit(file: Path) -> None:
        for name in (base for c in _classes(trees[file]) for base in _bases(c)):
            if owners.get(name, file) != file:
                visit(owners[name])
        if file not in ordered:
            ordered.append(file)

    for file, tree in trees.items():
        if any(isinstance(n, ast.Name) and n.id == "QML_IMPORT_NAME" for n in ast.walk(tree)):
            visit(file)
    return ordered


def _classes(tree: ast.Module) -> list[ast.ClassDef]:
    return [node for node in tree.body if isinstance(node, ast.ClassDef)]


def _bases(owner: ast.ClassDef) -> list[str]:
    return [base.id for base in owner.bases if isinstance(base, ast.Name)]


def _mend(modules: list[dict[str, object]], sources: list[Path]) -> None:
    """Add what the dump leaves out: constant properties, and pointers to our own types.

    A property that is declared as QObject is what its getter's annotation says.
    """
    constant = {place for file in sources for place in _constants(file)}
    returned = {place: name for file in sources for place, name in _returned(file)}
    classes = [c for m in modules for c in m["classes"]]  # type: ignore[attr-defined]
    own = {c["className"] for c in classes}
    for found in classes:
        for prop in found.get("properties", ()):
            if (found["className"], prop["name"]) in constant:
                prop["constant"] = True
            if prop["type"] == "QObject":
                prop["type"] = returned.get((found["className"], prop["name"]), "QObject")
            if prop["type"] in own or prop["type"] == "QObject":
                prop["type"] += "*"
            if prop["type"] == "list":
                prop["type"] = "QVariantList"


def _constants(file: Path) -> list[tuple[str, str]]:
    """Return (class, property) of each `@Property(..., constant=True)` and assignment of it."""
    found = []
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for owner in (node for node in ast.walk(tree) if isinstance(node, ast.ClassDef)):
        for part in owner.body:
            if isinstance(part, ast.FunctionDef):
                calls = [(part.name, d) for d in part.decorator_list]
            elif isinstance(part, ast.Assign) and isinstance(part.targets[0], ast.Name):
                calls = [(part.targets[0].id, part.value)]
            else:
                continue
            found += [(owner.name, name) for name, call in calls if _is_constant(call)]
    return found


def _returned(file: Path) -> list[tuple[tuple[str, str], str]]:
    """Return (class, method) and the name of the type that it returns."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return [
        ((owner.name, part.name), part.returns.id)
        for owner in _classes(tree)
        for part in owner.body
        if isinstance(part, ast.FunctionDef) and isinstance(part.returns, ast.Name)
    ]


def _is_constant(call: ast.expr) -> bool:
    return (
        isinstance(call, ast.Call)
        and isinstance(call.func, ast.Name)
        and call.func.id == "Property"
        and any(k.arg == "constant" for k in call.keywords)
    )


def _metatypes() -> Path:
    import PySide6  # noqa: PLC0415  (only where it is installed)

    return Path(PySide6.__path__[0]) / "Qt" / "metatypes"


def _tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def _run(*command: str) -> None:
    subprocess.run(command, check=True)


if __name__ == "__main__":
    sys.exit(main())
