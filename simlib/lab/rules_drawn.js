// A way through the rules as boxes: rooms within rooms, in them the rules that fired, maps and complaints.

const DEEPEST = 6; // rooms that are drawn one inside the other; deeper ones only say how deep they are

function tokenOf([text, kind, group]) {
  return element("span", { className: `token ${kind}${group ? ` caught g${((group - 1) % 6) + 1}` : ""}`, textContent: text });
}

// Tokens in a row; those that one operator caught stand together in a frame, under its name.
function tokensOf(tokens, say) {
  const row = element("span", { className: "tokens" });
  if (!tokens.length) row.append(element("span", { className: "nothing", textContent: say("(nothing)") }));
  for (let n = 0; n < tokens.length; ) {
    const group = tokens[n][2];
    if (!group) { row.append(tokenOf(tokens[n]), " "); n += 1; continue; }
    let end = n;
    while (end < tokens.length && tokens[end][2] === group) end += 1;
    const frame = element("span", { className: `group g${((group - 1) % 6) + 1}` }, element("span", { className: "name", textContent: `$${group}` }));
    tokens.slice(n, end).forEach(([text, kind], place) => frame.append(place ? " " : "", tokenOf([text, kind, 0])));
    row.append(frame, " ");
    n = end;
  }
  return row;
}

const plain = (tokens) => tokens.map(([text, kind]) => [text, kind, 0]);

function sideOf(tokens) { // of a rule: what catches has the colour of what it caught, and no frame
  const row = element("span", { className: "tokens" });
  for (const token of tokens) row.append(tokenOf(token), " ");
  return row;
}

function ruleOf(row, say) {
  return element("div", { className: "rule" }, element("b", { textContent: "R" }), sideOf(row.lhs),
    element("span", { className: "arrow", textContent: " ⇒ " }), sideOf(row.rhs));
}

function caughtOf(row, say) {
  const list = element("div", { className: "caughts" });
  for (const [name, operator, tokens] of row.caught) {
    list.append(element("span", { className: "caughtby" }, element("b", { className: `g${((Number(name.slice(1)) - 1) % 6) + 1}`, textContent: name }),
      ` ${say("({operator} caught)", { operator })} `, tokensOf(plain(tokens), say)));
  }
  return list;
}

// What happens in a step, as a sentence.
function sentenceOf(row, say, numbers) {
  const name = nameOf(row.ruleset, numbers), rule = row.rule, values = { name, rule };
  return {
    entered: () => say("Ruleset {name} begins", values),
    taken: () => say("Rule {rule} of {name} fits, and asks before it is done", values),
    fired: () => say("Rule {rule} of {name} fires", values),
    "looked up": () => say("Map {map} is asked", { map: row.map }),
    returned: () => say("Ruleset {name} is done", values),
    "given up": () => say("Ruleset {name} is given up", values),
    said: () => say("sendmail complains", values),
  }[row.kind]();
}

const nameOf = (ruleset, numbers) => (numbers[ruleset] ? `${ruleset} (${numbers[ruleset]})` : ruleset);

function answerOf(row, say) {
  return element("div", { className: "answer" }, element("code", { textContent: row.key }), element("span", { className: "arrow", textContent: " → " }),
    row.value === null ? element("i", { textContent: say("nothing: the map does not know it") }) : element("code", { textContent: row.value || say("(an empty text)") }));
}

// One step in its room. `choose` goes to a step, `seek` to a line of the text.
function stepOf(row, n, say, numbers, choose, seek) {
  const number = element("button", { type: "button", className: "number", textContent: n + 1, tabIndex: -1, onclick: () => choose(n) });
  const sentence = sentenceOf(row, say, numbers);
  number.setAttribute("aria-label", say("step {n}: {sentence}", { n: n + 1, sentence }));
  const head = element("div", { className: "head" }, number);
  const body = element("div", { className: "body" }, head);
  const made = element("div", { className: `step ${row.kind.replace(" ", "-")}` }, body);
  const isRule = row.kind === "fired" || row.kind === "taken";
  head.append(element("span", { className: "what", textContent: isRule ? say("rule {rule}", { rule: row.rule }) : sentence }));
  if (isRule) {
    const line = element("button", { type: "button", className: "line", textContent: say("line {line}", { line: row.line }), tabIndex: -1, onclick: () => seek(row.line) });
    line.setAttribute("aria-label", say("show line {line} in the rules", { line: row.line }));
    head.append(line);
    if (row.kind === "taken") head.append(element("span", { className: "small", textContent: say("fits, and asks before it is done") }));
  }
  if (row.tried > 1) head.append(element("span", { className: "small", textContent: say("{n} rules tried", { n: row.tried }) }));
  if (isRule) body.append(ruleOf(row, say), element("div", { className: "was" }, tokensOf(row.before, say)));
  if (row.kind === "fired") body.append(element("div", { className: "now" }, element("span", { className: "arrow", textContent: "→ " }), tokensOf(row.after, say)));
  if (row.kind === "looked up") body.append(answerOf(row, say));
  if (row.kind === "said") body.append(element("div", { className: "complaint", textContent: row.text }));
  if (["entered", "returned", "given up"].includes(row.kind)) body.append(element("div", { className: "now" }, tokensOf(row.after, say)));
  return made;
}

// All rooms of a way; gives the root, what of it belongs to which step, and the buttons of the steps.
function roomsOf(way, say, numbers, choose, seek) {
  const root = element("div", { className: "rooms" }), parts = [], rooms = [];
  way.rows.forEach((row, n) => {
    const made = stepOf(row, n, say, numbers, choose, seek);
    if (row.depth > DEEPEST) { // in a row, for there is no room for more rooms
      made.prepend(element("div", { className: "small", textContent: say("{n} calls deep", { n: row.depth }) }));
      (rooms[DEEPEST] ?? root).append(made);
      parts.push({ outer: made, step: made });
    } else if (row.kind === "entered") {
      rooms.length = Math.min(rooms.length, row.depth);
      const room = element("section", { className: "room" }, made);
      room.setAttribute("aria-label", sentenceOf(row, say, numbers));
      (rooms.at(-1) ?? root).append(room);
      rooms.push(room);
      parts.push({ outer: room, step: made });
    } else {
      (rooms[row.depth] ?? rooms.at(-1) ?? root).append(made);
      parts.push({ outer: made, step: made });
    }
  });
  if (way.more) root.append(element("div", { className: "more", textContent: say("… and {n} more steps, which are not shown", { n: way.more }) }));
  return { root, parts };
}

// Where the address is at one step, large.
function stageOf(row, say, numbers) {
  const made = [element("div", { className: "what", textContent: sentenceOf(row, say, numbers) })];
  if (row.kind === "fired" || row.kind === "taken") made.push(ruleOf(row, say), element("div", { className: "was" }, tokensOf(row.before, say)));
  if (row.kind === "fired") made.push(element("div", { className: "down", textContent: "↓" }));
  if (row.kind === "taken") made.push(caughtOf(row, say));
  else made.push(element("div", { className: "now" }, tokensOf(row.after, say)));
  if (row.kind === "fired") made.push(caughtOf(row, say));
  if (row.kind === "looked up") made.push(answerOf(row, say));
  if (row.kind === "said") made.push(element("div", { className: "complaint", textContent: row.text }));
  return made;
}
