"""A lesson in another language: its prose translated, its code the same, one hidden cell in front that chooses it."""

import copy
from collections.abc import Mapping
from typing import Any

import nbformat
from nbclient import NotebookClient

from tools.strip_notebooks import strip
from tools.translation.catalogues import ROOT
from tools.translation.units import in_other_words

CHOOSES = 'from simlib import lab\n\nlab.language("{language}")'
HIDDEN = {"slideshow": {"slide_type": "skip"}, "tags": ["language"], "jupyter": {"source_hidden": True}}
TEXT = ("text/plain",)  # what an output keeps: it is the same in every language


def in_language(notebook: Any, words: Mapping[str, str], language: str) -> Any:
    """The notebook in that language. Raises KeyError for a unit that is not translated."""
    made = copy.deepcopy(notebook)
    first = nbformat.v4.new_code_cell(CHOOSES.format(language=language), metadata=HIDDEN, id="language")
    first.execution_count = 1
    made.cells.insert(0, first)
    made.metadata["lang"] = language
    for cell in made.cells[1:]:
        if cell.cell_type == "markdown":
            cell.source = in_other_words(cell.source, words.__getitem__)
        else:
            cell.outputs = [held for output in cell.outputs if (held := _text_of(output))]
    if any("text/html" in output.get("data", {}) for cell in notebook.cells for output in cell.get("outputs", ())):
        _run_anew(made)
    strip(made)
    return made


def _text_of(output: Any) -> Any:
    """The output without its pictures, which are painted for a release; None where nothing is left."""
    if "data" in output:
        output.data = {kind: held for kind, held in output.data.items() if kind in TEXT}
    return output if output.get("data", True) else None


def _run_anew(notebook: Any) -> None:
    """A table as HTML has headings in the language of the screen, so they come from a run."""
    ran = copy.deepcopy(notebook)
    NotebookClient(ran, timeout=300, resources={"metadata": {"path": str(ROOT / "notebooks")}}).execute()
    for cell, fresh in zip(notebook.cells, ran.cells, strict=True):
        for output, new in zip(cell.get("outputs", ()), fresh.get("outputs", ()), strict=False):
            if "text/html" in new.get("data", {}):
                output.data["text/html"] = new.data["text/html"]
