// Tapes of cells: columns side by side with links between their cells, or rows one below the other.

function tapes(drawing, tools) {
  const part = (drawing.lying ? lying : upright)(drawing, tools);
  return { ...part, fades: true, time: stepping(drawing), at() {} };
}

function upright(drawing, { width, em, tone, thing, fill }) {
  const many = drawing.tapes.length, gap = Math.max(5 * em, width * 0.12), wide = (width - gap * (many - 1)) / many, size = 0.85 * em;
  const high = 1.55 * em, head = 1.9 * em, left = (n) => n * (wide + gap), top = (n) => head + n * high, nodes = [];
  for (const link of drawing.links) {
    const [x1, y1, x2, y2] = [left(link.tape) + wide, top(link.cell) + high / 2, left(link.to_tape), top(link.to_cell) + high / 2];
    const d = `M${x1},${y1} C${x1 + gap / 3},${y1} ${x2 - gap / 3},${y2} ${x2},${y2}`;
    nodes.push(thing(link.kind, [svg("path", { d, class: "wide", fill: "none" }),
      svg("path", { d, fill: "none", stroke: TONES[tone(link.kind)].colour, "stroke-width": 2.2, "stroke-dasharray": DASHES[tone(link.kind) % DASHES.length] })],
    link.told, link.step));
  }
  drawing.tapes.forEach((tape, n) => {
    nodes.push(svg("text", { x: left(n), y: 1.2 * em, class: "name" }, fitted(tape.name, wide, em * 0.95)));
    tape.cells.forEach((cell, m) => nodes.push(thing(cell.kind, [
      svg("rect", { x: left(n), y: top(m) + 1, width: wide, height: high - 3, class: "cell" }),
      svg("rect", { x: left(n), y: top(m) + 1, width: 0.7 * em, height: high - 3, fill: fill(cell.kind) }),
      svg("text", { x: left(n) + 1.05 * em, y: top(m) + high * 0.68, class: "code", "font-size": size }, fitted(cell.text, wide - 1.5 * em, size * 1.12)),
    ], cell.told || cell.text, cell.step)));
  });
  return { nodes, height: head + high * Math.max(1, ...drawing.tapes.map((tape) => tape.cells.length)) + 0.3 * em };
}

function lying(drawing, { width, em, thing, fill }) {
  const most = Math.max(1, ...drawing.tapes.map((tape) => tape.cells.length)), high = 1.7 * em, wide = Math.min((width - em) / most, 2.6 * em), nodes = [];
  let y = 0;
  for (const tape of drawing.tapes) {
    nodes.push(svg("text", { x: 0, y: y + 1.15 * em, class: "name" }, fitted(tape.name, width, em * 0.95)));
    y += 1.55 * em;
    tape.cells.forEach((cell, m) => nodes.push(thing(cell.kind, [
      svg("rect", { x: m * wide + 1, y, width: wide - 2, height: high, class: "cell" }),
      svg("rect", { x: m * wide + 1, y: y + high - 0.45 * em, width: wide - 2, height: 0.45 * em, fill: fill(cell.kind) }),
      svg("text", { x: m * wide + wide / 2, y: y + 1.05 * em, class: "code middle", "font-size": 0.85 * em }, fitted(cell.text, wide - 3, em * 0.85)),
    ], cell.told || cell.text, cell.step)));
    y += high + 0.6 * em;
  }
  return { nodes, height: y };
}

function stepping(drawing) { // a step each moment
  const steps = [...drawing.tapes.flatMap((tape) => tape.cells.map((cell) => cell.step)), ...drawing.links.map((link) => link.step)];
  const moments = [...new Set(steps)].sort((a, b) => a - b);
  const clock = (time) => `step ${moments.filter((one) => one <= time + 1e-9).length} of ${moments.length}`;
  return { begin: moments[0] ?? 0, end: moments.at(-1) ?? 0, moments: moments.length > 1 ? moments : [], stepped: true, clock };
}
