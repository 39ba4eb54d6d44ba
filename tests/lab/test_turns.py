"""Long runs without threads: the loop has its turns from within a run, or none at all."""

import asyncio
import gc
from contextlib import contextmanager
from importlib import import_module
from itertools import chain
from threading import current_thread, main_thread
from time import sleep
from types import SimpleNamespace

import ipywidgets
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from simlib.errors import WorkbookError
from simlib.lab import background, beside, turns
from simlib.lab.beside import beside as in_a_thread
from simlib.lab.explore import Exploration
from simlib.lab.runs import Run
from simlib.lab.turns import InTurns
from simlib.watch import Stopped, slices, watcher
from tests.lab.switching import played, turn

EXPLORE = import_module("simlib.lab.explore")  # the function of that name is not meant

WAYS = {
    "in turns": lambda: InTurns(lambda: turn),
    "without turns": lambda: InTurns(lambda: None),
    "in a thread": lambda: in_a_thread,
}


@contextmanager
def by(way):
    """Runs are made in this way, and everything that waits for a while waits no longer than it has to."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(background, "WAY", WAYS[way]())
        patch.setattr(EXPLORE, "GATHERING", 0)
        for module in (turns, beside):
            patch.setattr(module, "PATIENCE", 0)
            patch.setattr(module, "REFRESH", 0)
        patch.setattr(turns, "PACE", 0)
        yield


class Lab(Exploration):
    """A scenario with two controls and a text of somebody else's; it notes what begins, ends and is taken."""

    def __init__(self, name="one", working=None):
        self.name = name
        self.working = [] if working is None else working  # the runs that are being made, of this and of other labs
        self.made, self.taken = [], []
        self.steps = 0  # that its runs have made
        self.held = False  # whether its runs go on until they are stopped
        self.faults = []  # what an assertion would say: here the lab would take it for the scenario's own trouble

        def scenario(long=1, wide=1, text=""):
            if watcher.get() is not None:  # else it is the first, or one that the lab waits for
                self._watched(long)
            self.made.append((long, wide, text))
            return SimpleNamespace(number=len(self.made), given=self.made[-1], seed=1, until=1, totals=dict)

        super().__init__(scenario, [], {"long": (1, 9), "wide": (1, 9)}, {})
        self.told = False  # whether somebody was told since the last move why the screen is not as he wants it
        complain = self._panel.complain
        self._panel.complain = lambda trouble: (setattr(self, "told", bool(trouble)), complain(trouble))

    def _watched(self, long):
        if self.working:
            self.faults.append("two runs at a time")
        self.working.append(self.name)
        watch = watcher.get()
        try:
            for _ in chain.from_iterable(slices(0, 1) for _ in range(10_000 if self.held else 1)):
                self.steps += 1
                if watcher.get() is not watch:
                    self.faults.append("watched for another run")
                if current_thread() is not main_thread():
                    sleep(0.0003)  # nobody waits for it, and it shall take a while
                if long == 9:
                    raise WorkbookError("nine is too long")
        finally:
            self.working.remove(self.name)

    def _take(self, settings, trace, charts, telling):
        self.taken.append(trace.number)
        super()._take(settings, trace, charts, telling)

    def widgets(self, kind):
        found, waiting = [], [self.widget]
        while waiting:
            widget = waiting.pop(0)
            found += [widget] if isinstance(widget, kind) else []
            waiting = [*getattr(widget, "children", ()), *waiting]
        return found

    def control(self, name):
        return self._panel._controls[name]

    def move(self, name, value):
        self.control(name).value = value

    def button(self, text):
        (found,) = (one for one in self.widgets(ipywidgets.Button) if one.description == text)
        return found

    @property
    def complaint(self):
        return "".join(widget.value for widget in self.widgets(ipywidgets.HTML))

    @property
    def bar(self):
        """What is shown of the run that is under way: nothing, or how far it is."""
        return self._footer._bar.value if self._footer._progress.layout.display != "none" else None

    @property
    def busy(self):
        return self._waiting or self._under_way is not None or self.name in self.working


async def until(happens):
    async with asyncio.timeout(20):
        while not happens():
            await asyncio.sleep(0)


def test_a_long_run_shows_how_far_it_is_and_can_be_stopped():
    async def story():
        lab = Lab()
        lab.move("long", 5)
        await until(lambda: lab.bar and lab.bar > 0.1)
        assert lab.button("Stop").layout.display is None
        lab.button("Stop").click()
        steps = lab.steps
        await until(lambda: not lab.busy)
        assert lab.steps == steps, "it ends where it is"
        return lab

    with by("in turns"):
        lab = played(story())
    assert lab.settings["long"] == 1
    assert "stopped; what is shown is still scenario(long=1" in lab.complaint
    assert (lab.bar, lab.working, lab.taken) == (None, [], [])
    assert not lab.faults


def test_without_turns_it_shows_how_far_it_is_and_offers_no_stop():
    async def story():
        lab, seen = Lab(), []
        lab._footer._bar.observe(lambda _: seen.append((lab.bar, lab.button("Stop").layout.display)), "value")
        lab.move("long", 5)
        await until(lambda: not lab.busy and lab.settings["long"] == 5)
        return lab, seen

    with by("without turns"):
        lab, seen = played(story())
    assert (0.5, "none") in seen[1:]
    assert lab.bar is None


def test_a_newer_move_ends_the_run_in_whose_turn_it_arrives_and_begins_when_that_has_ended():
    async def story():
        lab = Lab()
        for value in (5, 6, 7):
            lab.move("long", value)
            await until(lambda: lab.bar and lab.bar > 0.1)
        await until(lambda: not lab.busy)
        return lab

    with by("in turns"):
        lab = played(story())
    assert lab.settings["long"] == 7
    assert [given[0] for given in lab.made] == [1, 7], "the others gave no result"
    assert lab.taken == [2]


