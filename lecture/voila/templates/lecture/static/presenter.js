// The presenter's window: what is shown is told to it, and what is pressed there turns the slides here.
// The notes are fetched there; the page that is projected never has them.

const lesson = () => document.body.dataset.lesson ?? decodeURIComponent(location.pathname.split("/").at(-1)).replace(".ipynb", "");

export function presenter(state, step) {
  const name = `lecture ${location.pathname} ${lesson()}`, channel = new BroadcastChannel(name);
  const tell = () => channel.postMessage({ ...state(), hands: hands() });
  channel.onmessage = ({ data }) => {
    if (data.step) step(data.step);
    if (data.ask) tell();
  };
  addEventListener("lecture-slide", tell);
  document.addEventListener("change", () => setTimeout(tell, 50));
  return {
    open() {
      const at = document.body.dataset.lecture ?? new URL(".", import.meta.url).href;
      window.open(`${at}presenter.html?channel=${encodeURIComponent(name)}&lesson=${encodeURIComponent(lesson())}&language=${document.documentElement.lang}`, "presenter", "width=900,height=700");
    },
  };
}

// The hands that were counted on the slide that is shown.
function hands() {
  const fields = document.querySelectorAll(".lecture-slide.shown .simlib-hands input[type=number]");
  return [...fields].map((field) => [field.closest(".widget-box")?.querySelector(".simlib-label")?.textContent ?? "", field.value]);
}
