// The debugger for rules: fields, the bar that moves along the steps, one or two ways, and the text of the rules.

function stepper(show, say) { // from step to step
  const button = (text, label, act) => {
    const made = element("button", { type: "button", textContent: text, onclick: act });
    made.setAttribute("aria-label", label);
    return made;
  };
  let many = 1, at = 0, playing = 0, held = -1;
  const line = element("input", { type: "range", min: 1, step: 1, className: "time" }), shown = element("output", { className: "clock" });
  line.setAttribute("aria-label", say("step of the way"));
  const play = button(say("▶ Play"), say("play"), () => (playing ? stop() : begin()));
  play.classList.add("play");
  const bar = element("div", { className: "bar" },
    button("❙◀", say("to the first step"), () => go(0)), button("◀", say("one step back"), () => go(at - 1)), play,
    button("▶", say("one step on"), () => go(at + 1)), button("▶❙", say("to the last step"), () => go(many - 1)), line, shown);
  bar.setAttribute("role", "group");
  bar.setAttribute("aria-label", say("along the way of the address"));
  function move(to) {
    at = Math.min(Math.max(to, 0), many - 1);
    line.value = at + 1;
    shown.textContent = say("step {n} of {many}", { n: at + 1, many });
    line.setAttribute("aria-valuetext", shown.textContent);
    show(at, !!playing);
  }
  function go(to) { stop(); move(to); }
  function stop() { clearInterval(playing); playing = 0; play.textContent = say("▶ Play"); play.setAttribute("aria-label", say("play")); }
  function begin() {
    playing = setInterval(() => {
      if (!bar.isConnected || at >= many - 1) return stop();
      move(at + 1);
      if (at === held || at >= many - 1) { stop(); show(at, false); } // where two ways part, there is something to see
    }, PATIENCE);
    play.textContent = say("❚❚ Pause");
    play.setAttribute("aria-label", say("pause"));
    move(at >= many - 1 ? 0 : at);
  }
  line.oninput = () => go(Number(line.value) - 1);
  bar.addEventListener("keydown", (event) => {
    if (/^(Arrow|Home|End| |Enter)/.test(event.key)) event.stopPropagation(); // PageUp and PageDown belong to the slides
  });
  return { bar, go, stop, load(steps, stopAt) { many = Math.max(steps, 1); held = stopAt; line.max = many; } };
}

function editor(say, apply, reset) { // the text of the rules, with numbers of lines beside it
  const text = element("textarea", { className: "text", spellcheck: false, wrap: "off", rows: 14 }), gutter = element("div", { className: "gutter" });
  text.setAttribute("aria-label", say("the rules, as sendmail.cf text"));
  gutter.setAttribute("aria-hidden", "true");
  const said = element("div", { className: "said" });
  said.setAttribute("role", "status");
  const button = (words, act) => element("button", { type: "button", textContent: words, onclick: act });
  const applying = button(say("Apply"), () => apply(text.value));
  applying.classList.add("apply");
  const hint = element("span", { className: "small", textContent: say("Ctrl+Enter applies, Ctrl+I sets a tab (between the sides of a rule)") });
  const fold = element("details", { className: "edit" }, element("summary", { textContent: say("Edit the rules, and see where the way parts") }),
    element("div", { className: "page" }, gutter, text), element("div", { className: "buttons" }, applying, button(say("The rules as they were"), reset), hint), said);
  let marked = { at: 0, wrong: new Set(), changed: new Set() };
  const draw = () => {
    const many = text.value.split("\n").length;
    const kind = (n) => [marked.wrong.has(n) ? "wrong" : "", marked.changed.has(n) ? "changed" : "", marked.at === n ? "at" : ""].filter(Boolean).join(" ");
    while (gutter.childElementCount > many) gutter.lastElementChild.remove();
    for (let n = gutter.childElementCount; n < many; n += 1) gutter.append(element("div", { textContent: n + 1 }));
    [...gutter.children].forEach((line, n) => { if (line.className !== kind(n + 1)) line.className = kind(n + 1); });
    gutter.scrollTop = text.scrollTop;
  };
  const seek = (line) => {
    const high = text.scrollHeight / Math.max(text.value.split("\n").length, 1);
    text.scrollTop = Math.max(0, (line - 5) * high);
    gutter.scrollTop = text.scrollTop;
  };
  text.addEventListener("scroll", () => { gutter.scrollTop = text.scrollTop; });
  text.addEventListener("input", draw);
  text.addEventListener("keydown", (event) => {
    event.stopPropagation(); // JupyterLab has commands on single keys
    if (event.isComposing || !event.ctrlKey) return;
    if (event.key === "Enter") { event.preventDefault(); apply(text.value); }
    if (event.key === "i") { event.preventDefault(); text.setRangeText("\t", text.selectionStart, text.selectionEnd, "end"); draw(); }
  });
  fold.addEventListener("toggle", () => { draw(); if (marked.at) seek(marked.at); });
  return {
    fold, text, said, seek,
    mark(more) { marked = { ...marked, ...more }; draw(); },
    at(line) {
      if (line === marked.at) return;
      marked.at = line;
      draw();
      if (line && fold.open && document.activeElement !== text) seek(line);
    },
    open(line) {
      fold.open = true;
      marked.at = line;
      draw();
      const lines = text.value.split("\n"), begin = lines.slice(0, line - 1).join("\n").length + (line > 1 ? 1 : 0);
      text.focus();
      text.setSelectionRange(begin, begin + (lines[line - 1] ?? "").length);
      seek(line);
    },
  };
}

