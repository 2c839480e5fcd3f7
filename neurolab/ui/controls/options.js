// One of several statements, which may hold formulas: a group of radio buttons.

import { element } from "../js/dom.js";
import { follow } from "../js/model.js";

/** @typedef {{ legend: string, options: string[], chosen: number }} Traits */

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  // Each widget loads this module anew, so that nothing in it could count the groups of the page.
  const name = `nl-options-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  const legend = element("legend");
  const field = element("fieldset");
  el.classList.add("nl-options");
  el.append(field);

  /**
   * @param {string} html
   * @param {number} place
   */
  const option = (html, place) => {
    const checked = model.get("chosen") === place;
    const input = element("input", { type: "radio", name, checked });
    input.addEventListener("change", () => {
      model.set("chosen", place);
      model.save_changes();
    });
    // The kernel has written it, and turned markup of others into text.
    const text = element("span", { innerHTML: html });
    return element("label", {}, input, text);
  };
  const draw = () => {
    legend.textContent = model.get("legend");
    field.replaceChildren(legend, ...model.get("options").map(option));
  };
  const mark = () => {
    for (const [place, input] of field.querySelectorAll("input").entries()) {
      input.checked = model.get("chosen") === place;
    }
  };
  draw();
  return follow(model, { "change:options change:legend": draw, "change:chosen": mark });
}

export default { render };
