// The jumps of dashed curves. A dashed curve would have gaps in its jumps: these are drawn once
// more, without dashes.

import { set, svg } from "../js/dom.js";

/**
 * Return the vertical parts of a path, as another path.
 * @param {string | null} path
 */
export function jumps(path) {
  const points = (path ?? "").match(/-?[\d.]+(?:e[-+]?\d+)?/gi) ?? [];
  let d = "";
  for (let i = 2; i + 1 < points.length; i += 2) {
    if (points[i] === points[i - 2]) d += `M${points[i]},${points[i - 1]}V${points[i + 1]}`;
  }
  return d;
}

/** @param {SVGElement} line */
function drawJumps(line) {
  const dashed = line.style.strokeDasharray || getComputedStyle(line).strokeDasharray;
  let solid = line.parentElement?.querySelector(".nl-jumps");
  if (!dashed || dashed === "none") {
    solid?.remove();
    return;
  }
  if (!solid) {
    solid = svg("path", { class: "nl-jumps" });
    line.after(solid);
  }
  const { stroke, strokeWidth, opacity } = line.style;
  const look = `stroke: ${stroke}; stroke-width: ${strokeWidth}; opacity: ${opacity || 1}`;
  // To set an attribute to what it is would be another change to observe, so `set` does not.
  set(solid, { style: `fill: none; ${look}`, d: jumps(line.getAttribute("d")) });
}

/**
 * Follow whatever redraws the curves of a figure: new values, other limits, another size.
 * @param {HTMLElement} el
 * @returns {() => void} a function that ends it
 */
export function followJumps(el) {
  /** @type {Element | null} */
  let box = null;
  let isEnded = false;
  const draw = () => {
    /** @type {Iterable<SVGElement>} */
    const lines = box?.querySelectorAll(".curve .line") ?? [];
    for (const line of lines) drawJumps(line);
  };
  const observer = new MutationObserver(draw);
  const begin = () => {
    if (isEnded) return;
    box = el.closest(".nl-traces-figure");
    if (!box) {
      requestAnimationFrame(begin);
      return;
    }
    const attributeFilter = ["d", "style"];
    observer.observe(box, { subtree: true, childList: true, attributes: true, attributeFilter });
    draw();
  };
  begin();
  return () => {
    isEnded = true;
    observer.disconnect();
  };
}
