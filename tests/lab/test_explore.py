import asyncio
from contextvars import copy_context
from dataclasses import replace

import ipywidgets
import pytest

from simlib import World, lab
from simlib.errors import WorkbookError
from simlib.lab.chart import Axis, Chart, Series
from simlib.lab.picture import Picture
from simlib.watch import watcher

EMPTY = Chart("nothing", Axis("x"), Axis("y"), "steps", ())


def widgets_of(exploration, kind):
    """The widgets of a kind on an exploration's panel, in the reader's order."""
    found, waiting = [], [exploration._panel.widget]
    while waiting:
        widget = waiting.pop(0)
        found += [widget] if isinstance(widget, kind) else []
        waiting = [*getattr(widget, "children", ()), *waiting]
    return found


def html_of(exploration):
    return "".join(widget.value for widget in widgets_of(exploration, ipywidgets.HTML))


def test_an_exploration_reads_as_its_settings_seed_totals_and_key_numbers(queue_run):
    shown = lab.explore(queue_run, cache_size=(0, 4), show=[lab.connections, lab.queue_length])
    assert repr(shown).splitlines() == [
        "queue_run(cache_size=2, messages=20, kind='plain', single=False)",
        "seed 4, 1 h simulated",
        "20 submitted, 20 delivered, 0 bounced, 0 queued, 0 lost",
        "Open connections",
        "  connections opened  1",
        "  most open at once   1",
        "  messages carried    20",
        "  RSET commands       19",
        "  round trips         9",
        "Queue length",
        "  longest at mail.example  20",
        "  left in queues           0",
    ]


def test_the_result_of_a_cell_is_the_widget_and_the_same_numbers_as_text(queue_run):
    shown = lab.explore(queue_run, show=[lab.connections])
    bundle = shown._repr_mimebundle_(include=None, exclude=None)
    assert bundle["text/plain"] == repr(shown)
    assert set(bundle) == {"text/plain", "application/vnd.jupyter.widget-view+json"}


def test_controls_stand_in_the_order_they_were_given_and_at_their_defaults(queue_run):
    shown = lab.explore(queue_run, single=bool, kind=["plain", "list"], messages=(1, 40), show=[lab.delays])
    box, choice, slider = (
        widgets_of(shown, kind)[0] for kind in (ipywidgets.Checkbox, ipywidgets.Dropdown, ipywidgets.IntSlider)
    )
    assert (box.value, choice.value, slider.value) == (False, "plain", 20)
    assert "connections kept open" in html_of(shown)  # its docstring label: listed, though it has no control
    assert "seed" in html_of(shown)


def test_a_moved_control_gives_a_new_trace_and_redraws_in_place(queue_run):
    shown = lab.explore(queue_run, cache_size=(0, 4), show=[lab.connections])
    (slider,), (picture,) = (
        widgets_of(shown, ipywidgets.IntSlider),
        widgets_of(shown, type(Picture(EMPTY).widget)),
    )
    before = shown.trace, picture.option, html_of(shown)
    slider.value = 0
    assert shown.settings["cache_size"] == 0
    assert len(shown.trace.connections) == 20
    assert shown.trace is not before[0]
    assert picture.option != before[1]
    assert html_of(shown) != before[2]
    assert widgets_of(shown, type(picture)) == [picture]


def test_only_the_newest_of_many_moves_is_run(queue_run):
    runs = []

    def counted(cache_size=2, messages=20):
        runs.append((cache_size, messages))
        return queue_run(cache_size, messages)

    async def moving():
        shown = lab.explore(counted, cache_size=(0, 9), messages=(1, 40), show=[lab.connections])
        slider, other = widgets_of(shown, ipywidgets.IntSlider)
        for value in (3, 4, 5, 6, 0):
            slider.value = value
        other.value = 30
        await asyncio.sleep(0.1)
        slider.value = 1
        await asyncio.sleep(0.1)
        return shown

    shown = asyncio.run(moving())
    assert runs == [(2, 20), (0, 30), (1, 30)]
    assert shown.settings == {"cache_size": 1, "messages": 30}


