"""From a function's signature and the ranges given beside it: which controls there are, and whether they make sense."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from inspect import Parameter, getdoc, signature
from math import isfinite
from types import MappingProxyType
from typing import Any

from simlib.errors import WorkbookError
from simlib.language import phrase


@dataclass(frozen=True)
class Slider:
    """A number between ``low`` and ``high``, moved by ``step``."""

    label: str
    start: float
    low: float
    high: float
    step: float


@dataclass(frozen=True)
class DropDown:
    """One of ``choices``: the text that is shown, and the value that it stands for."""

    label: str
    start: Any
    choices: dict[str, Any]


@dataclass(frozen=True)
class CheckBox:
    """Yes or no."""

    label: str
    start: bool


@dataclass(frozen=True)
class Order:
    """An order of ``cards``; ``start`` may have left some out."""

    label: str
    start: tuple[str, ...]
    cards: tuple[str, ...]


Control = Slider | DropDown | CheckBox | Order
NO_OTHER: Mapping[str, Any] = MappingProxyType({})


def settings_of(run: Callable[..., Any]) -> dict[str, Any]:
    """The parameters of ``run`` with their defaults, which are the settings of the first run."""
    if not callable(run):
        raise WorkbookError(
            "explore({run!r}): give the function itself, such as explore(queue_run), not its result", run=run
        )
    settings = {}
    for name, parameter in signature(run).parameters.items():
        if parameter.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD, Parameter.POSITIONAL_ONLY):
            raise WorkbookError(
                "{name}: {parameter} cannot be set by name; write {name2}=… with a default",
                name=_name(run),
                parameter=parameter,
                name2=name,
            )
        if parameter.default is Parameter.empty:
            raise WorkbookError(
                "{name}: parameter {name2} has no default to start from; write {name2}=…", name=_name(run), name2=name
            )
        settings[name] = parameter.default
    return settings


def controls_of(
    run: Callable[..., Any], ranges: dict[str, Any], start: Mapping[str, Any] = NO_OTHER
) -> dict[str, Control]:
    """A control for each range: numbers make a slider, texts or a dict a drop-down, ``bool`` a check box.

    Where the default is itself a list of texts, the texts are cards to be laid in order.

    It stands at the function's own default, or at what ``start`` has for it. Raises WorkbookError for an unknown
    parameter, a range the wrong way round, or a value to start from that the range leaves out.
    """
    settings = settings_of(run)
    unknown = [name for name in (*ranges, *start) if name not in settings]
    if unknown:
        near = get_close_matches(unknown[0], settings, n=1)
        hint = phrase("its parameters are: {them}", them=", ".join(settings) or phrase("none"))
        hint = phrase("did you mean {name}?", name=near[0]) if near else hint
        raise WorkbookError("{name} has no parameter {unknown}; {hint}", name=_name(run), unknown=unknown[0], hint=hint)
    controls = {name: _control(name, label_of(run, name), settings[name], span) for name, span in ranges.items()}
    return {name: starting(name, held, start.get(name, held.start)) for name, held in controls.items()}


def starting(name: str, control: Control, value: Any) -> Control:
    """The control at another value than its function's default. Raises WorkbookError for one that it cannot show."""
    if isinstance(control, Slider):
        fits, right = (
            _is_number(value) and control.low <= value <= control.high,
            phrase("{low} to {high}", low=control.low, high=control.high),
        )
    elif isinstance(control, DropDown):
        fits, right = value in control.choices.values(), ", ".join(map(repr, control.choices.values()))
    elif isinstance(control, Order):
        return _order(name, control.label, tuple(value if isinstance(value, (list, tuple)) else [value]), control.cards)
    else:
        fits, right = isinstance(value, bool), phrase("True or False")
    if not fits:
        raise WorkbookError(
            "start: {name}={value!r} is nothing that its control can show; {right} would be",
            name=name,
            value=value,
            right=right,
        )
    return replace(control, start=value)


