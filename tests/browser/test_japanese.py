"""The Japanese edition in a Japanese JupyterLab: a student who types with an input method, and reads no English."""

import re

import pytest

from tests.browser.test_instruments import screenshot
from tests.browser.test_lab import violations_on

LOCALE = "ja_JP"
LESSON = "ja/04_delivery_efficiency.ipynb"
ANSWER = "これで答える"
# What is cut off: a text that is wider than what holds it.
CUT = """(selector) => Array.from(document.querySelectorAll(selector))
    .filter((one) => one.offsetParent && one.scrollWidth > one.clientWidth + 1).map((one) => one.textContent)"""
HOLDERS = ".jupyter-button, .simlib-label, .simlib-stage .key span, .simlib-flow .legend span, .simlib-telling th"
# A glyph that the fonts have not is drawn as a box, the same for every such letter.
DRAWN = """(letters) => letters.map((letter) => {
    const paper = Object.assign(document.createElement("canvas"), { width: 40, height: 40 });
    const pen = paper.getContext("2d");
    pen.font = `30px ${getComputedStyle(document.querySelector(".simlib-stage")).fontFamily}`;
    pen.fillText(letter, 4, 32);
    return paper.toDataURL();
})"""


@pytest.fixture
def lesson(open_notebook):
    notebook = open_notebook(LESSON)
    notebook.run_all()
    return notebook


@pytest.fixture
def composing(lesson):
    """Types into what has the focus by an input method; the Enter that ends the conversion is pressed, too."""
    session = lesson.page.context.new_cdp_session(lesson.page)

    def typed(text):
        session.send("Input.imeSetComposition", {"text": text, "selectionStart": len(text), "selectionEnd": len(text)})
        for kind in ("rawKeyDown", "keyUp"):
            session.send(
                "Input.dispatchKeyEvent", {"type": kind, "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
            )
        session.send("Input.insertText", {"text": text})

    return typed


def japanese(text):
    return re.search("[ぁ-んァ-ヶ一-龠]", text)


def test_a_question_is_answered_and_its_lab_speaks_japanese(lesson):
    page = lesson.page
    assert page.locator(".jp-NotebookPanel").get_attribute("lang") == "ja"
    page.get_by_role("menuitem", name="実行").first.wait_for()
    asked = page.locator(".simlib-predict").first
    asked.get_by_label("8", exact=True).check()
    asked.get_by_role("button", name=ANSWER).click()
    told = asked.get_by_role("status").first
    told.get_by_text("予想のとおり").wait_for()
    lesson.heard()
    slider = asked.get_by_role("slider", name="サイトの数").first
    before = asked.locator(".simlib-telling").inner_text()
    lesson.move(slider, lambda: slider.press("ArrowRight"))
    assert "張ったコネクション" in before
    assert asked.locator(".simlib-telling").inner_text() != before
    assert japanese(asked.locator(".simlib-stage .title").inner_text())
    assert page.evaluate(CUT, HOLDERS) == []
    glyphs = page.evaluate(DRAWN, ["配", "信", "直", "\U0010fffd"])
    assert len(set(glyphs)) == len(glyphs), "there is no font with Japanese letters"
    screenshot(asked, "japanese question")
    assert violations_on(page, [[".simlib-predict"]]) == []


def test_an_input_method_types_numbers_lines_and_places(lesson, composing):
    page = lesson.page
    number = page.locator(".simlib-exercise", has_text="演習 04.a")
    number.scroll_into_view_if_needed()
    number.get_by_role("textbox").focus()
    composing("２１本")
    lesson.heard()
    assert number.get_by_role("status").count() == 0, "the Enter that ended the conversion was taken for an answer"
    number.get_by_role("textbox").press("Enter")
    number.get_by_text("✓ 正解です。").wait_for()
    lines = page.locator(".simlib-exercise", has_text="演習 04.b")
    lines.get_by_role("textbox").fill("O　ConnectionCacheSize＝１\nO QueueSortOrder=host")
    lesson.heard()
    lines.get_by_role("button", name="判定する").click()
    lines.get_by_text("✓ 正解です。").wait_for()
    screenshot(lines, "japanese exercise")


def test_an_incident_is_looked_into_with_an_input_method(lesson, composing):
    drill = lesson.page.locator(".simlib-exercise", has_text="障害訓練 04.")
    drill.scroll_into_view_if_needed()
    line = drill.locator(".simlib-terminal").get_by_role("textbox")
    line.focus()
    composing("ｍａｉｌｑ")
    lesson.heard()
    assert drill.locator(".typed").count() == 0, "the Enter that ended the conversion was sent to the shell"
    line.press("Enter")
    drill.locator(".hint", has_text="半角").wait_for()
    line.fill("hoststat")
    line.press("Enter")
    drill.locator(".said", has_text="How long ago").wait_for()
    drill.get_by_role("radio").first.check()
    drill.get_by_placeholder("どれか、またはどこか").or_(drill.locator(".simlib-control input[type=text]")).first.fill(
        "ｎｏｗｈｅｒｅ"
    )
    lesson.heard()
    drill.get_by_role("button", name="判定する").click()
    drill.get_by_text("✗ まだです。").wait_for()
    screenshot(drill, "japanese incident")


def test_a_film_stops_asks_and_tells_in_japanese(lesson):
    page = lesson.page
    asked = page.locator(".simlib-predict", has_text="予想 04.4").first
    asked.get_by_role("radio").first.check()
    asked.get_by_role("button", name=ANSWER).click()
    asked.get_by_role("button", name="この実行のフィルム").click()
    film = asked.locator(".simlib-flow")
    film.wait_for()
    film.get_by_role("button", name="次のできごとに進む").wait_for()
    for _ in range(60):
        if film.locator(".stopped").is_visible():
            break
        film.locator("button.next").click()
    assert japanese(film.locator(".stopped").inner_text())
    film.locator(".reached button").first.press("Enter")
    film.locator(".told", has_text="example").wait_for()
    assert page.evaluate(CUT, HOLDERS) == []
    screenshot(film, "japanese film")
