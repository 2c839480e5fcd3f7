// A thin line under the pointer, and the values of the curves at the nearest recorded time. All of it in the page: the
// arrays are those that the figure draws, so that pointing asks nothing of the kernel.

const LEAVES_ROOM = 6; // decimals; smaller values are written with an exponent
const MOST = 6; // curves
const EDGE = 0.02; // how far beside the plotting area its ends can still be read

export function nearest(times, time) {
  let low = 0, high = times.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle; else high = middle;
  }
  return time - times[low] <= times[high] - time ? low : high;
}

// The place of the nearest time. Where a curve jumps, two points have the same time: the value after the jump counts.
export function place(times, time) {
  let index = nearest(times, time);
  while (index + 1 < times.length && times[index + 1] === times[index]) index += 1;
  return index;
}

// As many decimals as the time step has, so that the text does not change its length from one time to the next.
export function timeText(times, index) {
  const first = times.findIndex((time, i) => i > 0 && time > times[i - 1]);
  const step = first > 0 ? times[first] - times[first - 1] : 1;
  let decimals = 0;
  while (decimals < LEAVES_ROOM && Math.abs(step * 10 ** decimals - Math.round(step * 10 ** decimals)) > 1e-6) decimals += 1;
  return times[index].toFixed(decimals);
}

export function valueText(value, decimals) {
  const text = decimals > LEAVES_ROOM ? value.toExponential(2) : value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}

function part(text, colour) {
  const node = document.createElement("span");
  node.textContent = text;
  if (colour) node.style.color = colour;
  return node;
}

// bqplot leaves new data to a transition, which begins a frame later even where it takes no time. The same path is set
// here at once. Should another version of bqplot have other insides, the transition draws alone.
async function drawAtOnce(curve) {
  for (const view of await Promise.all(Object.values(curve.views ?? {}))) {
    if (!view.d3el || !view.line || !view.path_closure) continue;
    view.d3el.selectAll(".curve").select(".line").attr("d", (drawn) => view.line(drawn.values) + view.path_closure());
  }
}

// The vertical parts of a path, as another path.
export function jumps(path) {
  const points = (path ?? "").match(/-?[\d.]+(?:e[-+]?\d+)?/gi) ?? [];
  let found = "";
  for (let i = 2; i + 1 < points.length; i += 2) {
    if (points[i] === points[i - 2]) found += `M${points[i]},${points[i - 1]}V${points[i + 1]}`;
  }
  return found;
}

// A dashed curve would have gaps in its jumps: these are drawn once more, without dashes.
function drawJumps(line) {
  const dashed = line.style.strokeDasharray || getComputedStyle(line).strokeDasharray;
  let solid = line.parentNode.querySelector(".nl-jumps");
  if (!dashed || dashed === "none") { solid?.remove(); return; }
  if (!solid) {
    solid = document.createElementNS("http://www.w3.org/2000/svg", "path");
    solid.setAttribute("class", "nl-jumps");
    line.after(solid);
  }
  const { stroke, strokeWidth, opacity } = line.style;
  const wanted = { style: `fill: none; stroke: ${stroke}; stroke-width: ${strokeWidth}; opacity: ${opacity || 1}`,
    d: jumps(line.getAttribute("d")) };
  // To set an attribute to what it is would be another change to observe.
  for (const [name, value] of Object.entries(wanted)) if (solid.getAttribute(name) !== value) solid.setAttribute(name, value);
}

// Follows whatever redraws the curves of a figure: new values, other limits, another size.
function followJumps(el) {
  const observer = new MutationObserver(() => draw());
  let box = null, ended = false;
  const draw = () => { for (const line of box.querySelectorAll(".curve .line")) drawJumps(line); };
  const begin = () => {
    if (ended) return;
    box = el.closest(".nl-traces-figure");
    if (!box) { requestAnimationFrame(begin); return; }
    observer.observe(box, { subtree: true, childList: true, attributes: true, attributeFilter: ["d", "style"] });
    draw();
  };
  begin();
  return () => { ended = true; observer.disconnect(); };
}

