// The picture of the network. The kernel says where everything is; the page draws it. A click on an
// arrow leads to the entry of the matrix that it stands for.

import { element, set, svg, write } from "../js/dom.js";
import { follow } from "../js/model.js";
import { entryOf, reveal } from "./network_entry.js";
import {
  arrowShape,
  drawArrow,
  endShape,
  groupShapes,
  labelShape,
  pointsOf,
} from "./network_shapes.js";

const NARROW = 430; // pixels of the panel, below which the narrow layout fits better
const LARGEST = 1.25; // times the size for which it was laid out
const REACH = { mouse: 12, pen: 16, touch: 24 }; // pixels; how near an arrow one must be to take it
const ZERO = 3; // pixels by which an arrow without a synapse counts as farther away
const ONE_LINE = 46; // letters that fit on a phone
/** @type {Record<string, number>} */
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** @typedef {import("./network_shapes.js").Arrow & import("./network_entry.js").Target} Arrow */
/** @typedef {import("./network_shapes.js").End} End */
/** @typedef {import("./network_shapes.js").Group} Group */
/** @typedef {import("./network_shapes.js").Label} Label */
/** @typedef {import("./network_shapes.js").ArrowPlace} ArrowPlace */
/**
 * @typedef {{
 *   top: number, width: number, height: number, groups: Group[], ends: End[], arrows: ArrowPlace[],
 * }} Layout
 */
/**
 * Of `lit`, `ends` has the reason and the neuron of each end; of `dots`, each is an arrow and how
 * far on it the dot is.
 * @typedef {{
 *   layouts: Layout[], labels: Label[][], arrows: Arrow[], summary: string,
 *   lit: { arrows: number[], ends: Record<number, [why: string, neuron?: string]> },
 *   dots: [arrow: number, fraction: number][],
 * }} Traits
 */
/** @typedef {import("./network_shapes.js").ArrowNode} ArrowNode */

