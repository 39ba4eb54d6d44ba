// Tapes of cells: columns side by side with links between their cells, or rows one below the other.

function tapes(drawing, tools) {
  return drawing.lying ? lying(drawing, tools) : upright(drawing, tools);
}

function upright(drawing, { width, em, tone, thing, fill }) {
  const many = drawing.tapes.length, gap = Math.max(5 * em, width * 0.12), wide = (width - gap * (many - 1)) / many, out = [], size = 0.85 * em;
  const high = 1.55 * em, head = 1.9 * em, left = (n) => n * (wide + gap), top = (n) => head + n * high, areas = new Set();
  drawing.links.forEach((link) => { // its shape stands where links that begin or end together, or that cross, are apart
    const [x1, y1, x2, y2] = [left(link.tape) + wide, top(link.cell) + high / 2, left(link.to_tape), top(link.to_cell) + high / 2];
    const n = tone(link.kind), bend = `M${x1},${y1} C${x1 + gap / 3},${y1} ${x2 - gap / 3},${y2} ${x2},${y2}`;
    out.push(thing(link.kind, `<path d="${bend}" class="wide" fill="none"/><path d="${bend}" fill="none" stroke="${TONES[n].colour}" stroke-width="${0.15 * em}" stroke-dasharray="${{ 1: "7 4", 5: "2 4" }[n] ?? ""}"/>` +
      shape(n, x1 + 0.4 * (x2 - x1), y1 + 0.352 * (y2 - y1), 0.3 * em), link.told, link.step));
  });
  drawing.tapes.forEach((tape, n) => {
    out.push(`<text x="${left(n)}" y="${1.2 * em}" class="name">${escaped(fitted(tape.name, wide, em * 0.95, "600"))}</text>`);
    tape.cells.forEach((cell, m) => {
      if (!cell.kind) return; // a gap
      areas.add(cell.kind);
      const text = fitted(cell.text, wide - 1.3 * em, size, "", "monospace");
      out.push(thing(cell.kind, `<rect x="${left(n) + 1}" y="${top(m) + 1}" width="${wide - 2}" height="${high - 3}" class="cell"/>` +
        `<rect x="${left(n) + 1}" y="${top(m) + 1}" width="${0.7 * em}" height="${high - 3}" fill="${fill(cell.kind)}"/>` +
        `<text x="${left(n) + 1.05 * em}" y="${top(m) + high * 0.68}" class="code" font-size="${size}">${escaped(text)}</text>`, cell.told || cell.text, cell.step));
    });
  });
  const height = head + high * Math.max(1, ...drawing.tapes.map((tape) => tape.cells.length)) + 0.3 * em;
  return { markup: out.join(""), height, areas, fades: true, time: stepping(drawing) };
}

function lying(drawing, { width, em, thing, fill }) {
  const most = Math.max(1, ...drawing.tapes.map((tape) => tape.cells.length)), out = [], high = 1.7 * em;
  const wide = Math.min((width - em) / most, 2.6 * em), longest = widest(drawing.tapes.flatMap((tape) => tape.cells.map((cell) => cell.text)), 1, "", "monospace");
  const size = Math.min(0.9 * em, Math.max(0.5 * em, (wide - 4) / Math.max(longest, 1))); // as large as all of them fit
  let y = 0;
  drawing.tapes.forEach((tape) => {
    out.push(`<text x="0" y="${y + 1.15 * em}" class="name">${escaped(fitted(tape.name, width, em * 0.95, "600"))}</text>`);
    y += 1.55 * em;
    tape.cells.forEach((cell, m) => {
      if (!cell.kind) return; // a gap
      const text = fitted(cell.text, wide - 2, size, "", "monospace");
      out.push(thing(cell.kind, `<rect x="${m * wide + 1}" y="${y}" width="${wide - 2}" height="${high}" class="cell"/>` +
        `<rect x="${m * wide + 1}" y="${y + high - 0.45 * em}" width="${wide - 2}" height="${0.45 * em}" fill="${fill(cell.kind)}"/>` +
        `<text x="${m * wide + wide / 2}" y="${y + 0.98 * em}" class="code middle" font-size="${size}">${escaped(text)}</text>`, cell.told || cell.text, cell.step));
    });
    y += high + 0.6 * em;
  });
  return { markup: out.join(""), height: y, fades: true, time: stepping(drawing) };
}

function stepping(drawing) { // a step each moment
  const moments = [...new Set([...drawing.tapes.flatMap((tape) => tape.cells.filter((cell) => cell.kind).map((cell) => cell.step)), ...drawing.links.map((link) => link.step)])].sort((a, b) => a - b);
  const clock = (time) => `step ${moments.filter((one) => one <= time + 1e-9).length} of ${moments.length}`;
  return { begin: moments[0] ?? 0, end: moments.at(-1) ?? 0, moments: moments.length > 1 ? moments : [], stepped: true, clock };
}
