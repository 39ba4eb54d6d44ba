// Lines of text in pieces: whoever points at a piece, or comes to it with the arrow keys, reads beside it what it is.

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  el.classList.add("simlib-annotated");
  el.dataset.lmSuppressShortcuts = "true"; // JupyterLab has commands on the arrow keys
  const pieces = [];
  const name = element("b"), meaning = element("span");
  const told = element("div", { className: "told" }, name, meaning);
  told.setAttribute("role", "status");
  meaning.textContent = "Point at a field, or go through them with Tab and the arrow keys.";

  const choose = (piece) => {
    for (const one of pieces) {
      one.tabIndex = one === piece ? 0 : -1;
      one.classList.toggle("chosen", one === piece);
    }
    name.textContent = `${piece.dataset.name}: `;
    meaning.textContent = piece.dataset.meaning;
  };
  const go = (event, piece) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    pieces[pieces.indexOf(piece) + step]?.focus();
  };
  const made = ([text, named, means]) => {
    if (!named) return element("span", { textContent: text });
    const piece = element("span", { className: "piece", textContent: text, tabIndex: pieces.length ? -1 : 0 });
    Object.assign(piece.dataset, { name: named, meaning: means });
    piece.setAttribute("role", "button");
    piece.setAttribute("aria-label", `${text.trim()}, ${named}`);
    piece.addEventListener("mouseenter", () => choose(piece));
    piece.addEventListener("focus", () => choose(piece));
    piece.addEventListener("click", () => piece.focus());
    piece.addEventListener("keydown", (event) => go(event, piece));
    pieces.push(piece);
    return piece;
  };
  const lines = model.get("lines").map((line) => element("div", { className: "text" }, ...line.map(made)));
  const text = element("div", { className: "lines" }, ...lines);
  text.setAttribute("role", "group");
  text.setAttribute("aria-label", model.get("title"));
  el.append(element("div", { className: "title", textContent: model.get("title") }), text, told);
}

export default { render };
