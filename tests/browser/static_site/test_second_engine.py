"""Another engine than Chromium's runs the lessons, too: Firefox prints what is committed."""

import shutil

import nbformat
import pytest

from tests.browser.conftest import PATIENCE, ROOT
from tests.browser.static_site.firefox import firefox
from tests.browser.static_site.test_lessons import texts

PROGRAM = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
# The cells once all have been run; null until the kernel is there.
RUN = """(async () => {
    const pause = () => new Promise((done) => setTimeout(done, 200));
    const current = () => window.jupyterapp?.shell.currentWidget;
    while (current()?.sessionContext?.session?.kernel?.status !== "idle") await pause();
    await window.jupyterapp.commands.execute("notebook:run-all-cells");
    return current().content.model.toJSON().cells;
})()"""


@pytest.mark.parametrize("name", ["00_welcome", "04_delivery_efficiency"])
def test_firefox_prints_what_is_committed(site, tmp_path, name) -> None:
    if PROGRAM is None:
        pytest.skip("browser tests: no Firefox is installed here")
    with firefox(PROGRAM, tmp_path, 3 * PATIENCE) as page:
        page.goto(f"{site.address}/notebooks/index.html?path={name}.ipynb")
        seen = page.evaluate(RUN)
    committed = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4).cells
    pairs = [(texts(cell), texts(one)) for cell, one in zip(seen, committed, strict=True) if one.cell_type == "code"]
    assert [pair for pair in pairs if pair[0] != pair[1]] == []
