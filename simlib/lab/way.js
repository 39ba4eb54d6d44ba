// The way of a letter: a box for each place, an arrow from each to the next; whoever points at a box reads what happened.

const BOX = { width: 220, height: 96, gap: 46 };
const SVG = "http://www.w3.org/2000/svg";

function drawn(tag, attributes, ...children) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function words(text, x, y, size, weight = "normal") {
  return drawn("text", { x, y, "text-anchor": "middle", "font-size": size, "font-weight": weight, fill: "currentColor" },
    text.length > 26 ? `${text.slice(0, 25)}…` : text);
}

function render({ model, el }) {
  el.classList.add("simlib-annotated", "simlib-way");
  el.dataset.lmSuppressShortcuts = "true";
  const places = model.get("stations");
  const width = places.length * (BOX.width + BOX.gap) - BOX.gap + 8;
  const picture = drawn("svg", { viewBox: `0 0 ${width} ${BOX.height + 8}`, width: "100%", style: `max-width: ${width}px`, role: "group" });
  picture.setAttribute("aria-label", model.get("title"));
  const told = document.createElement("div");
  told.className = "told";
  told.setAttribute("role", "status");
  told.textContent = "Point at a place, or go through them with Tab.";
  places.forEach(([what, where, when, happened], n) => {
    const left = 4 + n * (BOX.width + BOX.gap), middle = left + BOX.width / 2;
    const reached = when !== "not yet";
    const frame = drawn("rect", { x: left, y: 4, width: BOX.width, height: BOX.height, rx: 8, fill: "none", stroke: "currentColor",
      "stroke-width": 2, ...(reached ? {} : { "stroke-dasharray": "6 5" }) });
    const box = drawn("g", { tabindex: 0, role: "button", class: "place", "aria-label": `${what}, ${where}, ${when}: ${happened}` },
      drawn("rect", { x: left, y: 4, width: BOX.width, height: BOX.height, fill: "transparent" }), frame,
      words(what, middle, 32, 18, "bold"), words(where, middle, 58, 15), words(when, middle, 84, 16));
    const tell = () => { told.textContent = `${what}: ${happened}`; };
    for (const kind of ["mouseenter", "focus", "click"]) box.addEventListener(kind, tell);
    picture.append(box);
    if (n + 1 < places.length) {
      const from = left + BOX.width + 6, to = left + BOX.width + BOX.gap - 6, y = 4 + BOX.height / 2;
      picture.append(drawn("path", { d: `M${from} ${y}H${to}m-9 -7l9 7l-9 7`, fill: "none", stroke: "currentColor", "stroke-width": 2 }));
    }
  });
  const title = document.createElement("div");
  title.className = "title";
  title.textContent = model.get("title");
  el.append(title, picture, told);
}

export default { render };
