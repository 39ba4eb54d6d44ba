// An axis, mostly of time, with lanes: stretches, marks, arrows from lane to lane, curves, and bands behind them.

const ROW = 1.45, BAR = 1.25; // em: of a row, and of what lies in it

function lanes(drawing, { width, em, tone, thing, fill }) {
  const { axis, lanes: every } = drawing;
  const names = every.map((one) => one.name), notes = [...every.map((one) => one.note), ...drawing.curves.flatMap((one) => one.limits.map((limit) => limit[1]))];
  const narrow = width < 38 * em, gutter = narrow ? 0.4 * em : Math.min(widest(names, em * 0.95) + em, width * 0.3);
  const margin = notes.some(Boolean) ? Math.min(widest(notes, em * 0.95) + 1.2 * em, width * 0.28) : em;
  const left = gutter, right = width - margin, head = narrow ? 1.4 * em : 0;
  let y = 0.4 * em;
  const tops = every.map((one) => { const top = y + head; y = top + one.rows * ROW * em + 0.75 * em; return top; });
  const inner = (n) => every[n].rows * ROW * em, middle = (n) => tops[n] + inner(n) / 2 + 0.2 * em;
  const bottom = y, height = bottom + 3 * em;
  const x = (value) => left + ((value - axis.begin) / Math.max(axis.end - axis.begin, 1e-9)) * (right - left);
  const place = (n, row) => tops[n] + 0.2 * em + (row + 0.5) * ROW * em;
  const out = [], heads = [], lying = new Set(drawing.spans.filter((one) => one.high >= 1).map((one) => `${one.lane} ${one.row}`));

  every.forEach((one, n) => {
    out.push(`<rect x="${left}" y="${tops[n]}" width="${right - left}" height="${inner(n) + 0.4 * em}" class="lane${n % 2 ? " odd" : ""}"/>`);
    const name = named(one.name, narrow ? width - em : gutter - 0.8 * em, em * 0.95);
    (narrow ? heads : out).push(narrow ? `<text x="${left}" y="${tops[n] - 0.35 * em}" class="name head">${escaped(name)}</text>`
      : `<text x="${gutter - 0.6 * em}" y="${middle(n) + 0.35 * em}" class="name end">${escaped(name)}</text>`);
    if (one.note) out.push(`<text x="${right + 0.5 * em}" y="${middle(n) + 0.35 * em}" class="note">${escaped(fitted(one.note, margin - 0.6 * em, em * 0.95))}</text>`);
  });
  for (const band of drawing.bands) {
    const top = tops[band.first], low = tops[band.last] + inner(band.last) + 0.4 * em, at = x(band.begin), wide = Math.max(x(band.end) - at, 2);
    const label = fitted(band.text, wide - 0.4 * em, em * 0.85);
    out.push(thing(band.kind, `<rect x="${at}" y="${top}" width="${wide}" height="${low - top}" fill="${fill(band.kind)}" fill-opacity="0.22"/>` +
      (label ? `<text x="${at + 0.3 * em}" y="${low - 0.3 * em}" class="small">${escaped(label)}</text>` : ""), band.told, band.begin));
  }
  const steps = ticks(axis, (right - left) / (5 * em));
  for (const one of steps) out.push(`<path d="M${x(one.at)},${0.4 * em} V${bottom}" class="grid"/><text x="${x(one.at)}" y="${bottom + 1.1 * em}" class="tick">${one.text}</text>`);
  out.push(`<text x="${(left + right) / 2}" y="${bottom + 2.4 * em}" class="axis">${escaped(axis.unit ? `${axis.name} (${axis.unit})` : axis.name)}</text>`);
  for (const curve of drawing.curves) {
    const high = Math.max(curve.top, 1e-9), base = tops[curve.lane] + inner(curve.lane) + 0.2 * em;
    const up = (value) => base - (Math.min(value, high) / high) * inner(curve.lane);
    let d = "";
    curve.points.forEach(([when, value], n) => { d += n ? `H${x(when).toFixed(1)} V${up(value).toFixed(1)}` : `M${x(when).toFixed(1)},${up(value).toFixed(1)}`; });
    const begin = curve.points.length ? x(curve.points[0][0]) : left;
    const area = curve.filled ? `<path d="${d} V${base} H${begin} z" fill="${fill(curve.kind)}" fill-opacity="0.85"/>` : "";
    let above = -Infinity; // their names keep a distance from each other
    const limits = [...curve.limits].sort((a, b) => b[0] - a[0]).map(([value, text]) => {
      above = Math.max(up(value) + 0.3 * em, above + 0.95 * em);
      return `<path d="M${left},${up(value)} H${right}" class="limit"/><text x="${right + 0.3 * em}" y="${above}" class="small">${escaped(fitted(text, margin, em * 0.85))}</text>`;
    }).join("");
    out.push(thing(curve.kind, `${area}<path d="${d}" fill="none" stroke="${TONES[tone(curve.kind)].colour}" stroke-width="2.5"/>${limits}`, curve.told, curve.points[0]?.[0] ?? axis.begin));
  }
  for (const span of drawing.spans) {
    const at = x(span.begin), wide = Math.max(x(span.end) - at, 5), high = BAR * em * span.high, top = place(span.lane, span.row) - high / 2;
    const label = span.text && fitted(span.text, wide - 0.3 * em, em * 0.85);
    out.push(thing(span.kind, `<rect x="${at}" y="${top}" width="${wide}" height="${high}" rx="2" fill="${fill(span.kind)}" class="span"/>` +
      (label ? `<text x="${at + 0.25 * em}" y="${top + 0.85 * em}" class="label">${escaped(label)}</text>` : "") +
      (span.after ? `<text x="${at + wide + 0.3 * em}" y="${place(span.lane, span.row) + 0.3 * em}" class="label">${escaped(fitted(span.after, width - at - wide - 0.4 * em, em * 0.85))}</text>` : ""), span.told, span.begin));
  }
  for (const arrow of drawing.arrows) {
    const [x1, y1, x2, y2] = [x(arrow.begin), middle(arrow.lane), x(arrow.end), middle(arrow.to)], way = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [u, v] = [(x2 - x1) / way, (y2 - y1) / way], tip = 0.55 * em, colour = TONES[tone(arrow.kind)].colour, dash = ["", "7 4", "2 4"][tone(arrow.kind) % 3];
    const label = arrow.text && (!narrow || Math.abs(x2 - x1) > 1.5 * em) ? `<text x="${(x1 + x2) / 2 + 0.4 * em}" y="${(y1 + y2) / 2 + 0.3 * em}" class="label">${escaped(arrow.text)}</text>` : "";
    out.push(thing(arrow.kind, `<path d="M${x1},${y1} L${x2},${y2}" class="wide"/><path d="M${x1},${y1} L${x2},${y2}" stroke="${colour}" stroke-width="2.5" stroke-dasharray="${dash}"/>` +
      `<path d="M${x2},${y2} l${-tip * u - 0.4 * tip * v},${-tip * v + 0.4 * tip * u} l${0.8 * tip * v},${-0.8 * tip * u} z" fill="${colour}"/>${label}`, arrow.told, arrow.begin));
  }
  for (const mark of drawing.marks) {
    const at = x(mark.at), low = lying.has(`${mark.lane} ${mark.row}`), high = place(mark.lane, mark.row) + (low ? 0.4 * em : 0), thread = mark.tall ? `<path d="M${at},${tops[0]} V${high}" stroke="${TONES[tone(mark.kind)].colour}" stroke-width="1.3" stroke-dasharray="2 3"/>` : "";
    const label = mark.text ? `<text x="${at + 0.6 * em}" y="${high + 0.3 * em}" class="label">${escaped(mark.text)}</text>` : "";
    out.push(thing(mark.kind, `<circle cx="${at}" cy="${high}" r="${0.6 * em}" class="wide"/>${thread}${shape(tone(mark.kind), at, high, em * (low ? 0.24 : 0.36))}${label}`, mark.told, mark.at));
  }
  out.push(...heads); // over what crosses them
  out.push(`<rect class="curtain" y="0" height="${bottom}" x="${right}" width="0"/><path class="now" d=""/>`);
  const clock = (time) => (axis.unit ? `${round(time / axis.size)} ${axis.unit}` : `${round(time / axis.size)}`);
  const moments = [...new Set([...drawing.spans, ...drawing.arrows, ...drawing.bands].map((one) => one.begin).concat(drawing.marks.map((one) => one.at)))].sort((a, b) => a - b);
  return {
    markup: out.join(""), height, areas: new Set([...drawing.spans, ...drawing.bands, ...drawing.curves].map((one) => one.kind)),
    time: { begin: axis.begin, end: axis.end, moments: axis.timed ? moments : [], clock, stepped: false },
    at(sheet, time) {
      const at = x(time), curtain = sheet.querySelector(".curtain"), over = time >= axis.end;
      curtain.setAttribute("x", at);
      curtain.setAttribute("width", over ? 0 : width - at);
      sheet.querySelector(".now").setAttribute("d", over ? "" : `M${at},0 V${bottom}`);
    },
  };
}

const round = (value) => Number(value.toPrecision(3)).toLocaleString("en");

function ticks(axis, most) { // at round numbers of the axis's unit
  const span = (axis.end - axis.begin) / axis.size, raw = span / Math.max(most, 2), power = 10 ** Math.floor(Math.log10(raw || 1));
  const step = [1, 2, 5, 10].map((factor) => factor * power).find((one) => one >= raw) ?? power, found = [];
  for (let n = Math.ceil(axis.begin / axis.size / step - 1e-9); n * step * axis.size <= axis.end + 1e-9; n++) found.push({ at: n * step * axis.size, text: Number((n * step).toPrecision(6)).toLocaleString("en") });
  return found;
}
