// A lesson of the static site as slides: its cells are run, taken out of JupyterLite's page, and handed to the lecture.
import { lecture } from "../lecture/slides.js";

const SAID = {
  en: ["The lesson is being run: {done} of {all} cells. Its slides come when all have been.", "A cell failed, so there are no slides: open the lesson itself to see why."],
  ja: ["章を実行しています。全 {all} セルのうち {done}。すべて終わるとスライドになります。", "失敗したセルがあるため、スライドを作れません。章そのものを開いて原因を見てください。"],
};

export async function show(panel, NotebookActions) {
  await panel.context.ready;
  const { content: notebook, sessionContext: session, context } = panel;
  const language = context.model.getMetadata("lang") ?? "en", [running, failed] = SAID[language];
  context.save = async () => {}; // what is shown to a class is nobody's work on the lesson
  const cover = Object.assign(document.createElement("div"), { className: "lecture-cover" });
  cover.setAttribute("role", "status");
  cover.style.cssText = "position:fixed;inset:0;z-index:100;display:grid;place-items:center;padding:2rem;font:24px/1.5 system-ui,sans-serif;background:#fff;color:#1b232c";
  document.body.append(cover);
  await session.ready;
  notebook.notebookConfig = { ...notebook.notebookConfig, windowingMode: "none" }; // every cell is on the page
  await session.session.kernel.requestExecute({ code: "import os\nos.environ['WORKBOOK_LECTURE'] = 'yes'", silent: true }).done;
  const cells = notebook.widgets.filter(({ model }) => model.type === "code");
  let done = 0;
  const tell = () => { cover.textContent = running.replace("{done}", done).replace("{all}", cells.length); };
  const count = (_, ran) => { if (ran.notebook === notebook && ran.cell.model.type === "code") { done += 1; tell(); } };
  tell();
  NotebookActions.executed.connect(count);
  const right = await NotebookActions.runAll(notebook, session);
  NotebookActions.executed.disconnect(count);
  if (!right) {
    cover.textContent = failed;
    return;
  }
  await quiet();
  const at = context.path.split("/").at(-1).replace(".ipynb", "");
  Object.assign(document.body.dataset, { lesson: at, entry: new URL("../", import.meta.url).href });
  const gathered = document.createElement("main");
  gathered.id = "rendered_cells";
  gathered.append(...notebook.widgets.map(slideCell));
  const look = Object.assign(document.createElement("link"), { rel: "stylesheet", href: new URL("../lecture/lecture.css", import.meta.url).href });
  await new Promise((loaded) => { look.onload = loaded; document.head.append(look); });
  for (const node of [...document.body.children]) if (node !== cover) node.style.display = "none";
  document.body.style.background = "#fff";
  document.body.append(gathered);
  cover.remove();
  await lecture(language);
}

// Wait until the widgets that the cells have made are on the page: none has come for a second.
async function quiet() {
  const many = () => document.querySelectorAll(".jupyter-widgets").length;
  for (let before = -1; before !== many(); ) {
    before = many();
    await new Promise((done) => setTimeout(done, 1000));
  }
}

// A cell as the lecture's template writes it.
function slideCell({ node, model }) {
  const cell = Object.assign(document.createElement("div"), { className: "lecture-cell" });
  cell.dataset.slide = model.getMetadata("slideshow")?.slide_type ?? "";
  cell.dataset.tags = (model.getMetadata("tags") ?? []).join(" ");
  cell.append(node);
  return cell;
}
