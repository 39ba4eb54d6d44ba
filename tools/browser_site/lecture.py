"""The lecture on the site: the same slides, of which JupyterLite makes the cells."""

import shutil
from pathlib import Path

from tools.make_lecture import LANGUAGES, STATIC, write_notes


def write_lecture(output: Path) -> None:
    """Write what makes slides of a lesson, and the lecturer's notes, which only the presenter's window asks for."""
    shutil.copytree(STATIC, output / "lecture")
    for language in LANGUAGES:
        write_notes(output / "lecture", language)
