// The mail flow player: a canvas that shows the scene at one time; under it the bar that moves the time.

const SHORTEST = 1 / 45; // of the whole film: what is quicker is drawn as long
const MOST_REACHED = 60; // flights that are reached by keyboard while the film stands

function days(seconds) {
  const two = (n) => String(Math.floor(n)).padStart(2, "0"), rest = seconds % 86400, whole = Math.floor(seconds / 86400);
  return (whole ? `${whole} d ` : "") + `${two(rest / 3600)}:${two((rest % 3600) / 60)}:${two(rest % 60)}`;
}

function render({ model, el }) {
  const say = speaker(model);
  const fates = [say("sent"), say("deferred"), say("failed")]; // in the order in which a flight counts them, as their tones
  el.classList.add("simlib-flow");
  const canvas = element("canvas"), reached = element("div", { className: "reached" });
  canvas.setAttribute("role", "img");
  reached.setAttribute("role", "group");
  const title = element("div", { className: "title", textContent: model.get("title") });
  const speed = element("select", { className: "speed" });
  speed.setAttribute("aria-label", say("speed"));
  const legend = element("div", { className: "legend" });
  const stopped = element("div", { className: "stopped", hidden: true });
  stopped.setAttribute("role", "status");
  const told = element("pre", { className: "told", tabIndex: 0, textContent: model.get("hint") });
  told.setAttribute("aria-live", "polite");
  const time = transport((moment, why) => at(moment, why), say);
  time.bar.append(speed);
  el.append(title, element("div", { className: "stage" }, canvas, reached), time.bar, stopped, legend, told);
  legend.append(...fates.map((word, tone) => element("span", {}, svg("svg", { width: 19, height: 16, "aria-hidden": true }, shape(tone, 9.5, 8, 6)), word)));

  let scene, hosts, flights, starts, shortest, longest, high, em, drawn = [], now = 0;

  function load() {
    scene = model.get("scene");
    hosts = scene.places;
    flights = scene.flights;
    starts = flights.map((one) => one[0]);
    const last = flights.reduce((most, one) => Math.max(most, one[1]), 0) || scene.until;
    const first = starts.length ? starts[0] : 0, begin = Math.max(0, first - 0.04 * (last - first));
    scene.end = Math.min(scene.until, last + 0.04 * (last - begin) + 1e-3);
    shortest = (scene.end - begin) * SHORTEST;
    longest = flights.reduce((most, one) => Math.max(most, one[1] - one[0]), shortest);
    const events = [...starts, ...hosts.flatMap((place) => place.down.flatMap(([from, to]) => [from, to]))];
    const moments = [...new Set(events.filter((one) => begin < one && one < scene.end))].sort((a, b) => a - b);
    canvas.setAttribute("aria-label", model.get("alternative"));
    reached.setAttribute("aria-label", say("hosts, and messages on their way"));
    speed.replaceChildren(...[5, 20, 60, 180].map((seconds) => element("option", { value: seconds, textContent: say("all in {n} s", { n: seconds }), selected: seconds === 20 })));
    time.load({ begin, end: scene.end, moments, stops: scene.stops, seconds: 20, clock: days });
    stopped.hidden = true;
    time.go(begin);
  }

  function at(moment, why) {
    now = moment;
    if (why && why.question) {
      stopped.hidden = false;
      stopped.textContent = `❚❚ ${why.question}`;
    } else if (!stopped.hidden) {
      const passed = scene.stops.findLast((one) => one.time < moment - shortest);
      if (passed) stopped.textContent = `${passed.question} ${passed.answer}`;
      else if (!scene.stops.some((one) => one.time <= moment)) stopped.hidden = true;
    }
    draw();
    reach();
  }

  const zoomed = () => el.currentCSSZoom ?? 1; // a slide is zoomed to its screen

  const where = (place, width) => {
    const edge = Math.min(6 * em, width / 4);
    return [edge + place.x * (width - 2 * edge), 2.6 * em + place.y * (high - 5.4 * em)];
  };

  function draw() {
    em = sizeOf(el);
    const rows = Math.max(...hosts.map((one) => hosts.filter((other) => other.x === one.x).length), 1);
    high = Math.max(rows * 5.3 + 5.4, 11) * em; // a box with the line below it, and the next
    const width = el.clientWidth || 900, ratio = (window.devicePixelRatio || 1) * zoomed();
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(high * ratio)) {
      canvas.width = Math.round(width * ratio);
      canvas.height = Math.round(high * ratio);
      canvas.style.width = `${width}px`;
      canvas.style.height = `${high}px`;
    }
    const paper = canvas.getContext("2d"), style = getComputedStyle(el);
    const ink = style.getPropertyValue("--ink"), faint = style.getPropertyValue("--faint"), box = style.getPropertyValue("--sheet");
    paper.setTransform(ratio, 0, 0, ratio, 0, 0);
    paper.clearRect(0, 0, width, high);
    lines(paper, width, faint);
    drawn = [];
    const size = flights.length > 200 ? em / 4 : em * 0.4;
    for (const flight of aloft()) fly(paper, width, flight, size);
    hosts.forEach((place, n) => building(paper, width, place, n, ink, box, faint));
  }

  function lines(paper, width, faint) {
    paper.strokeStyle = faint;
    paper.lineWidth = 1.5;
    for (const [one, other] of scene.lines) {
      const [x, y] = where(hosts[one], width), [u, v] = where(hosts[other], width);
      paper.beginPath();
      paper.moveTo(x, y);
      paper.lineTo(u, v);
      paper.stroke();
    }
  }

  function aloft() { // flights are in order of their start
    const found = [];
    let low = 0, most = starts.length;
    while (low < most) {
      const middle = (low + most) >> 1;
      if (starts[middle] <= now - longest) low = middle + 1; else most = middle;
    }
    for (let n = low; n < flights.length && flights[n][0] <= now; n++) {
      if (now < Math.max(flights[n][1], flights[n][0] + shortest)) found.push(flights[n]);
    }
    return found;
  }

  function fly(paper, width, [start, end, one, other, what, message], size) {
    const share = Math.min(1, (now - start) / Math.max(end - start, shortest));
    const [x, y] = where(hosts[one], width), [u, v] = where(hosts[other], width);
    const way = what === 0 ? share : share < 0.5 ? share : 1 - share; // what was not taken turns back half way
    const bend = (((message * 37) % 21) - 10) * em / 16; // so that not all fly on one line
    const px = x + (u - x) * way + bend * 0.4, py = y + (v - y) * way + bend;
    paper.fillStyle = paper.strokeStyle = TONES[what].colour;
    paper.lineWidth = 2.5;
    paper.beginPath();
    if (what === 0) paper.arc(px, py, size, 0, 7);
    else if (what === 1) { paper.moveTo(px, py - size - 1); paper.lineTo(px + size + 1, py + size); paper.lineTo(px - size - 1, py + size); }
    else { paper.moveTo(px - size, py - size); paper.lineTo(px + size, py + size); paper.moveTo(px + size, py - size); paper.lineTo(px - size, py + size); }
    if (what === 2) paper.stroke(); else paper.fill();
    drawn.push([px, py, message, what]);
  }

  function facts(place) {
    const down = place.down.find(([start, end]) => start <= now && now < end), load = place.load.length ? valueAt(place.load, now) : null;
    const queue = valueAt(place.queue, now)?.[1] ?? 0, arrived = countUntil(place.arrivals, now);
    const said = [down ? (down[2] === "host" ? say("DOWN") : say("{what} closed", { what: down[3] })) : null, place.queue.length ? say("queue {n}", { n: queue }) : null,
      load ? say("load {n}", { n: load[1].toFixed(1) }) : null, place.arrivals.length ? say("arrived {n}", { n: arrived }) : null];
    return { down, queue, said: said.filter(Boolean).join(" · ") };
  }

  function building(paper, width, place, n, ink, box, faint) {
    const wide = Math.min(11.5 * em, width / 2.4), tall = 3.7 * em, [x, y] = where(place, width), left = x - wide / 2, top = y - tall / 2;
    const { down, queue, said } = facts(place);
    paper.fillStyle = box;
    paper.strokeStyle = down ? TONES[2].colour : ink;
    paper.lineWidth = down ? 3 : 1.5;
    paper.setLineDash(down ? [7, 5] : []);
    paper.beginPath();
    paper.roundRect(left, top, wide, tall, 6);
    paper.fill();
    paper.stroke();
    paper.setLineDash([]);
    paper.fillStyle = ink;
    paper.textAlign = "center";
    paper.font = `600 ${0.95 * em}px sans-serif`;
    paper.fillText(named(place.name, wide - 0.8 * em, 0.95 * em), x, top + 1.2 * em);
    paper.font = `${0.9 * em}px sans-serif`;
    paper.fillText(said, x, top + 2.35 * em, wide - em);
    paper.fillStyle = faint;
    paper.fillRect(left + 0.5 * em, top + 2.8 * em, wide - em, 0.5 * em);
    paper.fillStyle = TONES[1].colour;
    paper.fillRect(left + 0.5 * em, top + 2.8 * em, ((wide - em) * queue) / scene.longest, 0.5 * em);
    paper.fillStyle = ink;
    paper.font = `${0.85 * em}px sans-serif`;
    const preference = place.preferences.length > 1 ? say("{name} and others", { name: place.preferences[0] }) : place.preferences[0];
    if (preference) paper.fillText(preference, x, top + tall + em, wide + 3 * em);
    const lost = scene.lost.filter(([when, at]) => when <= now && at === n).length;
    if (lost) {
      paper.fillStyle = TONES[2].colour;
      paper.font = `600 ${0.9 * em}px sans-serif`;
      paper.fillText(`✕ ${say("{n} lost", { n: lost })}`, x, top - 0.4 * em);
    }
  }

  function reach() { // a button over each thing: while the film runs only the hosts have one
    const width = el.clientWidth || 900, wide = Math.min(11.5 * em, width / 2.4), tall = 3.7 * em;
    const flying = time.playing ? [] : drawn.slice(0, MOST_REACHED);
    if (time.playing && reached.children.length === hosts.length) return;
    const held = [...reached.children].indexOf(document.activeElement);
    const buttons = hosts.map((place, n) => {
      const [x, y] = where(place, width), made = element("button", { type: "button", tabIndex: -1 });
      made.setAttribute("aria-label", say("{name}: {facts}: read its log", { name: place.name, facts: facts(place).said }));
      made.dataset.host = n;
      Object.assign(made.style, { left: `${x - wide / 2}px`, top: `${y - tall / 2}px`, width: `${wide}px`, height: `${tall}px` });
      return made;
    });
    for (const [x, y, message, what] of flying) {
      const made = element("button", { type: "button", tabIndex: -1, className: "flying" });
      made.setAttribute("aria-label", say("message {n}, {fate}: read its history", { n: message, fate: fates[what] }));
      made.dataset.message = message;
      Object.assign(made.style, { left: `${x - 0.75 * em}px`, top: `${y - 0.75 * em}px`, width: `${1.5 * em}px`, height: `${1.5 * em}px` });
      buttons.push(made);
    }
    reached.replaceChildren(...buttons);
    const one = buttons[Math.min(Math.max(held, 0), buttons.length - 1)];
    if (one) one.tabIndex = 0;
    if (held >= 0 && one) one.focus();
  }

  function ask(node) {
    const { host, message } = node.dataset;
    if (host !== undefined) model.send({ host: Number(host), time: now });
    else if (message !== undefined) model.send({ message: Number(message), time: now });
  }
  reached.onclick = (event) => ask(event.target);
  roving(reached, () => [...reached.children], ask);
  speed.onchange = () => time.pace(Number(speed.value));
  speed.addEventListener("keydown", (event) => event.stopPropagation());
  canvas.onclick = (event) => { // a message that flies while the film runs
    const area = canvas.getBoundingClientRect(), x = (event.clientX - area.left) / zoomed(), y = (event.clientY - area.top) / zoomed();
    const near = drawn.map(([u, v, message]) => [Math.hypot(u - x, v - y), message]).sort((a, b) => a[0] - b[0])[0];
    if (near && near[0] < em) model.send({ message: near[1], time: now });
  };
  model.on("change:told", () => {
    const { about, text } = model.get("told");
    told.textContent = `${about}\n${text}`;
    told.scrollTop = told.scrollHeight;
  });
  model.on("change:scene", load);
  const watch = new ResizeObserver(() => { draw(); reach(); });
  load();
  watch.observe(el);
  return () => { time.stop(); watch.disconnect(); };
}

function countUntil(times, time) {
  let low = 0, high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle + 1; else high = middle;
  }
  return low;
}

export default { render };
