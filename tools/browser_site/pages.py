"""The pages of the site: our entry page, and JupyterLite's own with our name, icon and care for edited lessons."""

import json
import shutil
from collections.abc import Mapping
from html import escape
from pathlib import Path
from string import Template
from urllib.parse import quote

from tools.make_lecture import LANGUAGES, entry, lessons

OF_NO_USE = ("rspack.config*.js", "doc", "icon-*.png")
SLIDES = {"en": "slides", "ja": "スライド"}
STALE = "await import(\n          '../config-utils.js"
FRESH = """await import('../static/editions.js').then(({ makeRoom }) => makeRoom()).catch(console.warn);
        await import(
          '../config-utils.js"""


def write_entry(static: Path, output: Path, edition: str, editions: Mapping[str, str]) -> None:
    """Write the entry page, what it needs, and the list of editions of the lessons."""
    page = Template((static.parent / "index.html").read_text("utf-8"))
    lists = {f"lessons_{language}": _entries(language) for language in LANGUAGES}
    (output / "index.html").write_text(page.substitute(lists, edition=escape(edition)), "utf-8")
    for file in static.iterdir():
        shutil.copy(file, output / "static" / file.name)
    for name in ("icon.svg", "serve.py"):
        shutil.copy(static.parent / name, output / name)
    shutil.copy(static.parent / "manifest.webmanifest", output)
    (output / "editions.json").write_text(json.dumps(editions, indent=1), "utf-8")
    (output / ".nojekyll").touch()  # some hosts leave files out otherwise


def _entries(language: str) -> str:
    told = []
    for file, notebook, notes in lessons(language):
        path = quote(file)
        slides = f'<a class="slides" href="notebooks/index.html?path={path}&amp;lecture">{SLIDES[language]}</a>'
        told.append(entry(notebook, f"notebooks/index.html?path={path}", notes, language, slides))
    return "\n".join(told)


def finish_pages(output: Path) -> None:
    """Give JupyterLite's pages our name and icon, and let them look first for edited lessons of an old edition.

    Raises SystemExit if a page is not as it was when this was written.
    """
    for pattern in OF_NO_USE:
        for path in output.glob(pattern):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    for page in sorted(output.glob("*/index.html")):
        text = page.read_text("utf-8")
        for old, new in _CHANGES:
            if old not in text:
                raise SystemExit(f"{page}: {old!r} does not stand there any more; see tools/browser_site/pages.py")
            text = text.replace(old, new)
        page.write_text(text, "utf-8")


_ICON = '<link rel="icon" href="../icon.svg" type="image/svg+xml">'
_CHANGES = (
    (STALE, FRESH),
    ("Loading JupyterLite...", "The sendmail workbook"),
    (
        "WASM powered Jupyter running in the browser.",
        "How mail systems behave: a workbook on a simulated sendmail site",
    ),
    ('<meta charset="utf-8">', f'<meta charset="utf-8">\n    {_ICON}'),
)
