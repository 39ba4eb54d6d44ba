// The keys that a lecturer presses, or a clicker for him, and a finger on a touch screen.

import { say } from "./say.js";

// What uses an arrow or the blank itself while it has the focus.
const ARROWS = "input, select, textarea, [role=slider], [contenteditable=true], .cm-editor, .simlib-terminal, .simlib-stage [role=button], .simlib-flow button, .simlib-rules button";
const BLANK = `${ARROWS}, button, summary, a`;
const TYPING = "input:not([type=range]):not([type=checkbox]):not([type=radio]), textarea, [contenteditable=true], .cm-editor";
const FAR = 60; // px that a finger goes

// `act`: step(by), first(), last(), black(), code(), presenter(), go(number), rename(text).
export function listen(act) {
  let number = null;
  document.addEventListener("keydown", (event) => { // before whatever has the focus
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const at = (what) => event.target.closest?.(what), key = event.key;
    const done = (what) => { what(); event.preventDefault(); event.stopPropagation(); };
    if (key === "PageDown") return done(() => act.step(1));
    if (key === "PageUp") return done(() => act.step(-1));
    if (key === "Escape") return done(() => { number = null; act.rename(""); document.activeElement?.blur(); });
    if (number !== null) {
      if (/^\d$/.test(key)) return done(() => { number += key; act.rename(say("to slide {n}", { n: number })); });
      if (key === "Enter") return done(() => { const to = Number(number); number = null; if (to) act.go(to); else act.rename(""); });
    }
    if (!at(ARROWS)) {
      if (key === "ArrowRight" || key === "ArrowDown") return done(() => act.step(1));
      if (key === "ArrowLeft" || key === "ArrowUp") return done(() => act.step(-1));
      if (key === "Home") return done(act.first);
      if (key === "End") return done(act.last);
    }
    if (key === " " && !at(BLANK)) return done(() => act.step(event.shiftKey ? -1 : 1));
    if (at(TYPING)) return;
    const letter = { b: act.black, ".": act.black, c: act.code, n: act.presenter, g: () => { number = ""; act.rename(say("to slide {n}", { n: "…" })); } }[key.toLowerCase()];
    if (letter && !at("select")) done(letter);
  }, true);
  let from = null;
  document.addEventListener("touchstart", (event) => { from = event.target.closest?.(ARROWS) ? null : event.changedTouches[0]; }, { passive: true });
  document.addEventListener("touchend", (event) => {
    const to = event.changedTouches[0], x = from ? to.clientX - from.clientX : 0, y = from ? to.clientY - from.clientY : 0;
    if (Math.abs(x) > FAR && Math.abs(x) > 2 * Math.abs(y)) act.step(x < 0 ? 1 : -1);
  }, { passive: true });
}