class Picture {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    /** @type {ArrowNode[]} */
    this.nodes = [];
    this.current = 0; // the arrow that Tab leads to
    /** @type {number | null} the arrow under the pointer */
    this.pointed = null;
    /** @type {Layout | null} */
    this.layout = null;
    /** @type {unknown[]} the traits that were drawn */
    this.drawn = [];
    this.back = svg("g");
    this.lines = svg("g");
    this.ends = svg("g");
    this.labels = svg("g", { "aria-hidden": true });
    this.dots = svg("g");
    const layers = [this.back, this.ends, this.lines, this.labels, this.dots];
    this.root = svg("svg", { class: "nl-network-picture", role: "group" }, ...layers);
    this.foot = set(element("p", { className: "nl-network-said" }), { "aria-hidden": true });
    el.classList.add("nl-network-view");
    el.append(this.root, this.foot);
    this.hear();
    this.observer = new ResizeObserver(() => this.chooseLayout());
    this.observer.observe(el);
  }

  hear() {
    const { root } = this;
    root.addEventListener("pointermove", (event) => this.point(this.at(event)));
    root.addEventListener("pointerleave", () => this.point(null));
    root.addEventListener("click", (event) => this.click(event));
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("focusin", (event) => this.focused(event));
    root.addEventListener("focusout", () => this.tell());
  }

  get arrows() {
    return this.model.get("arrows");
  }

  /** Draw what has changed: one message may bring several traits. */
  update() {
    const names = /** @type {const} */ (["layouts", "labels", "arrows"]);
    const drawn = names.map((name) => this.model.get(name));
    if (drawn.some((part, i) => part !== this.drawn[i])) {
      this.drawn = drawn;
      this.layout = null;
      this.chooseLayout();
    } else if (this.layout) {
      this.light(this.layout);
      this.drawDots();
    }
  }

  /** Take the layout that fits the panel. */
  chooseLayout() {
    const room = this.el.clientWidth;
    const place = room < NARROW ? 0 : 1;
    const layout = this.model.get("layouts")[place];
    if (!room || !layout || !this.drawn.length) return;
    const { top, width, height } = layout;
    const scale = Math.min(room / width, LARGEST);
    const viewBox = `0 ${top} ${width} ${height}`;
    set(this.root, { viewBox, width: width * scale, height: height * scale });
    if (layout !== this.layout) this.draw(layout, this.model.get("labels")[place]);
  }

  /**
   * @param {Layout} layout
   * @param {Label[]} labels
   */
  draw(layout, labels) {
    this.layout = layout;
    const isLong = this.arrows.some(({ name }) => name.length > ONE_LINE);
    this.foot.classList.toggle("long", isLong);
    set(this.root, { "aria-label": `picture of the network. ${this.model.get("summary")}` });
    this.back.replaceChildren(...layout.groups.flatMap(groupShapes));
    this.ends.replaceChildren(...layout.ends.map(endShape));
    this.drawArrows(layout.arrows);
    this.drawLabels(labels);
    this.light(layout);
    this.drawDots();
    this.tell();
  }

  /**
   * Draw the arrows. Nodes that stay are not taken out of the page: one may have the focus.
   * @param {ArrowPlace[]} places
   */
  drawArrows(places) {
    const { arrows, nodes } = this;
    while (nodes.length > arrows.length) nodes.pop()?.root.remove();
    while (nodes.length < arrows.length) {
      const node = arrowShape();
      nodes.push(node);
      this.lines.append(node.root);
    }
    this.current = Math.min(this.current, Math.max(arrows.length - 1, 0));
    for (const [i, arrow] of arrows.entries()) drawArrow(nodes[i], arrow, places[i]);
    for (const [i, { root }] of nodes.entries()) {
      set(root, { tabindex: i === this.current ? 0 : -1 });
    }
  }

  /**
   * Draw the labels; the line is interrupted under its label.
   * @param {Label[]} labels
   */
  drawLabels(labels) {
    const shapes = labels.map(labelShape);
    this.labels.replaceChildren(...shapes.map(({ root }) => root));
    for (const { text, back } of shapes) {
      const { x, y, width, height } = text.getBBox();
      set(back, { x: x - 4, y: y - 1, width: width + 8, height: height + 2 });
    }
  }

  /**
   * Find the arrow at a place of the window; one without a synapse gives way to others.
   * @param {MouseEvent} event a click, too, says of which pointer it is
   * @returns {number | null}
   */
  at(event) {
    const label = /** @type {Element} */ (event.target).closest?.("[data-arrow]");
    if (label) return Number(label.getAttribute("data-arrow"));
    const matrix = this.root.getScreenCTM()?.inverse();
    if (!matrix) return null;
    const pointer = /** @type {keyof typeof REACH} */ (
      /** @type {PointerEvent} */ (event).pointerType
    );
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    let found = null;
    let nearest = (REACH[pointer] ?? REACH.mouse) * matrix.a;
    for (const [i, { sign }] of this.arrows.entries()) {
      const distances = pointsOf(this.nodes[i]).map((point) =>
        Math.hypot(point.x - x, point.y - y),
      );
      const distance = Math.min(...distances) + (sign === "zero" ? ZERO : 0);
      if (distance >= nearest) continue;
      found = i;
      nearest = distance;
    }
    return found;
  }

  /** @param {number | null} place */
  point(place) {
    if (place === this.pointed) return;
    if (this.pointed !== null) this.nodes[this.pointed]?.root.classList.remove("pointed");
    this.pointed = place;
    if (place !== null) this.nodes[place]?.root.classList.add("pointed");
    this.root.style.cursor = place === null ? "" : "pointer";
    this.tell();
  }

  /**
   * A click without a place is that of a screen reader, on the arrow itself.
   * @param {MouseEvent} event
   */
  click(event) {
    const target = /** @type {Node} */ (event.target);
    const own = () => this.nodes.findIndex(({ root }) => root.contains(target));
    const place = event.detail ? this.at(event) : own();
    if (place !== null && place >= 0) this.choose(place);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const place = this.nodes.findIndex(({ root }) => root === event.target);
    if (place < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const last = this.nodes.length - 1;
    const { key } = event;
    const beside = Math.min(Math.max(place + (KEYS[key] ?? 0), 0), last);
    const next = { Home: 0, End: last }[key] ?? beside;
    if (key === "Enter" || key === " ") this.choose(place);
    else if (KEYS[key] || key === "Home" || key === "End") this.nodes[next].root.focus();
    else return;
    event.preventDefault();
  }

  /** @param {FocusEvent} event */
  focused(event) {
    const place = this.nodes.findIndex(({ root }) => root === event.target);
    if (place < 0) return;
    this.makeCurrent(place);
    this.tell();
  }

  /**
   * One of the arrows can be reached by Tab, the others from there by arrow keys.
   * @param {number} place
   */
  makeCurrent(place) {
    set(this.nodes[this.current].root, { tabindex: -1 });
    this.current = place;
    set(this.nodes[place].root, { tabindex: 0 });
  }

  /** @param {number} place */
  choose(place) {
    this.makeCurrent(place);
    const field = entryOf(this.el.closest(".neurolab-lab"), this.arrows[place]);
    if (field) reveal(field);
  }

  /** @param {Layout} layout */
  light(layout) {
    const { arrows, ends } = this.model.get("lit");
    for (const [i, { root }] of this.nodes.entries()) {
      root.classList.toggle("lit", arrows.includes(i));
    }
    for (const [i, node] of [...this.ends.children].entries()) {
      const [why, neuron] = ends[i] ?? [""];
      const { lines } = layout.ends[i];
      const last = lines[lines.length - 1];
      set(node, { "data-why": why });
      if (!node.lastElementChild) continue;
      node.lastElementChild.textContent = why && lines.length > 1 ? `${neuron} ${why}` : last;
    }
    this.tell();
  }

  drawDots() {
    const dots = this.model.get("dots").filter(([i]) => this.nodes[i]);
    const circles = dots.map(([i, fraction]) => {
      const { line } = this.nodes[i];
      const { x, y } = line.getPointAtLength(line.getTotalLength() * fraction);
      return svg("circle", { cx: x, cy: y, r: 6 });
    });
    this.dots.replaceChildren(...circles);
  }

  /** Write what the pointer or the focus is on, else what the time cursor lights up. */
  tell() {
    const focused = this.nodes.findIndex(({ root }) => root === document.activeElement);
    const [lit] = this.model.get("lit").arrows;
    const place = this.pointed ?? (focused < 0 ? lit : focused);
    write(this.foot, this.arrows[place]?.name ?? this.hint());
  }

  hint() {
    if (!this.arrows.length) return "no connections";
    const press = matchMedia("(pointer: coarse)").matches ? "tap" : "click";
    const hasBlunt = this.arrows.some(({ sign }) => sign === "inhibits");
    if (hasBlunt) return `blunt end: inhibits · ${press} an arrow to change it`;
    return `${press} an arrow to change its weight`;
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const picture = new Picture(model, el);
  picture.update();
  const end = follow(model, { change: () => picture.update() });
  return () => {
    end();
    picture.observer.disconnect();
  };
}

export default { render };
