// The heading of a part of the page that folds away. It turns at once; the kernel shows or hides
// what lies below.

import { element, set } from "../js/dom.js";
import { follow } from "../js/model.js";

/** @typedef {{ title: string, hint: string, opened: boolean }} Traits */

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const arrow = set(element("span", { className: "nl-fold-arrow" }), { "aria-hidden": true });
  const title = element("span", { className: "nl-fold-title" });
  const hint = element("span", { className: "nl-fold-hint" });
  const button = element("button", { type: "button" }, arrow, title, hint);
  el.classList.add("nl-fold-heading");
  el.append(element("h2", {}, button));

  const draw = () => {
    title.textContent = model.get("title");
    hint.textContent = model.get("hint");
    set(button, { "aria-expanded": model.get("opened") });
  };
  button.addEventListener("click", () => {
    model.set("opened", !model.get("opened"));
    model.save_changes();
  });
  draw();
  return follow(model, { "change:title change:hint change:opened": draw });
}

export default { render };
