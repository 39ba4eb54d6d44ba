// Places and the streams between them, as wide as what has flowed until then.

function streams(drawing, { width, em, tone, thing, fill }) {
  const narrow = width < 45 * em, wide = narrow ? width / 3.8 : Math.min(15 * em, width / 3.3), high = 3.3 * em, out = [], labels = [];
  const rows = Math.max(...[...new Set(drawing.places.map((one) => one.x))].map((x) => drawing.places.filter((one) => one.x === x).length));
  const levels = new Set(drawing.places.map((one) => one.y)).size, height = Math.max(rows * (high + 1.6 * em), (levels > 1 ? 13 : 9) * em);
  const spot = (n) => [wide / 2 + 2 + drawing.places[n].x * (width - wide - 4), 0.3 * em + drawing.places[n].y * (height - 0.6 * em)];
  const most = Math.max(1e-9, ...drawing.streams.map((one) => one.steps.at(-1)?.[1] ?? 0)), pairs = {};
  const thick = (amount) => (amount ? 2 + (amount / most) * 1.4 * em : 0);
  const beside = drawing.streams.map((one) => { const pair = [one.start, one.end].sort().join("-"); return (pairs[pair] = (pairs[pair] ?? -1) + 1); });
  drawing.streams.forEach((one, n) => {
    const pair = [one.start, one.end].sort().join("-"), many = pairs[pair] + 1, [x1, y1] = spot(one.start), [x2, y2] = spot(one.end);
    const way = Math.hypot(x2 - x1, y2 - y1) || 1, [u, v] = [(x2 - x1) / way, (y2 - y1) / way], side = one.start < one.end ? 1 : -1;
    const off = (beside[n] - (many - 1) / 2) * 2.7 * em, lying = Math.abs(u) > 0.35, [a, b] = lying ? [0, off] : [-v * off * side, u * off * side]; // at the sides of a place they stand one above the other
    const [bx, by] = lying ? [(wide / 2) * Math.sign(u), 0] : [0, (high / 2) * Math.sign(v)];
    const [p, q, r, s] = [x1 + a + bx, y1 + b + by, x2 + a - bx, y2 + b - by], colour = TONES[tone(one.kind)].colour, tip = 0.9 * em;
    const l = Math.hypot(r - p, s - q) || 1, [c, d] = [(r - p) / l, (s - q) / l], half = thick(one.steps.at(-1)?.[1] ?? 0) / 2 + 0.4 * em;
    labels.push(`<text class="flow" data-n="${n}" data-room="${lying ? Math.abs(r - p) : width}" x="${(p + r) / 2}" y="${(q + s) / 2 - 0.25 * em}" pointer-events="none"></text>`);
    out.push(thing(one.kind, `<path class="wide" d="M${p},${q} L${r},${s}"/><path class="stream" data-n="${n}" d="M${p},${q} L${r - tip * c},${s - tip * d}" stroke="${fill(one.kind)}"/>` +
      `<path class="tip" data-n="${n}" d="M${r},${s} l${-tip * c - half * d},${-tip * d + half * c} l${2 * half * d},${-2 * half * c} z" fill="${colour}"/>`, one.told, one.steps[0]?.[0] ?? drawing.axis.begin));
  });
  out.push(...labels); // over all streams
  drawing.places.forEach((one, n) => {
    const [x, y] = spot(n);
    out.push(thing("", `<rect x="${x - wide / 2}" y="${y - high / 2}" width="${wide}" height="${high}" rx="5" class="cell"/>` +
      `<text x="${x}" y="${y - 0.3 * em}" class="name middle">${escaped(named(one.name, wide - 0.8 * em, em * 0.95))}</text>` +
      `<text x="${x}" y="${y + 0.95 * em}" class="small middle count" data-n="${n}" data-note="${escaped(one.note)}"></text>`, one.told, drawing.axis.begin));
  });
  const { axis } = drawing, moments = [...new Set(drawing.streams.flatMap((one) => one.steps.map((step) => step[0])))].sort((a, b) => a - b);
  return {
    markup: out.join(""), height, areas: new Set(drawing.streams.map((one) => one.kind)),
    time: { begin: axis.begin, end: axis.end, moments, stepped: false, clock: (time) => `${round(time / axis.size)} ${axis.unit}` },
    at(sheet, time) {
      for (const node of sheet.querySelectorAll(".stream, .tip, .flow")) {
        const one = drawing.streams[node.dataset.n], step = valueAt(one.steps, time), amount = step ? step[1] : 0;
        if (node.matches(".stream")) node.setAttribute("stroke-width", thick(amount));
        else if (node.matches(".tip")) node.setAttribute("opacity", amount ? 1 : 0);
        else {
          const text = step && !narrow ? step[2] : ""; // told where there is no room; of what is too long the first words
          node.textContent = fitted(text, node.dataset.room, 0.85 * em) === text ? text : text.split(", ")[0];
        }
      }
      for (const node of sheet.querySelectorAll(".count")) {
        const step = valueAt(drawing.places[node.dataset.n].steps, time);
        node.textContent = fitted((step && step[1]) || node.dataset.note, wide - 0.6 * em, 0.85 * em);
      }
    },
  };
}
