"""``language``: in which language the screen speaks, and how a notebook says it."""

import json
import os
import warnings
from pathlib import Path

from IPython import get_ipython

from simlib.cf import CfWarning
from simlib.errors import WorkbookError, words_of
from simlib.language import LANGUAGES, choose, chosen, translated
from simlib.visible import visible

SESSION = "JPY_SESSION_NAME"  # in the environment of a kernel of Jupyter: the path of its notebook
METADATA = "lang"  # in a notebook's metadata
RENDERED = "_render_traceback_"  # what IPython asks an exception for

_usual = warnings.formatwarning


def language(name: str) -> None:
    """Show labs, questions, exercises, pictures and complaints in ``"ja"`` or ``"en"`` from now on.

    What is printed stays English, and so does all that sendmail and the shell say. A notebook of the Japanese edition
    says it in its metadata, too, and in its first cell. Raises WorkbookError for a language that there is not.
    """
    if name not in LANGUAGES:
        raise WorkbookError("language({name!r}): there are {them}", name=name, them=", ".join(map(repr, LANGUAGES)))
    choose(name)
    warnings.formatwarning = _usual if name == "en" else _warning
    if name != "en":
        setattr(WorkbookError, RENDERED, _traceback)
    elif hasattr(WorkbookError, RENDERED):
        delattr(WorkbookError, RENDERED)


def of_this_notebook() -> str:
    """The language in the metadata of the notebook that this kernel belongs to, English where it says none."""
    path = Path(os.environ.get(SESSION, ""))
    try:
        named = json.loads(path.read_text("utf-8"))["metadata"][METADATA] if path.suffix == ".ipynb" else "en"
    except (OSError, ValueError, KeyError, TypeError):  # no file, or none that says it
        return "en"
    return named if named in LANGUAGES else "en"


def _traceback(trouble: WorkbookError) -> list[str]:
    """The traceback as ever, and below it the same complaint in the language of the screen."""
    made: list[str] = get_ipython().InteractiveTB.structured_traceback(type(trouble), trouble, trouble.__traceback__)
    return [*made, visible(translated(words_of(trouble)))]


def _warning(
    message: Warning | str, category: type[Warning], filename: str, lineno: int, line: str | None = None
) -> str:
    """A warning of a sendmail.cf in the language of the screen, any other as ever."""
    usual = _usual(message, category, filename, lineno, line)
    if not isinstance(message, CfWarning) or chosen() == "en":
        return usual
    return usual.replace(str(message), visible(translated(message.args[0])))
