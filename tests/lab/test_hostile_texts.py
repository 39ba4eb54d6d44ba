"""Whatever texts from outside hold, a view sends nothing unseen, and no markup but its own."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import ipywidgets
import pytest

from simlib import lab
from simlib.lab import progress
from simlib.lab.screen import Instrument, Written
from simlib.visible import html, visible
from tests.lab.hostile import NAMES, VIEWS, a_run

LAB = Path(lab.__file__).parent
OURS = {"a", "b", "caption", "code", "div", "i", "li", "p", "pre", "span", "style", "ul"}
OURS |= {"table", "tbody", "td", "th", "thead", "tr", "wbr"}
IPYWIDGETS_OWN = "\u200b"  # what stands in an empty field


class Elements(HTMLParser):
    """The elements of a piece of markup, and their attributes."""

    def __init__(self, markup):
        super().__init__()
        self.found = set()
        self.feed(markup)

    def handle_starttag(self, tag, attributes):
        self.found |= {tag, *(name for name, _ in attributes if name.startswith("on"))}


def texts(value):
    """All texts in plain data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        yield from (text for pair in value.items() for one in pair for text in texts(one))
    elif isinstance(value, (list, tuple)):
        yield from (text for one in value for text in texts(one))


@pytest.fixture(autouse=True)
def a_record_of_its_own(monkeypatch, tmp_path):
    monkeypatch.setenv(progress.PLACE, str(tmp_path / "hana.json"))


@pytest.fixture
def sent(monkeypatch):
    """What a view gives to the page: the state of every widget it is made of, and its output."""
    made = []
    monkeypatch.setattr(ipywidgets.Widget, "__init__", _noting(ipywidgets.Widget.__init__, made))

    def sent(view):
        bundle = view._repr_mimebundle_()
        return bundle, [(one, one.get_state()) for one in made]

    return sent


def _noting(init, made):
    def noting(self, *arguments, **named):
        init(self, *arguments, **named)
        made.append(self)

    return noting


@pytest.mark.parametrize("name", VIEWS)
def test_a_view_sends_what_can_be_seen_and_no_markup_but_its_own(sent, name):
    bundle, states = sent(VIEWS[name]())
    every = [bundle, *(state for _, state in states)]
    assert [text for text in texts(every) if visible(text) != text and text != IPYWIDGETS_OWN] == []
    for widget, state in states:
        if isinstance(widget, ipywidgets.HTML):
            assert Elements(state["value"]).found <= OURS
    assert "<U+202E>" in json.dumps(every, default=str).replace("&lt;", "<").replace("&gt;", ">")
    json.dumps(every, default=str, ensure_ascii=False).encode()  # as it goes to the page


def test_the_lessons_own_lines_are_run_as_they_are_though_they_are_shown_made_visible():
    given = []

    def run(cf=f"O LogLevel=9\nDX{NAMES}"):
        given.append(cf)
        return a_run()

    shown = lab.configure(run)
    assert shown.field.value == f"O LogLevel=9\nDX{visible(NAMES)}"
    shown.field.value = shown.field.value.replace("9", "8")
    assert shown.apply()
    assert given[-1] == f"O LogLevel=8\nDX{NAMES}"


def test_a_complaint_stands_at_its_line_whatever_else_looks_like_the_end_of_one():
    shown = lab.configure(a_run)
    shown.field.value = "DXa\x85b\u2028c\x0bd\nO NoSuchOption=1"
    shown.apply()
    (place,) = [n for n, row in enumerate(shown.listing) if row.mark == "!"]
    assert shown.listing[place - 1].text == "O NoSuchOption=1"


def test_text_that_is_given_for_markup_is_text():
    assert Written("<script>hack()</script>").value == "&lt;script&gt;hack()&lt;/script&gt;"
    assert Written(html("<b>{}</b>", "<")).value == "<b>&lt;</b>"


FILES = sorted(LAB.glob("*.py"))


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
def test_no_view_goes_round_this(file):
    """Markup is written down, never put together; only the screen knows the widgets that would take it for such."""
    tree = ast.parse(file.read_text("utf-8"))
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")
        if name in ("html", "Html") and file.name != "screen.py":
            assert not isinstance(call.args[0], (ast.JoinedStr, ast.BinOp)), f"line {call.lineno}"
        assert name not in ("HTML", "HTMLMath", "Output"), f"line {call.lineno}: use Written"
    text = file.read_text("utf-8")
    assert "from html import" not in text
    if file.name not in ("screen.py", "names.py"):
        assert "AnyWidget" not in text, f"use {Instrument.__name__}"


@pytest.mark.parametrize("file", sorted(LAB.rglob("*.js")), ids=lambda file: file.name)
def test_our_javascript_makes_no_element_of_a_text(file):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", file.read_text("utf-8"))
