// The picture of the network. The kernel says where everything is; the page draws it, and takes who clicks an arrow to the
// entry of the matrix that it stands for.

const SVG = "http://www.w3.org/2000/svg";
const NARROW = 430; // pixels of the panel, below which the narrow layout fits better
const LARGEST = 1.25; // times the size for which it was laid out
const REACH = { mouse: 12, pen: 16, touch: 24 }; // pixels; how near an arrow one must be to take it
const LINE = 16; // pixels between the lines of a text
const HEAD = 11;
const ONE_LINE = 46; // letters that fit on a phone
const KEYS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  set(node, attributes);
  node.append(...children);
  return node;
}

function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (node.getAttribute(name) !== String(value)) node.setAttribute(name, value);
  }
}

function box(x, y, halfWidth, halfHeight, rx, name = "") {
  return svg("rect", { x: x - halfWidth, y: y - halfHeight, width: 2 * halfWidth, height: 2 * halfHeight, rx, class: name });
}

const width = (strength) => 1.5 + 4.5 * strength;

// A triangle for excitation, a bar for inhibition: the sign does not hang on the colour.
function head({ sign, strength }) {
  const half = (4.5 + width(strength)) * 0.85;
  if (sign === "excites") return `M0 0L${-HEAD} ${half}L${-HEAD} ${-half}Z`;
  return sign === "inhibits" ? `M-1 ${half + 2}H-4.5V${-half - 2}H-1Z` : "";
}

function texts(lines, { x, y, ...attributes }) {
  const top = y - (LINE * (lines.length - 1)) / 2;
  return lines.map((line, i) => svg("text", { x, y: top + i * LINE, class: `line-${i}`, ...attributes }, line));
}

/* Where an arrow leads: the cell of its matrix, or the weight of the rule that makes the connection. The controls of the
   connections stand in the order of the experiment. */
function entry(lab, { connection, row, column }) {
  const control = lab?.querySelectorAll(".nl-connection")[connection];
  if (!control) return null;
  const cell = row !== null && control.querySelector(
    `.nl-matrix tbody tr:nth-of-type(${row + 1}) td:nth-of-type(${column + 1}) input:enabled`);
  const fields = [...control.querySelectorAll("input:enabled, select:enabled")].filter((field) => field.offsetParent);
  return cell || fields.find((field) => field.closest(".nl-matrix") || field.title.startsWith("weight")) || fields[0];
}

function reveal(field) {
  field.focus({ preventScroll: true });
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  field.scrollIntoView({ block: "nearest", inline: "nearest", behavior: still ? "auto" : "smooth" });
}

class Picture {
  constructor(model, el) {
    Object.assign(this, { model, el, nodes: [], current: 0, pointed: null, layout: null, drawn: [] });
    this.root = svg("svg", { class: "nl-network-picture", role: "group" });
    this.back = svg("g"), this.lines = svg("g"), this.ends = svg("g"), this.labels = svg("g", { "aria-hidden": "true" });
    this.dots = svg("g");
    this.root.append(this.back, this.ends, this.lines, this.labels, this.dots);
    this.foot = Object.assign(document.createElement("p"), { className: "nl-network-said" });
    this.foot.setAttribute("aria-hidden", "true");
    el.classList.add("nl-network-view");
    el.append(this.root, this.foot);
    this.root.addEventListener("pointermove", (event) => this.point(this.at(event)));
    this.root.addEventListener("pointerleave", () => this.point(null));
    this.root.addEventListener("click", (event) => this.click(event));
    this.root.addEventListener("keydown", (event) => this.key(event));
    this.root.addEventListener("focusin", (event) => this.focused(event));
    this.root.addEventListener("focusout", () => this.say());
    this.observer = new ResizeObserver(() => this.fit());
    this.observer.observe(el);
  }

  get arrows() { return this.model.get("arrows"); }

  // One message may bring several traits.
  update() {
    const drawn = ["layouts", "labels", "arrows"].map((name) => this.model.get(name));
    if (drawn.some((part, i) => part !== this.drawn[i])) {
      this.drawn = drawn;
      this.layout = null;
      this.fit();
    } else if (this.layout) {
      this.light();
      this.drawDots();
    }
  }

