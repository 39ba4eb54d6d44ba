// How much processor time it takes until a kernel of the site could answer: Pyodide under Node, with everything that a
// lesson imports. usage: node start_kernel.mjs FOLDER, with Pyodide, a lock file and wheels in it. Prints CPU seconds.
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

const folder = resolve(process.argv[2]);
const { loadPyodide } = await import(pathToFileURL(`${folder}/pyodide.mjs`));
const python = await loadPyodide({ indexURL: `${folder}/` });
await python.loadPackage(["micropip", "packaging", "ipython", "jedi", "sendmail-workbook"], { messageCallback: () => {} });
await python.runPythonAsync("import IPython, ipywidgets\nfrom simlib import World, lab\nlab.explore");
const { user, system } = process.cpuUsage();
console.log((user + system) / 1e6);
