// Thousands of spikes as dots on a canvas, the populations' rates below, both on the time axis of the traces.

const SVG = "http://www.w3.org/2000/svg";
const BAND = 220, SMALLEST_BAND = 70, GAP = 10, TOP = 4; // pixels; all bands together are about as high as one
const RATE = 84, LABEL = 16;
const DOT = { least: 1.6, most: 6 };
const hue = (colour) => (colour ? `--hue: ${colour}` : "");
const LOOKS = { "1": "excites", "-1": "inhibits", "0": "neither" };
const SAID = { "1": " · excite", "-1": " · inhibit", "0": "" };

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function element(tag, className, ...children) {
  const node = Object.assign(document.createElement(tag), { className });
  node.append(...children);
  return node;
}

// The numbers of a binary trait, copied where they do not lie as a typed array needs them to.
const numbers = (Kind, view) => new Kind(view.buffer.slice(view.byteOffset, view.byteOffset + view.byteLength));
const whole = (count) => count.toLocaleString("en");
const short = (value) => String(Number(value.toPrecision(3)));

class FieldView {
  constructor(model, el) {
    this.model = model;
    this.view = element("div", "nl-field-view");
    this.canvas = document.createElement("canvas");
    this.root = svg("svg", { role: "img" });
    this.pointer = svg("line", { class: "pointer", visibility: "hidden" });
    this.lit = svg("path", { class: "lit" });
    this.legend = element("div", "nl-field-legend");
    this.reading = element("span", "nl-field-reading");
    this.view.append(this.canvas, this.root, this.reading);
    el.classList.add("nl-field");
    el.append(this.view, this.legend);
    this.root.addEventListener("pointermove", (event) => this.read(event));
    this.root.addEventListener("pointerdown", (event) => this.read(event));
    this.root.addEventListener("pointerleave", () => this.leave());
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(el);
    this.take();
  }

  take() {
    const get = (name) => this.model.get(name);
    this.bands = get("bands");
    this.populations = get("populations");
    this.steps = numbers(Uint32Array, get("steps"));
    this.neurons = numbers(Uint32Array, get("neurons"));
    this.rates = numbers(Float32Array, get("rates"));
    this.bins = this.populations.length ? this.rates.length / this.populations.length : 0;
    this.highest = this.rates.reduce((highest, rate) => Math.max(highest, rate), Math.max(1, ...get("rate_ticks")));
    this.duration = get("duration");
    this.step = get("step");
    this.bin = get("bin");
    this.draw();
  }

  // Where each band lies: in proportion to its neurons, but never too low to be seen.
  layout() {
    const total = this.bands.reduce((sum, { size }) => sum + size, 0);
    let y = TOP, first = 0;
    this.places = this.bands.map((band) => {
      const height = Math.max(SMALLEST_BAND, Math.round((BAND * band.size) / total));
      const place = { ...band, y, height, start: first };
      y += height + GAP;
      first += band.dots;
      return place;
    });
    this.rateTop = y + LABEL;
    this.height = this.rateTop + RATE + 4;
  }

  x(time) { return this.left + (time / this.duration) * this.width; }

  draw() {
    const [left, right] = this.model.get("margins");
    if (!this.view.isConnected || !this.view.clientWidth || !this.bands.length) return;
    this.left = left;
    this.width = Math.max(10, this.view.clientWidth - left - right);
    this.layout();
    this.view.style.height = `${this.height}px`;
    const bands = this.places.map(({ y, height }) => svg("rect", { class: "band", x: left, y, width: this.width, height, rx: 4 }));
    const last = this.places.at(-1), bottom = last.y + last.height;
    const grid = this.model.get("ticks").flatMap((tick) => [[TOP, bottom], [this.rateTop, this.rateTop + RATE]].map(([y1, y2]) =>
      svg("line", { class: "tick", x1: this.x(tick), x2: this.x(tick), y1, y2 })));
    this.root.replaceChildren(...this.names(), ...this.parts(), ...this.rateAxis(), ...this.rateCurves(), this.lit, this.pointer);
    this.back ??= this.view.insertBefore(svg("svg", { "aria-hidden": "true" }), this.canvas);
    this.back.replaceChildren(...bands, ...grid);
    this.root.setAttribute("aria-label", this.summary());
    this.dots();
    this.light();
    this.showLegend();
  }

  text(content, y, anchor = "end") { return svg("text", { x: this.left - 8, y, "text-anchor": anchor }, content); }

  names() {
    return this.places.flatMap(({ name, size, y, height }) => [
      this.text("0", y + 11), this.text(String(size - 1), y + height - 2), this.fitted(this.text(name, y + height / 2 + 4), name)]);
  }

  // A name that is too long for the margin loses its end.
  fitted(node, name) {
    const room = Math.floor((this.left - 8) / 6.6);
    if (name.length > room) node.replaceChildren(`${name.slice(0, room - 1)}…`, svg("title", {}, name));
    return node;
  }

  parts() {
    return this.populations.filter(({ first }) => first > 0).map(({ band, first }) => {
      const y = this.rowAt(this.places[band], first);
      return svg("line", { class: "part", x1: this.left, x2: this.left + this.width, y1: y, y2: y });
    });
  }

  rowAt({ y, height, size }, neuron) { return y + (neuron / size) * height; }

