// Spikes as vertical strokes. Drag moves, a click on an empty place adds, Delete, the button or a double click removes.

const SVG = "http://www.w3.org/2000/svg";
const ROW = 34, TOP = 4, GRAB = 13; // pixels; a finger finds a spike within GRAB of it
const PATIENCE = 300; // ms to wait for the kernel's answer before the next message is sent anyway

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

const shown = (time) => String(Number(time.toFixed(6)));

class RasterView {
  constructor(model, el) {
    this.model = model;
    this.number = model.get("answered");
    this.spikes = [];
    this.selected = null; // {row, index}
    this.drag = null;
    this.root = svg("svg", { class: "nl-raster-picture", role: "group", "aria-label": "raster of spikes" });
    this.hint = document.createElement("span");
    this.removeButton = document.createElement("button");
    this.removeButton.type = "button";
    this.removeButton.textContent = "Remove spike";
    this.removeButton.className = "nl-raster-remove";
    this.removeButton.addEventListener("click", () => this.remove());
    const foot = document.createElement("div");
    foot.className = "nl-raster-foot";
    foot.append(this.hint, this.removeButton);
    el.classList.add("nl-raster-view");
    el.append(this.root, foot);
    this.root.addEventListener("pointerdown", (event) => this.press(event));
    this.root.addEventListener("pointermove", (event) => this.move(event));
    this.root.addEventListener("pointerup", (event) => this.release(event));
    this.root.addEventListener("pointercancel", () => { this.drag = null; this.draw(); });
    this.root.addEventListener("dblclick", (event) => { if (this.at(event).index >= 0) this.remove(); });
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusin", (event) => this.focused(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(el);
  }

  get rows() { return this.model.get("rows"); }
  get plot() {
    const [left, right] = this.model.get("margins");
    return { left, width: Math.max(10, this.root.clientWidth - left - right) };
  }
  x(time) { return this.plot.left + (time / this.model.get("duration")) * this.plot.width; }
  snapped(x) {
    const step = this.model.get("step"), duration = this.model.get("duration");
    const last = Math.ceil(duration / step - 1e-9) - 1;
    const time = ((x - this.plot.left) / this.plot.width) * duration;
    return Number((Math.min(Math.max(Math.round(time / step), 0), last) * step).toPrecision(12));
  }

  // Which row is under the pointer, and which of its spikes within reach (-1 for none).
  at(event) {
    const box = this.root.getBoundingClientRect(), x = event.clientX - box.left;
    const row = Math.floor((event.clientY - box.top - TOP) / ROW);
    let index = -1, nearest = GRAB;
    (this.rows[row]?.times ?? []).forEach((time, i) => {
      const distance = Math.abs(this.x(time) - x);
      if (distance <= nearest) [index, nearest] = [i, distance];
    });
    return { row, index, x };
  }

  press(event) {
    const { row, index, x } = this.at(event);
    if (!this.rows[row]?.editable || event.button > 0) return;
    this.root.setPointerCapture(event.pointerId);
    if (index >= 0) this.select(row, index);
    this.drag = { row, index, x, moved: false, time: index >= 0 ? this.rows[row].times[index] : null,
                  offset: index >= 0 ? this.x(this.rows[row].times[index]) - x : 0 };
  }

  move(event) {
    if (!this.drag) {
      const { row, index } = this.at(event);
      this.root.style.cursor = !this.rows[row]?.editable ? "default" : index >= 0 ? "ew-resize" : "copy";
      return;
    }
    const x = event.clientX - this.root.getBoundingClientRect().left;
    if (Math.abs(x - this.drag.x) > 4) this.drag.moved = true;
    if (this.drag.index < 0 || !this.drag.moved) return;
    this.drag.time = this.snapped(x + this.drag.offset);
    this.sendMove();
    this.draw();
  }

  release() {
    const drag = this.drag;
    this.drag = null;
    if (!drag) return;
    if (drag.index >= 0 && drag.moved) this.send({ action: "move", row: drag.row, index: drag.index, time: drag.time });
    if (drag.index < 0 && !drag.moved && drag.x >= this.plot.left - 4) {
      this.send({ action: "add", row: drag.row, time: this.snapped(drag.x) });
      this.selected = { row: drag.row, index: this.rows[drag.row].times.length };
    }
    this.draw();
  }

  key(event) {
    if (!this.selected) return;
    const { row, index } = this.selected, time = this.rows[row]?.times[index];
    const direction = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (direction && time !== undefined) {
      const step = this.model.get("step") * (event.shiftKey ? 10 : 1);
      this.send({ action: "move", row, index, time: time + direction * step });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.remove();
    } else return;
    event.preventDefault();
  }

  remove() {
    if (!this.selected) return;
    this.send({ action: "remove", ...this.selected });
    this.selected = null;
    this.draw();
  }

