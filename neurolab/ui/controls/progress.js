// How far a long run is, with a button to stop it; afterwards, how it ended.

import { element, set, write } from "../js/dom.js";
import { follow } from "../js/model.js";

/** @typedef {{ fraction: number, message: string, can_run: boolean }} Traits */

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const text = set(element("span", { className: "nl-progress-text" }), { role: "status" });
  const done = element("div", { className: "nl-progress-done" });
  const track = element("div", { className: "nl-progress-track" }, done);
  const button = element("button", { type: "button", className: "nl-progress-button" });
  const strip = element("div", { className: "nl-progress-strip" }, text, track, button);
  set(track, { role: "progressbar", "aria-label": "the run", "aria-valuemin": 0 });
  set(track, { "aria-valuemax": 100 });
  el.append(strip);

  const show = () => {
    const fraction = model.get("fraction");
    const message = model.get("message");
    const isRunning = fraction >= 0;
    const percent = Math.round(100 * Math.max(fraction, 0));
    strip.hidden = !isRunning && message === "";
    track.hidden = !isRunning;
    done.style.width = `${percent}%`;
    set(track, { "aria-valuenow": percent });
    // The text is spoken when it changes: once, not with every percent.
    write(text, isRunning ? "running" : message);
    button.hidden = !isRunning && !model.get("can_run");
    button.textContent = isRunning ? "Stop" : "Run";
    button.title = isRunning
      ? "Stop the run; the pictures stay as they are"
      : "Run what the controls hold";
  };
  button.addEventListener("click", () => {
    model.send({ action: model.get("fraction") >= 0 ? "stop" : "run" });
  });
  show();
  return follow(model, { "change:fraction change:message change:can_run": show });
}

export default { render };
