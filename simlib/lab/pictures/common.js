// What every drawing and the film share: tones, elements, texts that fit, and the bar that moves the time.

const PATIENCE = 700; // ms a step, where steps and not seconds are counted
// a colour, a pattern and a shape belong together, so that no colour ever tells alone
const TONES = [
  { colour: "#0072B2", hatch: "", shape: "circle" },
  { colour: "#E69F00", hatch: "M-2,2 l4,-4 M0,8 l8,-8 M6,10 l4,-4", shape: "triangle" },
  { colour: "#D55E00", hatch: "M0,0 l8,8 M8,0 l-8,8", shape: "cross" },
  { colour: "#009E73", hatch: "M4,0 v8", shape: "diamond" },
  { colour: "#CC79A7", hatch: "M0,4 h8", shape: "square" },
  { colour: "#7F7F7F", hatch: "M1,1 h2 v2 h-2 z", shape: "ring" },
  { colour: "#56B4E9", hatch: "M0,4 h4 M4,0 h4", shape: "square" },
  { colour: "var(--ink)", hatch: "", shape: "bar" },
];

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

const DASHES = ["", "7 4", "2 4"]; // a second mark of lines, beside their colour

function svg(tag, attributes = {}, ...children) { // what is no child is left out
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.flat().filter((child) => child !== undefined && child !== false && child !== "" && child !== 0));
  return made;
}

function shape(tone, x, y, size) { // one mark, its middle at x and y
  const { colour, shape: form } = TONES[tone];
  const solid = { fill: colour, stroke: "var(--paper)", "stroke-width": 1 }, line = { fill: "none", stroke: colour, "stroke-width": size / 2.2 };
  const path = (d, look) => svg("path", { d, ...look }), rect = (u, v) => svg("rect", { x: x - u, y: y - v, width: 2 * u, height: 2 * v, ...solid });
  const made = {
    circle: () => svg("circle", { cx: x, cy: y, r: size, ...solid }),
    triangle: () => path(`M${x},${y - size * 1.15} l${size * 1.15},${size * 2} h${-size * 2.3} z`, solid),
    cross: () => path(`M${x - size},${y - size} l${2 * size},${2 * size} M${x + size},${y - size} l${-2 * size},${2 * size}`, line),
    diamond: () => path(`M${x},${y - size * 1.3} l${size * 1.1},${size * 1.3} l${-size * 1.1},${size * 1.3} l${-size * 1.1},${-size * 1.3} z`, solid),
    square: () => rect(size, size),
    ring: () => svg("circle", { cx: x, cy: y, r: size, ...line }),
    bar: () => rect(size / 2.5, size * 1.3),
  };
  return made[form]();
}

const patterns = (id) => TONES.map(({ colour, hatch }, n) => svg("pattern", { id: `${id}-${n}`, width: 8, height: 8, patternUnits: "userSpaceOnUse" },
  svg("rect", { width: 8, height: 8, fill: colour }), svg("path", { d: hatch, stroke: "var(--paper)", "stroke-opacity": 0.75, "stroke-width": 1.6, fill: "none" })));

const sizeOf = (el) => parseFloat(getComputedStyle(el).fontSize) || 16; // an element that is not on the page yet has none

const HOST = /([a-z][\w@+-]*(?:\.[\w-]+)*)\.[\w-]+/i; // but for its last label
const measuring = document.createElement("canvas").getContext("2d");
function fitted(text, room, size, weight = "", face = "sans-serif") { // the text, or as much of it as has room
  measuring.font = `${weight} ${size}px ${face}`;
  if (measuring.measureText(text).width <= room) return text;
  let kept = text.slice(0, Math.max(0, Math.floor((room / measuring.measureText(text).width) * text.length)));
  while (kept && measuring.measureText(`${kept}…`).width > room) kept = kept.slice(0, -1);
  return kept ? `${kept}…` : "";
}
function named(host, room, size) { // a host or an address, also within a name, by as many of its labels as have room
  measuring.font = `600 ${size}px sans-serif`;
  let kept = host;
  while (HOST.test(kept) && measuring.measureText(kept).width > room) kept = kept.replace(HOST, "$1");
  if (measuring.measureText(kept).width > room) kept = kept.replace(/ (at|on|of) [\w.-]+$/, "");
  return fitted(kept, room, size, "600");
}
function widest(texts, size, weight = "600", face = "sans-serif") {
  measuring.font = `${weight} ${10 * size}px ${face}`; // a canvas knows no fraction of a small one
  return Math.max(0, ...texts.map((text) => measuring.measureText(text).width)) / 10;
}

