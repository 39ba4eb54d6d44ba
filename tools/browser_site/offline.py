"""The site without a network: what keeps all of it in the browser, and the whole as one file."""

import hashlib
import json
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

DRIVE = "drive-worker.js"  # JupyterLite's own service worker: the kernel's files
ARCHIVE = "site.zip"
TIME = (1980, 1, 1, 0, 0, 0)


def write_worker(source: Path, output: Path) -> None:
    """Put our service worker before JupyterLite's. It lists each file with its checksum: all of it is kept."""
    theirs = output / "service-worker.js"
    theirs.rename(output / DRIVE)
    kept = [path for path in _files(output) if path.name not in (ARCHIVE, DRIVE)]
    files = {path.relative_to(output).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in kept}
    name = hashlib.sha256(json.dumps(files).encode()).hexdigest()[:12]
    head = f"const EDITION = {json.dumps(name)}, FILES = {json.dumps(files)};\n"
    theirs.write_text(f"{head}{source.read_text('utf-8')}\nimportScripts({json.dumps(DRIVE)});\n", "utf-8")


def write_archive(output: Path) -> None:
    """The site as one file, for a school without a network. Hidden files and JupyterLite's worker are in it, too."""
    with ZipFile(output / ARCHIVE, "w") as archive:
        for path in _files(output):
            if path.name != ARCHIVE:
                place = f"sendmail-workbook/{path.relative_to(output).as_posix()}"
                archive.writestr(ZipInfo(place, TIME), path.read_bytes(), ZIP_DEFLATED)


def _files(output: Path) -> list[Path]:
    return sorted(path for path in output.rglob("*") if path.is_file())
