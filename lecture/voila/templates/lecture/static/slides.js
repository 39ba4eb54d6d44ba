// Gathers the cells of a lesson into slides, each in pages that fit the screen, and turns them over.
import { everything, pagesOf } from "./pages.js";
import { listen } from "./keys.js";
import { presenter } from "./presenter.js";
import { say, speak } from "./say.js";

const HIGH = 727; // px of a screen's height for which all sizes are meant: 16 px are 2.2 % of it
const FRAME = 44; // of these px stand round what is shown: the frames of a question, of a lab
const root = document.documentElement;

export async function lecture(language) {
  await speak(language);
  const slides = gathered(), head = element("header", "lecture-head"), black = element("div", "lecture-black");
  const bar = element("nav", "lecture-bar"), place = element("span", "place"), title = element("span", "title");
  const button = (text, label, act) => { const made = element("button", "", text); made.setAttribute("aria-label", label); made.onclick = act; return made; };
  place.setAttribute("role", "status");
  title.append(...inLanguages(document.querySelector(".lecture-cell h1")?.textContent.replace("¶", "") ?? ""));
  for (const heading of document.querySelectorAll(".lecture-cell h1, .lecture-cell h2, .lecture-cell h3")) heading.replaceChildren(...inLanguages(heading.textContent.replace("¶", "")));
  bar.setAttribute("aria-label", say("the lecture"));
  black.hidden = true;
  let shown = 0, page = 0, pages = [], known = "";

  function fit() { // whatever the screen, it has the same height in these px
    root.style.setProperty("--lecture-zoom", innerHeight / HIGH);
  }

  // Show a slide, counted from 0, and a page of it; a negative one is counted from its end.
  function show(to, at = 0) {
    const before = slides[shown];
    shown = Math.max(0, Math.min(slides.length - 1, to));
    const slide = slides[shown];
    if (before !== slide) before.element.classList.remove("shown");
    slide.element.classList.add("shown");
    head.replaceChildren(...inLanguages(slide.own ? "" : slide.title));
    head.hidden = slide.own || !slide.title;
    turn(at);
    known = sizes();
    place.textContent = `${shown + 1} / ${slides.length}${pages.length > 1 ? ` · ${say("{n} of {all}", { n: page + 1, all: pages.length })}` : ""}`;
    history.replaceState(null, "", `#${shown + 1}${page ? `.${page + 1}` : ""}`);
    window.dispatchEvent(new CustomEvent("lecture-slide", { detail: state() }));
  }

  function turn(at) {
    const slide = slides[shown].element, all = () => everything(slides[shown].cells);
    for (const node of slide.querySelectorAll(".off, .stepped")) { node.classList.remove("off", "stepped"); node.style.maxHeight = ""; }
    const room = Math.max(100, slide.getBoundingClientRect().height - padding(slide) - FRAME * zoom());
    pages = pagesOf(slides[shown].cells, room);
    page = Math.max(0, Math.min(pages.length - 1, at < 0 ? pages.length + at : at));
    const now = pages[page];
    if (!now) return;
    for (const node of all()) if (![...now.shown].some((one) => one === node || one.contains(node) || node.contains(one))) node.classList.add("off");
    for (const [node, top] of now.scrolled) {
      node.classList.add("stepped");
      node.style.maxHeight = `${room / zoom()}px`;
      node.scrollTop = top / zoom();
    }
    slide.scrollTop = 0;
  }

  const zoom = () => Number(root.style.getPropertyValue("--lecture-zoom"));
  const padding = (node) => { const style = getComputedStyle(node); return (parseFloat(style.paddingTop) + parseFloat(style.paddingBottom)) * zoom(); };
  const state = () => ({ slide: shown, page, pages: pages.length, of: slides.length, name: slides[shown].name, title: slides[shown].title, next: slides[shown + 1] ? `${slides[shown + 1].title}: ${begin(slides[shown + 1])}` : "" });
  const step = (by) => {
    const to = page + by;
    if (to >= 0 && to < pages.length) show(shown, to);
    else if (shown + by >= 0 && shown + by < slides.length) show(shown + by, by < 0 ? -1 : 0);
  };
  const lessons = button("☰", say("all lessons"), () => { location.href = document.body.dataset.entry ?? "/"; });
  bar.append(lessons, button("◀", say("back"), () => step(-1)), button("▶", say("on"), () => step(1)), place, title,
    button(say("Code (C)"), say("show the code, or hide it"), () => act.code()), button(say("Notes (N)"), say("open the presenter's window"), () => act.presenter()));
  const notes = presenter(state, (by) => step(by));
  const act = {
    step,
    first: () => show(0),
    last: () => show(slides.length - 1, -1),
    black: () => { black.hidden = !black.hidden; },
    code: () => { document.body.classList.toggle("code"); regather(); },
    presenter: () => notes.open(),
    go: (number) => show(number - 1),
    rename: (text) => { place.textContent = text || place.textContent; if (!text) show(shown, page); },
  };

  function regather() { // slides that hold nothing but code are there only while code is shown
    const now = slides[shown].cells[0];
    slides.splice(0, slides.length, ...gathered());
    show(Math.max(0, slides.findIndex((slide) => slide.cells.includes(now))));
  }

  const again = () => requestAnimationFrame(() => { fit(); show(shown, page); });
  const sizes = () => slides[shown].cells.map((cell) => `${cell.offsetWidth} ${cell.offsetHeight}`).join();
  let waiting = 0;
  const watch = new ResizeObserver(() => { // what a lab has made of a move; not what turning a page has made
    clearTimeout(waiting);
    waiting = setTimeout(() => { if (sizes() !== known) show(shown, page); }, 120);
  });

  document.body.append(head, bar, black);
  document.body.classList.add("lecture");
  for (const details of document.querySelectorAll(".lecture-slide details")) details.open = true;
  for (const slide of slides) for (const cell of slide.cells) watch.observe(cell);
  listen(act);
  addEventListener("resize", again);
  addEventListener("hashchange", () => { const [to, at] = location.hash.slice(1).split("."); if (Number(to) !== shown + 1) show((Number(to) || 1) - 1, (Number(at) || 1) - 1); });
  fit();
  const [to, at] = location.hash.slice(1).split(".");
  show((Number(to) || 1) - 1, (Number(at) || 1) - 1);
}

