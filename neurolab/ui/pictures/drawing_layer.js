// A curve over the hidden part of a figure. Drawing anywhere changes what lies under the pen; eight
// of its points can be taken by the keyboard, and carry their neighbourhood with them.

import { set, svg } from "../js/dom.js";
import { follow } from "../js/model.js";
import { lead, stroke, within } from "./drawn_curve.js";

const STEPS = 40; // of an arrow key, over the height of the figure
const LEAP = 5; // times as much with Page up and Page down
const ROOM = 170; // pixels, from which there is space for a phrase
const BRINK = 14; // pixels before the hidden part, where the trace ends and one begins to draw

/** @typedef {import("./drawn_curve.js").Pen} Pen */
/**
 * @typedef {{
 *   values: number[], handles: number, low: number, high: number, begin: number, end: number,
 *   room: [number, number, number, number], name: string, unit: string,
 * }} Traits
 */

/** @param {number} value */
const rounded = (value) => Number(value.toPrecision(3));

class DrawingView {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.values = [...model.get("values")];
    this.active = 0; // the handle that Tab leads to
    /** @type {Pen | null} where the pen was last */
    this.pen = null;
    /** @type {number | null} the finger that holds the pen */
    this.pointer = null;
    /** @type {HTMLElement | null} */
    this.figure = null;
    /** @type {Element | null} what had the focus before */
    this.from = null;
    this.waiting = 0;
    this.paper = svg("rect", { class: "paper" });
    this.brink = svg("rect", { class: "brink", x: -BRINK, width: BRINK });
    this.words = svg("text", { class: "words", x: 8, y: 18 });
    this.curve = svg("polyline", { class: "drawn" });
    this.dots = Array.from({ length: model.get("handles") }, (_, index) => this.dot(index));
    const attributes = { class: "nl-drawing", role: "group" };
    const parts = [this.paper, this.brink, this.words, this.curve, ...this.dots];
    this.root = svg("svg", attributes, ...parts);
    this.hear();
    this.observer = new ResizeObserver(() => this.draw());
  }

  hear() {
    for (const part of [this.paper, this.brink]) {
      part.addEventListener("pointerdown", (event) => this.press(event));
    }
    this.paper.addEventListener("pointermove", (event) => this.move(event));
    this.paper.addEventListener("pointerup", (event) => this.lift(event));
    this.paper.addEventListener("pointercancel", (event) => this.lift(event));
  }

  /** @param {number} index */
  dot(index) {
    const node = svg(
      "g",
      { class: "dot", role: "slider", "aria-orientation": "vertical" },
      svg("circle", { r: 14, class: "touch" }),
      svg("circle", { r: 5, class: "mark" }),
    );
    node.addEventListener("keydown", (event) => this.key(event, index));
    node.addEventListener("focus", () => {
      this.active = index;
      this.draw();
    });
    return node;
  }

  /** Wait for the figure, which is put on the page after this. */
  attach() {
    /** @type {HTMLElement | null | undefined} */
    const figure = this.el.closest(".nl-traces-figure")?.querySelector(".nl-figure");
    if (!figure) {
      this.waiting = requestAnimationFrame(() => this.attach());
      return;
    }
    this.figure = figure;
    figure.append(this.root);
    this.observer.observe(figure);
    this.draw();
    // Someone who asked for this by a key goes on by keys, and comes back by Enter.
    this.from = document.activeElement;
    if (this.from?.matches(".nl-predict button:focus-visible")) this.dots[0].focus();
  }

  leave() {
    cancelAnimationFrame(this.waiting);
    this.observer.disconnect();
    this.root.remove();
  }

  get last() {
    return this.values.length - 1;
  }

  get size() {
    return [Math.max(1, this.root.clientWidth), Math.max(1, this.root.clientHeight)];
  }

  get range() {
    return [this.model.get("low"), this.model.get("high")];
  }

  /** @param {number} handle */
  corner(handle) {
    return Math.round(((handle + 1) * this.last) / this.dots.length);
  }

  /** @param {number} corner */
  x(corner) {
    return (corner / this.last) * this.size[0];
  }

  /** @param {number} value */
  y(value) {
    const [low, high] = this.range;
    return ((high - value) / (high - low)) * this.size[1];
  }

  /**
   * @param {PointerEvent} event
   * @returns {Pen}
   */
  at(event) {
    const { left, top } = this.paper.getBoundingClientRect();
    const [width, height] = this.size;
    const [low, high] = this.range;
    const value = high - ((event.clientY - top) / height) * (high - low);
    return {
      corner: within(((event.clientX - left) / width) * this.last, 0, this.last),
      value: within(value, low, high),
    };
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (event.button > 0 || (this.pen && !event.isPrimary)) return;
    event.preventDefault();
    this.paper.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.pen = this.at(event);
    this.strokeTo(this.pen);
  }

  /** @param {PointerEvent} event */
  move(event) {
    if (!this.pen || event.pointerId !== this.pointer) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) this.strokeTo(this.at(part));
  }

  /** @param {PointerEvent} event */
  lift(event) {
    if (!this.pen || event.pointerId !== this.pointer) return;
    this.pen = null;
    this.send();
  }

  /** @param {Pen} pen */
  strokeTo(pen) {
    stroke(this.values, this.pen ?? pen, pen);
    this.pen = pen;
    this.draw();
  }

  /**
   * @param {KeyboardEvent} event
   * @param {number} handle
   */
  key(event, handle) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const value = this.valueByKey(event.key, this.values[this.corner(handle)]);
    const other = { ArrowLeft: handle - 1, ArrowRight: handle + 1 }[event.key];
    if (event.key === "Enter" || event.key === "Escape") this.goBack();
    else if (other !== undefined) this.dots[within(other, 0, this.dots.length - 1)].focus();
    else if (value !== undefined) this.lead(handle, value);
    else return;
    event.preventDefault();
  }

  goBack() {
    if (this.from instanceof HTMLElement) this.from.focus();
  }

  /**
   * Where a key moves a value; undefined for other keys.
   * @param {string} key
   * @param {number} here
   */
  valueByKey(key, here) {
    const [low, high] = this.range;
    const step = (high - low) / STEPS;
    return {
      ArrowUp: here + step,
      ArrowDown: here - step,
      PageUp: here + LEAP * step,
      PageDown: here - LEAP * step,
      Home: low,
      End: high,
    }[key];
  }

  /**
   * @param {number} handle
   * @param {number} value
   */
  lead(handle, value) {
    const [low, high] = this.range;
    const corners = [
      handle ? this.corner(handle - 1) : 0,
      this.corner(handle),
      handle + 1 < this.dots.length ? this.corner(handle + 1) : this.corner(handle),
    ];
    lead(this.values, corners, within(rounded(value), low, high));
    this.draw();
    this.send();
  }

  send() {
    this.model.send({ values: this.values });
  }

  follow() {
    this.values = [...this.model.get("values")];
    this.draw();
  }

  draw() {
    if (!this.figure) return;
    this.place(this.figure);
    const name = this.model.get("name");
    const [room, height] = this.size;
    const label =
      `your prediction of ${name}: left and right go from point to point, ` +
      "up and down move it, Enter goes back";
    set(this.root, { "aria-label": label });
    set(this.paper, { width: room, height });
    set(this.brink, { height });
    // The names of thresholds are at the right.
    this.words.textContent = room > ROOM ? `draw ${name} here` : name;
    const points = this.values.map((value, corner) => `${this.x(corner)},${this.y(value)}`);
    set(this.curve, { points: points.join(" ") });
    for (const [index, dot] of this.dots.entries()) this.drawDot(dot, index);
  }

  /** @param {HTMLElement} figure */
  place(figure) {
    const [top, right, bottom, left] = this.model.get("room");
    const hidden = this.model.get("begin") / this.model.get("end");
    const width = Math.max(1, figure.clientWidth - left - right);
    const height = Math.max(1, figure.clientHeight - top - bottom);
    Object.assign(this.root.style, {
      left: `${left + hidden * width}px`,
      top: `${top}px`,
      width: `${(1 - hidden) * width}px`,
      height: `${height}px`,
    });
  }

  /**
   * @param {SVGElement} dot
   * @param {number} index
   */
  drawDot(dot, index) {
    const corner = this.corner(index);
    const value = this.values[corner];
    const [low, high] = this.range;
    const begin = this.model.get("begin");
    const time = rounded(begin + ((this.model.get("end") - begin) * corner) / this.last);
    set(dot, {
      transform: `translate(${this.x(corner)} ${this.y(value)})`,
      tabindex: index === this.active ? 0 : -1,
      "aria-label": `${this.model.get("name")} at ${time} ms`,
      "aria-valuemin": low,
      "aria-valuemax": high,
      "aria-valuenow": rounded(value),
      "aria-valuetext": `${rounded(value)} ${this.model.get("unit")}`.trim(),
    });
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const view = new DrawingView(model, el);
  const names = ["low", "high", "room", "begin", "end", "name"].map((name) => `change:${name}`);
  el.classList.add("nl-drawing-view");
  const end = follow(model, {
    [names.join(" ")]: () => view.draw(),
    "change:values": () => view.follow(),
  });
  view.attach();
  return () => {
    end();
    view.leave();
  };
}

export default { render };
