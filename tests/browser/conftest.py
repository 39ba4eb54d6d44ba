"""A real JupyterLab and a real browser for the tests beside this file; both end with them."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
ARTEFACTS = ROOT / "artefacts"
TOKEN = "workbook"
PATIENCE = 180  # seconds until what has not happened never will, on a machine that has much else to do
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
# JupyterLab asks whether it may fetch news, over whatever is on the screen.
QUIET = {"@jupyterlab/apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False}}

# Notes when a key went down and when the frames were done that painted a chart or a picture after it.
WATCH = """() => {
    window.painted = [];
    if (window.watched) return;
    window.watched = true;
    document.addEventListener("keydown", event => { window.painted = []; window.pressed = event.timeStamp; }, true);
    const done = () => requestAnimationFrame(() => setTimeout(() => window.painted.push(performance.now())));
    const clear = CanvasRenderingContext2D.prototype.clearRect, replace = Element.prototype.replaceChildren;
    CanvasRenderingContext2D.prototype.clearRect = function (...area) { done(); return clear.apply(this, area); };
    Element.prototype.replaceChildren = function (...nodes) {
        if (this.className === "sheet") done();
        return replace.apply(this, nodes);
    };
}"""
# A message that does nothing comes after all that went before, and so do its answers. The second one comes after what a
# widget had to keep back until the first was answered.
HEARD = """async () => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    for (let n = 0; n < 2; n += 1) await kernel.requestExecute({ code: "", silent: true, store_history: false }).done;
}"""
# Every output that is a widget has its view, no box waits for one of its children, and all fields have their names.
RENDERED = """() => {
    const view = "application/vnd.jupyter.widget-view+json", outputs = [];
    for (const cell of window.jupyterapp.shell.currentWidget.content.widgets)
        for (let n = 0; n < (cell.model.outputs?.length ?? 0); n += 1) outputs.push(cell.model.outputs.get(n));
    const all = (selector) => Array.from(document.querySelectorAll(selector));
    return all(".jp-OutputArea-output.lm-Panel > .lm-Widget").length >= outputs.filter((one) => view in one.data).length
        && all(".widget-box > .lm-Widget:empty").every((one) => one.className !== "lm-Widget")
        && all(".simlib-named:not([data-named])").length === 0;
}"""
# Asked of the notebook: on the page an error is marked as what is printed to stderr.
ERRORS = """() => window.jupyterapp.shell.currentWidget.content.widgets
    .flatMap((cell) => cell.model.toJSON().outputs ?? [])
    .filter((output) => output.output_type === "error").map((output) => `${output.ename}: ${output.evalue}`)"""
OWN_LAB = "xpath=ancestor::*[contains(concat(' ', @class, ' '), ' simlib-lab ')][1]"
SHOWN_SINCE = """([lab, before]) =>
    lab.querySelector("[data-run]").dataset.run !== before || lab.querySelector(".simlib-trouble")"""
NEXT_FRAME = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
PAINTED = "() => window.painted.length > 0 && performance.now() - window.painted.at(-1) > 250"


class Lab:
    """A JupyterLab server that serves a directory."""

    def __init__(self, directory: Path, port: int) -> None:
        self.directory = directory
        self.address = f"http://127.0.0.1:{port}"

    def ask(self, path: str, method: str = "GET") -> object:
        """A request to the server's REST interface."""
        request = urllib.request.Request(f"{self.address}/api/{path}", method=method)
        request.add_header("Authorization", f"token {TOKEN}")
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:
            body = answer.read()
        return json.loads(body) if body else None

    def stop_kernels(self) -> None:
        """Kernels outlive their pages; the next page must not meet this one's."""
        for session in self.ask("sessions"):
            self.ask(f"sessions/{session['id']}", "DELETE")


