"""The lab in a real JupyterLab and a real browser, used as a student would.

``make test-labs`` moves every control of every lesson (LESSONS=all); else some lessons are taken.
"""

import os
import re
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ARTEFACTS = ROOT / "artefacts"
NOTEBOOKS = sorted(path.name for path in ROOT.glob("notebooks/*.ipynb"))
SOME = [name for name in NOTEBOOKS if name[:2] in ("00", "04", "10", "15")]  # texts, charts, drawings, cards
CHOSEN = NOTEBOOKS if os.environ.get("LESSONS") == "all" else SOME

SCENARIO = '''
from simlib import World, lab

def queue_run(cache_size=2, sites=3, messages=30):
    world = World(seed=4)
    mail = world.sendmail("mail.kuis.kyoto-u.ac.jp", cf=f"""
        O ConnectionCacheSize={cache_size}
        O DeliveryMode=queueonly
    """)
    for n in range(sites):
        world.sendmail(f"mx.site{n}.example", domain=f"site{n}.example", latency="80ms")
    for n in range(messages):
        mail.submit("taro@kuis.kyoto-u.ac.jp", f"user@site{n % sites}.example", size=4_000, at="0s")
    mail.queue_run(at="10m")
    return world.run(until="1h")
'''
RANGES = "cache_size=(0, 8), sites=(1, 10), messages=(10, 20_000)"
EXPLORE = f"lab.explore(queue_run, {RANGES}, show=[lab.connections, lab.delays])"

KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

MOVES = ["ArrowRight"] * 7 + ["ArrowLeft"] * 8  # from 3 sites up to 10 and down to 2

# Characters on the page that are drawn as the box of a character that no font has.
MISSING = """() => {
    const canvas = document.createElement("canvas");
    canvas.width = canvas.height = 24;
    const pen = canvas.getContext("2d", { willReadFrequently: true });
    const drawn = (character) => {
        pen.clearRect(0, 0, 24, 24);
        pen.font = `16px ${getComputedStyle(document.body).fontFamily}`;
        pen.fillText(character, 2, 18);
        return canvas.toDataURL();
    };
    const box = drawn("\\u0378");
    const text = document.querySelector(".jp-Notebook").innerText;
    return [...new Set(text)].filter(character => character > "~" && drawn(character) === box);
}"""

FITS = "() => Array.from(document.querySelectorAll('.simlib-lab')).every(lab => lab.scrollWidth <= lab.clientWidth)"


def violations(page):
    """What axe-core finds serious in what we render."""
    ours = [
        [f".simlib-{part}"]
        for part in ("lab", "flow", "stage", "terminal", "exercise", "lessons", "read", "way", "rules")
    ]
    present = [part for part in ours if page.locator(part[0]).count()]
    return violations_on(page, present) if present else []


def violations_on(page, parts):
    """The same of some parts of a page, each a list of selectors."""
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="browser tests: no axe-core here")
    found = axe.Axe().run(page, context={"include": parts}).response["violations"]
    return [
        f"{one['id']}: {one['nodes'][0]['html'][:150]}" for one in found if one["impact"] in ("serious", "critical")
    ]


@pytest.fixture
def queue_run(jupyterlab, open_notebook):
    """A notebook with an exploration, run."""
    cells = [nbformat.v4.new_markdown_cell("# Delivery efficiency · 配信処理効率")]
    cells += [nbformat.v4.new_code_cell(source.strip()) for source in (SCENARIO, EXPLORE)]
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(made, jupyterlab.directory / "queue_run.ipynb")
    notebook = open_notebook("queue_run.ipynb")
    notebook.run_all()
    notebook.wait_for_charts()
    yield notebook
    (jupyterlab.directory / "queue_run.ipynb").unlink()


def wait_for_number(notebook, name, value):
    """Wait until this number stands beside a name in the table, whatever it was before."""
    row = notebook.page.locator(".simlib-lab tr", has=notebook.page.get_by_role("rowheader", name=name, exact=True))
    row.locator("td", has_text=re.compile(f"^{value}(?:was .*)?$")).first.wait_for()


def picture(notebook):
    """What is painted on the first chart."""
    return notebook.page.locator(".simlib-lab canvas").first.evaluate("canvas => canvas.toDataURL()")


def screenshot(page, name):
    ARTEFACTS.mkdir(exist_ok=True)
    page.screenshot(path=ARTEFACTS / f"{name}.png")


def test_a_slider_moved_with_the_keyboard_changes_chart_and_numbers(queue_run):
    assert queue_run.errors == []
    wait_for_number(queue_run, "seed", 4)
    before = picture(queue_run)
    slider = queue_run.sliders[0]
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    wait_for_number(queue_run, "connections opened", 3)  # four may be kept open, and there are three hosts
    assert slider.get_attribute("aria-valuenow") == "4.0"
    queue_run.settle()
    assert picture(queue_run) != before
    screenshot(queue_run.page, "queue_run")


def test_a_line_that_is_gone_leaves_no_trace(queue_run):
    """One site fewer and back again: the chart is painted as it was."""
    before = picture(queue_run)
    sites = queue_run.sliders[1]
    sites.press("ArrowLeft")
    wait_for_number(queue_run, "connections opened", 2)
    queue_run.settle()
    fewer = picture(queue_run)
    for key in ("ArrowRight", "ArrowRight", "ArrowLeft", "ArrowLeft"):
        queue_run.move(sites, lambda key=key: sites.press(key))
    wait_for_number(queue_run, "connections opened", 2)
    assert picture(queue_run) == fewer != before


