"""Every view of the lab with texts that would run, hide or turn round what stands beside them, if they could."""

import os
from dataclasses import replace
from types import SimpleNamespace
from unittest.mock import patch

from simlib import Table, World, lab
from simlib.exercises import Exercise, Question
from simlib.lab import gates
from simlib.lab.after import After
from simlib.lab.chart import Axis, Chart, Series
from simlib.lab.exercise import ExerciseOnScreen
from simlib.lab.flow import Flow
from simlib.lab.numbers import Number
from simlib.lab.search import search
from simlib.lab.way import Way
from simlib.site.boot import Service, Toll
from simlib.visible import visible

BAD = "<img src=x onerror=hack()><script>hack()</script>\x1b[31m\0\u202e\u2066\x9b\udcff\ud800&'\""
NAMES = "<img src=x onerror=hack()>\u202e\udcff\x1b"


def chart(trace):
    """A chart whose every text is hostile."""
    return Chart(BAD, Axis(BAD, BAD), Axis(BAD), "steps", (Series(BAD, ((0, 1), (1, 2))),) * 2, {BAD: Number(BAD)})


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
    asked = Question(BAD, BAD, lambda came: BAD, BAD, {BAD: (BAD, BAD), "b": ("b", BAD)})
    shown = lab.predict(asked, a_run, choice={BAD: BAD, "b": "b"}, show=[chart, words])
    shown.commit(1)
    return shown


def words(trace):
    return BAD


def order():
    asked = Question(BAD, BAD, lambda came: ["b", BAD], BAD, cards=(BAD, "b"))
    shown = lab.predict(asked, a_run)
    shown.commit((0, 1))
    return shown


def hands():
    asked = Question(BAD, BAD, lambda came: BAD, BAD, {BAD: (BAD, BAD), "b": ("b", BAD)})
    with patch.dict(os.environ, {"SERVER_SOFTWARE": "voila/0.5"}):
        shown = lab.predict(asked, a_run)
        shown.submit()
    return shown


def after():
    shown = After("04.1", (BAD, chart(None), Table({BAD: [BAD]}, {}, BAD)))
    gates.unlock("04.1")
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
    shown.widget._handle_custom_msg({"host": 0, "time": 60}, [])
    shown.widget._handle_custom_msg({"message": 1, "time": 60}, [])
    return shown


def picture():
    world, _ = a_world()
    return replace(lab.lives(world.run(until="1m")), title=BAD, hint=BAD)


def drill():
    shown = lab.drill("04")
    shown.console(f"cat {BAD}")
    return shown


def read():
    return lab.read(f"{BAD} and on", {BAD: BAD})


def way():
    world, _ = a_world()
    shown = lab.way(world.run(until="1m"))
    return Way([place._replace(step=BAD, name=BAD, where=BAD, lines=(BAD,)) for place in shown.places])


def rules():
    shown = lab.rules("V10\nSx\nR$*\t$: $1 <b>\u202e\n", BAD, "x")
    shown.edit(shown.text.replace("<b>", "<i>\u202e"))
    shown.run("a", BAD)
    shown.edit(f"{BAD}\n{shown.text}")
    return shown


def table():
    return Table({BAD: [BAD, "$x$"], "n": [1, 2]}, {BAD: BAD}, BAD)


VIEWS = {
    "explore": explore,
    "explore that fails": an_explore_that_fails,
    "chart": lambda: chart(None),
    "compare": lambda: lab.compare(a_run, {BAD: {}, "b": {"text": "b"}}, show=[chart]),
    "configure": configure,
    **{f"exercise: {kind}": exercise(kind) for kind in ("cf", "number", "choice", "order", "text", "incident")},
    "predict": predict,
    "predict: order": order,
    "predict: hands": hands,
    "after": after,
    "search": orders,
    "console": console,
    "drill": drill,
    "flow": flow,
    "picture": picture,
    "read": read,
    "rules": rules,
    "way": way,
}