  // Takes the layout that fits the panel.
  fit() {
    const room = this.el.clientWidth, [layouts = [], labels] = this.drawn, place = room < NARROW ? 0 : 1;
    if (!room || !layouts[place]) return;
    const { top, width, height } = layouts[place], scale = Math.min(room / width, LARGEST);
    set(this.root, { viewBox: `0 ${top} ${width} ${height}`, width: width * scale, height: height * scale });
    if (layouts[place] !== this.layout) this.draw(layouts[place], labels[place]);
  }

  draw(layout, labels) {
    this.layout = layout;
    const { groups, ends, arrows } = layout;
    this.foot.classList.toggle("long", this.arrows.some(({ name }) => name.length > ONE_LINE));
    set(this.root, { "aria-label": `picture of the network. ${this.model.get("summary")}` });
    this.back.replaceChildren(...groups.flatMap(({ frame, title, titleAt: [x, y] }) => [
      ...(frame ? [box(...frame, 14)] : []), svg("text", { x, y: y + 4.5, "text-anchor": "middle" }, title)]));
    this.drawEnds(ends);
    this.drawArrows(arrows);
    this.labels.replaceChildren(...labels.map((label) => this.label(label)));
    this.backLabels();
    this.light();
    this.drawDots();
    this.say();
  }

  drawEnds(ends) {
    this.ends.replaceChildren(...ends.map(({ at: [x, y], half: [w, h], round, lines }) => {
      const corner = round ? w : 10;
      const sheets = round ? [] : [4, 2].map((shift) => box(x + shift, y - shift, w, h, corner, "sheet"));
      const ring = box(x, y, w + 4, h + 4, corner + 4, "ring");
      return svg("g", { class: round ? "end neuron" : "end stack" }, ...sheets, ring, box(x, y, w, h, corner, "body"),
        ...texts(lines, { x, y: y + 4.5, "text-anchor": "middle" }));
    }));
  }

  // Nodes that stay are not taken out of the page: one of them may have the focus.
  drawArrows(places) {
    const arrows = this.arrows;
    while (this.nodes.length > arrows.length) this.nodes.pop().root.remove();
    while (this.nodes.length < arrows.length) this.nodes.push(this.node());
    this.current = Math.min(this.current, Math.max(arrows.length - 1, 0));
    arrows.forEach(({ name, sign, strength, colour }, i) => {
      const { root, parts } = this.nodes[i], { path, tip: [x, y, angle] } = places[i];
      root.dataset.sign = sign;
      root.style.setProperty("--strength", strength);
      root.style.setProperty("--hue", colour);
      root.style.setProperty("--width", `${width(strength)}px`);
      set(root, { "aria-label": name, tabindex: i === this.current ? 0 : -1 });
      for (const part of parts.slice(0, -1)) set(part, { d: path });
      set(parts.at(-1), { d: head(arrows[i]), transform: `translate(${x} ${y}) rotate(${angle})` });
      this.nodes[i].points = null;
    });
  }

  node() {
    const parts = ["halo", "gap", "line", "head"].map((name) => svg("path", { class: name }));
    const root = svg("g", { class: "arrow", role: "button" }, ...parts);
    this.lines.append(root);
    return { root, parts, points: null };
  }

  label({ arrow, at: [x, y], before, state, after, below, colour }) {
    const name = svg("tspan", { class: "state", style: `--colour: ${colour}` }, state);
    const top = y + 4.5 - (below ? LINE / 2 : 0);
    const text = svg("text", { x, y: top, "text-anchor": "middle" }, before, name, after);
    if (below) text.append(svg("tspan", { x, y: top + LINE, class: "below" }, below));
    const node = svg("g", {}, svg("rect", { rx: 5 }), text);
    node.dataset.arrow = arrow;
    return node;
  }

  // The line is interrupted under its label.
  backLabels() {
    for (const node of this.labels.children) {
      const { x, y, width, height } = node.lastChild.getBBox();
      set(node.firstChild, { x: x - 4, y: y - 1, width: width + 8, height: height + 2 });
    }
  }