@pytest.fixture(scope="module")
def jupyterlab(tmp_path_factory, request):
    """JupyterLab on a directory of its own, knowing nothing of the user's settings; it speaks the module's LOCALE."""
    if CHROMIUM is None:
        pytest.skip("browser tests: no Chromium is installed here")
    home = tmp_path_factory.mktemp("home")
    served = home / "notebooks"
    shutil.copytree(ROOT / "notebooks", served)
    lab = Lab(served, _free_port())
    with (home / "jupyterlab.log").open("w") as log:
        server = subprocess.Popen(
            _command(lab),
            env=_environment(home, getattr(request.module, "LOCALE", "default")),
            cwd=served,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(lab, server)
            yield lab
            lab.stop_kernels()
        finally:
            server.terminate()
            server.wait(PATIENCE)


@pytest.fixture(scope="module")
def browser(jupyterlab):
    """Debian's Chromium. It ends with the module: while Playwright runs, no other test can have an event loop."""
    playwright = pytest.importorskip("playwright.sync_api", reason="browser tests: playwright is not installed here")
    with playwright.sync_playwright() as running:
        chromium = running.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


class Notebook:
    """A notebook that stands open in JupyterLab."""

    def __init__(self, page, lab: Lab, name: str) -> None:
        self.page = page
        page.goto(f"{lab.address}/lab/tree/{name}?token={TOKEN}&reset")
        page.wait_for_selector(".jp-Notebook .jp-Cell")
        self._wait_until("current?.sessionContext?.session?.kernel?.status === 'idle'")

    def run_all(self) -> None:
        """Run the cells from top to bottom, and wait for the last, and until all that they show is there."""
        self.page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => {})")
        self._wait_until(
            "Array.from(current.content.widgets).every(c => c.model.type !== 'code' || c.model.executionCount)"
        )
        self.heard()
        self.page.wait_for_function(RENDERED)

    def answer_all(self) -> None:
        """Answer every question, no matter how, so that all that waits behind them is shown."""
        for number in range(self.page.locator(".simlib-predict").count()):
            asked = self.page.locator(".simlib-predict").nth(number)
            if "simlib-open" in asked.get_attribute("class"):
                continue
            if asked.get_by_role("radio").count():
                asked.get_by_role("radio").first.check()
            elif asked.get_by_role("textbox").count():
                asked.get_by_role("textbox").first.fill("1")
            asked.get_by_role("button", name="That is my answer").click()
            self.page.locator(f".simlib-predict.simlib-open >> nth={number}").wait_for()
        self.heard()
        self.page.wait_for_function(RENDERED)

    def heard(self) -> None:
        """Wait until the kernel has heard all that was done on the page, and the page what it has answered.

        What a run in the background makes of it may come later: see :meth:`move`.
        """
        self.page.evaluate(HEARD)

    def move(self, control, act) -> None:
        """Do something to a control of a lab, ``act()``, and wait until the run that it makes is shown.

        The run must not have failed.
        """
        lab = control.locator(OWN_LAB).element_handle()
        before = lab.query_selector("[data-run]").get_attribute("data-run")
        act()
        self.page.wait_for_function(SHOWN_SINCE, arg=[lab, before])
        self.settle()

    @property
    def errors(self) -> list[str]:
        """What cells said when they failed."""
        return self.page.evaluate(ERRORS)

    @property
    def sliders(self) -> list:
        """The handles of the sliders, from top to bottom."""
        return self.page.locator(".simlib-lab .noUi-handle").all()

    def wait_for_charts(self) -> None:
        """Wait until each chart on the page has something painted on it; of drawings alone, until one is there."""
        self.page.wait_for_function(
            """() => {
                const charts = Array.from(document.querySelectorAll(".simlib-lab canvas"));
                const bytes = c => c.getContext("2d").getImageData(0, 0, c.width, c.height).data;
                const painted = c => c.width && bytes(c).some(byte => byte);
                const drawn = document.querySelector(".simlib-lab .simlib-stage svg");
                return (charts.length > 0 || drawn) && charts.every(painted);
            }"""
        )

    def time_to_paint(self, slider, key: str) -> float | None:
        """Milliseconds from a key pressed on a slider to the last chart painted for it; None if none had to be."""
        slider.focus()
        self.page.wait_for_timeout(300)  # until it has scrolled there
        self.page.evaluate(WATCH)
        self.page.keyboard.press(key)
        self.page.wait_for_timeout(1000)
        if not self.page.evaluate("() => window.painted.length"):
            return None
        self.page.wait_for_function(PAINTED)
        return float(self.page.evaluate("() => window.painted.at(-1) - window.pressed"))

    def painted(self) -> None:
        """Wait until all that has come from the kernel is painted."""
        self.heard()
        self.page.evaluate(NEXT_FRAME)

    def settle(self) -> None:
        """The same; and nothing must have failed."""
        self.painted()
        assert self.page.locator(".simlib-trouble").all_inner_texts() == []

    def _wait_until(self, condition: str) -> None:
        self.page.wait_for_function(
            f"() => {{ const current = window.jupyterapp?.shell.currentWidget; return {condition}; }}"
        )


