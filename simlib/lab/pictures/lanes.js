// An axis, mostly of time, with lanes: stretches, marks, arrows from lane to lane, curves, and bands behind them.

const ROW = 1.45, BAR = 0.86, LOW = 0.33; // em of a row, what lies in it as a share of that, and em of a row where there is little room

function lanes(drawing, { width, em, high: limit, tone, thing, fill }) {
  const { axis, lanes: every } = drawing, many = every.reduce((sum, one) => sum + one.rows, 0);
  const names = every.map((one) => one.name), notes = [...every.map((one) => one.note), ...drawing.curves.flatMap((one) => one.limits.map((limit) => limit[1]))];
  const narrow = width < 38 * em, gutter = narrow ? 0.4 * em : Math.min(widest(names, em * 0.95) + em, width * 0.3);
  const margin = notes.some(Boolean) && !narrow ? Math.min(widest(notes, em * 0.95) + 1.2 * em, width * 0.28) : em;
  const left = gutter, right = width - margin, head = narrow ? 1.4 * em : 0;
  const row = Math.max(LOW, Math.min(ROW, (limit / em - 3.4 - every.length * (0.75 + head / em)) / many)); // em
  let y = 0.4 * em;
  const tops = every.map((one) => { const top = y + head; y = top + one.rows * row * em + 0.75 * em; return top; });
  const inner = (n) => every[n].rows * row * em, middle = (n) => tops[n] + inner(n) / 2 + 0.2 * em;
  const bottom = y, height = bottom + 3 * em;
  const x = (value) => left + ((value - axis.begin) / Math.max(axis.end - axis.begin, 1e-9)) * (right - left);
  const place = (n, at) => tops[n] + 0.2 * em + (at + 0.5) * row * em;
  const dashes = (kind) => DASHES[tone(kind) % DASHES.length];
  const nodes = [], heads = [], lying = new Set(drawing.spans.filter((one) => one.high >= 1).map((one) => `${one.lane} ${one.row}`));
  const label = (text, at, high, kind = "label") => svg("text", { x: at, y: high, class: kind }, text);

  const beside = (text, at, high) => (at + 0.6 * em + widest([text], em * 0.85, "") < width // at the right of a mark, or where there is no room at its left
    ? label(text, at + 0.6 * em, high + 0.3 * em) : label(text, at - 0.6 * em, high + 0.3 * em, "label end"));
  every.forEach((one, n) => {
    nodes.push(svg("rect", { x: left, y: tops[n], width: right - left, height: inner(n) + 0.4 * em, class: `lane${n % 2 ? " odd" : ""}` }));
    const name = named(one.name, narrow ? (width - em) * (one.note ? 0.45 : 1) : gutter - 0.8 * em, em * 0.95);
    heads.push(narrow ? label(name, left, tops[n] - 0.35 * em, "name head") : label(name, gutter - 0.6 * em, middle(n) + 0.35 * em, "name end"));
    if (narrow && one.note) heads.push(label(fitted(one.note, width * 0.6, em * 0.95), right, tops[n] - 0.35 * em, "note head end"));
    const parts = narrow ? [] : noted(one.note, margin - 0.6 * em, em * 0.95);
    parts.forEach((part, m) => nodes.push(label(part, right + 0.5 * em, middle(n) + (0.35 + 1.1 * (m - (parts.length - 1) / 2)) * em, "note")));
  });
  for (const band of drawing.bands) {
    const top = tops[band.first], low = tops[band.last] + inner(band.last) + 0.4 * em, at = x(band.begin), wide = Math.max(x(band.end) - at, 2);
    const text = fitted(band.text, wide - 0.4 * em, em * 0.85);
    nodes.push(thing(band.kind, [svg("rect", { x: at, y: top, width: wide, height: low - top, fill: fill(band.kind), "fill-opacity": 0.22 }),
      text && label(text, at + 0.3 * em, low - 0.3 * em, "small")], band.told, band.begin));
  }
  for (const one of ticks(axis, (right - left) / (3.4 * em))) {
    nodes.push(svg("path", { d: `M${x(one.at)},${0.4 * em} V${bottom}`, class: "grid" }), label(one.text, x(one.at), bottom + 1.1 * em, "tick"));
  }
  nodes.push(label(axis.unit ? `${axis.name} (${axis.unit})` : axis.name, (left + right) / 2, bottom + 2.4 * em, "axis"));
  for (const curve of drawing.curves) {
    const high = Math.max(curve.top, 1e-9), base = tops[curve.lane] + inner(curve.lane) + 0.2 * em;
    const up = (value) => base - (Math.min(value, high) / high) * inner(curve.lane), { points } = curve;
    const d = points.map(([when, value], n) => (n ? `H${x(when).toFixed(1)} V${up(value).toFixed(1)}` : `M${x(when).toFixed(1)},${up(value).toFixed(1)}`)).join("");
    let above = -Infinity; // the names of limits keep a distance from each other
    nodes.push(thing(curve.kind, [
      curve.filled && points.length && svg("path", { d: `${d} V${base} H${x(points[0][0])} z`, fill: fill(curve.kind), "fill-opacity": 0.85 }),
      svg("path", { d, fill: "none", stroke: TONES[tone(curve.kind)].colour, "stroke-width": 2.5 }),
      ...[...curve.limits].sort((a, b) => b[0] - a[0]).flatMap(([value, text]) => {
        above = Math.max(up(value) + 0.3 * em, above + 0.95 * em);
        return [svg("path", { d: `M${left},${up(value)} H${right}`, class: "limit" }), narrow ? label(text, right, above - 0.5 * em, "small end") : label(fitted(text, margin, em * 0.85), right + 0.3 * em, above, "small")];
      }),
    ], curve.told, points[0]?.[0] ?? axis.begin));
  }
  for (const mark of drawing.marks.filter((one) => one.tall)) { // threads lie below what is written on other things
    const d = `M${x(mark.at)},${tops[0]} V${place(mark.lane, mark.row)}`;
    nodes.push(svg("path", { d, stroke: TONES[tone(mark.kind)].colour, "stroke-width": 1.3, "stroke-dasharray": "2 3" }));
  }
  for (const span of drawing.spans) {
    const at = x(span.begin), wide = Math.max(x(span.end) - at, 5), high = BAR * row * em * span.high, top = place(span.lane, span.row) - high / 2;
    const text = span.text && high > 0.8 * em && fitted(span.text, wide - 0.3 * em, em * 0.85);
    nodes.push(thing(span.kind, [svg("rect", { x: at, y: top, width: wide, height: high, rx: 2, fill: fill(span.kind), class: "span" }),
      text && label(text, at + 0.25 * em, top + 0.85 * em),
      span.after && label(fitted(span.after, width - at - wide - 0.4 * em, em * 0.85), at + wide + 0.3 * em, place(span.lane, span.row) + 0.3 * em)], span.told, span.begin));
  }
  for (const arrow of drawing.arrows) {
    const [x1, y1, x2, y2] = [x(arrow.begin), middle(arrow.lane), x(arrow.end), middle(arrow.to)], way = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [u, v] = [(x2 - x1) / way, (y2 - y1) / way], tip = 0.55 * em, { colour } = TONES[tone(arrow.kind)], d = `M${x1},${y1} L${x2},${y2}`;
    nodes.push(thing(arrow.kind, [svg("path", { d, class: "wide" }),
      svg("path", { d, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dashes(arrow.kind) }),
      svg("path", { d: `M${x2},${y2} l${-tip * u - 0.4 * tip * v},${-tip * v + 0.4 * tip * u} l${0.8 * tip * v},${-0.8 * tip * u} z`, fill: colour }),
      arrow.text && (!narrow || Math.abs(x2 - x1) > 1.5 * em) && label(arrow.text, (x1 + x2) / 2 + 0.4 * em, (y1 + y2) / 2 + 0.3 * em),
    ], arrow.told, arrow.end)); // it is there when it has come
  }
  for (const mark of drawing.marks) {
    const at = x(mark.at), low = lying.has(`${mark.lane} ${mark.row}`), high = place(mark.lane, mark.row) + (low ? 0.6 * em : 0);
    nodes.push(thing(mark.kind, [svg("circle", { cx: at, cy: high, r: 0.6 * em, class: "wide" }),
      shape(tone(mark.kind), at, high, em * (low ? 0.24 : 0.36)),
      mark.text && beside(mark.text, at, high)], mark.told, mark.at));
  }
  const curtain = svg("rect", { class: "curtain", y: 0, height: bottom }), now = svg("path", { class: "now" });
  nodes.push(curtain, now, ...heads); // names lie over all
  const clock = (time) => `${round(time / axis.size)} ${axis.unit}`.trim();
  const begins = [...drawing.spans, ...drawing.bands].map((one) => one.begin).concat(drawing.arrows.map((one) => one.end), drawing.marks.map((one) => one.at));
  return {
    nodes, height, areas: new Set([...drawing.spans, ...drawing.bands, ...drawing.curves].map((one) => one.kind)),
    lines: new Map(drawing.arrows.filter((one) => !drawing.marks.some((mark) => mark.kind === one.kind)).map((one) => [one.kind, dashes(one.kind)])),
    time: { begin: axis.begin, end: axis.end, moments: axis.timed ? [...new Set(begins)].sort((a, b) => a - b) : [], clock, stepped: false },
    at(time) {
      const over = time >= axis.end;
      curtain.setAttribute("x", over ? width : x(time));
      curtain.setAttribute("width", over ? 0 : width - x(time));
      now.setAttribute("d", over ? "" : `M${x(time)},0 V${bottom}`);
    },
  };
}

function noted(note, room, size) { // a note in one line, or where it is too long a line for each of its parts
  return !note ? [] : fitted(note, room, size) === note ? [note] : note.split(/(?<=,) /).map((part) => fitted(part, room, size));
}

const CLOCK = { s: [1, 2, 5, 10, 15, 30, 60], min: [1, 2, 5, 10, 15, 30, 60, 120], h: [1, 2, 3, 6, 12, 24] }; // steps that a clock has

const round = (value) => Number(value.toPrecision(3)).toLocaleString("en");

function ticks(axis, most) { // at round numbers of the axis's unit; without one it is counted, and there are no halves
  const span = (axis.end - axis.begin) / axis.size, raw = Math.max(span / Math.max(most, 2), axis.unit ? 0 : 1), power = 10 ** Math.floor(Math.log10(raw || 1));
  const clock = CLOCK[axis.unit] ?? [], even = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? power, found = [];
  const step = (raw > clock[0] / 2 && clock.find((one) => one >= raw)) || even;
  for (let n = Math.ceil(axis.begin / axis.size / step - 1e-9); n * step * axis.size <= axis.end + 1e-9; n++) found.push({ at: n * step * axis.size, text: Number((n * step).toPrecision(6)).toLocaleString("en") });
  return found;
}
