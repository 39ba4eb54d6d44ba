// A cell that was run alone and misses a name is told which cell above makes it.
import { speaker } from "./say.js";

export function hint({ notebook, cell, success, error }) {
  const name = !success && error?.errorName === "NameError" && /name '([^']+)'/.exec(error.errorValue)?.[1];
  if (!name) return;
  const cells = notebook.widgets.slice(0, notebook.widgets.indexOf(cell)).filter(({ model }) => model.type === "code");
  const maker = cells.findLast(({ model }) => makes(name, model.sharedModel.source));
  if (!maker) return;
  const first = maker.model.sharedModel.source.trim().split("\n")[0];
  const say = speaker(notebook.model.getMetadata?.("lang") ?? "en");
  const told = [say("Run first what stands above: “{name}” is made in the cell that begins with", { name }), `    ${first}`, say("Run ▸ Run All Above Selected Cell does it.")];
  const text = `\n${told.join("\n")}\n`;
  cell.model.outputs.add({ output_type: "stream", name: "stderr", text });
}

function makes(name, source) {
  const escaped = name.replace(/\W/g, "\\$&");
  return new RegExp(`^(?:(?:def|class) ${escaped}\\b|(?:from .*)?import .*\\b${escaped}\\b|(?:[\\w, ]*, *)?${escaped}(?:, [\\w, ]*)? *=[^=])`, "m").test(source);
}
