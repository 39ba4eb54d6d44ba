// The answers that the browser keeps: the file that simlib/lab/progress.py writes, read and added to here.
import { forget, read, rename, write } from "./store.js";

const PATH = "progress.json", ASKED = "ask-", COUNTS = ["tries", "hints", "solved", "looked"], MOST = 1_000_000;

// What is kept, by the name of the exercise or question: an empty record if nothing is, null if the file is damaged.
export async function record() {
  const file = await read(PATH);
  return file ? parsed(textOf(file)) : {};
}

export async function text() {
  const file = await read(PATH);
  return file ? textOf(file) : "";
}

export const counted = (record) => ({
  answers: Object.keys(record).filter((name) => name.startsWith(ASKED)).length,
  solved: Object.values(record).filter((entry) => entry.solved).length,
});

// Add what a file holds: of a question the first answer counts, of an exercise what got furthest. Gives how many entries
// are new or further than here, or null if it is no record of progress.
export async function add(text) {
  const more = parsed(text);
  if (!more) return null;
  const kept = await record(), here = kept ?? {};
  if (!kept) await rename(await read(PATH), `${PATH}.bad`); // damaged: set aside, as the kernel does
  let added = 0;
  for (const [name, entry] of Object.entries(more)) {
    const best = here[name] ? joined(here[name], entry) : entry;
    if (best === here[name]) continue;
    here[name] = best;
    added += 1;
  }
  if (added) await keep(JSON.stringify(here, null, 1));
  return added;
}

export const clear = () => forget([PATH]);

// Of two entries of one name what counts; `kept` itself where nothing of the other does.
function joined(kept, entry) {
  if ("hands" in kept) return entry.time > kept.time ? entry : kept; // the newest show of hands
  if ("time" in kept) return entry.time < kept.time ? entry : kept; // the first answer
  const [solved, tries] = ["solved", "tries"].map((count) => (entry[count] ?? 0) - (kept[count] ?? 0));
  return solved > 0 || (solved === 0 && tries > 0) ? { ...kept, ...entry } : kept;
}

function parsed(text) {
  try {
    const held = JSON.parse(text);
    const entries = held && typeof held === "object" && !Array.isArray(held) ? Object.entries(held) : null;
    return entries?.every(([name, entry]) => isEntry(name, entry)) ? held : null;
  } catch {
    return null;
  }
}

// Whether it is what progress.py writes, which would set the whole file aside for the sake of one that is not.
function isEntry(name, entry) {
  if (!entry || typeof entry !== "object" || Array.isArray(entry)) return false;
  const known = Object.keys(entry).sort().join();
  if (name.startsWith(ASKED)) return known === "answer,right,time" && isAnswer(entry.answer) && isCount(entry.right, 1) && typeof entry.time === "string";
  if (name.startsWith("hands-")) return known === "hands,time" && Array.isArray(entry.hands) && entry.hands.every((one) => isCount(one)) && typeof entry.time === "string";
  return Object.entries(entry).every(([count, held]) =>
    (count === "answer" ? typeof held === "string" : COUNTS.includes(count) && isCount(held, count === "solved" ? 1 : MOST)));
}

const isCount = (held, most = MOST) => Number.isInteger(held) && held >= 0 && held <= most;

const isAnswer = (held) => typeof held === "number" || (Array.isArray(held) && held.every((one) => isCount(one)));

const textOf = ({ content, format }) => {
  if (format === "base64") return new TextDecoder().decode(Uint8Array.from(atob(content), (byte) => byte.charCodeAt(0)));
  return typeof content === "string" ? content : JSON.stringify(content);
};

function keep(text) {
  const now = new Date().toISOString();
  return write({
    name: PATH, path: PATH, type: "file", format: "text", mimetype: "application/json", content: text, writable: true,
    size: new TextEncoder().encode(text).length, created: now, last_modified: now,
  });
}
