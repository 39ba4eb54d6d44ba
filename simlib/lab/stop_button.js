// A Stop for a cell that is running: the kernel's messages wait until it has ended, a channel of the browser's own does not.

function render({ model, el }) {
  const say = speaker(model);
  const channel = new BroadcastChannel(model.get("channel"));
  const button = document.createElement("button");
  button.type = "button";
  button.className = "lm-Widget jupyter-widgets jupyter-button widget-button";
  button.style.width = "auto";
  button.textContent = say("Stop");
  button.title = say("end it after the run that is being made; what is done by then is shown");
  button.addEventListener("click", () => {
    channel.postMessage("stop");
    button.disabled = true; // it is heard when that run has ended
  });
  const show = () => {
    const offered = model.get("offered");
    button.style.display = offered ? "" : "none";
    button.disabled &&= offered; // the next experiment can be stopped, too
  };
  model.on("change:offered", show);
  show();
  el.append(button);
  return () => channel.close();
}

export default { render };
