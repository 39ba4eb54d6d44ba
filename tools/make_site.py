"""Write the workbook as a folder of static files: JupyterLab and Python in the browser, nothing to install, no server.

    python -m tools.make_site build/site

Any web server serves it, from any folder. This needs npm and node, and the environment of site/requirements.lock. From
the net it takes Pyodide's core (site/pyodide.json) and the wheels of site/kernel.lock, by name, version and checksum;
the site itself asks nobody.
"""

import shutil
import subprocess
import sys
from pathlib import Path

from tools.browser_site.edition import edition_of
from tools.browser_site.kernel import write_kernel
from tools.browser_site.lecture import write_lecture
from tools.browser_site.lessons import write_lessons
from tools.browser_site.offline import write_archive, write_worker
from tools.browser_site.pages import finish_pages, write_entry

ROOT = Path(__file__).resolve().parent.parent
SITE = ROOT / "site"


def main(directory: str) -> None:
    """Write everything into a directory; what was there is replaced. What was fetched stays beside it."""
    output = Path(directory).resolve()
    work = output.with_name(f"{output.name}-work")
    lite = work / "lite"
    for old in (output, lite):
        shutil.rmtree(old, ignore_errors=True)
    write_kernel(ROOT, work, lite / "static" / "pyodide")
    lessons = write_lessons(ROOT / "notebooks", lite / "contents")
    _build(lite, output)
    finish_pages(output)
    write_lecture(output)
    edition = edition_of(ROOT)
    write_entry(SITE / "static", output, edition, lessons)
    write_worker(SITE / "worker.js", output)
    write_archive(output)
    files = [file for file in output.rglob("*") if file.is_file()]
    print(f"{output}: {len(files)} files, {sum(file.stat().st_size for file in files) / 1e6:.1f} MB, edition {edition}")


def _build(lite: Path, output: Path) -> None:
    """JupyterLite itself, with the front ends that stand in this environment, and with our extension."""
    for name in ("jupyter-lite.json", "jupyter_lite_config.json"):
        shutil.copy(SITE / name, lite)
    shutil.copytree(ROOT / "jupyter" / "labextensions", lite / "labextensions")
    jupyter = Path(sys.executable).parent / "jupyter-lite"
    subprocess.run([jupyter, "build", "--lite-dir", lite, "--output-dir", output], check=True, cwd=lite)


if __name__ == "__main__":
    main(sys.argv[1])
