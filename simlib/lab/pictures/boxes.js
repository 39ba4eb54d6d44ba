// Boxes in a grid, each with what is in it or what became of it, as it stands at a time.

function boxes(drawing, { width, em, high: limit, thing, fill, uses }) {
  const columns = Math.max(1, Math.min(drawing.columns, Math.floor(width / (9 * em)))), gap = 0.7 * em;
  const wide = (width - gap * (columns - 1)) / columns, rows = Math.ceil(drawing.boxes.length / columns), high = rows * (4.1 * em + gap) > limit ? 3 * em : 4.1 * em, room = wide - 1.6 * em, nodes = [], live = [], { axis } = drawing;
  drawing.boxes.forEach((box, n) => {
    const left = (n % columns) * (wide + gap), top = Math.floor(n / columns) * (high + gap), last = box.steps.at(-1);
    box.steps.forEach((step) => uses(step[1]));
    const state = svg("rect", { x: left + 1, y: top + 1, width: 0.8 * em, height: high }), inside = svg("text", { class: "small", x: left + 1.2 * em, y: top + 2.6 * em });
    live.push((time) => {
      const step = valueAt(box.steps, time);
      state.setAttribute("fill", step ? fill(step[1]) : "none");
      inside.textContent = step ? named(step[2], room, em * 0.85) : "";
    });
    nodes.push(thing(last ? last[1] : "", [svg("rect", { x: left + 1, y: top + 1, width: wide - 2, height: high, rx: 4, class: "cell" }), state,
      svg("text", { x: left + 1.2 * em, y: top + 1.4 * em, class: "name" }, named(box.name, room, em * 0.95)), inside,
      svg("text", { class: "small", x: left + 1.2 * em, y: top + 3.7 * em }, high > 3.5 * em ? fitted(box.note, room, em * 0.85) : "")], box.told, last ? last[0] : axis.begin));
  });
  const moments = [...new Set(drawing.boxes.flatMap((box) => box.steps.map((step) => step[0])))].sort((a, b) => a - b);
  return {
    nodes, height: Math.ceil(drawing.boxes.length / columns) * (high + gap),
    time: { begin: axis.begin, end: axis.end, moments, stepped: false, clock: (time) => `${round(time / axis.size)} ${axis.unit}` },
    at(time) { for (const one of live) one(time); },
  };
}
