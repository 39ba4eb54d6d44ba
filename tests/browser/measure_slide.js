// Of the page of a slide that is shown: what reaches beyond it or is cut, type below `least` percent of the screen's
// height, and telling numbers that are not inside the window, or run out of the column beside the charts.
(least) => {
  const slide = document.querySelector(".lecture-slide.shown"), area = (one) => one.getBoundingClientRect();
  const low = area(document.querySelector(".lecture-bar")).top, all = (what) => Array.from(slide.querySelectorAll(what));
  const visible = (one) => {
    const { visibility, display, clipPath } = getComputedStyle(one), { width, height } = area(one);
    return visibility !== "hidden" && display !== "none" && clipPath === "none" && width > 1 && height > 1;
  };
  const beyond = [], small = [], walker = document.createTreeWalker(slide, NodeFilter.SHOW_TEXT), range = document.createRange();
  while (walker.nextNode()) {
    const text = walker.currentNode, holder = text.parentElement, said = text.data.trim().slice(0, 40);
    if (!said || holder.closest("style, script, option") || !visible(holder)) continue;
    range.selectNodeContents(text);
    const { width, bottom, right } = area(range);
    if (width < 2) continue;
    const scrolled = holder.closest(".stepped, .told, .said"); // a step of a long text, what is told below a picture, a console
    const hangs = getComputedStyle(holder).whiteSpaceCollapse === "preserve"; // blanks at the end of a broken line, which nobody sees
    if (!scrolled && (bottom > low + 2 || (right > innerWidth + 2 && !hangs))) beyond.push(said);
    const size = (100 * parseFloat(getComputedStyle(holder).fontSize)) / 727; // a screen's height in the slide's own px
    if (size < least - 0.01) small.push(`${size.toFixed(2)} %: ${said}`);
  }
  for (const one of all("canvas, svg")) if (visible(one) && !one.closest(".stepped") && area(one).bottom > low + 2) beyond.push(one.tagName);
  for (const one of all("pre, table")) {
    if (visible(one) && one.clientWidth && one.scrollWidth > one.clientWidth + 3) beyond.push(`cut: ${one.textContent.trim().slice(0, 40)}`);
  }
  const labs = all(".simlib-lab").filter((lab) => Array.from(lab.querySelectorAll("canvas, .simlib-stage")).some(visible));
  const cells = labs.flatMap((lab) => Array.from(lab.querySelectorAll(".simlib-telling td")));
  const outside = (cell) => area(cell).bottom > low || area(cell).right > area(cell.closest(".simlib-parts > *")).right + 2;
  const telling = cells.filter((cell) => !visible(cell) || outside(cell)).map((cell) => cell.textContent);
  return { beyond, small, telling };
}
