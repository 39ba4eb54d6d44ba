"""The console of a shell in a real browser: Tab, the lines typed before, and the editor."""

import pytest

from tests.browser.test_instruments import screenshot


@pytest.fixture
def welcome(open_notebook):
    notebook = open_notebook("00_welcome.ipynb")
    notebook.run_all()
    notebook.answer_all()
    return notebook


def _shell(notebook):
    shell = notebook.page.locator(".simlib-terminal").last
    return shell, shell.get_by_role("textbox").first


def test_tab_completes_and_arrows_bring_lines_back(welcome):
    shell, line = _shell(welcome)
    line.fill("hostst")
    line.press("Tab")
    welcome.page.wait_for_function("line => line.value === 'hoststat '", arg=line.element_handle())
    line.fill("echo first")
    line.press("Enter")
    shell.locator(".said", has_text="first").wait_for()
    line.fill("mail")
    line.press("Tab")
    shell.locator(".said", has_text="mailstats").wait_for()
    line.fill("")
    line.press("ArrowUp")
    assert line.input_value() == "echo first"


def test_a_file_is_edited_saved_and_read(welcome):
    shell, line = _shell(welcome)
    line.fill("vi /etc/mail/notes")
    line.press("Enter")
    text = shell.get_by_role("textbox", name="text of /etc/mail/notes")
    text.wait_for()
    text.fill("one\ntwo\n")
    screenshot(shell, "editor")
    shell.get_by_role("button", name="save").click()
    shell.locator(".said", has_text="2L, 8B written").wait_for()
    line.fill("wc -l /etc/mail/notes")
    line.press("Enter")
    shell.locator(".said", has_text="2 /etc/mail/notes").wait_for()


def test_an_editor_is_left_by_escape(welcome):
    shell, line = _shell(welcome)
    line.fill("vi /etc/mail/other")
    line.press("Enter")
    text = shell.get_by_role("textbox", name="text of /etc/mail/other")
    text.fill("never written")
    text.press("Escape")
    text.wait_for(state="hidden")
    line.fill("ls /etc/mail/other")
    line.press("Enter")
    shell.locator(".said", has_text="No such file or directory").wait_for()
