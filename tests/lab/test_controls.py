import pytest

from simlib.errors import WorkbookError
from simlib.lab.controls import CheckBox, DropDown, Slider, controls_of, settings_of


def scenario(cache_size=2, wait=1.5, order="priority", single=False):
    """A scenario.

    order: how the queue is sorted
    """


def only(**ranges):
    (control,) = controls_of(scenario, ranges).values()
    return control


def test_the_first_run_takes_the_functions_own_defaults():
    assert settings_of(scenario) == {"cache_size": 2, "wait": 1.5, "order": "priority", "single": False}


@pytest.mark.parametrize(
    ("ranges", "control"),
    [
        ({"cache_size": (0, 8)}, Slider("cache size", 2, 0, 8, 1)),
        ({"cache_size": (0, 8, 2)}, Slider("cache size", 2, 0, 8, 2)),
        ({"wait": (0, 2)}, Slider("wait", 1.5, 0, 2, 0.1)),
        (
            {"order": ["priority", "host"]},
            DropDown("how the queue is sorted", "priority", {"priority": "priority", "host": "host"}),
        ),
        (
            {"order": ("host", "priority")},
            DropDown("how the queue is sorted", "priority", {"host": "host", "priority": "priority"}),
        ),
        ({"wait": {"short": 1.5, "long": 60.0}}, DropDown("wait", 1.5, {"short": 1.5, "long": 60.0})),
        ({"single": bool}, CheckBox("single", False)),
        ({"single": False}, CheckBox("single", False)),
    ],
)
def test_a_range_makes_the_control_that_suits_it(ranges, control):
    assert only(**ranges) == control


@pytest.mark.parametrize(
    ("ranges", "told"),
    [
        ({"cache_size": (8, 0)}, r"cache_size=\(8, 0\): the wrong way round; low comes first, such as \(0, 8\)"),
        ({"cache_size": (2, 2)}, "cache_size=.*wrong way round"),
        ({"cache_size": (3, 8)}, r"cache_size=\(3, 8\): the function's own default 2 lies outside; .* from 3 to 8"),
        ({"cache_size": (0, 8, 0)}, "cache_size=.*a step must be more than 0 and at most 8, not 0"),
        ({"cache_size": (0, 8, 9)}, "a step must be"),
        ({"cache_sise": (0, 8)}, "scenario has no parameter cache_sise; did you mean cache_size?"),
        ({"zzz": (0, 8)}, "scenario has no parameter zzz; its parameters are: cache_size, wait, order, single"),
        ({"order": ["host", "time"]}, "order: .*'priority' is not among the choices; add it to host, time"),
        ({"order": (0, 8)}, "order=.*default 'priority' lies outside"),
        ({"cache_size": bool}, "cache_size: a check box needs True or False as the function's own default, not 2"),
        ({"single": True}, "single=True: the box starts at the function's own default False; write single=bool"),
        ({"wait": 3}, "wait=3 makes no control; write"),
        ({"wait": ()}, "wait=.* makes no control"),
        ({"wait": (1, 2, 3, 4)}, "wait=.* makes no control"),
        ({"wait": (float("nan"), 2)}, "wait=.* makes no control"),
    ],
)
def test_a_range_that_makes_no_sense_is_refused_by_name_with_the_cure(ranges, told):
    with pytest.raises(WorkbookError, match=told):
        controls_of(scenario, ranges)


def test_a_function_that_cannot_start_by_itself_is_refused():
    with pytest.raises(WorkbookError, match="parameter size has no default to start from; write size=…"):
        settings_of(lambda size: None)
    with pytest.raises(WorkbookError, match=r"\*\*options cannot be set by name"):
        settings_of(lambda **options: None)
    with pytest.raises(WorkbookError, match="give the function itself"):
        settings_of(3)
