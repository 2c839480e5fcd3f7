// A curve over the hidden part of a figure. Drawing anywhere changes what lies under the pen; eight of its points can be
// taken by the keyboard, and carry their neighbourhood with them.

const STEPS = 40; // of an arrow key, over the height of the figure
const LEAP = 5; // times as much with Page up and Page down
const ROOM = 170; // pixels, from which there is space for a phrase
const BRINK = 14; // pixels before the hidden part, where the trace ends and one begins to draw

const within = (value, low, high) => Math.min(Math.max(value, low), high);
const rounded = (value) => Number(value.toPrecision(3));

class DrawingView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.values = [...model.get("values")];
    this.active = 0; // the handle that Tab leads to
    this.pen = null; // the corner where the pen was last, and the value there
    this.pointer = null; // the finger that holds it
    this.root = svg("svg", { class: "nl-drawing", role: "group" });
    this.paper = svg("rect", { class: "paper" });
    this.brink = svg("rect", { class: "brink", x: -BRINK, width: BRINK });
    this.words = svg("text", { class: "words", x: 8, y: 18 });
    this.curve = svg("polyline", { class: "drawn" });
    this.dots = Array.from({ length: model.get("handles") }, (_, index) => this.dot(index));
    this.root.append(this.paper, this.brink, this.words, this.curve, ...this.dots);
    for (const part of [this.paper, this.brink]) part.addEventListener("pointerdown", (event) => this.press(event));
    this.paper.addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"]) this.paper.addEventListener(name, (event) => this.lift(event));
    this.observer = new ResizeObserver(() => this.draw());
  }

  dot(index) {
    const node = svg("g", { class: "dot", role: "slider", "aria-orientation": "vertical" },
      svg("circle", { r: 14, class: "touch" }), svg("circle", { r: 5, class: "mark" }));
    node.addEventListener("keydown", (event) => this.key(event, index));
    node.addEventListener("focus", () => { this.active = index; this.draw(); });
    return node;
  }

  // The figure is put on the page after this.
  attach() {
    const figure = this.el.closest(".nl-traces-figure")?.querySelector(".nl-figure");
    if (!figure) { this.waiting = requestAnimationFrame(() => this.attach()); return; }
    this.figure = figure;
    figure.append(this.root);
    this.observer.observe(figure);
    this.draw();
    // Whoever asked for this by a key goes on by keys, and back to where they were by Enter.
    this.from = document.activeElement;
    if (this.from?.matches(".nl-predict button:focus-visible")) this.dots[0].focus();
  }

  leave() {
    cancelAnimationFrame(this.waiting);
    this.observer.disconnect();
    this.root.remove();
  }

  get last() { return this.values.length - 1; }
  corner(handle) { return Math.round(((handle + 1) * this.last) / this.dots.length); }
  get range() { return [this.model.get("low"), this.model.get("high")]; }
  get size() { return [Math.max(1, this.root.clientWidth), Math.max(1, this.root.clientHeight)]; }
  x(corner) { return (corner / this.last) * this.size[0]; }
  y(value) { const [low, high] = this.range; return ((high - value) / (high - low)) * this.size[1]; }

  // Where the pointer is: corner (not rounded) and value.
  at(event) {
    const { left, top } = this.paper.getBoundingClientRect(), [width, height] = this.size, [low, high] = this.range;
    return { corner: within(((event.clientX - left) / width) * this.last, 0, this.last),
             value: within(high - ((event.clientY - top) / height) * (high - low), low, high) };
  }

  press(event) {
    if (event.button > 0 || (this.pen && !event.isPrimary)) return;
    event.preventDefault();
    this.paper.setPointerCapture(event.pointerId);
    this.pointer = event.pointerId;
    this.pen = this.at(event);
    this.stroke(this.pen);
  }

  move(event) {
    if (!this.pen || event.pointerId !== this.pointer) return;
    for (const part of event.getCoalescedEvents?.() ?? [event]) this.stroke(this.at(part));
  }

  lift(event) {
    if (!this.pen || event.pointerId !== this.pointer) return;
    this.pen = null;
    this.send();
  }

  // Draws from where the pen was to here; the first corner is where the trace was hidden, and stays.
  stroke(to) {
    const from = this.pen, step = to.corner >= from.corner ? 1 : -1;
    const set = (corner, value) => { if (corner > 0) this.values[corner] = value; };
    for (let corner = Math.round(from.corner); corner !== Math.round(to.corner) + step; corner += step) {
      const length = to.corner - from.corner, part = length ? within((corner - from.corner) / length, 0, 1) : 1;
      set(corner, from.value + part * (to.value - from.value));
    }
    this.pen = to;
    this.draw();
  }

  key(event, handle) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const [low, high] = this.range, step = (high - low) / STEPS, here = this.values[this.corner(handle)];
    if (event.key === "Enter" || event.key === "Escape") { event.preventDefault(); this.from?.focus(); return; }
    const to = { ArrowUp: here + step, ArrowDown: here - step, PageUp: here + LEAP * step, PageDown: here - LEAP * step,
                 Home: low, End: high }[event.key];
    const other = { ArrowLeft: handle - 1, ArrowRight: handle + 1 }[event.key];
    if (to === undefined && other === undefined) return;
    event.preventDefault();
    if (other !== undefined) { this.dots[within(other, 0, this.dots.length - 1)].focus(); return; }
    this.lead(handle, within(rounded(to), low, high));
    this.send();
  }

  // Gives a handle a value; what lies between it and its neighbours becomes straight.
  lead(handle, value) {
    const middle = this.corner(handle), before = handle ? this.corner(handle - 1) : 0;
    const after = handle + 1 < this.dots.length ? this.corner(handle + 1) : middle;
    this.values[middle] = value;
    for (const end of [before, after]) {
      for (let corner = Math.min(end, middle) + 1; corner < Math.max(end, middle); corner += 1) {
        this.values[corner] = value + ((corner - middle) / (end - middle)) * (this.values[end] - value);
      }
    }
    this.draw();
  }

  send() { this.model.send({ values: this.values }); }

  follow() {
    this.values = [...this.model.get("values")];
    this.draw();
  }

  draw() {
    if (!this.figure) return;
    const [top, right, bottom, left] = this.model.get("room"), [low, high] = this.range;
    const begin = this.model.get("begin"), end = this.model.get("end");
    const width = Math.max(1, this.figure.clientWidth - left - right), height = Math.max(1, this.figure.clientHeight - top - bottom);
    Object.assign(this.root.style, { left: `${left + (begin / end) * width}px`, top: `${top}px`,
      width: `${(1 - begin / end) * width}px`, height: `${height}px` });
    const name = this.model.get("name"), unit = this.model.get("unit"), [room, tall] = this.size;
    this.root.setAttribute("aria-label", `your prediction of ${name}: left and right go from point to point, up and down move it, Enter goes back`);
    this.paper.setAttribute("width", room);
    for (const part of [this.paper, this.brink]) part.setAttribute("height", tall);
    // The names of thresholds stand at the right.
    this.words.textContent = room > ROOM ? `draw ${name} here` : name;
    this.curve.setAttribute("points", this.values.map((value, corner) => `${this.x(corner)},${this.y(value)}`).join(" "));
    this.dots.forEach((dot, index) => {
      const corner = this.corner(index), value = this.values[corner], time = rounded(begin + ((end - begin) * corner) / this.last);
      dot.setAttribute("transform", `translate(${this.x(corner)} ${this.y(value)})`);
      dot.setAttribute("tabindex", index === this.active ? 0 : -1);
      dot.setAttribute("aria-label", `${name} at ${time} ms`);
      for (const [limit, number] of [["min", low], ["max", high], ["now", rounded(value)]]) dot.setAttribute(`aria-value${limit}`, number);
      dot.setAttribute("aria-valuetext", `${rounded(value)} ${unit}`.trim());
    });
  }
}

function render({ model, el }) {
  const view = new DrawingView(model, el);
  const redraw = () => view.draw(), follow = () => view.follow();
  const names = "change:low change:high change:room change:begin change:end change:name";
  el.classList.add("nl-drawing-view");
  model.on(names, redraw);
  model.on("change:values", follow);
  view.attach();
  return () => {
    model.off(names, redraw);
    model.off("change:values", follow);
    view.leave();
  };
}

export default { render };
