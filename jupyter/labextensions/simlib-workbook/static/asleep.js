// A widget that the kernel does not know, since another kernel made it, gives way to a picture of it. The picture is made
// whenever the notebook is saved, and saved with it: so a notebook that is opened again shows what it showed last.
import { painted } from "./picture.js";
import { languageOf, speaker } from "./say.js";

const VIEW = "application/vnd.jupyter.widget-view+json", PNG = "image/png", HTML = "text/html";
const OURS = "[class*=simlib-]";
const PATIENCE = 5000; // ms: the kernel of JupyterLite never says which widgets it knows

export async function watch(panel, banner) {
  await panel.context.ready;
  panel.node.lang = languageOf(panel); // for the choice of glyphs, and for screen readers
  keepPictures(panel);
  const session = panel.sessionContext;
  let restarting = false;
  session.statusChanged.connect((_, status) => {
    if (status === "restarting" || status === "autorestarting") restarting = true;
    else if (restarting && status === "idle") { restarting = false; banner.fresh(); putAside(panel, banner); }
  });
  session.kernelChanged.connect((_, { newValue }) => { if (newValue) { banner.fresh(); putAside(panel, banner); } });
  await session.ready;
  await putAside(panel, banner);
}

// Each living view of the notebook's outputs: its cell, its place among the outputs, and its node on the page.
function* views(panel) {
  for (const cell of panel.content.widgets) {
    const outputs = cell.model.outputs;
    for (let place = 0; place < (outputs?.length ?? 0); place += 1) {
      if (VIEW in outputs.get(place).data) yield [cell, place, cell.outputArea?.widgets[place]?.node];
    }
  }
}

// What is written has a picture beside each view; the outputs on the screen are not touched.
function keepPictures(panel) {
  const { model } = panel.context, toJSON = model.toJSON.bind(model);
  const made = new WeakMap(); // node -> its picture, until something moves in it
  const pictureOf = (node) => {
    if (!made.has(node)) {
      made.set(node, painted(node.querySelector(OURS) ?? node));
      const moved = new MutationObserver(() => { made.delete(node); moved.disconnect(); });
      moved.observe(node, { childList: true, subtree: true, characterData: true, attributes: true });
    }
    return made.get(node);
  };
  model.toJSON = () => {
    const notebook = toJSON();
    if (panel.isDisposed) return notebook;
    const places = new Map(panel.content.widgets.map((cell, number) => [cell, number]));
    for (const [cell, place, node] of views(panel)) {
      const picture = node?.isConnected && pictureOf(node), output = notebook.cells[places.get(cell)]?.outputs?.[place];
      if (picture && output?.data) output.data[PNG] = picture;
    }
    return notebook;
  };
}

// Take the views away that this kernel does not know.
async function putAside(panel, banner) {
  const kernel = panel.sessionContext.session?.kernel;
  if (!kernel) return;
  const there = [...views(panel)].map(([cell, place]) => cell.model.outputs.get(place).data[VIEW].model_id);
  const known = there.length === 0 ? {} : await Promise.race([
    kernel.requestCommInfo({ target_name: "jupyter.widget" }).then(({ content }) => content.comms),
    new Promise((resolve) => setTimeout(resolve, PATIENCE)),
  ]);
  if (!known && panel.node.querySelector(".jp-OutputArea-output .jupyter-widgets")) return; // something lives
  let lives = 0;
  for (const [cell, place] of [...views(panel)]) {
    const output = cell.model.outputs.get(place), { [VIEW]: view, ...rest } = output.data;
    if (!there.includes(view.model_id) || view.model_id in (known ?? {})) { // or it came while the kernel was asked
      lives += 1;
      continue;
    }
    if (!rest[PNG]) rest[HTML] = `<p><i>${speaker(languageOf(panel))("asleep: run the cells to wake it")}</i></p>`; // never the bare text: it may hold what a question asks
    cell.model.outputs.set(place, { ...output.toJSON(), data: rest });
  }
  if (!lives) banner.show();
}
