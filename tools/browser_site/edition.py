"""Which edition of the workbook a site holds, in words for its page."""

import subprocess
import tomllib
from pathlib import Path


def edition_of(root: Path) -> str:
    """The version, and where git knows it the day and the name of the commit: ``0.1.0 · 2026-11-30 · 1a2b3c4``."""
    version = tomllib.loads((root / "pyproject.toml").read_text("utf-8"))["project"]["version"]
    asked = ["git", "-C", str(root), "log", "-1", "--format=%cs · %h"]
    try:
        told = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):  # an unpacked archive
        return str(version)
    return f"{version} · {told}"