def test_reset_and_the_run_as_code(queue_run):
    page = queue_run.page
    queue_run.sliders[0].press("ArrowRight")
    wait_for_number(queue_run, "connections opened", 3)
    page.get_by_role("button", name="As code").press("Enter")
    page.locator(".simlib-code", has_text="start={'cache_size': 3}").wait_for()
    screenshot(page, "queue_run as code")
    page.get_by_role("button", name="Reset").press("Enter")
    wait_for_number(queue_run, "connections opened", 15)
    assert queue_run.sliders[0].get_attribute("aria-valuenow") == "2.0"


def test_a_link_opens_the_notebook_at_the_lab_as_it_stands(queue_run):
    page = queue_run.page
    queue_run.sliders[0].press("ArrowRight")
    wait_for_number(queue_run, "connections opened", 3)
    page.get_by_role("button", name="As code").press("Enter")
    there = page.context.new_page()
    there.goto(page.get_by_role("link", name="A link that opens this lesson here").get_attribute("href"))
    there.locator(".simlib-lab .widget-readout", has_text="3").first.wait_for()
    there.get_by_role("button", name="As code").press("Enter")
    there.locator(".simlib-code", has_text="start={'cache_size': 3}").wait_for()
    there.close()


def test_a_long_run_shows_its_progress_and_is_stopped(queue_run):
    page, slider = queue_run.page, queue_run.sliders[2]
    slider.press("End")
    page.get_by_role("button", name="Stop").wait_for()
    page.locator(".simlib-lab", has_text=re.compile(r"\d+%.* left")).wait_for()
    screenshot(page, "queue_run under way")
    page.get_by_role("button", name="Stop").press("Enter")
    page.get_by_role("alert").filter(has_text="stopped; what is shown is still queue_run(").wait_for()
    page.get_by_role("button", name="Reset").press("Enter")
    page.wait_for_function("() => !document.querySelector('.simlib-trouble')")


@pytest.mark.measured
def test_slider_to_painted_chart_is_measured(queue_run, request):
    slider = queue_run.sliders[1]
    times = [queue_run.time_to_paint(slider, key) for key in MOVES]
    request.node.user_properties.append(("slider to painted chart, two charts, queue run of 30 messages", times))


@pytest.mark.parametrize(
    ("width", "theme"), [(1024, "JupyterLab Light"), (1440, "JupyterLab Dark"), (720, "JupyterLab Light")]
)
def test_it_is_laid_out_on_a_small_screen_and_in_the_dark(queue_run, width, theme):
    """A window of 720 is one of 1440 at 200 %."""
    page = queue_run.page
    page.set_viewport_size({"width": width, "height": 900})
    page.evaluate("theme => window.jupyterapp.commands.execute('apputils:change-theme', {theme})", theme)
    page.locator(".simlib-lab").evaluate("lab => lab.scrollIntoView()")
    page.wait_for_function("theme => document.body.dataset.jpThemeName === theme", arg=theme)
    page.wait_for_function(FITS)
    queue_run.wait_for_charts()
    screenshot(page, f"queue_run {width} {theme}")
    page.evaluate("() => window.jupyterapp.commands.execute('apputils:change-theme', {theme: 'JupyterLab Light'})")


@pytest.mark.parametrize("name", CHOSEN)
def test_every_notebook_runs_and_each_control_works(open_notebook, name):
    notebook = open_notebook(name)
    notebook.run_all()
    assert notebook.errors == []
    assert violations(notebook.page) == []
    notebook.answer_all()
    if notebook.page.locator(".simlib-lab canvas").count():  # a lab may show texts only
        notebook.wait_for_charts()
    for slider in notebook.sliders:
        before = slider.get_attribute("aria-valuenow")
        at_end = before == slider.get_attribute("aria-valuemax")
        notebook.move(slider, lambda slider=slider, end=at_end: slider.press("ArrowLeft" if end else "ArrowRight"))
        assert slider.get_attribute("aria-valuenow") != before
    for choice in notebook.page.locator(".simlib-lab select:not([size])").all():
        other = 0 if choice.evaluate("select => select.selectedIndex") else 1
        notebook.move(choice, lambda choice=choice, other=other: choice.select_option(index=other))
    for cards in notebook.page.locator(".simlib-lab select[size]").all():  # one is chosen, and nothing is run
        cards.select_option(index=1)
        notebook.settle()
    for box in notebook.page.locator(".simlib-lab input[type=checkbox]").all():
        notebook.move(box, box.click)
    assert violations(notebook.page) == []
    assert notebook.page.evaluate(MISSING) == []
    for film in notebook.page.get_by_role("button", name="The film of this run").all():
        film.click()
        notebook.settle()
    assert violations(notebook.page) == []
    for number, lab in enumerate(notebook.page.locator(".simlib-lab").all(), start=1):
        lab.evaluate("lab => lab.scrollIntoView()")
        notebook.settle()
        screenshot(notebook.page, f"{name.removesuffix('.ipynb')} lab {number}")
