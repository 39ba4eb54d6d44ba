"""Links that carry a state: how a lab's controls stand, written into an address, and read again by whoever comes by it.

The page makes the address and opens the lesson at the lab's cell (``jupyter/labextensions``); here is what it carries.
"""

import json
from collections.abc import Mapping
from typing import Any

from simlib.errors import WorkbookError
from simlib.lab.controls import Control, DropDown, starting

_waiting: list[str] = []  # what the page has handed over for the lab that is made next


def state_of(controls: Mapping[str, Control], settings: Mapping[str, Any]) -> str:
    """How the controls stand, as JSON; of a drop-down it is the text that is chosen, since a value may be anything.

    >>> from simlib.lab.controls import Slider
    >>> state_of({"size": Slider("size", 2, 0, 8, 1)}, {"size": 4, "seed": 1})
    '{"size": 4}'
    """
    return json.dumps({name: _written(control, settings[name]) for name, control in controls.items()})


def settings_in(controls: Mapping[str, Control], state: str) -> dict[str, Any]:
    """The settings that a link asks for. Raises WorkbookError for what no control can show: links are typed, too."""
    try:
        held = json.loads(state)
    except (ValueError, RecursionError):
        held = None
    if not isinstance(held, dict):
        raise WorkbookError("this link: what stands behind set= is no list of settings; copy the whole link")
    unknown = [name for name in held if name not in controls]
    if unknown:
        raise WorkbookError(
            "this link: the lab has no control {unknown}; it has {them}", unknown=unknown[0], them=", ".join(controls)
        )
    return {name: starting(name, controls[name], _read(controls[name], value)).start for name, value in held.items()}


def arrive(state: str) -> None:
    """Hand the state of a link to the lab that is made next. The page calls this; without a state it takes it back."""
    _waiting[:] = [state] if state else []


def arrived() -> str:
    """The state of the link by which somebody has come to the lab that is being made, or nothing."""
    return _waiting.pop() if _waiting else ""


def _written(control: Control, value: Any) -> Any:
    if isinstance(control, DropDown):
        return next(text for text, held in control.choices.items() if held == value)
    return list(value) if isinstance(value, tuple) else value


def _read(control: Control, value: Any) -> Any:
    if isinstance(control, DropDown):
        return control.choices.get(value, value) if isinstance(value, str) else value
    return value