  rateAxis() {
    const ticks = this.model.get("rate_ticks");
    return [svg("text", { x: this.left, y: this.rateTop - 6 }, "rate (Hz)"), ...ticks.flatMap((tick) => {
      const y = this.rateY(tick);
      return [svg("line", { class: "tick", x1: this.left, x2: this.left + this.width, y1: y, y2: y }),
        tick > 0 || ticks.length === 1 ? this.text(short(tick), y + 4) : this.text("0", y + 2)];
    })];
  }

  rateY(rate) { return this.rateTop + RATE * (1 - rate / this.highest); }

  rateCurves() {
    return this.populations.map(({ effect, colour }, index) => {
      let d = "";
      for (let bin = 0; bin < this.bins; bin += 1) {
        const end = Math.min((bin + 1) * this.bin, this.duration), middle = (bin * this.bin + end) / 2;
        d += `${bin ? "L" : "M"}${this.x(middle).toFixed(1)} ${this.rateY(this.rates[index * this.bins + bin]).toFixed(1)}`;
      }
      return svg("path", { class: `rate ${LOOKS[effect]}`, style: hue(colour), d });
    });
  }

  // The spikes of the time step in which the time cursor stands, as dots of no length with round ends.
  light() {
    const step = this.model.get("lit"), scale = (this.step / this.duration) * this.width;
    let d = "";
    for (const place of this.places ?? []) {
      for (let i = place.start; i < place.start + place.dots; i += 1) {
        if (this.steps[i] !== step) continue;
        d += `M${(this.left + step * scale).toFixed(1)} ${this.rowAt(place, this.neurons[i] + 0.5).toFixed(1)}h0`;
      }
    }
    this.lit.setAttribute("d", d);
  }

  // Dots of one colour after the other; each band's spikes lie side by side in the arrays.
  dots() {
    const ratio = devicePixelRatio || 1, context = this.canvas.getContext("2d");
    this.canvas.width = Math.round(this.view.clientWidth * ratio);
    this.canvas.height = Math.round(this.height * ratio);
    this.canvas.style.width = `${this.view.clientWidth}px`;
    this.canvas.style.height = `${this.height}px`;
    context.scale(ratio, ratio);
    const scale = (this.step / this.duration) * this.width;
    for (const [index, { band, first, last }] of this.populations.entries()) {
      const place = this.places[band], row = place.height / place.size;
      const size = Math.min(Math.max(row * 0.8, DOT.least), DOT.most);
      context.fillStyle = getComputedStyle(this.root.querySelectorAll(".rate")[index]).stroke;
      for (let i = place.start; i < place.start + place.dots; i += 1) {
        const neuron = this.neurons[i];
        if (neuron < first || neuron >= last) continue;
        context.fillRect(this.left + this.steps[i] * scale - size / 2, place.y + (neuron + 0.5) * row - size / 2, size, size);
      }
    }
  }

  summary() {
    return this.places.map(({ name, size, spikes }) => `${name}: ${whole(spikes)} spikes of ${whole(size)} neurons`).join("; ");
  }

  showLegend() {
    const keys = this.populations.map(({ label, effect, mean, colour }) => element("span", "", svg("svg", { "aria-hidden": "true" },
      svg("line", { class: `rate ${LOOKS[effect]}`, style: hue(colour), x1: 1, x2: 25, y1: 4, y2: 4 })),
      `${label}${SAID[effect]}: ${short(mean)} Hz on average`));
    const dots = this.places.reduce((sum, place) => sum + place.dots, 0);
    const spikes = this.places.reduce((sum, place) => sum + place.spikes, 0);
    const count = dots < spikes ? `${whole(dots)} of ${whole(spikes)} spikes` : `${whole(spikes)} spikes`;
    const about = element("span", "", `${count} · rate in bins of ${short(this.bin)} ms`);
    this.legend.replaceChildren(...keys, about);
    this.view.dataset.spikes = spikes;
  }

  read(event) {
    const box = this.root.getBoundingClientRect(), x = event.clientX - box.left, y = event.clientY - box.top;
    const time = ((x - this.left) / this.width) * this.duration;
    if (!(time >= 0 && time < this.duration)) { this.leave(); return; }
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: TOP, y2: this.rateTop + RATE, visibility: "visible" })) {
      this.pointer.setAttribute(name, value);
    }
    const bin = Math.min(Math.floor(time / this.bin), this.bins - 1);
    const rates = this.populations.map((_, index) => `${short(this.rates[index * this.bins + bin])} Hz`).join(", ");
    const place = this.places.find((band) => y >= band.y && y < band.y + band.height);
    const neuron = place ? `${place.name} ${Math.floor(((y - place.y) / place.height) * place.size)} · ` : "";
    this.reading.textContent = `t ${short(time)} ms · ${neuron}${rates}`;
  }

  leave() {
    this.pointer.setAttribute("visibility", "hidden");
    this.reading.textContent = "";
  }
}

function render({ model, el }) {
  const view = new FieldView(model, el);
  const take = () => view.take(), draw = () => view.draw(), light = () => view.light();
  const scheme = matchMedia("(prefers-color-scheme: dark)"); // the canvas has its colours painted in
  scheme.addEventListener("change", draw);
  model.on("change:drawn", take);
  model.on("change:lit", light);
  requestAnimationFrame(draw);
  return () => {
    scheme.removeEventListener("change", draw);
    view.observer.disconnect();
    model.off("change:drawn", take);
    model.off("change:lit", light);
  };
}

export default { render };
