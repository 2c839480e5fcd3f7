// How far a long run is, with a button to stop it; afterwards, what became of it.

function element(tag, className, text = "") {
  return Object.assign(document.createElement(tag), { className, textContent: text });
}

function render({ model, el }) {
  const text = element("span", "nl-progress-text");
  const track = element("div", "nl-progress-track"), done = element("div", "nl-progress-done");
  const button = Object.assign(element("button", "nl-progress-button"), { type: "button" });
  track.setAttribute("role", "progressbar");
  track.setAttribute("aria-label", "the run");
  track.setAttribute("aria-valuemin", "0");
  track.setAttribute("aria-valuemax", "100");
  text.setAttribute("role", "status");
  track.append(done);
  const strip = element("div", "nl-progress-strip");
  strip.append(text, track, button);
  el.append(strip);

  const show = () => {
    const fraction = model.get("fraction"), message = model.get("message"), running = fraction >= 0;
    const percent = Math.round(100 * Math.max(fraction, 0));
    strip.hidden = !running && message === "";
    track.hidden = !running;
    done.style.width = `${percent}%`;
    track.setAttribute("aria-valuenow", percent);
    // The text is spoken when it changes: once, not with every percent.
    const said = running ? "running" : message;
    if (text.textContent !== said) text.textContent = said;
    button.hidden = !running && !model.get("can_run");
    button.textContent = running ? "Stop" : "Run";
    button.title = running ? "Stop the run; the pictures stay as they are" : "Run what the controls hold";
  };
  button.addEventListener("click", () => model.send({ action: model.get("fraction") >= 0 ? "stop" : "run" }));
  const names = ["fraction", "message", "can_run"].map((name) => `change:${name}`).join(" ");
  model.on(names, show);
  show();
  return () => model.off(names, show);
}

export default { render };