def test_a_run_that_fails_is_told_on_the_screen_and_the_next_one_clears_it(queue_run):
    def picky(cache_size=2):
        if cache_size == 3:
            raise WorkbookError("three is <not> to be had")
        return queue_run(cache_size)

    shown = lab.explore(picky, cache_size=(0, 4), show=[lab.connections])
    (slider,) = widgets_of(shown, ipywidgets.IntSlider)
    slider.value = 3
    assert "picky(cache_size=3): three is &lt;not&gt; to be had" in html_of(shown)
    assert shown.settings["cache_size"] == 2
    slider.value = 0
    assert "three is" not in html_of(shown)
    assert shown.settings["cache_size"] == 0


@pytest.mark.parametrize(
    ("entry", "name"), [("connections", "'connections'"), (lambda trace: 3, "<lambda>"), (id, "id")]
)
def test_a_show_entry_that_is_no_chart_is_refused(queue_run, entry, name):
    with pytest.raises(WorkbookError, match=f"show: {name} is not a chart; write for example"):
        lab.explore(queue_run, show=[entry])


def test_a_run_that_returns_no_trace_is_refused():
    def forgetful():
        pass

    with pytest.raises(WorkbookError, match="forgetful returned None, not a trace; let it end with"):
        lab.explore(forgetful)


def test_a_refusal_leaves_no_widget_behind(queue_run):
    before = ipywidgets.Widget.get_manager_state()["state"].keys()
    with pytest.raises(WorkbookError):
        lab.explore(queue_run, cache_size=(4, 0), show=[lab.connections])
    with pytest.raises(WorkbookError):
        lab.explore(queue_run, show=[lab.connections, id])
    assert ipywidgets.Widget.get_manager_state()["state"].keys() <= before


def test_a_line_that_is_no_longer_there_is_wiped_from_the_screen():
    one, two = (Series(name, ((0, 1), (1, 2))) for name in "ab")
    picture = Picture(replace(EMPTY, series=(one, two)))
    picture.show(replace(EMPTY, series=(one,)))
    assert [series["name"] for series in picture.widget.option["series"]] == ["a", "the run before"]
    picture.show(EMPTY)
    picture.show(EMPTY)
    assert [series["data"] for series in picture.widget.option["series"]] == [[], []]


def test_reset_puts_every_control_back(queue_run):
    shown = lab.explore(queue_run, cache_size=(0, 4), single=bool, show=[lab.connections])
    (slider,), (box,) = widgets_of(shown, ipywidgets.IntSlider), widgets_of(shown, ipywidgets.Checkbox)
    slider.value, box.value = 0, True
    (button,) = (one for one in widgets_of(shown, ipywidgets.Button) if one.description == "Reset")
    button.click()
    assert (slider.value, box.value) == (2, False)
    assert shown.settings == {"cache_size": 2, "messages": 20, "kind": "plain", "single": False}


def test_the_line_of_code_makes_what_is_on_the_screen(queue_run):
    def plain(trace):
        return lab.delays(trace)

    shown = lab.explore(queue_run, cache_size=(0, 4), single=bool, show=[lab.connections, plain])
    assert shown.code == "lab.explore(queue_run, cache_size=(0, 4), single=bool, show=[lab.connections, plain])"
    widgets_of(shown, ipywidgets.IntSlider)[0].value = 0
    assert "start={'cache_size': 0}, show=[lab.connections, plain])" in shown.code
    assert "start={&#x27;cache_size&#x27;: 0}" in html_of(shown)
    again = eval(shown.code)
    assert repr(again) == repr(shown)
    assert widgets_of(again, ipywidgets.IntSlider)[0].value == 0
    assert again.code == shown.code


@pytest.mark.parametrize(
    ("start", "told"),
    [
        ({"cache_size": 9}, "start: cache_size=9 is nothing that its control can show; 0 to 4 would be"),
        ({"kind": "bulk"}, "start: kind='bulk' .*'plain', 'list' would be"),
        ({"single": 1}, "start: single=1 .* True or False"),
        ({"cache_sise": 2}, "queue_run has no parameter cache_sise; did you mean cache_size"),
    ],
)
def test_a_start_that_no_control_could_show_is_refused(queue_run, start, told):
    with pytest.raises(WorkbookError, match=told):
        lab.explore(queue_run, cache_size=(0, 4), kind=["plain", "list"], single=bool, start=start)


def long_run(days=1):
    """Many slices, each with much to do: it takes seconds if nobody ends it."""
    world = World(seed=1)
    for second in range(days * 2_000):
        world.at(second, lambda: sum(range(20_000)))
    return world.run(until=days * 2_000)


