"""Write what a lecture is served from: the lessons, the template with its entry page, and the lecturer's notes.

    python tools/make_lecture.py build/lecture

The notes of a lesson stand in lecture/notes, a section for each slide that has some: ``## start`` for the first one,
and for the others the tag of a cell on it, such as ``## ask-04.1``. They become files that only the presenter's window
asks for: no page that is projected holds them.
"""

import json
import re
import shutil
import sys
from html import escape
from pathlib import Path
from typing import Any

import nbformat

ROOT = Path(__file__).resolve().parent.parent
NOTES = ROOT / "lecture" / "notes"
TEMPLATE = Path("jupyter", "voila", "templates", "lecture")

_LESSON = """<li><a href="{{{{ base_url }}}}voila/render/{file}"><b>{title}</b> <span lang="ja">{japanese}</span></a>
<span class="minutes">{minutes}</span><ul>{claims}</ul></li>"""


def sections(text: str) -> dict[str, str]:
    """The notes of a lesson: the name of each section, and what stands under it."""
    parts = re.split(r"(?m)^## +(\S+) *$", text)[1:]
    return {name: words.strip() for name, words in zip(parts[::2], parts[1::2], strict=True)}


def notes_of(notebook: Any, number: str) -> dict[str, str]:
    """The notes of a lesson by the names of their slides. Raises ValueError for a section whose tag no cell has."""
    path = NOTES / f"{number}.md"
    told = sections(path.read_text("utf-8")) if path.exists() else {}
    tags = {"start"}.union(*(cell.metadata.get("tags", []) for cell in notebook.cells))
    if told.keys() - tags:
        raise ValueError(f"{path.name}: no cell has the tag {', '.join(sorted(told.keys() - tags))}")
    return told


def entry(notebook: Any, file: str, notes: dict[str, str]) -> str:
    """A lesson on the entry page: its title, its claims, and how many minutes it takes."""
    first = notebook.cells[0].source
    title, _, japanese = first.splitlines()[0].removeprefix("# ").partition(" · ")
    minutes = re.match(r"[^.;]* minutes", notes.get("start", ""))
    claims = re.findall(r"(?m)^\| (\d\d\.\d+) \| (.*?) \|$", first)
    return _LESSON.format(
        file=file,
        title=escape(title),
        japanese=escape(japanese),
        minutes=escape(minutes[0] if minutes else ""),
        claims="".join(f"<li>{number} {_plain(claim)}</li>" for number, claim in claims),
    )


def _plain(markdown: str) -> str:
    """A claim as HTML: its code spans and what is stressed as such, and nothing else of it markup."""
    told = re.sub(r"`([^`]*)`", r"<code>\1</code>", escape(markdown))
    return re.sub(r"\*([^*<]+)\*", r"<em>\1</em>", told).replace("{", "&#123;").replace("}", "&#125;")


def main(directory: str) -> None:
    """Write everything into a directory; what was there is replaced."""
    made = Path(directory)
    shutil.rmtree(made, ignore_errors=True)
    shutil.copytree(ROOT / "notebooks", made / "notebooks", ignore=shutil.ignore_patterns("*.md", ".*"))
    shutil.copytree(ROOT / "lecture" / "voila" / "templates" / "lecture", made / TEMPLATE)
    (made / TEMPLATE / "static" / "notes").mkdir()
    entries = []
    for path in sorted(ROOT.glob("notebooks/*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        notes = notes_of(notebook, path.name[:2])
        held = json.dumps(notes, ensure_ascii=False)
        (made / TEMPLATE / "static" / "notes" / f"{path.stem}.json").write_text(held, "utf-8")
        entries.append(entry(notebook, path.name, notes))
    (made / TEMPLATE / "lessons.html").write_text("\n".join(entries), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1])
