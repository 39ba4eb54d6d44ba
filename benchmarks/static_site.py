"""What the static site costs: its size, the first view, the start of a kernel, a move of a slider, memory.

``make bench-site`` prints a line for each. It fails where a first view is more than 25 MB, or where a kernel takes more
than half the time to start that it takes with plain wheels, under Node.
"""

import gzip
import json
import os
import shutil
import subprocess
import time
from pathlib import Path
from statistics import median
from urllib.parse import unquote, urlsplit

from tests.browser.static_site.conftest import BUILD, FOLDER
from tools.browser_site.kernel import CORE, locked

LESSON = "04_delivery_efficiency.ipynb"
MB = 1e6
MOST = 25 * MB  # of a first view
PACKED = {".whl", ".zip", ".woff2", ".woff", ".png"}  # compressed already
WORK = BUILD.with_name("site-work")
TURNS = 3
TICKS = os.sysconf("SC_CLK_TCK")


def say(line: str) -> None:
    """A figure, whatever pytest keeps to itself."""
    print(f"\n{line}", end="", flush=True)


def compressed(path: Path) -> int:
    """How many bytes of a file a server sends that compresses what can be compressed."""
    held = path.read_bytes()
    return len(held) if path.suffix in PACKED else len(gzip.compress(held, 6))


def cpu_and_memory() -> tuple[float, float]:
    """Processor seconds of all that this process has started, and MB of their memory, what is shared in shares."""
    parents, seconds, memory = {}, {}, {}
    for path in Path("/proc").glob("[0-9]*"):
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
            shares = (path / "smaps_rollup").read_text()
        except OSError:
            continue
        parents[int(path.name)] = int(fields[1])
        seconds[int(path.name)] = sum(map(int, fields[11:15])) / TICKS
        memory[int(path.name)] = next(
            (int(line.split()[1]) for line in shares.splitlines() if line.startswith("Pss:")), 0
        )
    ours = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in ours} - ours:
        ours |= more
    ours.discard(os.getpid())
    return sum(seconds[pid] for pid in ours), sum(memory[pid] for pid in ours) / 1e3


def test_size(built) -> None:
    files = [path for path in built.rglob("*") if path.is_file() and path.name != "site.zip"]
    whole, sent = sum(path.stat().st_size for path in files), sum(map(compressed, files))
    say(f"the whole site: {len(files)} files, {whole / MB:.1f} MB, {sent / MB:.1f} MB as it is sent")
    say(f"site.zip: {(built / 'site.zip').stat().st_size / MB:.1f} MB")


def test_first_view(context, page, open_notebook) -> None:
    asked = []
    context.on("request", lambda one: asked.append(one.url) if one.service_worker is None else None)
    cpu, began = cpu_and_memory()[0], time.monotonic()
    notebook = open_notebook(LESSON)
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell')")  # its title
    page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-cell-and-select-next').then(() => {})")
    notebook._wait_until("Array.from(current.content.widgets).some(c => c.model.executionCount)")
    lasted, (after, memory) = time.monotonic() - began, cpu_and_memory()
    sent = {}
    for url in asked:
        path = BUILD / unquote(urlsplit(url).path).removeprefix(f"/{FOLDER}/")
        if path.is_file():
            sent[path] = compressed(path)
    total = sum(sent.values())
    say(f"first view of a lesson: {len(sent)} files, {total / MB:.1f} MB as they are sent")
    say(f"in Chromium until the first cell has run: {after - cpu:.1f} CPU s, {lasted:.1f} s, {memory:.0f} MB")
    assert total <= MOST


def test_start_under_node(built, tmp_path) -> None:
    ours, plain = built / "static" / "pyodide", tmp_path / "plain"
    shutil.copytree(WORK / "wheels", plain)
    for name in (*CORE, "python_stdlib.zip"):
        shutil.copy(WORK / "core" / "package" / name, plain)
    lock = json.loads((WORK / "core" / "package" / "pyodide-lock.json").read_text("utf-8"))
    (plain / "pyodide-lock.json").write_text(json.dumps({**lock, "packages": locked(plain)}), "utf-8")
    times: dict[Path, list[float]] = {ours: [], plain: []}
    for _ in range(TURNS):
        for folder, taken in times.items():
            done = subprocess.run(
                ["node", Path(__file__).with_name("start_kernel.mjs"), folder],
                capture_output=True,
                text=True,
                check=True,
            )
            taken.append(float(done.stdout.split()[-1]))
    ratio = median(times[ours]) / median(times[plain])
    say(f"start under Node: {median(times[ours]):.2f} CPU s, {median(times[plain]):.2f} with plain wheels: {ratio:.2f}")
    assert ratio <= 0.5


def test_slider(open_notebook) -> None:
    notebook = open_notebook(LESSON)
    notebook.run_all()
    notebook.answer_all()
    slider = notebook.sliders[0]
    times = [notebook.time_to_paint(slider, key) for key in ["ArrowRight", "ArrowLeft"] * 5]
    times = [one for one in times if one is not None]
    say(f"from slider to painted picture: median {median(times):.0f} ms, most {max(times):.0f} ms, {len(times)} moves")
    say(f"with all cells of the lesson run: {cpu_and_memory()[1]:.0f} MB")
