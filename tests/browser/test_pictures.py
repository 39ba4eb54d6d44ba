"""Pictures and films in a real browser: by keyboard, from event to event, at three sizes, and how fast they are."""

from statistics import median

import nbformat
import pytest

from tests.browser.conftest import ARTEFACTS
from tests.browser.test_lab import KERNEL, MOVES, SCENARIO, violations

CELLS = (
    "lab.explore(queue_run, cache_size=(0, 8), sites=(1, 10), show=[lab.hooks, lab.film('04.4')])",
    "lab.explore(queue_run, cache_size=(0, 8), sites=(1, 10), show=[lab.connections, lab.delays])",
)
DEAD = """
world = World(seed=4)
mail = world.sendmail("mail.here.example", cf="O DeliveryMode=queueonly")
world.sendmail("mx.dead.example", domain="dead.example")
world.outage("mx.dead.example", "0s", "30m")
for n in range(2):
    mail.submit("taro@mail.here.example", f"user{n}@dead.example")
mail.queue_run(at="1m", every="1h")
lab.explore(lambda: world.run(until="3h"), show=[lab.lives, lab.film("04.4")])
"""
THINGS = ".simlib-stage .thing"
OVERFLOWS = """() => {
    const right = (one) => one.getBoundingClientRect().right;
    return Array.from(document.querySelectorAll(".simlib-stage, .simlib-flow"))
        .filter((one) => right(one.querySelector(".sheet svg, canvas")) > right(one) + 1).length;
}"""

LARGE = """(size) => Array.from(document.querySelectorAll(".simlib-stage .name"))
    .every((one) => parseFloat(getComputedStyle(one).fontSize) > 0.9 * size)"""


@pytest.fixture
def pictures(jupyterlab, open_notebook):
    """A notebook with a picture, two charts of the same run, and a film."""
    cells = [nbformat.v4.new_code_cell(source.strip()) for source in (SCENARIO, *CELLS, DEAD)]
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(made, jupyterlab.directory / "pictures.ipynb")
    notebook = open_notebook("pictures.ipynb")
    notebook.run_all()
    assert notebook.errors == []
    notebook.page.locator(THINGS).first.wait_for()
    yield notebook
    (jupyterlab.directory / "pictures.ipynb").unlink()


def test_every_thing_is_reached_and_told_by_keyboard(pictures):
    page, stage = pictures.page, pictures.page.locator(".simlib-stage").first
    things, told = stage.locator(".thing"), stage.locator(".told")
    assert stage.locator(".thing[tabindex='0']").count() == 1  # one stop for Tab, whatever there is
    things.first.focus()
    names = []
    for _ in range(things.count()):
        names.append(page.evaluate("() => document.activeElement.getAttribute('aria-label')"))
        assert told.inner_text() == names[-1]
        page.keyboard.press("ArrowRight")
    assert names == things.evaluate_all("all => all.map((one) => one.getAttribute('aria-label'))")
    page.keyboard.press("Home")
    page.keyboard.press("Enter")  # to the moment of that thing
    assert stage.locator(".curtain").get_attribute("width") != "0"
    assert violations(page) == []


def test_no_two_pictures_share_their_patterns(pictures):
    """Of two patterns with one name the first is taken, and with that one hidden nothing is filled."""
    names = pictures.page.locator(".simlib-stage pattern").evaluate_all("all => all.map((one) => one.id)")
    assert len(names) == len(set(names)) > 8


def test_it_goes_from_event_to_event_and_tells_each(pictures):
    stage = pictures.page.locator(".simlib-stage").first
    stage.get_by_role("button", name="to the beginning").click()
    begin = stage.locator(".clock").inner_text()
    stage.get_by_role("button", name="on to the next event").click()
    stage.get_by_role("button", name="on to the next event").click()
    told = stage.locator(".told").inner_text()
    assert "mx.site" in told
    assert stage.locator(".clock").inner_text() != begin
    stage.get_by_role("button", name="play", exact=True).click()
    stage.get_by_role("button", name="pause", exact=True).wait_for()
    stage.get_by_role("button", name="pause", exact=True).click()


def test_a_picture_follows_its_controls(pictures):
    page = pictures.page
    red = page.locator(".simlib-stage .thing[aria-label*='for the 2nd time']")
    assert red.count() == 3
    pictures.move(pictures.sliders[0], lambda: pictures.sliders[0].press("ArrowRight"))
    assert red.count() == 0  # three may be kept open, and there are three hosts


def test_the_film_stops_at_the_surprise_asks_and_tells(pictures):
    page = pictures.page
    page.get_by_role("button", name="The film of this run").last.click()
    film = page.locator(".simlib-flow")
    film.wait_for()
    pictures.settle()
    onward = film.get_by_role("button", name="on to the next event")
    asked = film.locator(".stopped")
    for _ in range(4):
        if asked.is_visible():
            break
        onward.click()
    asked.get_by_text("too, which did not answer. How long is it waited for?").wait_for()
    film.screenshot(path=ARTEFACTS / "film.png")
    for _ in range(3):
        onward.click()
    asked.get_by_text("Not at all: no packet is sent.").wait_for()
    film.get_by_role("button", name="to the beginning").click()
    film.get_by_role("button", name="mail.here.example").focus()
    page.keyboard.press("Enter")
    film.locator(".told", has_text="mail.here.example").wait_for()
    onward.click()
    page.keyboard.press("Tab")
    film.get_by_role("button", name="message").first.focus()
    page.keyboard.press("Enter")
    film.locator(".told", has_text="message").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize(("name", "width", "size"), [("desktop", 1440, 16), ("lecture", 1920, 28), ("narrow", 720, 16)])
def test_all_sizes_hang_on_one_variable(pictures, name, width, size):
    page = pictures.page
    page.evaluate("size => document.documentElement.style.setProperty('--simlib-size', `${size}px`)", size)
    page.set_viewport_size({"width": width, "height": 1080})
    page.get_by_role("button", name="The film of this run").last.click()
    page.locator(".simlib-flow").wait_for()
    page.wait_for_function(LARGE, arg=size)
    pictures.settle()
    assert page.evaluate(OVERFLOWS) == 0
    page.locator(".simlib-stage").last.screenshot(path=ARTEFACTS / f"picture {name}.png")


@pytest.mark.measured
def test_a_picture_is_painted_as_fast_as_two_charts(pictures, request):
    """The same run, moved by turns in one browser: the picture's time over that of the charts."""
    drawn, charted = pictures.sliders[1], pictures.sliders[3]
    times = [(pictures.time_to_paint(drawn, key), pictures.time_to_paint(charted, key)) for key in MOVES]
    both = [pair for pair in times if None not in pair]
    ratio = median(picture for picture, _ in both) / median(charts for _, charts in both)
    request.node.user_properties.append(("slider to painted chart, a picture", [picture for picture, _ in both]))
    request.node.user_properties.append(("slider to painted chart, two charts of the same run", [c for _, c in both]))
    assert len(both) > len(MOVES) / 2
    assert ratio < 1.5, "a picture has become much slower than two charts"
