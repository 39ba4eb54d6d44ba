"""What a kernel in the browser is made of: Pyodide's core, wheels, and the lock file that tells Pyodide of them.

With a lock file of our own ``import simlib`` needs no step before it: the kernel looks up each cell's imports there.
"""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from email import message_from_bytes
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from packaging.markers import Environment, default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name, parse_wheel_filename

OURS = "sendmail_workbook"
CORE = ("pyodide.mjs", "pyodide.js", "pyodide.asm.mjs", "pyodide.asm.wasm")  # beside the standard library
BROWSER = {"sys_platform": "emscripten", "platform_system": "Emscripten", "os_name": "posix", "extra": ""}


def write_kernel(root: Path, work: Path, static: Path) -> None:
    """Write everything that a kernel loads into ``static``. What is fetched is kept in ``work`` for the next time."""
    work.mkdir(parents=True, exist_ok=True)
    pyodide = json.loads((root / "site" / "pyodide.json").read_text("utf-8"))
    core = _core(pyodide, work)
    wheels = _fresh(work / "wheels")
    _fetch_wheels(root / "site" / "kernel.lock", pyodide["python"], wheels)
    _build_ours(root, work, wheels)
    slim = _fresh(work / "slim")
    subprocess.run(["node", root / "site" / "compile.mjs", core, wheels, slim, OURS], check=True)
    shutil.copytree(slim, static)
    for name in CORE:
        shutil.copy(core / name, static)
    lock = json.loads((core / "pyodide-lock.json").read_text("utf-8"))
    lock["packages"] = locked(static)
    (static / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")


def locked(folder: Path) -> dict[str, dict[str, Any]]:
    """The wheels of a folder as Pyodide's lock file lists them, each with what it needs of the others."""
    wheels = {canonicalize_name(parse_wheel_filename(wheel.name)[0]): wheel for wheel in sorted(folder.glob("*.whl"))}
    return {name: _entry(name, wheel, wheels) for name, wheel in wheels.items()}


def _entry(name: str, wheel: Path, others: Mapping[str, Path]) -> dict[str, Any]:
    with ZipFile(wheel) as archive:
        names = archive.namelist()
        meta = message_from_bytes(archive.read(next(n for n in names if n.endswith(".dist-info/METADATA"))))
    needs = [Requirement(line) for line in meta.get_all("Requires-Dist", [])]
    environment: Environment = {**default_environment(), **BROWSER}  # type: ignore[typeddict-item]
    wanted = [need for need in needs if need.marker is None or need.marker.evaluate(environment)]
    tops = {one.split("/")[0] for one in names if ".dist-info/" not in one}
    return {
        "name": name,
        "version": meta["Version"],
        "file_name": wheel.name,
        "install_dir": "site",
        "sha256": hashlib.sha256(wheel.read_bytes()).hexdigest(),
        "package_type": "package",
        "imports": sorted({re.sub(r"\.pyc?$", "", top) for top in tops}),
        "depends": sorted({canonicalize_name(need.name) for need in wanted} & others.keys()),
        "unvendored_tests": False,
    }


def _core(wanted: Mapping[str, Any], work: Path) -> Path:
    """Pyodide's npm package, unpacked. Raises SystemExit if it is not the one that is wanted."""
    archive = work / f"{wanted['package']}-{wanted['version']}.tgz"
    if not archive.exists():
        subprocess.run(["npm", "pack", "--silent", f"{wanted['package']}@{wanted['version']}"], check=True, cwd=work)
    sha256 = hashlib.sha256(archive.read_bytes()).hexdigest()
    if sha256 != wanted["sha256"]:
        archive.unlink()
        raise SystemExit(f"{archive.name}: its sha256 is {sha256}, site/pyodide.json wants {wanted['sha256']}")
    core = _fresh(work / "core")
    with tarfile.open(archive) as packed:
        packed.extraction_filter = getattr(tarfile, "data_filter", lambda member, _: member)  # Python 3.11.2 has none
        packed.extractall(core)
    return core / "package"


def _fetch_wheels(lock: Path, version: str, wheels: Path) -> None:
    """The wheels that the lock names, for the browser's Python; pip holds them to its checksums."""
    place = ["--dest", wheels, "--requirement", lock, "--cache-dir", wheels.parent / "pip"]
    what = ["--no-deps", "--only-binary=:all:", "--require-hashes", "--python-version", version, "--platform", "any"]
    _pip("download", *what, *place)


def _build_ours(root: Path, work: Path, wheels: Path) -> None:
    """Our own wheel, from a copy: setuptools leaves a folder behind, which would bring files back that are gone."""
    source = _fresh(work / "source")
    shutil.copytree(root / "simlib", source / "simlib", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(root / name, source)
    _pip("wheel", "--no-deps", "--wheel-dir", wheels, source)


def _pip(*words: str | Path) -> None:
    quiet = ["--quiet", "--disable-pip-version-check"]
    subprocess.run([sys.executable, "-m", "pip", *map(str, words), *quiet], check=True)


def _fresh(folder: Path) -> Path:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder
