// Places and the streams between them, as wide as what has flowed until then.

function streams(drawing, { width, em, high: limit, tone, thing, fill }) {
  const narrow = width < 45 * em, wide = narrow ? width / 3.6 : Math.min(15 * em, width / 4.7), high = (narrow ? 4.3 : 3.3) * em, nodes = [], labels = [];
  const columns = [...new Set(drawing.places.map((one) => one.x))].map((x) => drawing.places.filter((one) => one.x === x).length);
  const levels = new Set(drawing.places.map((one) => one.y)).size;
  const wanted = Math.max(Math.max(...columns, 1) * (high + 1.6 * em), (levels > 1 ? 13 : 9) * em);
  const height = Math.min(wanted, Math.max(limit, Math.max(...columns, 1) * (high + 0.3 * em)));
  const spot = ({ x, y }) => [wide / 2 + 2 + x * (width - wide - 4), 0.3 * em + y * (height - 0.6 * em)];
  const most = Math.max(1e-9, ...drawing.streams.map((one) => one.steps.at(-1)?.[1] ?? 0));
  const thick = (amount) => (amount ? 2 + (amount / most) * 1.4 * em : 0);
  const pair = (one) => [one.start, one.end].sort().join("-"), many = {};
  const beside = drawing.streams.map((one) => (many[pair(one)] = (many[pair(one)] ?? -1) + 1)), live = [];
  drawing.streams.forEach((one, n) => {
    const [[x1, y1], [x2, y2]] = [spot(drawing.places[one.start]), spot(drawing.places[one.end])], way = Math.hypot(x2 - x1, y2 - y1) || 1;
    const [u, v] = [(x2 - x1) / way, (y2 - y1) / way], side = one.start < one.end ? 1 : -1, lying = Math.abs(u) > 0.35;
    const off = (beside[n] - many[pair(one)] / 2) * 2.7 * em, [a, b] = lying ? [0, off] : [-v * off * side, u * off * side]; // one above the other
    const [bx, by] = lying ? [(Math.sign(u) * wide) / 2, 0] : [0, (Math.sign(v) * high) / 2];
    const [p, q, r, s] = [x1 + a + bx, y1 + b + by, x2 + a - bx, y2 + b - by], { colour } = TONES[tone(one.kind)], tip = 0.9 * em;
    const long = Math.hypot(r - p, s - q) || 1, [c, d] = [(r - p) / long, (s - q) / long], half = thick(one.steps.at(-1)?.[1] ?? 0) / 2 + 0.4 * em;
    const body = svg("path", { class: "stream", d: `M${p},${q} L${r - tip * c},${s - tip * d}`, stroke: fill(one.kind) });
    const head = svg("path", { d: `M${r},${s} l${-tip * c - half * d},${-tip * d + half * c} l${2 * half * d},${-2 * half * c} z`, fill: colour });
    const label = svg("text", { class: "flow", x: p + 0.6 * (r - p), y: q + 0.6 * (s - q) - 0.25 * em, "pointer-events": "none" }), room = lying ? Math.abs(r - p) : width;
    labels.push(label);
    live.push((time) => {
      const step = valueAt(one.steps, time);
      body.setAttribute("stroke-width", thick(step ? step[1] : 0));
      head.setAttribute("opacity", step?.[1] ? 1 : 0);
      const text = !step ? "" : narrow ? /[\d,]*\d/.exec(step[2])?.[0] ?? "" : step[2]; // of what is too long the first words
      label.textContent = fitted(text, room, 0.85 * em) === text ? text : text.split(", ")[0];
    });
    nodes.push(thing(one.kind, [svg("path", { class: "wide", d: `M${p},${q} L${r},${s}` }), body, head], one.told, one.steps[0]?.[0] ?? drawing.axis.begin));
  });
  nodes.push(...labels); // over all streams
  for (const one of drawing.places) {
    const [x, y] = spot(one), count = svg("text", { x, y: y + 0.95 * em, class: "small middle" });
    live.push((time) => { count.textContent = fitted(valueAt(one.steps, time)?.[1] || one.note, wide - 0.6 * em, 0.85 * em); });
    nodes.push(thing("", [svg("rect", { x: x - wide / 2, y: y - high / 2, width: wide, height: high, rx: 5, class: "cell" }),
      ...lined(one.name, wide - 0.6 * em, em).map((line, n, all) => svg("text", { x, y: y + (n - all.length + 0.7) * 1.1 * em, class: "name middle" }, line)), count], one.told, drawing.axis.begin));
  }
  const { axis } = drawing, moments = [...new Set(drawing.streams.flatMap((one) => one.steps.map((step) => step[0])))].sort((a, b) => a - b);
  return {
    nodes, height, areas: new Set(drawing.streams.map((one) => one.kind)), time: { begin: axis.begin, end: axis.end, moments, stepped: false, clock: (time) => `${round(time / axis.size)} ${axis.unit}` },
    at(time) { for (const one of live) one(time); },
  };
}

function lined(name, room, em) { // in two lines where one is too long, cut at a blank
  const whole = named(name, room, em * 0.95), blank = name.indexOf(" ", name.length / 2 - 4);
  if (whole === name || blank < 0) return [whole];
  return [name.slice(0, blank), name.slice(blank + 1)].map((part) => named(part, room, em * 0.95));
}
