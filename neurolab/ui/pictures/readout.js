// A thin line under the pointer, and the values of the curves at the nearest recorded time. All of
// it in the page: the arrays are those that the figure draws, so that pointing asks nothing of the
// kernel.

import { element } from "../js/dom.js";
import { follow, referredModel } from "../js/model.js";
import { followJumps } from "./jumps.js";
import { place, timeText, valueText } from "./readout_text.js";

const MOST = 6; // curves
const EDGE = 0.02; // how far beside the plotting area its ends can still be read

/** @typedef {import("../js/model.js").Model} Model */
/**
 * @typedef {{
 *   lines: string[], names: string[], colours: string[], unit: string, decimals: number,
 *   duration: number, margins: [number, number],
 * }} Traits
 */

/**
 * @param {string} text
 * @param {string} [colour]
 */
function part(text, colour = "") {
  const node = element("span", { textContent: text });
  node.style.color = colour;
  return node;
}

/**
 * bqplot leaves new data to a transition, which begins a frame later even where it takes no time.
 * The same path is set here at once. Should another version of bqplot have other insides, the
 * transition draws alone.
 * @param {any} curve a model of bqplot, whose views have no types
 */
async function drawAtOnce(curve) {
  /** @type {any[]} */
  const views = await Promise.all(Object.values(curve.views ?? {}));
  for (const view of views) {
    if (!view.d3el || !view.line || !view.path_closure) continue;
    /** @param {{ values: unknown }} drawn */
    const path = ({ values }) => view.line(values) + view.path_closure();
    view.d3el.selectAll(".curve").select(".line").attr("d", path);
  }
}

class ReadoutView {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    /** @type {Model[]} */
    this.curves = [];
    /** @type {(() => void)[]} */
    this.ends = [];
    /** @type {string[]} */
    this.wanted = [];
    /** @type {number | null} how far into the time axis the pointer is, from 0 to 1 */
    this.place = null;
    /** @type {Element | null} */
    this.figure = null;
    this.line = element("div", { className: "nl-pointer-line" });
    this.observer = new ResizeObserver(() => this.draw());
    el.classList.add("nl-readout-view");
  }

  async follow() {
    const wanted = this.model.get("lines");
    this.wanted = wanted;
    const curves = await Promise.all(
      wanted.map((reference) => referredModel(this.model, reference)),
    );
    if (this.wanted !== wanted) return; // others have been asked for meanwhile
    this.unfollow();
    this.curves = curves;
    const draw = () => this.draw();
    this.ends = curves.map((curve) =>
      follow(curve, { data_updated: () => drawAtOnce(curve), "change:x change:y": draw }),
    );
    this.draw();
  }

  unfollow() {
    for (const end of this.ends) end();
    this.ends = [];
  }

  /** @param {PointerEvent} event */
  point(event) {
    const figure = this.el.closest(".nl-traces-figure")?.querySelector(".nl-figure");
    if (!figure?.contains(/** @type {Node} */ (event.target))) {
      this.hide();
      return;
    }
    const { left, width } = figure.getBoundingClientRect();
    const [before, after] = this.model.get("margins");
    const place = (event.clientX - left - before) / Math.max(1, width - before - after);
    if (place < -EDGE || place > 1 + EDGE) {
      this.hide();
      return;
    }
    this.place = Math.min(Math.max(place, 0), 1);
    this.attach(figure);
    this.draw();
  }

  /** @param {Element} figure */
  attach(figure) {
    if (this.line.parentNode === figure) return;
    this.figure = figure;
    figure.append(this.line);
    this.observer.observe(figure);
  }

  hide() {
    if (this.place === null) return;
    this.place = null;
    this.line.remove();
    this.observer.disconnect();
    this.el.replaceChildren();
  }

  draw() {
    if (this.place === null || !this.curves.length || !this.figure) return;
    const duration = this.model.get("duration");
    const times = this.curves[0].get("x");
    if (!times?.length) return;
    const index = place(times, this.place * duration);
    const [before, after] = this.model.get("margins");
    const room = Math.max(1, this.figure.clientWidth - before - after);
    this.line.style.left = `${before + (times[index] / duration) * room - 0.5}px`;
    const time = part(`t ${timeText(times, index)} ms`);
    const values = this.curves.slice(0, MOST).map((curve, i) => this.value(curve, i, times[index]));
    this.el.replaceChildren(time, ...values);
  }

  /**
   * @param {Model} curve
   * @param {number} i
   * @param {number} time
   */
  value(curve, i, time) {
    const value = curve.get("y")[place(curve.get("x"), time)];
    const text = valueText(value ?? Number.NaN, this.model.get("decimals"));
    const name = this.model.get("names")[i];
    return part(`${name} ${text} ${this.model.get("unit")}`, this.model.get("colours")[i]);
  }
}

/**
 * Call functions at what pointers do. They are heard at the document: the figure comes later than
 * this, and a pointer outside of it has left it.
 * @param {ReadoutView} view
 * @returns {() => void} a function that ends it
 */
function hearPointers(view) {
  let mouse = "";
  let isFinger = false;
  /** @param {PointerEvent} event */
  const point = (event) => {
    // After a layout, browsers report a mouse that has not moved, or that has never been there. It
    // does not take back what a finger points at.
    const place = `${event.clientX} ${event.clientY}`;
    const isStill = event.pointerType === "mouse" && (mouse === "" || place === mouse);
    if (event.pointerType === "mouse") mouse = place;
    if (isStill && isFinger && event.type === "pointermove") return;
    isFinger = event.pointerType === "touch";
    view.point(event);
  };
  const hide = () => view.hide();
  /**
   * A mouse that goes out of the window; what a finger has pointed at can be read after it is
   * lifted.
   * @param {PointerEvent} event
   */
  const leave = (event) => {
    if (!event.relatedTarget && event.pointerType !== "touch") view.hide();
  };
  const stop = new AbortController();
  const options = { passive: true, signal: stop.signal };
  document.addEventListener("pointermove", point, options);
  document.addEventListener("pointerdown", point, options);
  document.addEventListener("pointercancel", hide, options);
  document.addEventListener("pointerout", leave, options);
  return () => stop.abort();
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const view = new ReadoutView(model, el);
  const ends = [
    hearPointers(view),
    followJumps(el),
    follow(model, {
      "change:lines": () => view.follow(),
      "change:duration change:decimals change:names": () => view.draw(),
    }),
  ];
  view.follow();
  return () => {
    for (const end of ends) end();
    view.unfollow();
    view.hide();
  };
}

export default { render };
