// Gives each field the name that stands over it: ipywidgets draws sliders without one, and screen readers need it.
// Keeps the arrow keys for lists and radio buttons, which JupyterLab would take for its cells.
// Answers the kernel, which then knows that all that was changed before has come.
// Has a screen reader tell the numbers that a move has changed, and says of a chart that it is a picture. What is named says so (data-named).
const CHOICES = "select, input[type=radio]";
const FIELDS = "[role=slider], select, textarea, input[type=text], [contenteditable=true]";

function render({ el }) {
  el.classList.add("simlib-names"); // all that is seen of it on the page
  el.style.display = "none";
  const name = () => {
    const lab = el.closest(".simlib-named");
    if (!lab) return;
    for (const chart of lab.querySelectorAll("[_echarts_instance_][aria-label]:not([role])")) chart.setAttribute("role", "img");
    for (const live of lab.querySelectorAll(".simlib-live")) live.setAttribute("aria-live", "polite");
    for (const choice of lab.querySelectorAll(CHOICES)) choice.dataset.lmSuppressShortcuts = "true";
    for (const part of lab.querySelectorAll(".simlib-control")) {
      const label = part.querySelector(".simlib-label")?.textContent;
      if (!label) continue;
      for (const field of part.querySelectorAll(FIELDS)) {
        if (field.getAttribute("aria-label") !== label) field.setAttribute("aria-label", label);
      }
    }
    lab.dataset.named = "true";
  };
  const watch = new MutationObserver(name);
  const begin = () => {
    const lab = el.closest(".simlib-named");
    if (!lab) return requestAnimationFrame(begin); // not in the page yet
    watch.observe(lab, { childList: true, subtree: true, attributes: true, attributeFilter: ["aria-label", "_echarts_instance_"] });
    name();
  };
  begin();
  return () => watch.disconnect();
}

function initialize({ model }) {
  model.on("msg:custom", ({ hear }) => model.send({ heard: hear }));
}

export default { initialize, render };
