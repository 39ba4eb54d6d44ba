"""The lessons as the site opens them: what stands in notebooks/, and the edition of each in its metadata.

A browser keeps an edited lesson before the one of the site. By its edition the page sees that there is a newer one.
"""

import hashlib
import json
import shutil
from pathlib import Path
from typing import Any

KERNEL = {"display_name": "Python (Pyodide)", "language": "python", "name": "python"}


def write_lessons(notebooks: Path, contents: Path) -> dict[str, str]:
    """Copy everything that a lesson opens; gives the edition of each lesson, by its path."""
    shutil.copytree(notebooks, contents, ignore=shutil.ignore_patterns(".*", "slide_index.md"))
    return {path.relative_to(contents).as_posix(): _marked(path) for path in sorted(contents.rglob("*.ipynb"))}


def _marked(path: Path) -> str:
    notebook = json.loads(path.read_text("utf-8"))
    edition = edition_of_lesson(notebook)
    notebook["metadata"] |= {"kernelspec": KERNEL, "edition": edition}
    path.write_text(json.dumps(notebook, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return edition


def edition_of_lesson(notebook: dict[str, Any]) -> str:
    """A name for what stands in a lesson's cells, outputs aside; site/static/editions.js works out the same."""
    sources = ["".join(cell["source"]) for cell in notebook["cells"]]
    return hashlib.sha256("\x00".join(sources).encode()).hexdigest()[:12]
