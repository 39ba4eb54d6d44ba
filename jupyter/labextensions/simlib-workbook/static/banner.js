// One line over a notebook that sleeps: nothing of it has run in this kernel.
import { languageOf, speaker } from "./say.js";

const FAST_FORWARD = `<svg viewBox="0 0 24 24" width="18" height="18" role="img" aria-label="fast forward" style="vertical-align:-4px">
<path fill="currentColor" d="M4 18l8.5-6L4 6v12zm9-12v12l8.5-6L13 6z"/></svg>`;
// JupyterLab's box over a notebook gives a line the room that its style asks for, and no other.
const LOOK = "min-height:34px;box-sizing:border-box;padding:6px 14px;font-size:16px;border-left:6px solid #E69F00;background:var(--jp-layout-color2);color:var(--jp-ui-font-color1)";

export function over(panel, commands, Widget, NotebookActions) {
  const line = new Widget();
  line.addClass("simlib-asleep");
  line.node.setAttribute("role", "status");
  line.node.style.cssText = LOOK;
  const ask = () => { // its metadata says in which language
    const say = speaker(languageOf(panel)), button = `<button>${say("Run all cells")}</button>`;
    line.node.innerHTML = say("asleep: press {button} (what you see is a picture of how it was left)", { button: `${FAST_FORWARD} ${button}` });
    line.node.querySelector("button").onclick = () => commands.execute("notebook:run-all-cells");
  };
  let ran = false; // a cell, in this kernel
  line.hide();
  panel.contentHeader.addWidget(line);
  NotebookActions.executed.connect((_, { notebook }) => {
    if (notebook !== panel.content) return;
    ran = true;
    line.hide();
  });
  return {
    show() {
      if (ran || !ours(panel)) return;
      ask();
      line.show();
    },
    fresh() { ran = false; },
    tell(text) {
      line.node.textContent = text;
      line.show();
    },
  };
}

// Whether the workbook's library is used here: of other notebooks we say nothing.
const ours = (panel) => panel.content.widgets.some(({ model }) => model.type === "code" && /\bsimlib\b/.test(model.sharedModel.source));