  select(row, index) {
    this.selected = { row, index };
    this.draw();
    this.spikes.find((spike) => spike.row === row && spike.index === index)?.node.focus({ preventScroll: true });
  }

  focused(event) {
    const spike = this.spikes.find(({ node }) => node === event.target);
    if (spike && (this.selected?.row !== spike.row || this.selected?.index !== spike.index)) {
      this.selected = { row: spike.row, index: spike.index };
      this.draw();
    }
  }

  send(message) {
    this.number += 1;
    this.sentAt = performance.now();
    this.model.send({ ...message, number: this.number });
  }

  // A drag gives more positions than a slow kernel can follow: the newest waits until the last one is answered.
  sendMove() {
    const busy = this.model.get("answered") < this.number && performance.now() - this.sentAt < PATIENCE;
    if (busy) { this.waiting = true; return; }
    this.waiting = false;
    const { row, index, time } = this.drag;
    if (this.rows[row].times[index] !== time) this.send({ action: "move", row, index, time });
  }

  answered() { if (this.waiting && this.drag) this.sendMove(); }

  draw() {
    if (!this.root.isConnected || !this.root.clientWidth) return;
    const { left, width } = this.plot, rows = this.rows, height = TOP + rows.length * ROW + 2;
    this.root.setAttribute("height", height);
    const grid = this.model.get("ticks").map((tick) => svg("line", { class: "tick", x1: this.x(tick), x2: this.x(tick),
      y1: TOP, y2: height }));
    const bands = rows.map((row, i) => svg("g", { class: row.editable ? "row editable" : "row" },
      svg("rect", { x: left, y: TOP + i * ROW + 3, width, height: ROW - 6, rx: 4 }),
      svg("text", { x: left - 8, y: TOP + i * ROW + ROW / 2 + 4, "text-anchor": "end" }, row.label)));
    const focused = this.spikes.some(({ node }) => node === document.activeElement);
    const old = new Map(this.spikes.map((spike) => [`${spike.row},${spike.index}`, spike.node]));
    this.spikes = [];
    rows.forEach((row, i) => row.times.forEach((time, k) => {
      if (time < this.model.get("duration")) this.spikes.push({ row: i, index: k, node: this.spike(row, i, k, time,
        old.get(`${i},${k}`)) });
    }));
    if (!this.layer) this.root.append(this.back = svg("g"), this.layer = svg("g"));
    this.back.replaceChildren(...bands, ...grid);
    const nodes = this.spikes.map(({ node }) => node);
    if (nodes.length !== this.layer.children.length || nodes.some((node, i) => node !== this.layer.children[i])) {
      this.layer.replaceChildren(...nodes);
      if (focused && this.selected) this.spikes.find((spike) => this.isSelected(spike))?.node.focus({ preventScroll: true });
    }
    this.showHint();
  }

  isSelected({ row, index }) { return this.selected?.row === row && this.selected?.index === index; }

  spike(row, i, k, time, node = svg("g", {}, svg("line"), svg("rect"))) {
    if (this.drag?.moved && this.drag.row === i && this.drag.index === k) time = this.drag.time;
    const selected = row.editable && this.isSelected({ row: i, index: k });
    node.setAttribute("class", `spike${row.editable ? " editable" : ""}${selected ? " selected" : ""}`);
    if (row.editable) {
      const attributes = { tabindex: 0, role: "slider", "aria-label": `${row.label}, spike ${k + 1} of ${row.times.length}`,
        "aria-valuemin": 0, "aria-valuemax": this.model.get("duration"), "aria-valuenow": time,
        "aria-valuetext": `${shown(time)} ms` };
      for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    }
    const [line, reach] = node.children, x = this.x(time), y = TOP + i * ROW;
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: y + 7, y2: y + ROW - 7 })) line.setAttribute(name, value);
    for (const [name, value] of Object.entries({ x: x - GRAB, y, width: 2 * GRAB, height: ROW })) reach.setAttribute(name, value);
    return node;
  }

  showHint() {
    const time = this.selected && this.rows[this.selected.row]?.times[this.selected.index];
    const moving = this.drag?.moved ? this.drag.time : time;
    this.removeButton.hidden = !(time || time === 0);
    this.hint.textContent = moving || moving === 0 ? `${this.rows[this.selected.row].label}: ${shown(moving)} ms`
      : this.rows.some((row) => row.editable) ? "click to add a spike, drag to move it" : "";
  }
}

function render({ model, el }) {
  const view = new RasterView(model, el);
  const draw = () => view.draw(), answered = () => view.answered();
  const names = ["rows", "duration", "ticks", "step"];
  for (const name of names) model.on(`change:${name}`, draw);
  model.on("change:answered", answered);
  requestAnimationFrame(draw);
  return () => {
    view.observer.disconnect();
    for (const name of names) model.off(`change:${name}`, draw);
    model.off("change:answered", answered);
  };
}

export default { render };
