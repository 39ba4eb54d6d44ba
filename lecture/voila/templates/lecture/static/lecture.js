// Gathers the cells into slides and turns them over by key, by button or by address (#12).
const BUSY = "input, select, textarea, button, summary, a, [role=slider], [contenteditable=true], .cm-editor, .simlib-terminal, .simlib-flow";
const STEPS = { ArrowRight: 1, PageDown: 1, " ": 1, ArrowLeft: -1, PageUp: -1, Home: -Infinity, End: Infinity };

const slides = [];
for (const cell of document.querySelectorAll(".lecture-cell")) {
  const kind = cell.dataset.slide;
  if (kind === "slide" || kind === "subslide" || !slides.length) slides.push({ cells: [], notes: [] });
  (kind === "notes" ? slides.at(-1).notes : slides.at(-1).cells).push(cell);
}
for (const slide of slides) {
  slide.element = document.createElement("section");
  slide.element.className = "lecture-slide";
  slide.cells[0]?.before(slide.element);
  slide.element.append(...slide.cells);
}

const bar = document.createElement("nav");
bar.className = "lecture-bar";
bar.innerHTML = `<button class="back" aria-label="previous slide">◀</button><button class="on" aria-label="next slide">▶</button>
<span class="place" role="status"></span><span class="title"></span><button class="notes" aria-pressed="false">Notes (N)</button>`;
const notes = document.createElement("aside");
notes.className = "lecture-notes";
notes.hidden = true;
document.body.append(notes, bar);
document.body.classList.add("lecture");

let shown = 0;
const told = (place) => slides[place].notes.map((cell) => cell.querySelector(".jp-RenderedMarkdown")?.innerHTML ?? "").join("");
function show(place) {
  shown = Math.max(0, Math.min(slides.length - 1, place));
  slides.forEach((slide, n) => slide.element.classList.toggle("shown", n === shown));
  bar.querySelector(".place").textContent = `${shown + 1} / ${slides.length}`;
  bar.querySelector(".title").textContent = document.querySelector("h1")?.textContent.replace("¶", "") ?? "";
  notes.innerHTML = told(shown) || "<p>No notes for this slide.</p>";
  history.replaceState(null, "", `#${shown + 1}`);
}
function toggleNotes() {
  notes.hidden = !notes.hidden;
  bar.querySelector(".notes").setAttribute("aria-pressed", String(!notes.hidden));
}

bar.querySelector(".back").onclick = () => show(shown - 1);
bar.querySelector(".on").onclick = () => show(shown + 1);
bar.querySelector(".notes").onclick = toggleNotes;
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.target.closest?.(BUSY)) return;
  if (event.key in STEPS) show(shown + STEPS[event.key]);
  else if (event.key.toLowerCase() === "n") toggleNotes();
  else return;
  event.preventDefault();
});
addEventListener("hashchange", () => show(Number(location.hash.slice(1)) - 1 || 0));
show(Number(location.hash.slice(1)) - 1 || 0);
