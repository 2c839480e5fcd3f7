// Spikes as vertical strokes. Drag moves, a click on an empty place adds, a double click, Delete or
// the button removes.

import { follow } from "../js/model.js";
import { RasterPointer } from "./raster_pointer.js";
import { RasterView } from "./raster_view.js";

/** @typedef {import("./raster_view.js").Traits} Traits */

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const view = new RasterView(model, el);
  new RasterPointer(view);
  const draw = () => view.draw();
  /** @param {PointerEvent} event */
  const pressElsewhere = ({ target }) => {
    if (!el.contains(/** @type {Node | null} */ (target))) view.wanted = null;
  };
  const end = follow(model, {
    "change:duration change:ticks change:step change:lit": draw,
    "change:rows": () => view.follow(),
    "change:answered": () => view.answered(),
  });
  document.addEventListener("pointerdown", pressElsewhere);
  requestAnimationFrame(draw);
  return () => {
    end();
    view.observer.disconnect();
    document.removeEventListener("pointerdown", pressElsewhere);
  };
}

export default { render };