@pytest.fixture
def open_notebook(page, jupyterlab):
    """Opens a notebook of the served directory by name."""
    return lambda name: Notebook(page, jupyterlab, name)


@pytest.fixture
def page(browser, jupyterlab):
    """A page; a test that leaves an error on it has failed."""
    context = browser.new_context(viewport={"width": 1440, "height": 1080})
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    troubles = []
    page.on("pageerror", lambda error: troubles.append(f"page error: {error}"))
    page.on("console", lambda said: troubles.append(f"console: {said.text}") if _is_trouble(said) else None)
    yield page
    context.close()
    jupyterlab.stop_kernels()
    assert troubles == []


def _is_trouble(said) -> bool:
    """An error but that Jupyter's server cannot list its kernels just when it starts one: JupyterLab asks again."""
    return said.type == "error" and "/api/kernels?" not in said.location["url"]


def pytest_terminal_summary(terminalreporter):
    """Print what was measured: the tests themselves make no demand on time."""
    for report in terminalreporter.stats.get("passed", []):
        for name, times in getattr(report, "user_properties", []):
            if name.startswith("slider to painted chart"):
                ordered = sorted(times)
                worst = ordered[-(-95 * len(ordered) // 100) - 1]
                measured = f"median {median(ordered):.0f} ms, p95 {worst:.0f} ms, {len(ordered)} moves"
                terminalreporter.write_line(f"{name}: {measured} (goal: under 100 ms)")
            elif name.startswith("frames a second"):
                terminalreporter.write_line(f"{name}: {times[0]:.0f} (goal: 30)")


def _command(lab: Lab) -> list[str]:
    return [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        f"--port={lab.address.rpartition(':')[2]}",
        "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={lab.directory}",
        f"--IdentityProvider.token={TOKEN}",
        "--LabApp.expose_app_in_browser=True",
    ]


def _environment(home: Path, locale: str) -> dict[str, str]:
    settings = home / "settings"
    for plugin, chosen in {**QUIET, "@jupyterlab/translation-extension/plugin": {"locale": locale}}.items():
        path = settings / f"{plugin}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(chosen), "utf-8")
    own = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": settings,
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_PATH": ROOT / "jupyter",
        "PYTHONPATH": ROOT,
        "WORKBOOK_PROGRESS": home / "progress.json",
    }
    return {**os.environ, **{name: str(value) for name, value in own.items()}}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(lab: Lab, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline and server.poll() is None:
        try:
            lab.ask("status")
        except (urllib.error.URLError, OSError):
            time.sleep(0.2)
        else:
            return
    pytest.fail("JupyterLab did not start: " + (lab.directory.parent / "jupyterlab.log").read_text("utf-8")[-2000:])
