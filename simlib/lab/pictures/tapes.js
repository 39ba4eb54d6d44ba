// Tapes of cells: columns side by side with links between their cells, or rows one below the other.

function tapes(drawing, tools) {
  const part = (drawing.lying ? lying : upright)(drawing, tools), kinds = drawing.tapes.flatMap((tape) => tape.cells.map((cell) => cell.kind));
  return { ...part, areas: new Set(kinds), fades: true, time: stepping(drawing, tools.say), at() {} };
}

function upright(drawing, tools) {
  const { width, em, high: limit, thing, fill } = tools, longest = Math.max(1, ...drawing.tapes.map((tape) => tape.cells.length));
  const many = drawing.tapes.length, gap = Math.max(5 * em, width * 0.12), size = 0.85 * em;
  const needs = drawing.tapes.map((tape) => Math.max(8 * em, widest([tape.name], em * 0.95), widest(tape.cells.map((cell) => cell.text), size, "", "monospace") + 1.6 * em));
  const share = Math.min(1, (width - gap * (many - 1)) / needs.reduce((sum, one) => sum + one, 0)), wide = needs.map((one) => one * share);
  const head = 1.9 * em, high = Math.max(1.1 * em, Math.min(1.55 * em, (limit - head - 0.3 * em) / longest)), left = (n) => wide.slice(0, n).reduce((sum, one) => sum + one + gap, 0), top = (n) => head + n * high, nodes = [];
  for (const link of drawing.links) {
    const [x1, y1, x2, y2] = [left(link.tape) + wide[link.tape], top(link.cell) + high / 2, left(link.to_tape), top(link.to_cell) + high / 2];
    const path = `M${x1},${y1} C${x1 + gap / 3},${y1} ${x2 - gap / 3},${y2} ${x2},${y2}`;
    nodes.push(linked(link, path, x1 + 0.4 * (x2 - x1), y1 + 0.352 * (y2 - y1), tools));
  }
  drawing.tapes.forEach((tape, n) => {
    nodes.push(svg("text", { x: left(n), y: 1.2 * em, class: "name" }, fitted(tape.name, wide[n], em * 0.95, "600")));
    tape.cells.forEach((cell, m) => {
      if (!cell.kind) return; // a gap
      nodes.push(thing(cell.kind, [
        svg("rect", { x: left(n) + 1, y: top(m) + 1, width: wide[n] - 2, height: high - 3, class: "cell" }),
        svg("rect", { x: left(n) + 1, y: top(m) + 1, width: 0.7 * em, height: high - 3, fill: fill(cell.kind) }),
        svg("text", { x: left(n) + 1.05 * em, y: top(m) + high * 0.68, class: "code", "font-size": size }, fitted(cell.text, wide[n] - 1.3 * em, size, "", "monospace")),
      ], cell.told || cell.text, cell.step));
    });
  });
  return { nodes, height: head + high * longest + 0.3 * em };
}

// A link along a path; its shape stands at a point where links that begin or end together, or that cross, are apart.
function linked(link, d, x, y, { em, tone, thing }) {
  const n = tone(link.kind), dash = { 1: "7 4", 5: "2 4" }[n] ?? "";
  return thing(link.kind, [svg("path", { d, class: "wide", fill: "none" }),
    svg("path", { d, fill: "none", stroke: TONES[n].colour, "stroke-width": 0.15 * em, "stroke-dasharray": dash }), shape(n, x, y, 0.3 * em)], link.told, link.step);
}

function lying(drawing, tools) {
  const { width, em, high: limit, thing, fill } = tools;
  const most = Math.max(1, ...drawing.tapes.map((tape) => tape.cells.length)), high = 1.7 * em, wide = Math.min((width - em) / most, 3.6 * em);
  const longest = widest(drawing.tapes.flatMap((tape) => tape.cells.map((cell) => cell.text)), 1, "", "monospace");
  const size = Math.max(0.85 * em, Math.min(1.1 * em, (wide - 4) / Math.max(longest, 1))); // as large as all of them fit
  const every = Math.max(1, Math.ceil((longest * size + 2) / wide)); // where not even small ones do, some have a text
  const room = drawing.links.length ? Math.max(3 * em, Math.min(7 * em, (limit - drawing.tapes.length * 3.5 * em) / (drawing.tapes.length - 1))) : 0, tops = [], nodes = []; // between two tapes that are linked
  let y = 0;
  drawing.tapes.forEach((tape, n) => { // the names of linked tapes stand outside, so that no link crosses them
    const below = room && n > 0;
    nodes.push(svg("text", { x: 0, y: y + (below ? high : 0) + 1.15 * em, class: "name" }, fitted(tape.name, width, em * 0.95, "600")));
    tops.push(y += below ? 0 : 1.55 * em);
    y += high + (room && n < drawing.tapes.length - 1 ? room + (below ? 1.55 * em : 0) : below ? 1.75 * em : 0.6 * em);
  });
  for (const link of drawing.links) {
    const [x1, y1, x2, y2] = [(link.cell + 0.5) * wide, tops[link.tape] + high, (link.to_cell + 0.5) * wide, tops[link.to_tape]];
    nodes.push(linked(link, `M${x1},${y1} C${x1},${y1 + room / 4} ${x2},${y2 - room / 3} ${x2},${y2}`, x2, y2 - 0.5 * em, tools));
  }
  drawing.tapes.forEach((tape, n) => tape.cells.forEach((cell, m) => {
    if (!cell.kind) return; // a gap
    nodes.push(thing(cell.kind, [
      svg("rect", { x: m * wide + 1, y: tops[n], width: wide - 2, height: high, class: "cell" }),
      svg("rect", { x: m * wide + 1, y: tops[n] + high - 0.45 * em, width: wide - 2, height: 0.45 * em, fill: fill(cell.kind) }),
      svg("text", { x: m * wide + wide / 2, y: tops[n] + 0.98 * em, class: "code middle", "font-size": size }, m % every ? "" : fitted(cell.text, wide * every - 2, size, "", "monospace")),
    ], cell.told || cell.text, cell.step));
  }));
  return { nodes, height: y };
}

function stepping(drawing, say) { // a step each moment
  const cells = drawing.tapes.flatMap((tape) => tape.cells.filter((cell) => cell.kind));
  const moments = [...new Set([...cells, ...drawing.links].map((one) => one.step))].sort((a, b) => a - b);
  const clock = (time) => say("step {n} of {all}", { n: moments.filter((one) => one <= time + 1e-9).length, all: moments.length });
  return { begin: moments[0] ?? 0, end: moments.at(-1) ?? 0, moments: moments.length > 1 ? moments : [], stepped: true, clock };
}
