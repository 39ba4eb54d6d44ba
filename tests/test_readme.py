"""The README's lines do what it says."""

import re
from pathlib import Path

import pytest

from simlib import Trace

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def block(language: str) -> str:
    (text,) = re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)
    return text


def test_the_scenario_runs() -> None:
    pytest.importorskip("ipywidgets", reason="the lab needs Jupyter")
    names: dict[str, object] = {}
    exec(block("python"), names)
    trace = names["queue_run"]()  # type: ignore[operator]  # what the README defines
    assert isinstance(trace, Trace)
    assert trace.totals()["delivered"] == 30


def test_the_commands_are_there() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"^make (\w+)", block("sh"), flags=re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, flags=re.MULTILINE)


def test_what_it_names_is_there() -> None:
    names = re.findall(r"\]\(([\w/.]+)\)", README) + re.findall(r"`((?:tests|docs|notebooks)/[\w/.]+)`", README)
    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []
