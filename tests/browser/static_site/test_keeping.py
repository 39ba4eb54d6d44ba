"""What a student does stays in the browser: across lessons, reloads, editions, and days without a network."""

import json

import pytest

from simlib import lab

LESSON, WELCOME = "04_delivery_efficiency", "00_welcome"
ASKS = 'lab.predict("04.1"'
KEPT = "#progress"
# The browser's own storage, emptied: what JupyterLite keeps, and what our worker does.
CLEAR = """async () => {
    const dropped = (name) => new Promise((done) => { indexedDB.deleteDatabase(name).onsuccess = done; });
    for (const { name } of await indexedDB.databases()) await dropped(name);
    for (const name of await caches.keys()) await caches.delete(name);
    localStorage.clear();
}"""
# As if a lesson had been saved from an older edition, whose first cell was another; edited since then or not.
OLD = """async ([path, edited]) => {
    const { editionOf } = await import("../static/editions.js");
    const { contents } = window.jupyterapp.serviceManager, held = await contents.get(path, { content: true });
    held.content.cells[0].source = "# As it was";
    held.content.metadata.edition = await editionOf(held.content);
    if (edited) held.content.cells[0].source = "# Mine";
    await contents.save(path, held);
    return held.content.metadata.edition;
}"""
# As on a slow computer: the service worker is found or made long after the kernel is asked for.
SLOW = """for (const name of ["getRegistration", "register"]) {
    const act = ServiceWorkerContainer.prototype[name];
    ServiceWorkerContainer.prototype[name] = async function (...words) {
        await new Promise((done) => setTimeout(done, 8000));
        return act.apply(this, words);
    };
}"""
PLACE = "from simlib.lab import progress\nprint(progress.place())"
PRINTED = """async (code) => {
    const printed = [], { kernel } = window.jupyterapp.shell.currentWidget.sessionContext.session;
    const running = kernel.requestExecute({ code });
    running.onIOPub = ({ header, content }) => { if (header.msg_type === "stream") printed.push(content.text); };
    await running.done;
    return printed.join("");
}"""
DAMAGE = """async () => {
    const { write } = await import("./static/store.js"), name = "progress.json";
    await write({ name, path: name, type: "file", format: "text", mimetype: "application/json", content: '{"ask-' });
}"""
KEPT_FILES = "() => import('./static/store.js').then(({ all }) => all()).then((files) => files.map(({ path }) => path))"


@pytest.fixture
def entry(page, site):
    """Opens the entry page."""

    def opened():
        page.goto(f"{site.address}/")
        page.locator(KEPT).filter(has_text="ere").wait_for()  # Here: …, or nothing is kept here
        return page

    return opened


@pytest.fixture
def answered(open_notebook):
    """A lesson in which one question was answered."""
    notebook = open_notebook(f"{LESSON}.ipynb")
    notebook.run_through(ASKS)
    asked = notebook.page.locator(".simlib-predict").first
    asked.get_by_role("radio", name="15").check()
    asked.get_by_role("button", name="That is my answer").click()
    notebook.page.locator(".simlib-predict.simlib-open").wait_for()
    return notebook


def row_of(notebook) -> str:
    """What the welcome's table says of lesson 04."""
    notebook.run_through("lab.lessons()")
    return notebook.page.locator(".simlib-lessons tr", has_text="04").inner_text()


def test_an_answer_is_there_after_a_reload_in_another_lesson_and_after_clear_and_upload(
    answered, open_notebook, entry, tmp_path
) -> None:
    page = answered.page
    page.reload()
    answered.opened()
    answered.run_through(ASKS)
    field = page.locator(".simlib-predict.simlib-open").first.get_by_role("radio", name="15")
    assert field.is_checked()
    assert field.is_disabled()
    told = row_of(open_notebook(f"{WELCOME}.ipynb"))
    assert "1 of 9" in told
    entry().locator(KEPT, has_text="1 questions answered, 0 exercises solved").wait_for()
    with page.expect_download() as coming:
        page.get_by_role("button", name="Download my answers").click()
    file = tmp_path / coming.value.suggested_filename
    coming.value.save_as(file)
    assert list(json.loads(file.read_text("utf-8"))) == ["ask-04.1"]
    assert lab.summary([file]).splitlines()[1].startswith("progress,ask-04.1,0,1,0,0,15,")

    page.evaluate(CLEAR)
    entry().locator(KEPT, has_text="Nothing is kept here yet").wait_for()
    page.locator("#upload").set_input_files(file)
    page.locator("#told", has_text="1 entries were added").wait_for()
    assert row_of(open_notebook(f"{WELCOME}.ipynb")) == told

    entry().locator("#upload").set_input_files(file)
    page.locator("#told", has_text="holds nothing that is not here already").wait_for()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Forget my answers").click()
    page.locator(KEPT, has_text="Nothing is kept here yet").wait_for()


NO_ANSWERS = [
    "",
    "no JSON",
    "[]",
    '{"04.a": 3}',
    '{"04.a": {"tries": "many"}}',
    '{"ask-04.1": {"answer": 1}}',
    '{"ask-04.1": {"answer": "3", "right": 1, "time": "2026-11-30T10:00:00"}}',
]


@pytest.mark.parametrize("text", NO_ANSWERS)
def test_what_is_no_file_of_answers_is_told_and_changes_nothing(entry, tmp_path, text) -> None:
    page, file = entry(), tmp_path / "mine.json"
    file.write_text(text)
    page.locator("#upload").set_input_files(file)
    page.locator("#told", has_text="“mine.json” is no file of answers").wait_for()
    page.locator(KEPT, has_text="Nothing is kept here yet").wait_for()


def test_answers_are_kept_where_the_worker_comes_late(context, open_notebook) -> None:
    context.add_init_script(SLOW)
    notebook = open_notebook(f"{WELCOME}.ipynb")
    assert notebook.page.evaluate(PRINTED, PLACE).strip() == "/drive/progress.json"


def test_whoever_chooses_japanese_has_japanese_menus(entry, open_notebook) -> None:
    page = entry()
    page.get_by_role("button", name="日本語").click()
    page.locator(KEPT, has_text="ここにはまだ何も残っていません").wait_for()
    open_notebook("ja/00_welcome.ipynb")
    page.get_by_role("menuitem", name="カーネル").wait_for()


def test_a_damaged_file_is_told_and_set_aside_when_answers_come(entry, tmp_path) -> None:
    page, file = entry(), tmp_path / "mine.json"
    file.write_text('{"ask-04.1": {"answer": 1, "right": 1, "time": "2026-11-30T10:00:00"}}')
    page.evaluate(DAMAGE)
    entry_told = page.locator(KEPT, has_text="is damaged")
    page.reload()
    entry_told.wait_for()
    page.locator("#upload").set_input_files(file)
    page.locator("#told", has_text="1 entries were added").wait_for()
    page.locator(KEPT, has_text="1 questions answered").wait_for()
    assert sorted(page.evaluate(KEPT_FILES)) == ["progress.json", "progress.json.bad"]


def test_a_newer_edition_is_not_hidden_by_an_edited_old_one(open_notebook, page, entry) -> None:
    open_notebook("04_delivery_efficiency.ipynb")
    old = page.evaluate(OLD, [f"{LESSON}.ipynb", True])
    page.evaluate(OLD, [f"{WELCOME}.ipynb", False])
    page.goto("about:blank")
    open_notebook(f"{LESSON}.ipynb")
    assert "04 Delivery efficiency" in page.locator(".jp-Notebook h1").first.inner_text()
    open_notebook(f"{LESSON} (yours, edition {old}).ipynb")
    assert page.locator(".jp-Notebook h1").first.inner_text().startswith("Mine")
    open_notebook(f"{WELCOME}.ipynb")
    assert "Welcome" in page.locator(".jp-Notebook h1").first.inner_text()
    page.goto("about:blank")
    entry()
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Put the lessons back").click()
    page.locator("#told", has_text="as they were published").wait_for()
    kept = page.evaluate(KEPT_FILES)
    assert [path for path in kept if path.endswith(".ipynb")] == [f"{LESSON} (yours, edition {old}).ipynb"]


def test_all_of_it_works_when_the_server_is_gone(entry, open_notebook, site) -> None:
    page = entry()
    page.locator("#whole", has_text="All of it is here").wait_for()
    site.stop()
    try:
        notebook = open_notebook("17_security.ipynb")  # it reads files, too
        notebook.run_all()
        assert notebook.errors == []
        entry().locator("#whole", has_text="All of it is here").wait_for()
        page.goto(f"{site.address}/notebooks/index.html?path=ja/01_mailbox.ipynb")
        page.get_by_role("heading", name="01 ").first.wait_for()
    finally:
        site.start()
