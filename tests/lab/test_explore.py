import asyncio

import ipywidgets
import pytest

from simlib import lab
from simlib.errors import WorkbookError
from simlib.lab.picture import Picture


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
        widgets_of(shown, type(Picture({"series": []}).widget)),
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
    ("entry", "name"), [("connections", "'connections'"), (lambda trace: 3, "<lambda>"), (str, "str")]
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
        lab.explore(queue_run, show=[lab.connections, str])
    assert ipywidgets.Widget.get_manager_state()["state"].keys() <= before


def test_a_line_that_is_no_longer_there_is_wiped_from_the_screen():
    picture = Picture({"series": [{"name": "a"}, {"name": "b"}]})
    picture.show({"series": [{"name": "a"}]})
    assert [series["name"] for series in picture.widget.option["series"]] == ["a", ""]
    assert picture.widget.option["series"][1]["data"] == []