const element = (tag, name, text = "") => Object.assign(document.createElement(tag), { className: name, textContent: text });

// The cells of a lesson as slides: each begins where its metadata says so, and has the last heading above or on it.
function gathered() {
  const slides = [], code = document.body.classList.contains("code");
  let title = "";
  for (const old of document.querySelectorAll(".lecture-slide")) old.replaceWith(...old.children);
  for (const cell of document.querySelectorAll(".lecture-cell")) {
    const kind = cell.dataset.slide;
    if (kind === "skip" || kind === "notes") continue;
    if (kind === "slide" || kind === "subslide" || !slides.length) slides.push({ cells: [] });
    slides.at(-1).cells.push(cell);
  }
  const full = slides.filter(({ cells }) => cells.some((cell) => code || !isCodeOnly(cell)));
  for (const { cells } of slides) for (const cell of cells) cell.classList.toggle("lecture-unseen", !full.some((slide) => slide.cells.includes(cell)));
  full.forEach((slide, n) => {
    const heading = slide.cells.map((cell) => cell.querySelector("h1, h2")).find(Boolean);
    if (heading) title = heading.textContent.replace("¶", "");
    slide.title = title;
    slide.own = heading?.tagName === "H1";
    slide.name = slide.cells.map((cell) => cell.dataset.tags).find((tags) => tags?.includes("ask-")) ?? (n ? "" : "start");
    slide.element = element("section", "lecture-slide");
    slide.cells[0].before(slide.element);
    slide.element.append(...slide.cells);
    if (heading && !slide.own) heading.classList.add("lecture-folded");
  });
  return full;
}

// A heading is English, and Japanese behind a dot: a screen reader and the choice of glyphs want to know.
function inLanguages(text) {
  const [english, ...japanese] = text.split(" · ");
  return japanese.length ? [`${english} · `, Object.assign(document.createElement("span"), { lang: "ja", textContent: japanese.join(" · ") })] : [english];
}

// The first words of a slide, for the presenter.
function begin({ cells }) {
  const first = cells.map((cell) => cell.querySelector(".question, p, li, pre, table")?.textContent.trim()).find(Boolean) ?? "";
  return first.length > 90 ? `${first.slice(0, 90)}…` : first;
}

const isCodeOnly = (cell) => !cell.querySelector(".jp-RenderedMarkdown, .jp-OutputArea-child, .jp-OutputArea-output");
