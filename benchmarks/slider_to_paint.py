"""From a key pressed on a slider to the painted charts, on every notebook.

``make bench-ui``. It opens each notebook in JupyterLab and Chromium as the browser tests do, moves each slider to and
fro, one step, and prints a line for each notebook.
"""

from pathlib import Path

import pytest

NOTEBOOKS = sorted(path.name for path in (Path(__file__).resolve().parent.parent / "notebooks").glob("*.ipynb"))
KEYS = ["ArrowRight", "ArrowLeft"] * 5  # of fewer, one stall would be the 95th percentile


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_each_slider_is_measured(open_notebook, name, request):
    notebook = open_notebook(name)
    notebook.run_all()
    notebook.answer_all()
    if not notebook.sliders:
        pytest.skip("a notebook without sliders")
    if notebook.page.locator(".simlib-lab canvas").count():
        notebook.wait_for_charts()
    times = []
    for slider in notebook.sliders:
        if slider.locator("xpath=ancestor::*[contains(@class, 'simlib-lab')]").locator("canvas, .simlib-stage").count():
            times += [notebook.time_to_paint(slider, key) for key in _keys(slider)]
    times = [time for time in times if time is not None]  # a step may change no chart
    request.node.user_properties.append((f"slider to painted chart, {name}", times))


def _keys(slider) -> list[str]:
    """There and back, beginning with a key that moves it."""
    at_end = slider.get_attribute("aria-valuenow") == slider.get_attribute("aria-valuemax")
    return KEYS[::-1] if at_end else KEYS
