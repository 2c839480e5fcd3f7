// Thousands of spikes as dots on a canvas, the populations' rates below, both on the time axis of
// the traces.

import { element, set, svg } from "../js/dom.js";
import { follow } from "../js/model.js";
import { bandPlaces, fieldData, short, whole } from "./spikefield_data.js";

const TOP = 4; // pixels
const RATE = 84;
const LABEL = 16;
const LETTER = 6.6; // pixels of a letter on average
const DOT = { least: 1.6, most: 6 };
/** @param {string} colour */
const hue = (colour) => (colour ? `--hue: ${colour}` : "");
/** @type {Record<string, string>} */
const LOOKS = { 1: "excites", "-1": "inhibits", 0: "neither" };
/** @type {Record<string, string>} */
const EFFECTS = { 1: " · excite", "-1": " · inhibit", 0: "" };

/** @typedef {import("./spikefield_data.js").Place} Place */
/** @typedef {import("./spikefield_data.js").Population} Population */
/** @typedef {import("./spikefield_data.js").Traits} Traits */

class FieldView {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.left = 0;
    this.width = 0;
    this.height = 0;
    this.rateTop = 0;
    /** @type {Place[]} */
    this.places = [];
    this.canvas = document.createElement("canvas");
    this.root = svg("svg", { role: "img" });
    this.back = svg("svg", { "aria-hidden": true });
    this.pointer = svg("line", { class: "pointer", visibility: "hidden" });
    this.lit = svg("path", { class: "lit" });
    this.legend = element("div", { className: "nl-field-legend" });
    this.reading = element("span", { className: "nl-field-reading" });
    const parts = [this.back, this.canvas, this.root, this.reading];
    this.view = element("div", { className: "nl-field-view" }, ...parts);
    el.classList.add("nl-field");
    el.append(this.view, this.legend);
    this.root.addEventListener("pointermove", (event) => this.read(event));
    this.root.addEventListener("pointerdown", (event) => this.read(event));
    this.root.addEventListener("pointerleave", () => this.leave());
    this.data = fieldData(model);
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(el);
  }

  take() {
    this.data = fieldData(this.model);
    this.draw();
  }

  /** @param {number} time */
  x(time) {
    return this.left + (time / this.data.duration) * this.width;
  }

  /** @param {number} rate */
  rateY(rate) {
    return this.rateTop + RATE * (1 - rate / this.data.highest);
  }

  /**
   * @param {Place} place
   * @param {number} neuron
   */
  rowAt({ y, height, size }, neuron) {
    return y + (neuron / size) * height;
  }

  draw() {
    const [left, right] = this.model.get("margins");
    if (!this.view.isConnected || !this.view.clientWidth || !this.data.bands.length) return;
    this.left = left;
    this.width = Math.max(10, this.view.clientWidth - left - right);
    const { places, bottom } = bandPlaces(this.data.bands, TOP);
    this.places = places;
    this.rateTop = bottom + LABEL;
    this.height = this.rateTop + RATE + 4;
    this.view.style.height = `${this.height}px`;
    this.root.replaceChildren(...this.names(), ...this.borders(), ...this.rateAxis());
    this.root.append(...this.rateCurves(), this.lit, this.pointer);
    this.back.replaceChildren(...this.boxes(), ...this.grid());
    set(this.root, { "aria-label": this.summary() });
    this.drawDots();
    this.light();
    this.showLegend();
  }

  boxes() {
    const { left, width } = this;
    return this.places.map(({ y, height }) =>
      svg("rect", { class: "band", x: left, y, width, height, rx: 4 }),
    );
  }

  grid() {
    const last = this.places[this.places.length - 1];
    const ranges = [
      [TOP, last.y + last.height],
      [this.rateTop, this.rateTop + RATE],
    ];
    return this.model.get("ticks").flatMap((tick) => {
      const x = this.x(tick);
      return ranges.map(([y1, y2]) => svg("line", { class: "tick", x1: x, x2: x, y1, y2 }));
    });
  }

  /**
   * @param {string} content
   * @param {number} y
   */
  text(content, y) {
    return svg("text", { x: this.left - 8, y, "text-anchor": "end" }, content);
  }

  names() {
    return this.places.flatMap(({ name, size, y, height }) => [
      this.text("0", y + 11),
      this.text(String(size - 1), y + height - 2),
      this.fitted(this.text(name, y + height / 2 + 4), name),
    ]);
  }

  /**
   * Cut off the end of a name that is too long for the margin.
   * @param {SVGTextElement} node
   * @param {string} name
   */
  fitted(node, name) {
    const room = Math.floor((this.left - 8) / LETTER);
    if (name.length > room) {
      node.replaceChildren(`${name.slice(0, room - 1)}…`, svg("title", {}, name));
    }
    return node;
  }

  borders() {
    const inner = this.data.populations.filter(({ first }) => first > 0);
    return inner.map(({ band, first }) => this.line("part", this.rowAt(this.places[band], first)));
  }

  /**
   * @param {string} name
   * @param {number} y
   */
  line(name, y) {
    return svg("line", { class: name, x1: this.left, x2: this.left + this.width, y1: y, y2: y });
  }

  rateAxis() {
    const ticks = this.model.get("rate_ticks");
    const marks = ticks.flatMap((tick) => {
      const y = this.rateY(tick);
      const isOver = tick > 0 || ticks.length === 1;
      return [this.line("tick", y), this.text(isOver ? short(tick) : "0", y + (isOver ? 4 : 2))];
    });
    return [svg("text", { x: this.left, y: this.rateTop - 6 }, "rate (Hz)"), ...marks];
  }

  rateCurves() {
    return this.data.populations.map(({ effect, colour }, index) => {
      let d = "";
      for (let bin = 0; bin < this.data.bins; bin += 1) {
        const end = Math.min((bin + 1) * this.data.bin, this.data.duration);
        const x = this.x((bin * this.data.bin + end) / 2).toFixed(1);
        const y = this.rateY(this.data.rates[index * this.data.bins + bin]).toFixed(1);
        d += `${bin ? "L" : "M"}${x} ${y}`;
      }
      return svg("path", { class: `rate ${LOOKS[effect]}`, style: hue(colour), d });
    });
  }

  /** Light up the spikes of the time cursor's time step, as dots of no length with round ends. */
  light() {
    const step = this.model.get("lit");
    const x = this.x(step * this.data.step).toFixed(1);
    let d = "";
    for (const place of this.places) {
      for (let i = place.start; i < place.start + place.dots; i += 1) {
        if (this.data.steps[i] !== step) continue;
        d += `M${x} ${this.rowAt(place, this.data.neurons[i] + 0.5).toFixed(1)}h0`;
      }
    }
    set(this.lit, { d });
  }

  /** Draw dots of one colour after the other; each band's spikes are side by side in the arrays. */
  drawDots() {
    const ratio = devicePixelRatio || 1;
    const context = this.canvas.getContext("2d");
    const width = this.view.clientWidth;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${this.height}px`;
    if (!context) return;
    context.scale(ratio, ratio);
    const curves = this.root.querySelectorAll(".rate");
    for (const [index, population] of this.data.populations.entries()) {
      context.fillStyle = getComputedStyle(curves[index]).stroke;
      this.drawPopulation(context, population);
    }
  }

  /**
   * @param {CanvasRenderingContext2D} context
   * @param {Population} population
   */
  drawPopulation(context, { band, first, last }) {
    const place = this.places[band];
    const row = place.height / place.size;
    const size = Math.min(Math.max(row * 0.8, DOT.least), DOT.most);
    const scale = (this.data.step / this.data.duration) * this.width;
    for (let i = place.start; i < place.start + place.dots; i += 1) {
      const neuron = this.data.neurons[i];
      if (neuron < first || neuron >= last) continue;
      const x = this.left + this.data.steps[i] * scale - size / 2;
      context.fillRect(x, place.y + (neuron + 0.5) * row - size / 2, size, size);
    }
  }

  summary() {
    const texts = this.places.map(
      ({ name, size, spikes }) => `${name}: ${whole(spikes)} spikes of ${whole(size)} neurons`,
    );
    return texts.join("; ");
  }

  showLegend() {
    const keys = this.data.populations.map(({ label, effect, mean, colour }) => {
      const look = { class: `rate ${LOOKS[effect]}`, style: hue(colour) };
      const line = svg("line", { ...look, x1: 1, x2: 25, y1: 4, y2: 4 });
      const text = `${label}${EFFECTS[effect]}: ${short(mean)} Hz on average`;
      return element("span", {}, svg("svg", { "aria-hidden": true }, line), text);
    });
    const dots = this.places.reduce((sum, place) => sum + place.dots, 0);
    const spikes = this.places.reduce((sum, place) => sum + place.spikes, 0);
    const count = dots < spikes ? `${whole(dots)} of ${whole(spikes)}` : whole(spikes);
    const about = `${count} spikes · rate in bins of ${short(this.data.bin)} ms`;
    this.legend.replaceChildren(...keys, element("span", {}, about));
    this.view.dataset.spikes = String(spikes);
  }

  /** @param {PointerEvent} event */
  read(event) {
    const box = this.root.getBoundingClientRect();
    const x = event.clientX - box.left;
    const y = event.clientY - box.top;
    const time = ((x - this.left) / this.width) * this.data.duration;
    if (!(time >= 0 && time < this.data.duration)) {
      this.leave();
      return;
    }
    const bottom = this.rateTop + RATE;
    set(this.pointer, { x1: x, x2: x, y1: TOP, y2: bottom, visibility: "visible" });
    const bin = Math.min(Math.floor(time / this.data.bin), this.data.bins - 1);
    const rates = this.data.populations.map(
      (_, index) => `${short(this.data.rates[index * this.data.bins + bin])} Hz`,
    );
    this.reading.textContent = `t ${short(time)} ms · ${this.neuronAt(y)}${rates.join(", ")}`;
  }

  /** @param {number} y */
  neuronAt(y) {
    const place = this.places.find((band) => y >= band.y && y < band.y + band.height);
    if (!place) return "";
    return `${place.name} ${Math.floor(((y - place.y) / place.height) * place.size)} · `;
  }

  leave() {
    set(this.pointer, { visibility: "hidden" });
    this.reading.textContent = "";
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const view = new FieldView(model, el);
  const draw = () => view.draw();
  const scheme = matchMedia("(prefers-color-scheme: dark)"); // the canvas has painted colours
  scheme.addEventListener("change", draw);
  const end = follow(model, {
    "change:drawn": () => view.take(),
    "change:lit": () => view.light(),
  });
  requestAnimationFrame(draw);
  return () => {
    scheme.removeEventListener("change", draw);
    view.observer.disconnect();
    end();
  };
}

export default { render };