def test_a_long_run_shows_how_far_it_is_and_can_be_stopped():
    async def moving():
        shown = lab.explore(long_run, days=(1, 500), start={"days": 1})
        widgets_of(shown, ipywidgets.IntSlider)[0].value = 500
        (bar,) = widgets_of(shown, ipywidgets.FloatProgress)
        while bar.value == 0:
            await asyncio.sleep(0.05)
        seen = bar.value, " left" in widgets_of(shown, ipywidgets.Label)[0].value
        (stop,) = (one for one in widgets_of(shown, ipywidgets.Button) if one.description == "Stop")
        stop.click()
        while "stopped" not in html_of(shown):
            await asyncio.sleep(0.05)
        return shown, seen

    shown, (done, tells) = asyncio.run(moving())
    assert 0 < done < 1
    assert tells
    assert shown.settings == {"days": 1}
    assert "what is shown is still long_run(days=1)" in html_of(shown)


def test_a_run_that_is_left_behind_is_ended_for_the_next():
    ended = []

    def noted(days=1):
        trace = long_run(days)
        ended.append(days)
        return trace

    async def moving():
        shown = lab.explore(noted, days=(1, 500))
        (slider,) = widgets_of(shown, ipywidgets.IntSlider)
        slider.value = 500
        await asyncio.sleep(0.3)
        slider.value = 2
        while shown.settings["days"] != 2:
            await asyncio.sleep(0.05)

    asyncio.run(moving())
    assert ended == [1, 2]


def test_a_watched_run_gives_the_same_trace():
    def site():
        world = World(seed=2)
        mail = world.sendmail("mail.here.example")
        world.sendmail("mx.far.example", domain="far.example")
        world.outage("mx.far.example", "0s", "1h")
        for n in range(20):
            mail.submit("taro@mail.here.example", "hana@far.example", at=n * 7)
        mail.queue_run(every="10m")
        return world.run("2h")

    def watched():
        watcher.set(seen.append)
        return site()

    seen: list[float] = []
    assert copy_context().run(watched).syslog("mail.here.example") == site().syslog("mail.here.example")
    assert len(seen) == 49


def test_what_a_move_has_changed_is_marked_and_says_what_it_was(queue_run):
    @lab.telling("connections opened", "messages carried")
    def told(cache_size=2):
        return queue_run(cache_size)

    shown = lab.explore(told, cache_size=(0, 4), show=[lab.connections])
    telling = shown._panel._telling
    assert "was" not in telling.value
    shown.rerun(cache_size=0)
    changed, same = telling.value.split("</tr>")[:2]
    assert "class='changed'" in changed and ">20<" in changed and "was 1<" in changed
    assert "changed" not in same
    shown.rerun(cache_size=0)
    assert "was" not in telling.value


def test_the_other_numbers_are_folded_where_some_tell_the_point(queue_run):
    told = lab.explore(lab.telling("delivered")(lambda: queue_run()), show=[lab.connections])
    assert told._panel._rest.layout.display == "none"
    told._panel._all.value = True
    assert told._panel._rest.layout.display == "block"
    assert lab.explore(queue_run)._panel._rest.layout.display == "block"


def test_what_is_folded_is_that_of_the_newest_run_when_it_is_unfolded(queue_run):
    @lab.telling("delivered")
    def told(cache_size=2):
        return queue_run(cache_size)

    shown = lab.explore(told, cache_size=(0, 4), show=[lab.connections])
    panel = shown._panel
    shown.rerun(cache_size=0)
    panel._all.value = True
    assert "<td>20<span class='was'>was 1</span></td>" in panel._rest.value


def test_a_text_a_table_and_numbers_of_ones_own_follow_the_controls(queue_run):
    def said(trace):
        """What was said"""
        return f"{len(trace.connections)} connections"

    def rows(trace):
        return trace.connections.select("messages")

    def mine(trace):
        return {"a half": len(trace.connections) / 2}

    @lab.telling("a half")
    def told(cache_size=2):
        return queue_run(cache_size)

    shown = lab.explore(told, cache_size=(0, 4), show=[said, rows, mine])
    assert "What was said\n1 connections" in repr(shown)
    assert "<pre class='simlib-text' tabindex='0'>1 connections" in html_of(shown)
    shown.rerun(cache_size=0)
    assert "20 connections" in html_of(shown)
    assert shown.telling["a half"].value == 10
