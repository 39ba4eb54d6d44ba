"""The site as ``make site`` has built it, served from a folder, and a browser that reaches nothing else."""

import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from runpy import run_path

import pytest

from tests.browser.conftest import CHROMIUM, FLAGS, PATIENCE, RENDERED, ROOT, Notebook

BUILD = ROOT / "build" / "site"
FOLDER = "a class/mail"  # pages services serve from folders, and a folder's name may have a blank
CUT = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
RUN_THROUGH = """async (text) => {
    const { commands, shell } = window.jupyterapp, notebook = shell.currentWidget.content;
    const holds = ({ type, sharedModel }) => type === "code" && sharedModel.source.includes(text);
    const last = notebook.widgets.findIndex(({ model }) => holds(model));
    for (const command of ["notebook:run-all-above", "notebook:run-cell"]) {
        notebook.activeCellIndex = last;
        await commands.execute(command);
    }
}"""
HEARTBEAT = "/api/service-worker-heartbeat"  # asked by JupyterLite; until its worker is there, the server says no
SOURCES = ("simlib", "notebooks", "site", "jupyter", "lecture", "tools/browser_site")


class Site:
    """The site on a port of its own. ``stop()`` ends the server, ``start()`` brings it back to the same port."""

    def __init__(self, root: Path) -> None:
        self.folder = root / FOLDER
        self.folder.parent.mkdir(parents=True)
        self.folder.symlink_to(BUILD)
        handler = run_path(str(BUILD / "serve.py"))["Handler"]
        self._handler: type[SimpleHTTPRequestHandler] = partial(handler, directory=root)
        self._port = 0
        self.start()

    def start(self) -> None:
        """Serve; from the second time on at the same port."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), self._handler)
        self._port = self._server.server_port
        self.origin = f"http://127.0.0.1:{self._port}"
        self.address = f"{self.origin}/{FOLDER.replace(' ', '%20')}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self) -> None:
        """Serve no more."""
        self._server.shutdown()
        self._server.server_close()


class SiteNotebook(Notebook):
    """A notebook of the site on a page: its kernel is in the browser."""

    def __init__(self, page) -> None:
        self.page = page

    def opened(self) -> None:
        """Wait until its cells are there and its kernel answers."""
        self.page.wait_for_selector(".jp-Notebook .jp-Cell")
        self._wait_until("current?.sessionContext?.session?.kernel?.status === 'idle'")

    def run_through(self, text: str) -> None:
        """Run the cells from the top through the first code cell in which this stands, and wait until it is shown."""
        self.page.evaluate(RUN_THROUGH, text)
        self.heard()
        self.page.wait_for_function(RENDERED)

    @property
    def cells(self) -> list[dict[str, object]]:
        """Its cells as the page has them, with their outputs."""
        return self.page.evaluate("() => window.jupyterapp.shell.currentWidget.content.model.toJSON().cells")


@pytest.fixture(scope="session")
def built():
    """The site that was built, from what stands here now."""
    if CHROMIUM is None:
        pytest.skip("browser tests: no Chromium is installed here")
    if not (BUILD / "service-worker.js").exists():
        pytest.skip("browser tests of the static site: make site, which needs node and npm, has not been run here")
    made = (BUILD / "service-worker.js").stat().st_mtime
    sources = [
        path for name in SOURCES for path in (ROOT / name).rglob("*") if path.is_file() and not path.match("*.pyc")
    ]
    newer = [str(path.relative_to(ROOT)) for path in sources if path.stat().st_mtime > made]
    if newer:
        pytest.fail(f"build/site is older than {newer[0]} and {len(newer) - 1} more: run make site first")
    return BUILD


@pytest.fixture(scope="module")
def site(built, tmp_path_factory):
    """The site, served from a folder."""
    serving = Site(tmp_path_factory.mktemp("served"))
    yield serving
    serving.stop()


@pytest.fixture(scope="module")
def browser():
    """Debian's Chromium with the network cut: it finds no host but this one."""
    playwright = pytest.importorskip("playwright.sync_api", reason="browser tests: playwright is not installed here")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=[*FLAGS, CUT])
        yield chromium
        chromium.close()


@pytest.fixture
def context(browser, site):
    """A browser that has never been here. Asking anybody else, or for what is not there, is a failure."""
    made = browser.new_context(viewport={"width": 1440, "height": 1080}, accept_downloads=True)
    made.set_default_timeout(PATIENCE * 1000)
    asked = []
    made.on("request", lambda one: asked.append(one.url))
    made.on("response", lambda one: asked.append(f"{one.status} {one.url}") if _is_missing(one) else None)
    yield made
    made.close()
    assert [url for url in asked if not url.startswith((site.origin, "data:", "blob:"))] == []


@pytest.fixture
def page(context):
    """A page of it; a test that leaves an error on it has failed."""
    page = context.new_page()
    troubles = []
    page.on("pageerror", lambda error: troubles.append(f"page error: {error}"))
    page.on("console", lambda said: troubles.append(f"console: {said.text}") if _is_trouble(said) else None)
    yield page
    assert troubles == []


@pytest.fixture
def open_notebook(page, site):
    """Opens a notebook of the site by its path."""

    def opened(name: str, app: str = "notebooks") -> SiteNotebook:
        page.goto(f"{site.address}/{app}/index.html?path={name}")
        notebook = SiteNotebook(page)
        notebook.opened()
        return notebook

    return opened


def _is_missing(answer) -> bool:
    return answer.status >= 400 and not answer.url.endswith(HEARTBEAT)


def _is_trouble(said) -> bool:
    return said.type == "error" and not said.location["url"].endswith(HEARTBEAT)
