"""The lecture from the static site: the same slides, with living labs, hands and notes, and no server."""

import json
import os
import re

import pytest

from tests.browser.static_site.test_lessons import ALL
from tests.browser.test_lab import violations_on
from tests.browser.test_lecture import PLACE, QUIET, SCREENS, faults_on, go_to, place, settle

WALKED = ALL if os.environ.get("LESSONS") == "all" else ["08_return_receipt"]  # all: make test-site


@pytest.fixture
def slides(page, site):
    """Opens a lesson as on a projector, by the link of the entry page."""

    def opened(name: str):
        page.set_viewport_size({"width": 1280, "height": 720})
        page.goto(f"{site.address}/")
        page.evaluate("(href) => document.querySelector(`.slides[href*='path=${href}.ipynb']`).click()", name)
        page.locator(PLACE).wait_for()
        page.evaluate(QUIET)
        settle(page)
        return page

    return opened


@pytest.mark.parametrize("name", WALKED)
def test_every_slide_fits(slides, name) -> None:
    page = slides(name)
    assert faults_on(page, SCREENS[:1], f"site's slide {name[:5]}") == {}
    assert violations_on(page, [["body"]]) == []


def test_hands_are_counted_the_lab_lives_and_the_notes_stand_in_the_presenter_s_window(slides, page) -> None:
    page = slides("04_delivery_efficiency")
    go_to(page, ".simlib-predict")
    asked = page.locator(".lecture-slide.shown .simlib-predict")
    asked.get_by_role("spinbutton").first.fill("4")
    asked.get_by_role("spinbutton").first.press("Tab")
    asked.locator("button", has_text="Show what came").click()
    asked.get_by_role("table", name="the show of hands").wait_for()
    settle(page)
    page.keyboard.press("PageDown")
    page.locator(".lecture-slide.shown .noUi-handle").first.press("ArrowRight")
    asked.get_by_role("row", name="connections opened").filter(has_text="3").first.wait_for()
    page.screenshot(path="artefacts/site's lecture.png")
    with page.context.expect_page() as opening:
        page.keyboard.press("n")
    window = opening.value
    window.locator("#title", has_text="04").wait_for()
    notes = json.loads(window.evaluate("() => fetch('notes/04_delivery_efficiency.json').then((one) => one.text())"))
    go_to(page, "[data-tags~='ask-04.1']")
    window.locator("#notes", has_text=notes["ask-04.1"]).wait_for()
    here = place(page)
    window.keyboard.press("PageDown")
    page.locator(PLACE).filter(has_not_text=re.compile(f"^{re.escape(here)}$")).wait_for()
    whole = page.content()
    assert [name for name, words in notes.items() if words[:60] in whole] == []
    window.close()
    page.get_by_role("button", name="all lessons").click()
    page.get_by_role("heading", name="How mail systems behave").wait_for()
