// A text whose pieces tell what they mean: under the pointer, on touch, and by keyboard.

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function render({ model, el }) {
  const say = speaker(model);
  el.classList.add("simlib-read");
  const text = element("div", { className: "text" });
  text.setAttribute("role", "group");
  text.setAttribute("aria-label", say("a text to read piece by piece"));
  const told = element("div", { className: "told" });
  told.setAttribute("role", "status");
  el.append(text, told);

  const tell = (piece, meaning) => {
    told.replaceChildren(element("code", { textContent: piece.trim() || say("(blank)") }), " ", meaning);
    text.querySelectorAll(".piece").forEach((one) => one.classList.toggle("chosen", one.textContent === piece && one.dataset.meaning === meaning));
  };
  const move = (event, step) => {
    const every = [...text.querySelectorAll(".piece")];
    const next = every[every.indexOf(event.target) + step];
    if (next) { event.preventDefault(); next.focus(); }
  };
  const stay = (made) => { // one stop for Tab: the piece where one was last
    text.querySelectorAll(".piece").forEach((one) => { one.tabIndex = one === made ? 0 : -1; });
  };

  const show = () => {
    text.replaceChildren(...model.get("pieces").map(([piece, meaning]) => {
      if (!meaning) return element("span", { textContent: piece });
      const made = element("button", { type: "button", className: "piece", textContent: piece });
      made.dataset.meaning = meaning;
      made.setAttribute("aria-label", `${piece.trim() || say("(blank)")}: ${meaning}`);
      for (const name of ["focus", "mouseenter", "click"]) made.addEventListener(name, () => tell(piece, meaning));
      made.addEventListener("focus", () => stay(made));
      made.addEventListener("keydown", (event) => {
        event.stopPropagation(); // JupyterLab has commands on single keys
        if (event.key === "ArrowRight" || event.key === "ArrowDown") move(event, 1);
        if (event.key === "ArrowLeft" || event.key === "ArrowUp") move(event, -1);
      });
      return made;
    }));
    stay(text.querySelector(".piece"));
    told.textContent = say("Touch a piece, or go to it with Tab and the arrow keys.");
  };
  model.on("change:pieces", show);
  show();
}

export default { render };
