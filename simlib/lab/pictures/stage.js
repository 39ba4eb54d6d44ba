// A drawing on its stage: title, key, the drawing itself, the bar that moves its time, and what is told of a thing.

const PARTS = { lanes, tapes, streams, boxes };

function render({ model, el }) {
  const say = speaker(model);
  el.classList.add("simlib-stage");
  const id = `simlib-stage-${Math.random().toString(36).slice(2)}`; // each view has a module of its own, so none can count them
  const title = element("div", { className: "title", id: `${id}-title` }), key = element("div", { className: "key" });
  const sheet = element("div", { className: "sheet" }), told = element("div", { className: "told" });
  told.setAttribute("aria-live", "polite");
  sheet.setAttribute("role", "group");
  const time = transport((moment, why) => at(moment, why), say);
  el.append(title, key, sheet, time.bar, told);
  const numbers = new WeakMap(); // element of a thing -> its place
  let drawing, part, things = [], width = 0, size = 0;

  function load() {
    drawing = model.get("drawing");
    title.textContent = drawing.title;
    sheet.setAttribute("aria-label", `${drawing.title}: ${drawing.alternative}`);
    draw();
    time.load({ ...part.time, stops: [] });
    told.textContent = drawing.hint;
    time.go(part.time.end);
  }

  function draw() { // where there is a limit of height, once more with what the drawing itself may have of it
    const limit = parseFloat(getComputedStyle(el).getPropertyValue("--simlib-high")) || Infinity;
    drawIn(Infinity);
    if (el.offsetHeight > limit) drawIn(part.height - (el.offsetHeight - limit));
  }

  function drawIn(high) {
    const em = size = sizeOf(el);
    width = Math.max(el.clientWidth, 18 * em);
    const tone = Object.fromEntries(drawing.key), drawn = new Set();
    // one element a thing: what it is drawn with, and what is told of it
    const thing = (kind, nodes, text, since) => {
      drawn.add(kind);
      const node = svg("g", { class: "thing", role: "button", tabindex: -1, "aria-label": text }, nodes);
      things.push({ text, since, node });
      numbers.set(node, things.length - 1);
      return node;
    };
    things = [];
    const fill = (kind) => `url(#${id}-${tone[kind] ?? 5})`;
    part = PARTS[drawing.part](drawing, { width, em, high, say, tone: (kind) => tone[kind] ?? 5, thing, fill, uses: (kind) => drawn.add(kind) });
    sheet.replaceChildren(svg("svg", { width, height: part.height, viewBox: `0 0 ${width} ${part.height}` }, svg("defs", {}, patterns(id)), part.nodes));
    key.replaceChildren(...drawing.key.filter(([kind]) => drawn.has(kind)).map(([kind, n]) => element("span", {},
      svg("svg", { width: 1.4 * em, height: em, "aria-hidden": true }, sample(kind, n, em)), kind)));
    if (things.length) things[0].node.setAttribute("tabindex", 0);
  }

  function sample(kind, n, em) { // a kind in the key, as it is drawn: an area, an arrow or a mark
    if (!part.areas || part.areas.has(kind)) return svg("rect", { width: 1.4 * em, height: em, fill: `url(#${id}-${n})` });
    if (!part.lines?.has(kind)) return shape(n, 0.7 * em, em / 2, em * 0.36);
    return [svg("path", { d: `M0,${em / 2} h${em}`, stroke: TONES[n].colour, "stroke-width": 2.5, "stroke-dasharray": part.lines.get(kind) }),
      svg("path", { d: `M${1.4 * em},${em / 2} l${-0.6 * em},${-0.3 * em} v${0.6 * em} z`, fill: TONES[n].colour })];
  }

  function at(moment, why) {
    part.at(moment);
    if (part.fades) for (const { node, since } of things) node.classList.toggle("later", since > moment + 1e-9);
    if (why !== "step") return;
    const here = [...new Set(things.filter(({ since }) => Math.abs(since - moment) < 1e-9).map(({ text }) => text))];
    if (here.length) told.textContent = here.slice(0, 3).join(" · ") + (here.length > 3 ? ` · ${say("and {n} more", { n: here.length - 3 })}` : "");
  }

  const tell = (target) => {
    const node = target?.closest?.(".thing");
    if (!node) return;
    told.textContent = things[numbers.get(node)].text;
    for (const other of sheet.querySelectorAll(".thing.chosen")) other.classList.remove("chosen");
    node.classList.add("chosen");
  };
  sheet.addEventListener("pointerover", (event) => tell(event.target));
  sheet.addEventListener("focusin", (event) => tell(event.target));
  sheet.addEventListener("click", (event) => tell(event.target));
  roving(sheet, () => things.map(({ node }) => node), (node) => { time.stop(); time.go(things[numbers.get(node)].since); tell(node); });
  model.on("change:drawing", load);
  const watch = new ResizeObserver(() => { if (el.clientWidth && (Math.abs(el.clientWidth - width) > 1 || sizeOf(el) !== size)) { draw(); time.go(time.time); } });
  load();
  watch.observe(el);
  return () => { time.stop(); watch.disconnect(); };
}

export default { render };
