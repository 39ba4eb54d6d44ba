// A link that opens a lesson at one of its labs, with the settings that the lab has now: where it leads, and what happens
// when somebody comes by it. The page's address says in `lab` which cell, and in `set` how its controls stand.
import { languageOf, speaker } from "./say.js";

const APP = /^(.*?\/(?:lab|notebooks))(?=\/|$)/;
const TREE = /\/tree\/([^?]*)$/;
const LITE = document.getElementById("jupyter-config-data")?.dataset.jupyterLiteRoot !== undefined;
const here = new URL(location.href); // as it was asked for: JupyterLab writes its own later
const asked = {
  path: LITE ? here.searchParams.get("path") : decodeURIComponent(TREE.exec(here.pathname)?.[1] ?? ""),
  lab: here.searchParams.get("lab"),
  set: here.searchParams.get("set"),
};

// Give each link on a page its address, as soon as it is there.
export function offer(panel) {
  const fit = () => {
    for (const link of panel.node.querySelectorAll("a.simlib-link:not([href])")) link.href = addressOf(panel, link);
  };
  const seen = new MutationObserver(fit);
  seen.observe(panel.node, { childList: true, subtree: true });
  panel.disposed.connect(() => seen.disconnect());
}

function addressOf(panel, link) {
  const cell = panel.content.widgets.find(({ node }) => node.contains(link));
  const app = APP.exec(here.pathname)?.[1] ?? "", path = panel.context.path.replace(/^\w+:/, "");
  const query = new URLSearchParams(LITE ? { path } : {});
  query.set("lab", cell?.model.id ?? "");
  query.set("set", link.dataset.settings);
  const page = LITE ? `${app}/index.html` : `${app}/tree/${path.split("/").map(encodeURIComponent).join("/")}`;
  const written = query.toString().replaceAll("+", "%20"); // JupyterLab's router does not read + as a blank
  return `${here.origin}${page}?${written}`;
}

// Run what the lab needs, hand its settings over, and run the lab. A question before it is asked all the same.
export async function arrive(panel, NotebookActions, banner) {
  if (!asked.lab || panel.context.path !== asked.path) return;
  const { lab, set } = asked, { content: notebook, sessionContext: session } = panel;
  asked.lab = null; // once: whoever opens the lesson again later does not mean the link
  await panel.context.ready;
  await session.ready;
  const number = notebook.widgets.findIndex(({ model }) => model.id === lab);
  if (number < 0) {
    const say = speaker(languageOf(panel));
    banner.tell(say("This link leads to a lab that this edition of the lesson does not have."));
    return;
  }
  notebook.activeCellIndex = number;
  if (number > 0 && !(await NotebookActions.runAllAbove(notebook, session))) return; // the failed cell says why
  const hand = (state) => session.session.kernel.requestExecute({
    code: `from simlib.lab.links import arrive\narrive(${JSON.stringify(state)})`, silent: true, store_history: false,
  }).done;
  await hand(set ?? "{}");
  notebook.activeCellIndex = number;
  await NotebookActions.run(notebook, session);
  await hand(""); // a cell that made no lab must not leave it to another
  await notebook.scrollToItem(number, "start");
}
