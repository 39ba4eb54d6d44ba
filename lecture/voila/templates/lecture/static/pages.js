// What a slide holds is shown in pages that fit the screen: small things together, a lab view by view, a long text in steps.

const MARGIN = 2; // px that rounding may cost
const STEP = 0.92; // of the screen, so that a line or two are seen twice
const LEAST = 20; // px of a column or a view that holds something

// The pages of a slide: of each what is shown, and how far a long text is scrolled. `room` is the height in px.
export function pagesOf(slide, room) {
  const pages = [];
  let page = null, left = 0;
  const fresh = () => { page = { shown: new Set(), scrolled: new Map() }; pages.push(page); left = room; };
  const inSteps = (node, high, beside) => { // what is longer than the screen
    for (let top = 0; top + room * (1 - STEP) < high - MARGIN; top += room * STEP) { // until the step before has reached its end
      fresh();
      for (const one of [node, ...beside]) page.shown.add(one);
      page.scrolled.set(node, top);
      left = 0;
    }
  };
  for (const unit of slide.flatMap(units)) {
    const high = heightOf(unit.node);
    if (unit.parts) { // each part on a page of its own, beside what always stands there
      for (const part of grouped(unit.parts, room)) {
        if (heightOf(part[0]) > room) { inSteps(part[0], heightOf(part[0]), unit.always); continue; }
        fresh();
        for (const one of [...unit.always, ...part]) page.shown.add(one);
        left = 0;
      }
    } else if (high > room + MARGIN) inSteps(unit.node, high, []);
    else {
      if (!page || high > left + MARGIN) fresh();
      page.shown.add(unit.node);
      left -= high;
    }
  }
  return pages;
}

export const everything = (slide) => slide.flatMap(units).flatMap((unit) => [unit.node, ...(unit.always ?? []), ...(unit.parts ?? [])]);

// What of a node may stand on pages of their own, in order.
function units(node) {
  if (!isThere(node)) return [];
  if (node.matches(".simlib-predict.simlib-open")) return ofPrediction(node);
  if (node.matches(".simlib-lab")) return ofLab(node);
  if (node.matches(".simlib-exercise, .simlib-terminal, .simlib-stage, .simlib-flow, .simlib-rules, .simlib-read, .echarts-widget-auto-width, pre, table, p, ul, ol, blockquote, svg, img")) return [{ node }];
  const children = [...node.children].filter(isThere);
  return children.length ? children.flatMap(units) : node.textContent.trim() ? [{ node }] : [];
}

// A question that was answered: what was asked and what came, then the lab.
function ofPrediction(node) {
  const [asked, field, button, told, kept, opened] = node.children;
  void field, button;
  return [{ node: asked }, { node: told }, { node: kept }].filter((unit) => isThere(unit.node)).concat([...opened.children].flatMap(units));
}

// A lab: controls and telling numbers always, its views one after the other where they do not fit together.
function ofLab(node) {
  const parts = node.querySelector(".simlib-parts");
  if (!parts) return [...node.children].flatMap(units); // runs side by side, a search
  const columns = [...parts.children], controls = columns[0]; // the folded numbers are not for the wall
  const views = columns.slice(1).filter((column) => column.style.gridArea !== "numbers").flatMap((column) => [...column.children]).filter((view) => isThere(view) && heightOf(view) > LEAST);
  if (!views.length && heightOf(controls) < LEAST) return []; // nothing but numbers
  return [{ node, always: [controls], parts: views.length ? views : [controls] }];
}

function grouped(parts, room) {
  const groups = [];
  let left = 0;
  for (const part of parts) {
    const high = heightOf(part);
    if (!groups.length || high > left) { groups.push([]); left = room; }
    groups.at(-1).push(part);
    left -= high;
  }
  return groups;
}

const isThere = (node) => !node.matches("style, script, .lecture-folded, .jp-Cell-inputWrapper") && getComputedStyle(node).display !== "none";

function heightOf(node) {
  const style = getComputedStyle(node);
  return node.getBoundingClientRect().height + parseFloat(style.marginTop) + parseFloat(style.marginBottom);
}