  // The arrow at a place of the window; lines without a synapse give way to others.
  at(event) {
    const label = event.target.closest?.("[data-arrow]");
    if (label) return Number(label.dataset.arrow);
    const matrix = this.root.getScreenCTM()?.inverse();
    if (!matrix) return null;
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix);
    let found = null, nearest = (REACH[event.pointerType] ?? REACH.mouse) * matrix.a;
    this.arrows.forEach(({ sign }, i) => {
      const distance = Math.min(...this.points(i).map((point) => Math.hypot(point.x - x, point.y - y)));
      const weighed = distance + (sign === "zero" ? 3 : 0);
      if (weighed < nearest) [found, nearest] = [i, weighed];
    });
    return found;
  }

  points(i) {
    const line = this.nodes[i].parts[2];
    if (!this.nodes[i].points) {
      const length = line.getTotalLength(), count = Math.max(2, Math.ceil(length / 6));
      this.nodes[i].points = Array.from({ length: count + 1 }, (_, k) => line.getPointAtLength((length * k) / count));
    }
    return this.nodes[i].points;
  }

  point(place) {
    if (place === this.pointed) return;
    this.nodes[this.pointed]?.root.classList.remove("pointed");
    this.pointed = place;
    this.nodes[place]?.root.classList.add("pointed");
    this.root.style.cursor = place === null ? "" : "pointer";
    this.say();
  }

  // A click without a place is that of a screen reader, on the arrow itself.
  click(event) {
    const place = event.detail ? this.at(event) : this.nodes.findIndex(({ root }) => root.contains(event.target));
    if (place !== null && place >= 0) this.choose(place);
  }

  key(event) {
    const place = this.nodes.findIndex(({ root }) => root === event.target), last = this.nodes.length - 1;
    if (place < 0 || event.altKey || event.ctrlKey || event.metaKey) return;
    const next = { Home: 0, End: last }[event.key] ?? Math.min(Math.max(place + (KEYS[event.key] ?? 0), 0), last);
    if (event.key === "Enter" || event.key === " ") this.choose(place);
    else if (KEYS[event.key] || event.key === "Home" || event.key === "End") this.nodes[next].root.focus();
    else return;
    event.preventDefault();
  }

  focused(event) {
    const place = this.nodes.findIndex(({ root }) => root === event.target);
    if (place < 0) return;
    this.makeCurrent(place);
    this.say();
  }

  // One of the arrows can be reached by Tab, the others from there by arrow keys.
  makeCurrent(place) {
    set(this.nodes[this.current].root, { tabindex: -1 });
    this.current = place;
    set(this.nodes[place].root, { tabindex: 0 });
  }

  choose(place) {
    this.makeCurrent(place);
    const field = entry(this.el.closest(".neurolab-lab"), this.arrows[place]);
    if (field) reveal(field);
  }

  light() {
    const { arrows, ends } = this.model.get("lit");
    this.nodes.forEach(({ root }, i) => root.classList.toggle("lit", arrows.includes(i)));
    [...this.ends.children].forEach((node, i) => {
      const [why, neuron] = ends[i] ?? [""], { lines } = this.layout.ends[i];
      node.dataset.why = why;
      const last = node.lastElementChild;
      last.textContent = why && lines.length > 1 ? `${neuron} ${why}` : lines.at(-1);
    });
    this.say();
  }

  drawDots() {
    this.dots.replaceChildren(...this.model.get("dots").filter(([i]) => this.nodes[i]).map(([i, fraction]) => {
      const line = this.nodes[i].parts[2], { x, y } = line.getPointAtLength(line.getTotalLength() * fraction);
      return svg("circle", { cx: x, cy: y, r: 6 });
    }));
  }

  // One line tells what the pointer or the focus is on, else what the time cursor lights up.
  say() {
    const focused = this.nodes.findIndex(({ root }) => root === document.activeElement);
    const place = this.pointed ?? (focused < 0 ? this.model.get("lit").arrows[0] : focused);
    const text = this.arrows[place]?.name ?? this.hint();
    if (this.foot.textContent !== text) this.foot.textContent = text;
  }

  hint() {
    if (!this.arrows.length) return "no connections";
    const press = matchMedia("(pointer: coarse)").matches ? "tap" : "click";
    const blunt = this.arrows.some(({ sign }) => sign === "inhibits");
    return blunt ? `blunt end: inhibits · ${press} an arrow to change it` : `${press} an arrow to change its weight`;
  }
}

function render({ model, el }) {
  const picture = new Picture(model, el), update = () => picture.update();
  update();
  model.on("change", update);
  return () => {
    picture.observer.disconnect();
    model.off("change", update);
  };
}

export default { render };
