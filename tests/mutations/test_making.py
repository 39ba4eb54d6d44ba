"""A defect is found by its function and by what the code means, wherever it stands and however it is laid out."""

from pathlib import Path

import pytest

from tests.mutations.making import CannotBeMadeError, Defect, made

QUEUE_ORDER = '''
LIMITS = {"age": 60, "size": 10}

def too_young(entry, now):
    """Whether it has to wait."""
    since = now - entry.last_try
    if entry.tries == 0:
        return False
    return since < entry.min_age(now, "min")

class Selection:
    letters: str = "IRS"

    def matches(self, entry):
        def fits(limit):
            return limit in entry.text
        self.asked += 1
        return all(fits(limit) for limit in self.limits)
'''
REFORMATTED = """
def too_young(
    entry, now
):  # as another tool lays it out
    since = (now
             - entry.last_try)
    if (entry.tries == 0): return False
    return (
        since < entry.min_age(
            now,
            'min',  # seconds
        )
    )
"""
YOUNG = Defect("a second longer", "mta.queue_order", "too_young", 'since < entry.min_age(now, "min")', "False")


def project(root: Path, **modules: str) -> Path:
    """A project at ``root`` with these modules in simlib/mta."""
    room = root / "simlib" / "mta"
    room.mkdir(parents=True)
    for name, text in modules.items():
        (room / f"{name}.py").write_text(text, encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("function", "old", "new", "line"),
    [
        ("too_young", "entry.tries == 0", "False", "    if False:"),
        ("too_young", "since = now - entry.last_try", "since = 0", "    since = 0"),
        (
            "too_young",
            "since = now - entry.last_try\nif entry.tries == 0:\n    return False",
            "since = 1",
            "    since = 1",
        ),
        ("Selection.matches", "self.asked += 1", "pass", "        pass"),
        ("Selection.matches.fits", "limit in entry.text", "True", "            return True"),
        ("Selection.letters", '"IRS"', '"IR"', "    letters: str = 'IR'"),
        ("LIMITS", "60", "61", "LIMITS = {'age': 61, 'size': 10}"),
    ],
)
def test_expressions_statements_and_constants(tmp_path: Path, function: str, old: str, new: str, line: str) -> None:
    file, text = made(Defect("one", "mta.queue_order", function, old, new), project(tmp_path, queue_order=QUEUE_ORDER))
    assert file == tmp_path / "simlib" / "mta" / "queue_order.py"
    assert line in text.splitlines()


def test_the_rest_stays_as_it_is(tmp_path: Path) -> None:
    _, text = made(YOUNG, project(tmp_path, queue_order=QUEUE_ORDER))
    assert text.splitlines()[2:8] == [
        "def too_young(entry, now):",
        '    """Whether it has to wait."""',
        "    since = now - entry.last_try",
        "    if entry.tries == 0:",
        "        return False",
        "    return False",
    ]


def test_formatting_does_not_matter(tmp_path: Path) -> None:
    _, text = made(YOUNG, project(tmp_path, queue_order=REFORMATTED))
    assert text.splitlines()[-1] == "    return False"


@pytest.mark.parametrize("left", ["", "young = 3"])
def test_the_function_may_have_moved(tmp_path: Path, left: str) -> None:
    root = project(tmp_path, ages=QUEUE_ORDER, **({"queue_order": left} if left else {}))
    assert made(YOUNG, root)[0] == root / "simlib" / "mta" / "ages.py"


def test_the_named_module_comes_first(tmp_path: Path) -> None:
    root = project(tmp_path, ages=REFORMATTED, queue_order=QUEUE_ORDER)
    assert made(YOUNG, root)[0] == root / "simlib" / "mta" / "queue_order.py"


def test_a_module_may_be_a_package(tmp_path: Path) -> None:
    root = project(tmp_path, __init__=QUEUE_ORDER, ages=REFORMATTED)
    assert made(YOUNG._replace(module="mta"), root)[0] == root / "simlib" / "mta" / "__init__.py"


@pytest.mark.parametrize(
    ("modules", "defect", "told"),
    [
        (
            {"queue_order": QUEUE_ORDER},
            YOUNG._replace(old="since > 1"),
            "'since > 1' stands 0 times, not once, in too_young",
        ),
        ({"queue_order": QUEUE_ORDER}, YOUNG._replace(old="now"), "'now' stands 2 times, not once, in too_young"),
        ({"queue_order": ""}, YOUNG, "too_young stands 0 times, not once: nowhere"),
        (
            {"ages": QUEUE_ORDER, "youth": REFORMATTED},
            YOUNG,
            "too_young stands 2 times, not once: simlib/mta/ages.py line 4, simlib/mta/youth.py line 2",
        ),
        (
            {"queue_order": QUEUE_ORDER + REFORMATTED},
            YOUNG,
            "too_young stands 2 times, not once: simlib/mta/queue_order.py line 4, simlib/mta/queue_order.py line 20",
        ),
    ],
)
def test_why_it_cannot_be_made(tmp_path: Path, modules: dict[str, str], defect: Defect, told: str) -> None:
    with pytest.raises(CannotBeMadeError) as trouble:
        made(defect, project(tmp_path, **modules))
    assert f"a second longer: {told}" in str(trouble.value)
