// Byte-compiles and slims the standard library and the wheels, by the very Python that will run them (Pyodide, under Node):
// a browser's Python would compile each module again whenever a kernel starts.
//
//     node compile.mjs PYODIDE WHEELS OUT NAME…
//
// PYODIDE: the npm package, unpacked. NAME…: wheels whose source stays beside the byte code, for whoever looks into it.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const [pyodide, wheels, out] = process.argv.slice(2, 5).map((path) => resolve(path));
const { loadPyodide } = await import(pathToFileURL(`${pyodide}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${pyodide}/` });
for (const [place, root] of [["/core", pyodide], ["/wheels", wheels], ["/out", out]]) {
  python.FS.mkdir(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
}
python.globals.set("names", python.toPy(process.argv.slice(5)));
await python.runPythonAsync(`
import importlib.util
import re
import warnings
from importlib._bootstrap_external import _code_to_hash_pyc
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

warnings.simplefilter("ignore")
# what no kernel ever opens: tests, scripts, stubs of other packages, lists of files, static files for a server's pages
UNUSED = re.compile(r"(^|/)tests?/|[.]data/|/typeshed/|/django-stubs/|/labextension/|[.]dist-info/(RECORD|licenses/|LICENSE)")
TIME = (1980, 1, 1, 0, 0, 0)  # the same wheels give the same bytes


def byte_code(source, place):
    """An unchecked .pyc: nobody looks for its source again."""
    code = compile(source, place, "exec", dont_inherit=True)
    return bytes(_code_to_hash_pyc(code, importlib.util.source_hash(source), False))


def entries(name, data, root, with_source):
    """What stands for a file in the slim archive: (name, data) pairs."""
    if not name.endswith(".py"):
        return [(name, data)]
    try:
        code = byte_code(data, root + name)
    except SyntaxError:  # a template, or meant for another Python
        return []
    if not with_source:
        return [(name + "c", code)]
    folder, _, file = name.rpartition("/")
    cached = importlib.util.cache_from_source(file)
    return [(name, data), (f"{folder}/{cached}" if folder else cached, code)]


def slim(source, target, root, with_source):
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in sorted(old.namelist()):
            if name.endswith("/") or UNUSED.search(name):
                continue
            for place, data in entries(name, old.read(name), root, with_source):
                new.writestr(ZipInfo(place, TIME), data, ZIP_DEFLATED, 9)


slim("/core/python_stdlib.zip", "/out/python_stdlib.zip", "/lib/python314.zip/", False)
for wheel in sorted(Path("/wheels").glob("*.whl")):
    with_source = wheel.name.split("-")[0] in names
    slim(wheel, "/out/" + wheel.name, "/lib/python3.14/site-packages/", with_source)
`);