class ReadoutView {
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.curves = [];
    this.place = null; // how far into the time axis the pointer is, from 0 to 1
    this.line = document.createElement("div");
    this.line.className = "nl-pointer-line";
    this.observer = new ResizeObserver(() => this.draw());
    el.classList.add("nl-readout-view");
  }

  async follow() {
    const manager = this.model.widget_manager;
    const wanted = this.wanted = this.model.get("lines");
    const curves = await Promise.all(wanted.map((reference) => manager.get_model(reference.replace("IPY_MODEL_", ""))));
    if (this.wanted !== wanted) return; // others have been asked for meanwhile
    this.unfollow();
    this.curves = curves;
    for (const curve of curves) {
      curve.on("data_updated", drawAtOnce.bind(null, curve), this);
      curve.on("change:x change:y", this.draw, this);
    }
    this.draw();
  }

  unfollow() { for (const curve of this.curves) curve.off(null, null, this); }

  point(event) {
    const figure = this.el.closest(".nl-traces-figure")?.querySelector(".nl-figure");
    if (!figure?.contains(event.target)) { this.hide(); return; }
    const { left, width } = figure.getBoundingClientRect(), [before, after] = this.model.get("margins");
    const place = (event.clientX - left - before) / Math.max(1, width - before - after);
    if (place < -EDGE || place > 1 + EDGE) { this.hide(); return; }
    this.place = Math.min(Math.max(place, 0), 1);
    if (this.line.parentNode !== figure) {
      figure.append(this.line);
      this.observer.observe(figure);
    }
    this.draw();
  }

  hide() {
    if (this.place === null) return;
    this.place = null;
    this.line.remove();
    this.observer.disconnect();
    this.el.replaceChildren();
  }

  draw() {
    if (this.place === null || !this.curves.length) return;
    const duration = this.model.get("duration"), times = this.curves[0].get("x");
    if (!times?.length) return;
    const index = place(times, this.place * duration);
    const [before, after] = this.model.get("margins"), room = Math.max(1, this.line.parentNode.clientWidth - before - after);
    this.line.style.left = `${before + (times[index] / duration) * room - 0.5}px`;
    const names = this.model.get("names"), colours = this.model.get("colours");
    const unit = this.model.get("unit"), decimals = this.model.get("decimals");
    this.el.replaceChildren(part(`t ${timeText(times, index)} ms`), ...this.curves.slice(0, MOST).map((curve, i) =>
      part(`${names[i]} ${valueText(curve.get("y")[place(curve.get("x"), times[index])] ?? NaN, decimals)} ${unit}`, colours[i])));
  }
}

function render({ model, el }) {
  const view = new ReadoutView(model, el);
  const follow = () => { view.follow(); }, redraw = () => view.draw();
  let mouse = "", finger = false;
  const point = (event) => {
    // After a layout, browsers report a mouse that has not moved. It does not take back what a finger points at.
    const place = `${event.clientX} ${event.clientY}`, still = event.pointerType === "mouse" && place === mouse;
    if (event.pointerType === "mouse") mouse = place;
    if (still && finger && event.type === "pointermove") return;
    finger = event.pointerType === "touch";
    view.point(event);
  };
  const hide = () => view.hide();
  // A mouse that goes out of the window; a finger that is lifted leaves what it pointed at to be read.
  const left = (event) => { if (!event.relatedTarget && event.pointerType !== "touch") view.hide(); };
  // Heard at the document: the figure comes later than this, and a pointer outside of it has left it.
  const heard = { pointermove: point, pointerdown: point, pointercancel: hide, pointerout: left };
  for (const [name, action] of Object.entries(heard)) document.addEventListener(name, action, { passive: true });
  model.on("change:lines", follow);
  for (const name of ["duration", "decimals", "names"]) model.on(`change:${name}`, redraw);
  follow();
  const unfollowJumps = followJumps(el);
  return () => {
    unfollowJumps();
    for (const [name, action] of Object.entries(heard)) document.removeEventListener(name, action);
    view.unfollow();
    view.hide();
    model.off("change:lines", follow);
    for (const name of ["duration", "decimals", "names"]) model.off(`change:${name}`, redraw);
  };
}

export default { render };
