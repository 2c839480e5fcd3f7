// Spikes as vertical strokes. Drag moves, a click on an empty place adds, a double click, Delete or the button removes.
// The kernel may hold other spikes by now than those that are seen: which one is meant is said by the time that it `was` at.

const ROW = 34, TOP = 4, GAP = 8; // pixels
const GRAB = { mouse: 13, pen: 16, touch: 20 }; // pixels; how near a spike one must be to take it
const STILL = 4; // pixels; a press that moves less is a click
const HINT_ROOM = 300; // pixels that the hint takes
const TWICE = 400; // ms between the clicks of a double click
const PATIENCE = 2000; // ms to wait for the kernel's answer before the next message is sent anyway

const FINGER = "(pointer: coarse)";
const HINT = { false: "click: add · drag: move · double click: remove", true: "tap: add · drag: move · double tap: remove" };

const shown = (time) => String(Number(time.toFixed(6)));

// Spikes have the colour of the variable that they drive.
const hue = ({ colour }) => (colour ? `--hue: ${colour}` : "");

class RasterView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.number = Math.floor(Math.random() * 1e9); // other views of the same raster count elsewhere
    this.spikes = [];
    this.selected = null; // {row, index, time}
    this.wanted = null; // the spike to be selected when message `number` has been answered: {row, time, number}
    this.drag = null;
    this.clicked = null; // the spike that was clicked last, and when
    this.root = svg("svg", { class: "nl-raster-picture", role: "group", tabindex: -1, "aria-label": "raster of spikes" });
    this.hint = document.createElement("span");
    this.removeButton = document.createElement("button");
    this.removeButton.type = "button";
    this.removeButton.textContent = "Remove spike";
    this.removeButton.className = "nl-raster-remove";
    this.removeButton.addEventListener("click", () => this.remove());
    this.foot = document.createElement("div");
    this.foot.className = "nl-raster-foot";
    this.foot.append(this.hint, this.removeButton);
    el.classList.add("nl-raster-view");
    el.append(this.root, this.foot);
    this.root.addEventListener("pointerdown", (event) => this.press(event));
    this.root.addEventListener("pointermove", (event) => this.move(event));
    this.root.addEventListener("pointerup", (event) => this.release(event));
    this.root.addEventListener("pointercancel", (event) => this.cancel(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusin", (event) => this.focused(event));
    el.addEventListener("focusout", (event) => { if (!el.contains(event.relatedTarget)) this.deselect(); });
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(el);
  }

  get rows() { return this.model.get("rows"); }
  get plot() {
    const [left, right] = this.model.get("margins");
    return { left, width: Math.max(10, this.root.clientWidth - left - right) };
  }
  x(time) { return this.plot.left + (time / this.model.get("duration")) * this.plot.width; }
  snapped(x) { return this.onGrid(((x - this.plot.left) / this.plot.width) * this.model.get("duration")); }
  onGrid(time) {
    const step = this.model.get("step"), last = Math.ceil(this.model.get("duration") / step - 1e-9) - 1;
    return Number((Math.min(Math.max(Math.round(time / step), 0), last) * step).toPrecision(12));
  }

  // Which row is under the pointer, and which of its spikes within reach (-1 for none).
  at(event) {
    const box = this.root.getBoundingClientRect(), x = event.clientX - box.left;
    const row = Math.floor((event.clientY - box.top - TOP) / ROW);
    let index = -1, nearest = GRAB[event.pointerType] ?? GRAB.mouse;
    (this.rows[row]?.times ?? []).forEach((time, i) => {
      const distance = Math.abs(this.x(time) - x);
      if (this.isDrawn(time) && distance <= nearest) [index, nearest] = [i, distance];
    });
    return { row, index, x };
  }

  isDrawn(time) { return time < this.model.get("duration"); }

  press(event) {
    if (this.drag && !event.isPrimary) { this.drag.moved = true; return; } // two fingers are no click
    const { row, index, x } = this.at(event), editable = this.rows[row]?.editable;
    if (index < 0 || !editable) this.deselect();
    if (!editable || event.button > 0) return;
    this.wanted = null;
    this.root.setPointerCapture(event.pointerId);
    if (index >= 0) this.select(row, index);
    const time = index >= 0 ? this.rows[row].times[index] : null;
    this.drag = { pointer: event.pointerId, row, index, x, y: event.clientY, moved: false, time, sent: time, first: time,
                  offset: index >= 0 ? this.x(time) - x : 0 };
  }

  move(event) {
    if (!this.drag) {
      const { row, index } = this.at(event);
      this.root.style.cursor = !this.rows[row]?.editable ? "default" : index >= 0 ? "ew-resize" : "copy";
      return;
    }
    if (event.pointerId !== this.drag.pointer) return;
    const x = event.clientX - this.root.getBoundingClientRect().left;
    if (Math.hypot(x - this.drag.x, event.clientY - this.drag.y) > STILL) this.drag.moved = true;
    if (this.drag.index < 0 || !this.drag.moved) return;
    this.drag.time = this.snapped(x + this.drag.offset);
    this.sendMove();
    this.draw();
  }

  // The browser has taken the fingers for its own: who scrolls or zooms the page moves no spike.
  cancel(event) {
    const drag = this.drag;
    if (event.pointerId !== drag?.pointer) return;
    this.drag = null;
    if (drag.sent !== drag.first) this.sendDrag(drag, drag.first);
    this.draw();
  }

  release(event) {
    const drag = this.drag;
    if (event.pointerId !== drag?.pointer) return;
    this.drag = null;
    if (!drag.moved) this.click(drag);
    else if (drag.index >= 0 && drag.time !== drag.sent) this.sendDrag(drag, drag.time);
    this.draw();
  }

  // The second click of a double click removes a spike, unless the first has only just added it.
  click({ row, index, x }) {
    const last = this.clicked, now = performance.now();
    const again = last && now - last.at < TWICE && last.row === row && Math.abs(last.x - x) < GRAB.touch;
    this.clicked = { row, x, at: now, added: index < 0 || (again && last.added) };
    if (again && !this.clicked.added) { this.remove(); return; }
    if (index >= 0 || again || x < this.plot.left - STILL || x > this.plot.left + this.plot.width + STILL) return;
    this.send({ action: "add", row, time: this.snapped(x) });
    this.wanted = { row, time: this.snapped(x), number: this.number };
  }

  key(event) {
    if (!this.selected || event.ctrlKey || event.altKey || event.metaKey) return;
    const { row, index, time } = this.selected;
    const direction = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 }[event.key];
    if (direction) {
      const step = this.model.get("step") * (event.shiftKey ? 10 : 1);
      // Keys that follow each other faster than the kernel answers go on from where the last one went.
      this.selected.time = this.onGrid(time + direction * step);
      this.send({ action: "move", row, index, was: time, time: this.selected.time });
    } else if (event.key === "Delete" || event.key === "Backspace") {
      this.remove(this.nearest(row, time, index));
    } else return;
    event.preventDefault();
  }

  // Whoever goes on by keys goes on from the spike `next` of the same row.
  remove(next = -1) {
    if (!this.selected) return;
    const { row, index, time: was } = this.selected, time = this.rows[row]?.times[next];
    this.send({ action: "remove", row, index, was });
    this.wanted = { row, time, number: this.number };
    this.selected = this.clicked = null;
    this.draw();
  }

  // Which spike of a row is the nearest to a time, other than `but`.
  nearest(row, time, but = -1) {
    const times = this.rows[row]?.times ?? [], away = (i) => Math.abs(times[i] - time);
    return times.reduce((found, other, i) => (
      i !== but && this.isDrawn(other) && (found < 0 || away(i) <= away(found)) ? i : found), -1);
  }

  select(row, index) {
    this.selected = { row, index, time: this.rows[row].times[index] };
    this.draw();
    this.spikes.find((spike) => this.isSelected(spike))?.node.focus({ preventScroll: true });
  }

  // A spike may have another number now, and whoever changed it may be elsewhere.
  settle({ row, time }) {
    const active = document.activeElement, index = this.nearest(row, time);
    this.wanted = null;
    if (active !== document.body && !this.el.contains(active)) return;
    this.draw();
    if (Math.abs(this.rows[row]?.times[index] - time) < this.model.get("step") / 2) this.select(row, index);
    else this.root.focus({ preventScroll: true });
  }

  deselect() {
    if (!this.selected) return;
    this.selected = null;
    this.draw();
  }

  focused(event) {
    const spike = this.spikes.find(({ node }) => node === event.target);
    if (spike) this.wanted = null;
    if (spike && (this.selected?.row !== spike.row || this.selected?.index !== spike.index)) {
      this.selected = { row: spike.row, index: spike.index, time: this.rows[spike.row].times[spike.index] };
      this.draw();
    }
  }

  send(message) {
    this.number += 1;
    this.busy = true;
    this.sentAt = performance.now();
    this.model.send({ ...message, number: this.number });
  }

  // A drag gives more positions than a slow kernel can follow: the newest waits until the last one is answered.
  sendMove() {
    const { time, sent } = this.drag;
    this.waiting = this.busy && performance.now() - this.sentAt < PATIENCE;
    if (!this.waiting && time !== sent) this.sendDrag(this.drag, time);
  }

  sendDrag(drag, time) {
    this.send({ action: "move", row: drag.row, index: drag.index, was: drag.sent, time });
    drag.sent = time;
    if (this.selected) this.selected.time = time;
  }

  // Other spikes have come: those that are held and chosen may have other numbers now.
  follow() {
    const place = ({ row, index }, time) => {
      const times = this.rows[row]?.times ?? [], found = times.indexOf(time);
      return times[index] === time || found < 0 ? index : found;
    };
    if (this.drag?.index >= 0) this.drag.index = place(this.drag, this.drag.sent);
    if (this.selected) {
      this.selected.index = place(this.selected, this.selected.time);
      if (!this.busy) this.selected.time = this.rows[this.selected.row]?.times[this.selected.index];
    }
    this.draw();
  }

  answered() {
    const number = this.model.get("answered");
    if (number === this.number) this.busy = false;
    if (this.wanted?.number === number) this.settle(this.wanted);
    if (this.waiting && this.drag) this.sendMove();
  }

  draw() {
    if (!this.root.isConnected || !this.root.clientWidth) return;
    const { left, width } = this.plot, rows = this.rows, height = TOP + rows.length * ROW + 2;
    this.root.setAttribute("height", height);
    this.foot.style.paddingLeft = width > HINT_ROOM ? `${left}px` : "0";
    if (!this.layer) this.root.append(this.back = svg("g"), this.layer = svg("g"));
    const grid = this.model.get("ticks").map((tick) => svg("line", { class: "tick", x1: this.x(tick), x2: this.x(tick),
      y1: TOP, y2: height }));
    const bands = rows.map((row, i) => svg("g", { class: row.editable ? "row editable" : "row" },
      svg("rect", { x: left, y: TOP + i * ROW + 3, width, height: ROW - 6, rx: 4 }), this.label(row.label, i)));
    this.back.replaceChildren(...bands, ...grid, ...this.lit(),
      ...rows.flatMap((row, i) => row.editable ? [] : [this.strokes(row, i)]));
    fit([...this.back.querySelectorAll("text")], left - GAP);
    this.drawSpikes();
    this.showHint();
  }

  // A ring around the spike that the time cursor stands on.
  lit() {
    const [row, time] = this.model.get("lit");
    if (!this.rows[row]) return [];
    return [svg("rect", { class: "lit", x: this.x(time) - 8, y: TOP + row * ROW + 1, width: 16, height: ROW - 2, rx: 7 })];
  }

  label(text, i) {
    return svg("text", { x: this.plot.left - GAP, y: TOP + i * ROW + ROW / 2 + 4, "text-anchor": "end" }, text);
  }

  // Spikes that are only looked at need no node each: there may be thousands.
  strokes(row, i) {
    const top = TOP + i * ROW + 7, length = ROW - 14, duration = this.model.get("duration");
    const d = row.times.filter((time) => time <= duration).map((time) => `M${this.x(time)} ${top}v${length}`).join("");
    return svg("path", { class: "spike", style: hue(row), d, role: "img", "aria-label": `${row.label}: ${row.times.length} spikes` });
  }

  drawSpikes() {
    const old = new Map(this.spikes.map((spike) => [`${spike.row},${spike.index}`, spike.node]));
    this.spikes = [];
    this.rows.forEach((row, i) => row.editable && row.times.forEach((time, k) => {
      if (!this.isDrawn(time)) return;
      const node = this.spike(row, i, k, time, old.get(`${i},${k}`));
      old.delete(`${i},${k}`);
      this.spikes.push({ row: i, index: k, node });
    }));
    // A node that stays is not taken out of the page: it would lose the focus.
    for (const node of old.values()) node.remove();
    this.spikes.forEach(({ node }, i) => {
      if (this.layer.children[i] !== node) this.layer.insertBefore(node, this.layer.children[i] ?? null);
    });
  }

  isSelected({ row, index }) { return this.selected?.row === row && this.selected?.index === index; }

  spike(row, i, k, time, node = svg("g", { tabindex: 0, role: "slider" }, svg("line"), svg("rect"))) {
    if (this.drag?.moved && this.drag.row === i && this.drag.index === k) time = this.drag.time;
    const y = TOP + i * ROW, x = this.x(time);
    const attributes = { class: `spike editable${this.isSelected({ row: i, index: k }) ? " selected" : ""}`,
      "aria-label": `${row.label}, spike ${k + 1} of ${row.times.length}`, "aria-valuemin": 0,
      "aria-valuemax": this.model.get("duration"), "aria-valuenow": time, "aria-valuetext": `${shown(time)} ms` };
    for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
    node.style.cssText = hue(row);
    const [line, reach] = node.children, size = { x: x - GRAB.mouse, y, width: 2 * GRAB.mouse, height: ROW };
    for (const [name, value] of Object.entries({ x1: x, x2: x, y1: y + 7, y2: y + ROW - 7 })) line.setAttribute(name, value);
    for (const [name, value] of Object.entries(size)) reach.setAttribute(name, value);
    return node;
  }

  showHint() {
    const row = this.rows[this.selected?.row];
    const time = this.drag?.moved ? this.drag.time ?? undefined : row?.times[this.selected.index];
    this.removeButton.hidden = row?.times[this.selected?.index] === undefined;
    if (row && time !== undefined) this.hint.textContent = `${row.label}: ${shown(time)} ms`;
    else this.hint.textContent = this.rows.some(({ editable }) => editable) ? HINT[matchMedia(FINGER).matches] : "";
  }
}

function render({ model, el }) {
  const view = new RasterView(model, el);
  const draw = () => view.draw(), follow = () => view.follow(), answered = () => view.answered();
  const elsewhere = (event) => { if (!el.contains(event.target)) view.wanted = null; };
  const names = ["duration", "ticks", "step", "lit"];
  for (const name of names) model.on(`change:${name}`, draw);
  model.on("change:rows", follow);
  model.on("change:answered", answered);
  document.addEventListener("pointerdown", elsewhere);
  requestAnimationFrame(draw);
  return () => {
    view.observer.disconnect();
    for (const name of names) model.off(`change:${name}`, draw);
    model.off("change:rows", follow);
    model.off("change:answered", answered);
    document.removeEventListener("pointerdown", elsewhere);
  };
}

export default { render };