def label_of(run: Callable[..., Any], name: str) -> str:
    """What a parameter is called on the screen: its line ``name: …`` in the docstring, or else its name in words."""
    told = re.search(rf"^\s*{re.escape(name)}\s*:\s*(\S.*?)\s*$", getdoc(run) or "", re.MULTILINE)
    return told[1] if told else name.replace("_", " ")


def _control(name: str, label: str, start: Any, span: Any) -> Control:
    if span is bool or isinstance(span, bool):
        return _check_box(name, label, start, span)
    if isinstance(start, (tuple, list)):
        return _order(name, label, tuple(start), tuple(span))
    if isinstance(span, dict):
        return _drop_down(name, label, start, {str(text): value for text, value in span.items()})
    if isinstance(span, (tuple, list)) and span and all(isinstance(choice, str) for choice in span):
        return _drop_down(name, label, start, {choice: choice for choice in span})
    if isinstance(span, (tuple, list)) and len(span) in (2, 3) and all(_is_number(end) for end in span):
        return _slider(name, label, start, span)
    raise WorkbookError(
        "{name}={span!r} makes no control; write (low, high) or (low, high, step) for a slider, a list of texts or "
        "a dict for a drop-down, bool for a check box",
        name=name,
        span=span,
    )


def _slider(name: str, label: str, start: Any, span: Sequence[float]) -> Slider:
    low, high = span[:2]
    if not low < high:
        raise WorkbookError(
            "{name}={tuple}: the wrong way round; low comes first, such as ({high}, {low})",
            name=name,
            tuple=tuple(span),
            high=high,
            low=low,
        )
    whole = all(isinstance(end, int) for end in (*span, start))
    step = span[2] if len(span) == 3 else 1 if whole else (high - low) / 20
    if not 0 < step <= high - low:
        raise WorkbookError(
            "{name}={tuple}: a step must be more than 0 and at most {high}, not {step}",
            name=name,
            tuple=tuple(span),
            high=high - low,
            step=step,
        )
    if not _is_number(start) or not low <= start <= high:
        raise WorkbookError(
            "{name}={tuple}: the function's own default {start!r} lies outside; widen the range or give {name} a "
            "default from {low} to {high}",
            name=name,
            tuple=tuple(span),
            start=start,
            low=low,
            high=high,
        )
    return Slider(label, start, low, high, step)


def _drop_down(name: str, label: str, start: Any, choices: dict[str, Any]) -> DropDown:
    if start not in choices.values():
        raise WorkbookError(
            "{name}: the function's own default {start!r} is not among the choices; add it to {value}",
            name=name,
            start=start,
            value=", ".join(choices) or phrase("them"),
        )
    return DropDown(label, start, choices)


_ONCE = "each card at most once, and at least one card"


def _order(name: str, label: str, start: tuple[str, ...], cards: tuple[str, ...]) -> Order:
    strange = [card for card in start if card not in cards]
    if strange or not start or len(set(start)) < len(start):
        why = phrase("{card!r} is not among them", card=strange[0]) if strange else _ONCE
        told = "{name}: the function's own default {start!r} is no order of {cards!r}: {why}"
        raise WorkbookError(told, name=name, start=start, cards=cards, why=why)
    return Order(label, start, cards)


def _check_box(name: str, label: str, start: Any, span: Any) -> CheckBox:
    if not isinstance(start, bool):
        raise WorkbookError(
            "{name}: a check box needs True or False as the function's own default, not {start!r}",
            name=name,
            start=start,
        )
    if span is not bool and span != start:
        raise WorkbookError(
            "{name}={span}: the box starts at the function's own default {start}; write {name}=bool",
            name=name,
            span=span,
            start=start,
        )
    return CheckBox(label, start)


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and isfinite(value)


def _name(run: Callable[..., Any]) -> str:
    return str(getattr(run, "__name__", "the function"))
