"""Take out of notebooks what is not worth keeping: widget views and state, times of execution, versions of Python.

What a cell printed stays, and so do PNG pictures: they are what readers see and the tests compare. A widget view
without its kernel is only an error message on the page. Run on a notebook that is clean already, it changes nothing.

    python tools/strip_notebooks.py notebooks/*.ipynb
"""

import sys
from pathlib import Path
from typing import Any

import nbformat

VIEW = "application/vnd.jupyter.widget-view+json"
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
KEPT = ("tags", "slideshow", "jupyter")  # of a cell's metadata
LANGUAGE = "lang"  # of a notebook's: of another edition than the English one


def strip(notebook: Any) -> None:
    """Strip a notebook in place; the cells that were run are numbered from 1."""
    lang = {name: held for name, held in notebook.metadata.items() if name == LANGUAGE}
    notebook.metadata = {"kernelspec": KERNEL, **lang, "language_info": {"name": "python"}}
    runs = 0
    for cell in notebook.cells:
        cell.metadata = {key: value for key, value in cell.metadata.items() if key in KEPT}
        if cell.cell_type == "code":
            if cell.execution_count is not None:
                runs += 1
                cell.execution_count = runs
            kept = [output for output in cell.outputs if _worth_keeping(output, cell.execution_count)]
            cell.outputs = _joined(kept)


def _joined(outputs: list[Any]) -> list[Any]:
    """What is printed arrives in pieces, other ones at each run; they are one text."""
    whole: list[Any] = []
    for output in outputs:
        if whole and output.output_type == whole[-1].output_type == "stream" and output.name == whole[-1].name:
            whole[-1].text += output.text
        else:
            whole.append(output)
    return whole


def _worth_keeping(output: Any, count: int | None) -> bool:
    """Strip an output in place; whether anything of it is left."""
    if output.output_type == "execute_result":
        output.execution_count = count
    if "data" not in output:
        return True
    output.data.pop(VIEW, None)
    output.metadata = {}
    return bool(output.data)


def main(paths: list[str]) -> None:
    """Strip the notebooks at these paths."""
    for path in map(Path, paths):
        before = path.read_text("utf-8")
        notebook = nbformat.reads(before, as_version=4)
        strip(notebook)
        after = nbformat.writes(notebook) + "\n"
        if after != before:
            path.write_text(after, "utf-8")
            print(f"stripped {path}")


if __name__ == "__main__":
    main(sys.argv[1:])
