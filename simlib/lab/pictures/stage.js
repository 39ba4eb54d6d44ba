// A drawing on its stage: title, key, the drawing itself, the bar that moves its time, and what is told of a thing.

let stages = 0;
const PARTS = { lanes, tapes, streams, boxes };

function render({ model, el }) {
  el.classList.add("simlib-stage");
  const id = `simlib-stage-${++stages}`;
  const title = element("div", { className: "title", id: `${id}-title` }), key = element("div", { className: "key" });
  const sheet = element("div", { className: "sheet" }), told = element("div", { className: "told" });
  told.setAttribute("aria-live", "polite");
  sheet.setAttribute("role", "group");
  const time = transport((moment, why) => at(moment, why));
  el.append(title, key, sheet, time.bar, told);
  let drawing, part, things = [], width = 0;

  function load() {
    drawing = model.get("drawing");
    title.textContent = drawing.title;
    sheet.setAttribute("aria-label", `${drawing.title}: ${drawing.alternative}`);
    draw();
    time.load({ ...part.time, stops: [] });
    told.textContent = drawing.hint;
    time.go(part.time.end);
  }

  function draw() {
    const em = parseFloat(getComputedStyle(el).fontSize);
    width = Math.max(el.clientWidth, 18 * em);
    const tone = Object.fromEntries(drawing.key), drawn = new Set();
    // one element a thing: what it is drawn with, and what is told of it
    const thing = (kind, markup, text, since) => {
      drawn.add(kind);
      things.push({ text, since });
      return `<g class="thing" role="button" tabindex="-1" data-n="${things.length - 1}" aria-label="${escaped(text)}">${markup}</g>`;
    };
    things = [];
    part = PARTS[drawing.part](drawing, { width, em, id, tone: (kind) => tone[kind] ?? 5, thing, fill: (kind) => `url(#${id}-${tone[kind] ?? 5})`, uses: (kind) => drawn.add(kind) });
    sheet.innerHTML = `<svg width="${width}" height="${part.height}" viewBox="0 0 ${width} ${part.height}" font-size="${em}"><defs>${patterns(id)}</defs>${part.markup}</svg>`;
    key.innerHTML = drawing.key.filter(([kind]) => drawn.has(kind)).map(([kind, n]) =>
      `<span><svg width="${1.4 * em}" height="${em}" aria-hidden="true">${!part.areas || part.areas.has(kind)
        ? `<rect width="${1.4 * em}" height="${em}" fill="url(#${id}-${n})"/>` : shape(n, 0.7 * em, em / 2, em * 0.36)}</svg>${escaped(kind)}</span>`).join("");
    const one = sheet.querySelector(".thing");
    if (one) one.tabIndex = 0;
  }

  function at(moment, why) {
    part.at?.(sheet, moment);
    if (part.fades) for (const [n, node] of sheet.querySelectorAll(".thing").entries()) node.classList.toggle("later", things[n].since > moment + 1e-9);
    if (why === "step") {
      const here = [...new Set(things.filter((one) => Math.abs(one.since - moment) < 1e-9).map((one) => one.text))];
      if (here.length) told.textContent = here.slice(0, 3).join(" · ") + (here.length > 3 ? ` · and ${here.length - 3} more` : "");
    }
  }

  const tell = (node) => {
    const n = node?.closest?.(".thing")?.dataset.n;
    if (n === undefined) return;
    told.textContent = things[n].text;
    for (const other of sheet.querySelectorAll(".thing.chosen")) other.classList.remove("chosen");
    node.closest(".thing").classList.add("chosen");
  };
  sheet.addEventListener("pointerover", (event) => tell(event.target));
  sheet.addEventListener("focusin", (event) => tell(event.target));
  sheet.addEventListener("click", (event) => tell(event.target));
  roving(sheet, () => [...sheet.querySelectorAll(".thing")], (node) => { time.stop(); time.go(things[node.dataset.n].since); tell(node); });
  model.on("change:drawing", load);
  const watch = new ResizeObserver(() => { if (Math.abs(el.clientWidth - width) > 1 && el.clientWidth) { const now = time.time; draw(); time.go(now); } });
  load();
  watch.observe(el);
  return () => { time.stop(); watch.disconnect(); };
}

export default { render };