function valueAt(steps, time) { // the last [time, …] not after a time, or nothing
  let low = 0, high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= time) low = middle + 1; else high = middle;
  }
  return low ? steps[low - 1] : null;
}

// Play and pause, from event to event, a line to drag. `show(time, moment)` draws; `held` is a text that stops the play.
function transport(show, say) {
  const button = (text, label) => { const made = element("button", { type: "button", textContent: text }); made.setAttribute("aria-label", label); return made; };
  const first = button("❙◀", say("to the beginning")), back = button("◀◀", say("back to the event before")), play = button(say("▶ Play"), say("play"));
  const next = button("▶▶", say("on to the next event")), line = element("input", { type: "range", min: 0, max: 1000, step: 1, className: "time" });
  const shown = element("output", { className: "clock" }), bar = element("div", { className: "bar" }, first, back, play, next, line, shown);
  line.setAttribute("aria-label", say("time"));
  play.classList.add("play");
  next.classList.add("next");
  let held = { begin: 0, end: 1, moments: [], stops: [], seconds: 12, stepped: false, clock: String }, time = 0, playing = false, before = 0, passed = new Set();

  function go(moment, why = "") {
    time = Math.min(Math.max(moment, held.begin), held.end);
    line.value = held.end > held.begin ? (1000 * (time - held.begin)) / (held.end - held.begin) : 1000;
    shown.textContent = held.clock(time);
    line.setAttribute("aria-valuetext", shown.textContent);
    show(time, why);
  }
  function stop() { playing = false; play.textContent = say("▶ Play"); play.setAttribute("aria-label", say("play")); }
  function stopAt(from, to) { return held.stops.find((one) => !passed.has(one) && from <= one.time && one.time <= to); }
  function tick(now) {
    if (!playing || !bar.isConnected) return;
    let to;
    if (held.stepped) {
      if (now - before < PATIENCE) return requestAnimationFrame(tick);
      to = held.moments.find((one) => one > time) ?? held.end;
    } else to = time + ((now - before) / 1000) * ((held.end - held.begin) / held.seconds);
    before = now;
    const surprise = stopAt(time, to);
    if (surprise) { passed.add(surprise); stop(); return go(surprise.time, surprise); }
    go(to, held.stepped ? "step" : "");
    if (time >= held.end) stop(); else requestAnimationFrame(tick);
  }
  play.onclick = () => {
    if (playing) return stop();
    if (time >= held.end) { passed = new Set(); go(held.begin); }
    playing = true;
    play.textContent = say("❚❚ Pause");
    play.setAttribute("aria-label", say("pause"));
    before = performance.now() - (held.stepped ? PATIENCE : 0);
    requestAnimationFrame(tick);
  };
  next.onclick = () => {
    stop();
    const to = held.moments.find((one) => one > time + 1e-9) ?? held.end, surprise = stopAt(time, to);
    if (surprise) { passed.add(surprise); return go(surprise.time, surprise); }
    go(to, "step");
  };
  back.onclick = () => { stop(); go(held.moments.findLast((one) => one < time - 1e-9) ?? held.begin, "step"); };
  first.onclick = () => { stop(); passed = new Set(); go(held.begin); };
  line.oninput = () => { stop(); go(held.begin + (line.value / 1000) * (held.end - held.begin)); };
  for (const control of bar.children) control.addEventListener("keydown", (event) => {
    if (/^(Arrow|Home|End| |Enter)/.test(event.key)) event.stopPropagation(); // PageUp and PageDown belong to the slides
  });
  return {
    bar, go, stop,
    load(scene) { stop(); held = { ...held, ...scene }; passed = new Set(); bar.hidden = !held.moments.length; },
    pace(seconds) { held.seconds = seconds; },
    get time() { return time; },
    get playing() { return playing; },
  };
}

// Keys among many things of which one at a time is reached by Tab: arrows, Home, End; Enter and the blank choose.
function roving(holder, things, chosen) {
  holder.addEventListener("keydown", (event) => {
    const all = things(), here = all.indexOf(event.target);
    if (here < 0) return;
    const to = { ArrowRight: here + 1, ArrowDown: here + 1, ArrowLeft: here - 1, ArrowUp: here - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined && event.key !== "Enter" && event.key !== " ") return;
    event.preventDefault();
    event.stopPropagation();
    if (to === undefined) return chosen(event.target);
    const there = all[Math.min(Math.max(to, 0), all.length - 1)];
    event.target.tabIndex = -1;
    there.tabIndex = 0;
    there.focus();
  });
}