def test_the_run_of_another_lab_waits_its_turn_shows_that_and_can_be_stopped_meanwhile():
    async def story():
        working = []
        one, two = Lab("one", working), Lab("two", working)
        one.move("long", 5)
        await until(lambda: working == ["one"])
        two.move("long", 5)
        await until(lambda: two.bar == 0 and one.bar > 0.1)
        assert working == ["one"]
        two.button("Stop").click()
        await until(lambda: not two.busy)
        assert working == ["one"], "it need not wait for that"
        two.move("long", 6)
        await until(lambda: not one.busy and not two.busy)
        return one, two

    with by("in turns"):
        one, two = played(story())
    assert (one.settings["long"], two.settings["long"]) == (5, 6)
    assert (one.bar, two.bar) == (None, None)
    assert one.faults == two.faults == []


@pytest.mark.parametrize("way", ["in turns", "in a thread"])
def test_a_run_that_is_stopped_before_it_could_begin_does_not_begin(way):
    async def story():
        working = []
        one, two = Lab("one", working), Lab("two", working)
        one.held = True
        one.move("long", 5)
        await until(lambda: one.bar)
        two.move("long", 5)
        await until(lambda: two.bar == 0)
        two.stop()
        one.stop()
        await until(lambda: not one.busy and not two.busy)
        return two

    with by(way):
        assert played(story()).steps == 0


@pytest.mark.parametrize("way", ["in turns", "in a thread"])
def test_what_somebody_else_changes_meanwhile_is_shown_and_the_move_is_not_lost(way):
    async def story():
        lab = Lab()
        lab.held = True
        lab.move("long", 5)
        await until(lambda: lab.bar)
        lab.held = False
        lab.rerun(text="changed")
        assert lab.trace.given == (1, 1, "changed")
        assert lab.bar is None
        await until(lambda: not lab.busy)
        return lab

    with by(way):
        lab = played(story())
    assert lab.trace.given == (5, 1, "changed")
    assert lab.bar is None


def test_a_move_is_not_lost_where_somebody_elses_change_fails():
    async def story():
        lab = Lab()
        lab.move("wide", 5)
        await until(lambda: lab.bar)
        with pytest.raises(TypeError):
            lab.rerun(nothing="known")
        await until(lambda: not lab.busy)
        return lab

    with by("in turns"):
        assert played(story()).settings["wide"] == 5


def test_what_was_stopped_is_not_run_again_when_somebody_else_changes_something():
    async def story():
        lab = Lab()
        lab.move("long", 5)
        await until(lambda: lab.bar)
        lab.stop()
        lab.rerun(text="changed")
        await asyncio.sleep(0.01)
        return lab

    with by("in turns"):
        lab = played(story())
    assert lab.trace.given == (1, 1, "changed")
    assert not lab.busy


@pytest.mark.parametrize("came", [1, WorkbookError("too late")])
def test_of_a_run_that_was_stopped_as_it_ended_nothing_is_told_or_taken(monkeypatch, came):
    async def way(run, work, tell):
        tell(run)
        run.stop()
        tell(run)
        if isinstance(came, Exception):
            raise came
        return came

    told = []
    monkeypatch.setattr(background, "WAY", way)
    with pytest.raises(Stopped):
        asyncio.run(background.in_background(Run(), int, told.append))
    assert len(told) == 1


def test_garbage_is_looked_for_while_there_is_no_run(monkeypatch):
    collected = []  # each time, the runs that were being made

    async def story():
        working = []
        one, two = Lab("one", working), Lab("two", working)
        monkeypatch.setattr(gc, "collect", lambda: collected.append(list(working)))
        two.held = True
        for lab in (one, two):
            lab.move("long", 5)
        await until(lambda: not one.busy and two.bar)
        await asyncio.sleep(0.1)
        two.stop()
        await until(lambda: not two.busy)
        one.held = True
        one.move("long", 6)
        await until(lambda: one.bar)
        await asyncio.sleep(0.1)
        one.stop()
        await until(lambda: not one.busy)
        await until(lambda: collected)

    monkeypatch.setattr(background, "IDLE", 0.05)
    with by("in turns"):
        played(story())
    assert not any(collected)


MOVES = st.tuples(st.sampled_from(["long", "wide"]), st.integers(1, 9))
STEPS = st.lists(
    st.one_of(MOVES, st.just("stop"), st.text("ab", max_size=1).map(lambda text: {"text": text}), st.integers(0, 30)),
    max_size=12,
)


@pytest.mark.parametrize("way", WAYS)
@settings(max_examples=40, deadline=None)
@given(steps=STEPS)
def test_whatever_the_order_of_moves_stops_and_ends_the_screen_has_the_newest_run_or_says_why_not(way, steps):
    async def story():
        lab = Lab()
        for step in steps:
            if step == "stop":
                lab.told = lab.told or lab.busy  # he knows it, for it was he
                lab.stop()
            elif isinstance(step, tuple):
                lab.told = lab.told and lab.control(step[0]).value == step[1]
                lab.move(*step)
            elif isinstance(step, dict):
                lab.rerun(**step)
            else:
                for _ in range(step):
                    await asyncio.sleep(0)
        await until(lambda: not lab.busy)
        return lab

    with by(way):
        lab = played(story())
    wanted = {name: lab.control(name).value for name in ("long", "wide")}
    shown = {name: lab.settings[name] for name in wanted}
    assert shown == wanted or lab.told
    assert lab.trace.given == (*shown.values(), lab.settings["text"]), "what is on the screen is of one run"
    assert lab.taken == sorted(set(lab.taken)), "each run is taken once, and none after a newer one"
    assert (lab.bar, lab.working, lab.faults) == (None, [], [])
