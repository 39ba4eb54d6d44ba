// A terminal: the kernel holds what was said, this shows it and sends what is typed.

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const say = speaker(model);
  el.classList.add("simlib-terminal");
  const screen = element("div", { className: "screen", tabIndex: 0 });
  screen.setAttribute("role", "log");
  screen.setAttribute("aria-label", model.get("label"));
  const prompt = element("span", { className: "prompt" });
  const input = element("input", { type: "text", spellcheck: false, autocomplete: "off" });
  input.setAttribute("aria-label", say("type to {label}", { label: model.get("label") }));
  const clock = element("span", { className: "clock" });
  const buttons = element("div", { className: "buttons" });
  const left = element("div", { className: "left" }, screen,
    element("div", { className: "line" }, prompt, input), buttons);
  const beside = element("div", { className: "beside" });

  const name = element("div", { className: "heading" });
  const text = element("textarea", { spellcheck: false, rows: 14 });
  const save = element("button", { type: "button", textContent: say("save"), onclick: () => send("saved", { text: text.value }) });
  const leave = element("button", { type: "button", textContent: say("cancel"), onclick: () => send("left", "") });
  const editor = element("div", { className: "editor", hidden: true }, name, text,
    element("div", { className: "buttons" }, save, leave));
  left.append(editor);
  text.addEventListener("keydown", (event) => {
    event.stopPropagation(); // as for the line
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") send("left", "");
  });
  const parts = element("div", { className: "parts" }, left, beside);
  el.append(parts);

  const history = [];
  let place = 0;
  const send = (what, value) => model.send({ what, value });
  const type = (line) => { history.push(line); place = history.length; send("typed", line); };

  input.addEventListener("keydown", (event) => {
    event.stopPropagation(); // JupyterLab has commands on single keys
    if (event.isComposing || event.keyCode === 229) return; // this Enter ends a conversion of Japanese input, not the line
    if (event.key === "Enter") {
      type(input.value);
      input.value = "";
    } else if (event.key === "ArrowUp" || event.key === "ArrowDown") {
      event.preventDefault();
      place = Math.min(Math.max(place + (event.key === "ArrowUp" ? -1 : 1), 0), history.length);
      input.value = history[place] ?? "";
    } else if (event.key === "Tab" && !event.shiftKey && input.value.trim()) {
      event.preventDefault(); // an empty line lets Tab go on to the buttons
      send("completed", input.value);
    }
  });
  const complete = () => {
    const { of, line } = model.get("completion");
    if (input.value === of) input.value = line; // else somebody has typed on
  };
  const edit = () => {
    const { path, text: held } = model.get("edited");
    const opens = path !== undefined && editor.hidden;
    const closes = path === undefined && !editor.hidden;
    editor.hidden = path === undefined;
    input.disabled = path !== undefined;
    if (opens) {
      name.textContent = path;
      text.setAttribute("aria-label", say("text of {path}", { path }));
      text.value = held;
      text.focus();
      text.setSelectionRange(0, 0);
    }
    if (closes) input.focus();
  };

  const show = () => {
    prompt.textContent = model.get("prompt");
    clock.textContent = model.get("clock");
    screen.replaceChildren(...model.get("lines").map(([kind, text]) =>
      element("div", { className: kind, textContent: text || " " })));
    screen.scrollTop = screen.scrollHeight;
    parts.classList.toggle("alone", !Object.keys(model.get("beside")).length);
    beside.replaceChildren(...Object.entries(model.get("beside")).flatMap(([heading, text]) => {
      const held = element("pre", { textContent: text, tabIndex: 0 });
      held.setAttribute("aria-label", heading);
      return [element("div", { className: "heading", textContent: heading }), held];
    }));
  };
  const showButtons = () => {
    const suggested = model.get("suggestions").map((line) =>
      element("button", { type: "button", textContent: line, onclick: () => { input.value = line; input.focus(); } }));
    const waits = model.get("waits").map(([text, seconds]) =>
      element("button", { type: "button", className: "wait", textContent: text, onclick: () => send("waited", seconds) }));
    buttons.replaceChildren(...suggested, ...waits, clock);
  };
  model.on("change:lines", show);
  model.on("change:beside", show);
  model.on("change:clock", show);
  model.on("change:prompt", show);
  model.on("change:suggestions", showButtons);
  model.on("change:completion", complete);
  model.on("change:edited", edit);
  edit();
  show();
  showButtons();
}

export default { render };