function render({ model, el }) {
  const say = speaker(model);
  el.classList.add("simlib-rules");
  const field = (words, name) => {
    const made = element("input", { type: "text", className: name, spellcheck: false, autocomplete: "off" });
    return [element("label", { className: `of-${name}` }, element("span", { textContent: words }), made), made];
  };
  const [addressed, address] = field(say("Address"), "address"), [named, sets] = field(say("Rulesets, in their order"), "sets");
  const known = element("div", { className: "known" });
  const ask = () => { if (address.value !== held.address || sets.value !== held.sets) send({ what: "run", address: address.value, sets: sets.value }); };
  const run = element("button", { type: "button", className: "run", textContent: say("Run"), onclick: ask });
  for (const one of [address, sets]) one.addEventListener("keydown", (event) => {
    event.stopPropagation();
    if (event.key === "Enter" && !event.isComposing && event.keyCode !== 229) ask();
  });
  const trouble = element("div", { className: "trouble" }), verdict = element("div", { className: "verdict" });
  trouble.setAttribute("role", "alert");
  verdict.setAttribute("role", "status");
  const ways = element("div", { className: "ways" });
  const legend = element("div", { className: "legend" });
  for (const [kind, words] of [["word", say("a word")], ["operator", say("an operator")], ["mark", say("a mark: mailer, host, user and others")]])
    legend.append(element("span", {}, tokenOf([{ word: "taro", operator: "@", mark: "$#" }[kind], kind, 0]), ` ${words}`));
  legend.append(element("span", {}, tokensOf([["taro", "word", 1]], say), ` ${say("caught by the first operator of the rule")}`));
  const time = stepper((step, playing) => at(step, playing), say);
  const send = (message) => { asked = message.what; model.send(message); };
  const rules = editor(say, (text) => send({ what: "edit", text }), () => send({ what: "reset" }));
  el.append(element("div", { className: "fields" }, addressed, named, run), known, trouble, verdict, time.bar, ways, legend, rules.fold);

  let held = {}, columns = [], now = 0, asked = "";

  function load() {
    const before = held.text;
    held = model.get("held");
    address.value = held.address;
    sets.value = held.sets;
    known.replaceChildren(element("span", { textContent: say("Rulesets here:") }), ...held.known.map((name) => {
      const made = element("button", { type: "button", textContent: nameOf(name, held.numbers), onclick: () => { sets.value = name; ask(); } });
      made.setAttribute("aria-label", say("run ruleset {name}", { name: nameOf(name, held.numbers) }));
      return made;
    }));
    if (before !== held.text || rules.text.value === "") rules.text.value = held.text;
    const titles = held.ways.length > 1 ? [say("The rules as they were"), say("The edited rules")] : [""];
    columns = held.ways.map((way, n) => column(way, titles[n], n));
    ways.replaceChildren(...columns.map((one) => one.root));
    ways.classList.toggle("two", columns.length > 1);
    judge();
    const many = Math.max(...held.ways.map((way) => way.rows.length)), parts = held.parting;
    time.load(many, parts);
    time.go(parts >= 0 && parts < many ? parts : many - 1);
  }

  function judge() {
    const compared = held.ways.length > 1, parts = held.parting;
    verdict.hidden = !compared;
    verdict.classList.toggle("parts", parts >= 0 || !held.same);
    verdict.replaceChildren();
    if (!compared) return;
    const end = held.same ? say("Both come to the same result.") : say("They come to different results.");
    const never = held.same ? say("The edited rules lead the address the same way.") : say("The ways part behind what is shown.");
    verdict.append(element("b", { textContent: parts >= 0 ? say("The ways part at step {n}.", { n: parts + 1 }) : never }), " ", parts >= 0 ? end : "");
    if (parts >= 0) verdict.append(" ", element("button", { type: "button", textContent: say("Go there"), onclick: () => time.go(parts) }));
  }

  function column(way, title, n) {
    const { root, parts } = roomsOf(way, say, held.numbers, (step) => time.go(step), (line) => rules.open(line));
    const stage = element("div", { className: "stage" }), name = title || say("the way of the address");
    root.tabIndex = 0;
    root.setAttribute("role", "region");
    root.setAttribute("aria-label", say("rooms: {name}", { name }));
    const result = element("div", { className: "result" }, element("b", { textContent: say("Result:") }), " ", tokensOf(way.result, say));
    if (way.status) result.append(element("span", { className: "small", textContent: way.status === 75 ? say("status 75: a look-up has to wait") : say("status {n}", { n: way.status }) }));
    if (held.parting >= 0 && parts[held.parting]) {
      parts[held.parting].step.classList.add("parting");
      parts[held.parting].step.prepend(element("div", { className: "here", textContent: say("✂ here the ways part") }));
    }
    const numbers = () => [...root.querySelectorAll(".number")].filter((one) => one.offsetParent);
    roving(root, numbers, (button) => button.click());
    const whole = element("div", { className: "way" }, ...(title ? [element("h4", { textContent: title })] : []), stage, result, root);
    return { way, root: whole, rooms: root, stage, parts };
  }

  function at(step, playing) {
    now = step;
    for (const { way, rooms, stage, parts } of columns) {
      const last = way.rows.length - 1, here = Math.min(step, last);
      parts.forEach((part, n) => {
        part.outer.hidden = n > here;
        part.step.classList.toggle("current", n === here);
        for (const button of part.step.querySelectorAll(".number, .line")) button.tabIndex = n === here ? 0 : -1;
      });
      const more = rooms.querySelector(":scope > .more");
      if (more) more.hidden = here < last;
      stage.setAttribute("aria-live", playing ? "off" : "polite");
      if (last < 0) { stage.replaceChildren(element("div", { className: "what", textContent: say("no ruleset was run") })); continue; }
      stage.replaceChildren(...(step > last ? [element("div", { className: "small", textContent: say("this way is at its end") })] : []), ...stageOf(way.rows[here], say, held.numbers));
      const current = parts[here].step, top = current.getBoundingClientRect().top - rooms.getBoundingClientRect().top + rooms.scrollTop;
      if (top < rooms.scrollTop || top + current.offsetHeight > rooms.scrollTop + rooms.clientHeight)
        rooms.scrollTop = top + Math.min(current.offsetHeight, rooms.clientHeight) - rooms.clientHeight + 8;
    }
    const newest = columns.at(-1)?.way.rows;
    rules.at(newest?.[Math.min(now, newest.length - 1)]?.line ?? 0);
  }

  function complain() {
    const wrong = model.get("complaints");
    rules.mark({
      wrong: new Set(wrong.map(([line]) => line)),
      changed: new Set(held.changes.filter(([mark]) => mark === "+").map(([, line]) => line)),
    });
    const complaints = wrong.map(([line, text]) => element("div", { className: "complaint" },
      element("button", { type: "button", textContent: say("line {line}", { line }), onclick: () => rules.open(line) }), " ", text));
    const changes = held.changes.map(([mark, line, text]) => element("div", { className: mark === "+" ? "new" : "gone" },
      element("span", { className: "unseen", textContent: mark === "+" ? say("new: ") : say("gone: ") }), `${mark} ${line ?? ""} ${text}`));
    rules.said.replaceChildren(...complaints,
      ...(changes.length ? [element("div", { className: "small", textContent: say("Changed, of what was applied:") }), ...changes] : []));
    if (wrong.length) { rules.fold.open = true; rules.seek(wrong[0][0]); }
    trouble.textContent = model.get("trouble");
    trouble.hidden = !trouble.textContent;
  }

  function answered() { // a text that was put back as it was has changed nothing else
    if (asked === "reset") rules.text.value = held.text;
    complain();
  }
  model.on("change:held", load);
  model.on("change:complaints", complain);
  model.on("change:trouble", complain);
  model.on("change:answered", answered);
  load();
  complain();
}

export default { render };
