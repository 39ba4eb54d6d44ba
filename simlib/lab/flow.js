// The mail flow player: a canvas that shows the scene at one time, and what moves that time.

const COLOURS = ["#0072B2", "#E69F00", "#D55E00"]; // sent, deferred, failed
const WORDS = ["sent (circle)", "deferred (triangle)", "failed (cross)"];
const HEIGHT = 440, BOX = { width: 172, height: 58 };
const SHORTEST = 1 / 45; // of the whole film: what is quicker is drawn as long

function element(tag, properties = {}, ...children) {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children);
  return made;
}

function clock(seconds) {
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  const days = Math.floor(seconds / 86400), rest = seconds % 86400;
  return (days ? `${days} d ` : "") + `${two(rest / 3600)}:${two((rest % 3600) / 60)}:${two(rest % 60)}`;
}

function valueAt(steps, time) { // the last step not after a time
  let low = 0, high = steps.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (steps[middle][0] <= time) low = middle + 1; else high = middle;
  }
  return low ? steps[low - 1][1] : 0;
}

function countUntil(times, time) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle + 1; else high = middle;
  }
  return low;
}

function render({ model, el }) {
  el.classList.add("simlib-flow");
  const canvas = element("canvas", { height: HEIGHT });
  canvas.setAttribute("role", "img");
  canvas.setAttribute("aria-label", model.get("alternative"));
  const title = element("div", { className: "title", textContent: model.get("title") });
  const play = element("button", { type: "button", className: "play", textContent: "▶ Play" });
  const line = element("input", { type: "range", min: 0, max: 1000, value: 0, className: "time" });
  line.setAttribute("aria-label", "time");
  const shown = element("output", { className: "clock" });
  const speed = element("select", { className: "speed" });
  speed.setAttribute("aria-label", "speed");
  const host = element("select", { className: "host" }, element("option", { value: "", textContent: "log of …" }));
  host.setAttribute("aria-label", "read the log of a host");
  const legend = element("span", { className: "legend" });
  const told = element("pre", { className: "told", tabIndex: 0, textContent: "Click a host for its log, a message for its history." });
  told.setAttribute("aria-live", "polite");
  el.append(title, canvas, element("div", { className: "bar" }, play, line, shown, speed, host), legend, told);
  WORDS.forEach((word, n) => legend.append(element("span", { className: "key", textContent: word, style: `--colour:${COLOURS[n]}` })));

  let scene, hosts, flights, starts, shortest, longest, time = 0, playing = false, before = 0, drawn = [];

  function load() {
    scene = model.get("scene");
    hosts = scene.places;
    shortest = scene.until * SHORTEST;
    flights = scene.flights;
    starts = flights.map((one) => one[0]);
    longest = flights.reduce((most, one) => Math.max(most, one[1] - one[0]), shortest);
    const ends = flights.length ? flights.reduce((last, one) => Math.max(last, one[1]), 0) * 1.03 + shortest : scene.until;
    scene.end = Math.min(scene.until, ends);
    host.length = 1;
    hosts.forEach((place, n) => host.add(element("option", { value: n, textContent: place.name })));
    speed.replaceChildren(...[5, 20, 60, 180].map((seconds) =>
      element("option", { value: scene.end / seconds, textContent: `all in ${seconds} s`, selected: seconds === 20 })),
      ...[1, 10, 60].map((factor) => element("option", { value: factor, textContent: `×${factor}` })));
    at(0);
  }

  function at(moment) {
    time = Math.min(Math.max(moment, 0), scene.end);
    line.value = scene.end ? (1000 * time) / scene.end : 0;
    line.setAttribute("aria-valuetext", clock(time));
    shown.textContent = clock(time);
    draw();
  }

  const where = (place, width) => [60 + place.x * (width - 120), 46 + place.y * (HEIGHT - 92)];

  function draw() {
    const width = el.clientWidth || 900, ratio = window.devicePixelRatio || 1;
    if (canvas.width !== Math.round(width * ratio)) {
      canvas.width = width * ratio;
      canvas.height = HEIGHT * ratio;
      canvas.style.width = `${width}px`;
      canvas.style.height = `${HEIGHT}px`;
    }
    const paper = canvas.getContext("2d"), style = getComputedStyle(el);
    const ink = style.getPropertyValue("--ink"), faint = style.getPropertyValue("--faint"), box = style.getPropertyValue("--box");
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper.clearRect(0, 0, width, HEIGHT);
    lines(paper, width, faint);
    drawn = [];
    const under = flights.length > 200 ? 4 : 6;
    for (const flight of aloft()) fly(paper, width, flight, under);
    hosts.forEach((place) => building(paper, width, place, ink, box, faint));
  }

  function lines(paper, width, faint) {
    paper.strokeStyle = faint;
    paper.lineWidth = 1;
    const done = new Set();
    for (const [, , one, other] of flights) {
      if (done.has(one * 1000 + other)) continue;
      done.add(one * 1000 + other);
      const [x, y] = where(hosts[one], width), [u, v] = where(hosts[other], width);
      paper.beginPath();
      paper.moveTo(x, y);
      paper.lineTo(u, v);
      paper.stroke();
    }
  }

  function aloft() { // flights are in order of their start
    const found = [];
    let n = countUntil(starts, time - longest);
    for (; n < flights.length && flights[n][0] <= time; n++) {
      const end = Math.max(flights[n][1], flights[n][0] + shortest);
      if (time < end) found.push(flights[n]);
    }
    return found;
  }

  function fly(paper, width, [start, end, one, other, what, message], size) {
    const share = Math.min(1, (time - start) / Math.max(end - start, shortest));
    const [x, y] = where(hosts[one], width), [u, v] = where(hosts[other], width);
    // what was not taken turns back half way
    const way = what === 0 ? share : share < 0.5 ? share : 1 - share;
    const bend = ((message * 37) % 21) - 10; // so that not all fly on one line
    const px = x + (u - x) * way + bend * 0.4, py = y + (v - y) * way + bend;
    paper.fillStyle = paper.strokeStyle = COLOURS[what];
    paper.lineWidth = 2.5;
    paper.beginPath();
    if (what === 0) paper.arc(px, py, size, 0, 7);
    else if (what === 1) { paper.moveTo(px, py - size - 1); paper.lineTo(px + size + 1, py + size); paper.lineTo(px - size - 1, py + size); }
    else { paper.moveTo(px - size, py - size); paper.lineTo(px + size, py + size); paper.moveTo(px + size, py - size); paper.lineTo(px - size, py + size); }
    if (what === 2) paper.stroke(); else paper.fill();
    drawn.push([px, py, message]);
  }

  function building(paper, width, place, ink, box, faint) {
    const [x, y] = where(place, width), left = x - BOX.width / 2, top = y - BOX.height / 2;
    const down = place.down.find(([start, end]) => start <= time && time < end);
    paper.fillStyle = box;
    paper.strokeStyle = down ? COLOURS[2] : ink;
    paper.lineWidth = down ? 3 : 1.5;
    paper.setLineDash(down ? [7, 5] : []);
    paper.beginPath();
    paper.roundRect(left, top, BOX.width, BOX.height, 6);
    paper.fill();
    paper.stroke();
    paper.setLineDash([]);
    paper.fillStyle = ink;
    paper.textAlign = "center";
    paper.font = "600 13px sans-serif";
    paper.fillText(place.name, x, top + 17, BOX.width - 10);
    const queue = valueAt(place.queue, time), arrived = countUntil(place.arrivals, time);
    const load = place.load.length ? valueAt(place.load, time) : null;
    const facts = [down ? (down[2] === "host" ? "DOWN" : `${down[2]} closed`) : null, place.queue.length ? `queue ${queue}` : null,
      load === null ? null : `load ${load.toFixed(1)}`, place.arrivals.length ? `arrived ${arrived}` : null];
    paper.font = "13px sans-serif";
    paper.fillText(facts.filter(Boolean).join(" · "), x, top + 35, BOX.width - 20);
    const most = Math.max(1, ...hosts.flatMap((one) => one.queue.map((step) => step[1])));
    paper.fillStyle = faint;
    paper.fillRect(left + 8, top + 43, BOX.width - 16, 7);
    paper.fillStyle = COLOURS[1];
    paper.fillRect(left + 8, top + 43, ((BOX.width - 16) * queue) / most, 7);
    paper.fillStyle = ink;
    paper.font = "12px sans-serif";
    const preference = place.preferences.length > 2 ? [`${place.preferences[0]} and others`] : place.preferences;
    preference.forEach((text, n) => paper.fillText(text, x, top + BOX.height + 14 + 13 * n, BOX.width + 40));
    const lost = scene.lost.filter(([when, at]) => when <= time && hosts[at] === place).length;
    if (lost) {
      paper.fillStyle = COLOURS[2];
      paper.font = "600 14px sans-serif";
      paper.fillText(`✕ ${lost} lost`, x, top - 6);
    }
  }

  function tick(now) {
    if (!playing || !el.isConnected) return;
    at(time + ((now - before) / 1000) * Number(speed.value));
    before = now;
    if (time >= scene.end) stop(); else requestAnimationFrame(tick);
  }
  function stop() { playing = false; play.textContent = "▶ Play"; }
  play.onclick = () => {
    if (playing) return stop();
    if (time >= scene.end) at(0);
    playing = true;
    play.textContent = "❚❚ Pause";
    before = performance.now();
    requestAnimationFrame(tick);
  };
  line.oninput = () => { stop(); at((line.value / 1000) * scene.end); };
  for (const control of [line, speed, host, play]) control.addEventListener("keydown", (event) => event.stopPropagation());
  host.onchange = () => { if (host.value) model.send({ host: Number(host.value), time }); };
  canvas.onclick = (event) => {
    const area = canvas.getBoundingClientRect(), x = event.clientX - area.left, y = event.clientY - area.top;
    const near = drawn.map(([u, v, message]) => [Math.hypot(u - x, v - y), message]).sort((a, b) => a[0] - b[0])[0];
    if (near && near[0] < 14) return model.send({ message: near[1], time });
    const hit = hosts.findIndex((place) => {
      const [u, v] = where(place, area.width);
      return Math.abs(u - x) < BOX.width / 2 && Math.abs(v - y) < BOX.height / 2;
    });
    if (hit >= 0) { host.value = hit; model.send({ host: hit, time }); }
  };
  model.on("change:told", () => {
    const { about, text } = model.get("told");
    told.textContent = `${about}\n${text}`;
    told.scrollTop = told.scrollHeight;
  });
  model.on("change:scene", () => { stop(); load(); });
  const watch = new ResizeObserver(draw);
  load();
  watch.observe(el);
  return () => { playing = false; watch.disconnect(); };
}

export default { render };
