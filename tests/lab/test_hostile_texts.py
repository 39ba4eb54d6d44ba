"""Whatever texts from outside hold, a view sends nothing unseen, and no markup but its own."""

import ast
import json
import re
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import ipywidgets
import pytest

from simlib import World, lab
from simlib.exercises import Exercise
from simlib.lab.chart import Axis, Chart, Series
from simlib.lab.exercise import ExerciseOnScreen
from simlib.lab.flow import Flow
from simlib.lab.screen import Instrument, Written
from simlib.lab.search import search
from simlib.site.boot import Service, Toll
from simlib.visible import html, visible

LAB = Path(lab.__file__).parent
BAD = "<img src=x onerror=hack()><script>hack()</script>\x1b[31m\0\u202e\u2066\x9b\udcff\ud800&'\""
NAMES = "<img src=x onerror=hack()>\u202e\udcff\x1b"
OURS = {"b", "caption", "code", "div", "pre", "span", "style", "table", "tbody", "td", "th", "thead", "tr"}
IPYWIDGETS_OWN = "\u200b"  # what stands in an empty field


def chart(trace):
    """A chart whose every text is hostile."""
    return Chart(BAD, Axis(BAD, BAD), Axis(BAD), "steps", (Series(BAD, ((0, 1), (1, 2))),) * 2, {BAD: BAD})


def a_run(text=BAD, choice=BAD, on=False, cards=(BAD, "b"), cf=f"O LogLevel=9\nDX{BAD}\n"):
    return SimpleNamespace(seed=4, until=60.0, totals=lambda: {"submitted": 1, BAD: 2})


a_run.__doc__ = f"A run.\n\nchoice: {NAMES}\non: {NAMES}\n"


def explore():
    return lab.explore(a_run, choice={BAD: BAD, "b": "b"}, on=bool, cards=[BAD, "b"], show=[chart])


def an_explore_that_fails():
    def run(n=1):
        if n > 1:
            raise ValueError(BAD)
        return a_run()

    shown = lab.explore(run, n=(1, 3))
    shown._panel.move_to({"n": 2})
    return shown


def configure():
    shown = lab.configure(a_run)
    shown.field.value = visible(BAD) + "\n" + shown.field.value  # as a browser sends it back
    shown.apply()
    return shown


def exercise(kind):
    def judge(answer):
        return BAD

    held = Exercise(BAD, BAD, kind, judge, BAD, (BAD,), (), BAD if kind != "order" else "", (BAD, "b"))

    def make():
        shown = ExerciseOnScreen(held)
        if kind == "choice":
            shown.field.value = BAD
        if kind == "order":
            shown.field.choose(BAD)
            shown.field.move(1)
        shown.check(), shown.hint(), shown.show_solution()
        return shown

    return make


def predict():
    shown = lab.predict(BAD, [BAD, "b"], lambda: BAD)
    shown.choose("b")
    return shown


def orders():
    services = [Service(name, 1) for name in (NAMES, "b")]
    return search(services, lambda order: Toll(1, 2, 3), {BAD: (NAMES, "b")})


def a_world():
    world = World(seed=4)
    mail = world.sendmail("mail.here.example")
    mail.submit("taro@mail.here.example", "taro\ufeff@mail.here.example")
    return world, mail


def console():
    world, mail = a_world()
    typed = lab.console(world.shell(mail), suggestions=[BAD])
    typed(f"cat {BAD}")
    return typed


def flow():
    world, _ = a_world()
    shown = Flow(world.run(until="1m"), BAD)
    shown.scene["places"][0] |= {"name": BAD, "preferences": [BAD]}
    shown.player.scene = dict(shown.scene)
    shown._asked(None, {"host": 0, "time": 60}, [])
    shown._asked(None, {"message": 1, "time": 60}, [])
    return shown


VIEWS = {
    "explore": explore,
    "explore that fails": an_explore_that_fails,
    "chart": lambda: chart(None),
    "compare": lambda: lab.compare(a_run, {BAD: {}, "b": {"text": "b"}}, show=[chart]),
    "configure": configure,
    **{f"exercise: {kind}": exercise(kind) for kind in ("cf", "number", "choice", "order", "text", "incident")},
    "predict": predict,
    "search": orders,
    "console": console,
    "flow": flow,
}


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


@pytest.mark.parametrize("file", sorted(LAB.glob("*.js")), ids=lambda file: file.name)
def test_our_javascript_makes_no_element_of_a_text(file):
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", file.read_text("utf-8"))
