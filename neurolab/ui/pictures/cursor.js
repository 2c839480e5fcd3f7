// The time cursor: a line over all pictures and a timeline below them. It moves in the page; the kernel is told at most
// every TELL ms, and its answer counts only while the page does not lead.

const SVG = "http://www.w3.org/2000/svg";
const TELL = 50; // ms between two messages
const PATIENCE = 2000; // ms to wait for an answer before the next message is sent anyway
const GRAB = { mouse: 8, pen: 12, touch: 24 }; // pixels; how near the line one must be to take it
const CLOSE = 8; // pixels between two events on average; if they are closer, their marks are thin
const CATCH = 4; // pixels within which an event draws the cursor to it
const STILL = 8; // pixels; a touch that moves less is a tap
const WHOLE_RUN = 10_000; // ms that playing takes at speed 1, events apart
const DWELL = 1000, ALL_DWELLS = 12_000; // ms on each event while playing, and on all together at most
const NEAR = 1e-9; // ms; sums of many steps of playing are off by less
const REDUCED = "(prefers-reduced-motion: reduce)";

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

class CursorView {
  constructor(model, el) {
    Object.assign(this, { model, el, time: model.get("time"), drag: null, tap: null, waiting: null, busy: false, sentAt: 0 });
    this.number = Math.floor(Math.random() * 1e9); // other views of the same cursor count elsewhere
    this.marks = document.createElementNS(SVG, "svg");
    this.marks.append(document.createElementNS(SVG, "path"));
    this.marks.setAttribute("aria-hidden", "true");
    this.track = element("div", { className: "nl-cursor-track", tabIndex: 0 }, this.marks,
      element("div", { className: "nl-cursor-grip" }));
    this.track.setAttribute("role", "slider");
    this.track.setAttribute("aria-label", "time cursor");
    el.classList.add("nl-cursor");
    el.append(this.track);
    this.track.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(el);
  }

  get root() { return this.el.closest(".nl-pictures") ?? this.el.parentElement; }
  get last() { return this.model.get("last"); }
  get events() { return this.model.get("events"); }
  get playing() { return Boolean(this.model.get("playing")); }
  get unanswered() { return this.busy || this.waiting !== null; }
  get leads() { return this.drag !== null || this.playing || this.unanswered; }

  // Where the time axis lies in the window: under the figures, which leave room for their numbers.
  get plot() {
    const [before, after] = this.model.get("margins");
    const { left, width } = (this.root?.querySelector(".nl-figure") ?? this.el).getBoundingClientRect();
    return { left: left + before, width: Math.max(10, width - before - after) };
  }

  x(time) {
    const { left, width } = this.plot;
    return left + (time / this.model.get("duration")) * width;
  }

  snapped(time) {
    const step = this.model.get("step");
    return Math.min(Math.max(Number((Math.round(time / step) * step).toPrecision(12)), 0), this.last);
  }

  // The time under a pointer; near an event, the time of that event.
  timeAt(x) {
    const { left, width } = this.plot, duration = this.model.get("duration");
    const time = this.snapped(((x - left) / width) * duration);
    let found = time, nearest = CATCH;
    for (const event of this.events) {
      const distance = Math.abs(left + (event / duration) * width - x);
      if (distance < nearest) [found, nearest] = [event, distance];
    }
    return found;
  }

  // --- moving

  move(time) {
    if (time === this.time) return;
    this.time = time;
    this.draw();
    this.tell({ action: "go", time: this.snapped(time) });
  }

  tell(message) {
    this.waiting = message;
    this.flush();
  }

  flush() {
    const since = performance.now() - this.sentAt;
    if (!this.waiting || (this.busy && since < PATIENCE)) return;
    if (since < TELL) {
      this.timer ??= setTimeout(() => { this.timer = null; this.flush(); }, TELL - since);
      return;
    }
    this.send(this.waiting);
  }

  // What waits is out of date with this.
  send(message) {
    this.number += 1;
    this.sentAt = performance.now();
    this.busy = true;
    this.waiting = null;
    this.model.send({ ...message, number: this.number });
  }

  update() {
    if (this.model.get("answered") === this.number) this.busy = false;
    this.flush();
    if (!this.leads) this.time = this.model.get("time");
    this.draw();
  }

  press(event) {
    const figure = event.target.closest?.(".nl-figure, .nl-field-view"), onTrack = this.track.contains(event.target);
    if (event.button > 0 || event.defaultPrevented || !(onTrack || (figure && this.root?.contains(figure)))) return;
    const { left, width } = this.plot, x = event.clientX, reach = GRAB[event.pointerType] ?? GRAB.mouse;
    if (x < left - reach || x > left + width + reach) return;
    const near = this.time !== null && Math.abs(this.x(this.time) - x) <= reach;
    // A finger that goes sideways over the traces reads them.
    if (event.pointerType === "touch" && !onTrack && !near) { this.tap = { x, y: event.clientY }; return; }
    this.drag = event.pointerId;
    this.pause();
    this.root?.classList.add("nl-cursor-dragged");
    this.track.focus({ preventScroll: true });
    this.move(this.timeAt(x));
    event.preventDefault();
  }

  follow(event) {
    if (this.drag === event.pointerId) this.move(this.timeAt(event.clientX));
  }

  release(event) {
    if (this.tap && event.type === "pointerup" && Math.hypot(event.clientX - this.tap.x, event.clientY - this.tap.y) < STILL) {
      this.pause();
      this.move(this.timeAt(event.clientX));
    }
    this.tap = null;
    if (this.drag !== event.pointerId) return;
    this.drag = null;
    this.root?.classList.remove("nl-cursor-dragged");
    this.update();
  }

  key(event) {
    const steps = { ArrowLeft: -1, ArrowDown: -1, ArrowRight: 1, ArrowUp: 1, PageDown: -10, PageUp: 10 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (steps) {
      this.pause();
      const by = steps * (event.shiftKey ? 10 : 1) * this.model.get("step");
      this.move(this.time === null ? 0 : this.snapped(this.time + by));
    } else if (event.key === "Home" || event.key === "End") {
      this.pause();
      this.move(event.key === "Home" ? 0 : this.last);
    } else if (event.key === "Escape") this.order("leave");
    else if (event.key === " ") this.model.set("playing", !this.playing);
    else return;
    event.preventDefault();
  }

  // To the next event, to the one before, or away: "next", "previous", "leave".
  order(action) {
    this.pause();
    if (this.waiting) this.send(this.waiting); // it goes from where the cursor was just put
    this.send({ action });
  }

  // --- playing

  pause() { this.model.set("playing", false); }

  play() {
    cancelAnimationFrame(this.frame);
    if (!this.playing) { this.update(); return; }
    const fresh = this.time === null || this.time >= this.last;
    if (fresh) this.move(0);
    // What was passed: all events before this place, or before this time. While the kernel has not answered, the page knows
    // better than the model at which event it stopped.
    if (fresh || !this.unanswered || this.passed?.time !== this.time) {
      const place = fresh || this.unanswered ? -1 : this.model.get("place");
      this.passed = { place, time: fresh ? -1 : this.time };
    }
    this.rest = 0;
    this.before = performance.now();
    this.frame = requestAnimationFrame((now) => this.glide(now));
  }

  // Places count the events of one run; an edit while playing gives another.
  renew() {
    if (!this.passed) return;
    const { place, time } = this.passed, answered = this.model.get("time") === time;
    const same = Math.abs(this.events[place] - time) <= NEAR;
    this.passed = { place: answered ? this.model.get("place") : same ? place : -1, time };
  }

  next() {
    const { place, time } = this.passed;
    return place >= 0 ? place + 1 : this.events.findIndex((event) => event > time + NEAR);
  }

  glide(now) {
    if (!this.playing || !this.el.isConnected) return;
    this.frame = requestAnimationFrame((later) => this.glide(later));
    const speed = this.model.get("speed") ?? 1, gone = Math.min(now - this.before, 100) * speed;
    this.before = now;
    if ((this.rest -= gone) > 0) return;
    // Until the kernel has answered the start, the page knows no events.
    if (this.model.get("time") === null) return;
    const reduced = matchMedia(REDUCED).matches, place = this.next();
    const ahead = place >= 0 && place < this.events.length ? this.events[place] : Infinity;
    const time = reduced ? Infinity : this.time + (gone / WHOLE_RUN) * this.model.get("duration");
    if (ahead <= Math.min(time, this.last) + NEAR) this.visit(place, ahead);
    else if (time >= this.last) {
      this.move(this.last);
      this.pause();
    } else {
      this.passed = { place: -1, time };
      this.move(time);
    }
  }

  visit(place, time) {
    this.time = time;
    this.passed = { place, time };
    this.rest = Math.min(DWELL, ALL_DWELLS / this.events.length) * (matchMedia(REDUCED).matches ? 2 : 1);
    this.draw();
    this.tell({ action: "event", place });
    if (this.model.get("stops")) this.pause();
  }

  // --- drawing

  draw() {
    const { root, track, time } = this;
    if (!root || !this.el.isConnected) return;
    const duration = this.model.get("duration"), { left, width } = this.plot;
    root.classList.toggle("nl-cursor-shown", time !== null);
    root.style.setProperty("--nl-cursor", String((time ?? 0) / duration));
    this.el.style.setProperty("--nl-cursor-left", `${left - this.el.getBoundingClientRect().left}px`);
    this.el.style.setProperty("--nl-cursor-width", `${width}px`);
    const times = [...new Set(this.events)], d = times.map((event) => `M${((event / duration) * width).toFixed(1)} 0v10`).join("");
    if (this.drawn !== d) {
      this.marks.firstChild.setAttribute("d", this.drawn = d);
      this.marks.firstChild.classList.toggle("dense", times.length > width / CLOSE);
    }
    const text = ["when", "cause", "numbers", "verdict", "between"].map((name) => this.model.get(name)).filter(Boolean);
    const said = this.model.get("time") === time ? text.join(", ") : `t = ${this.snapped(time ?? 0)} ms`;
    const attributes = { "aria-valuemin": 0, "aria-valuemax": this.last, "aria-valuenow": this.snapped(time ?? 0),
      "aria-valuetext": time === null ? "not shown; press an arrow key" : said };
    for (const [name, value] of Object.entries(attributes)) {
      if (track.getAttribute(name) !== String(value)) track.setAttribute(name, value);
    }
  }
}

function render({ model, el }) {
  const view = new CursorView(model, el);
  const update = () => view.update(), play = () => view.play(), order = (action) => view.order(action);
  const renew = () => view.renew();
  const heard = { pointerdown: (event) => view.press(event), pointermove: (event) => view.follow(event),
    pointerup: (event) => view.release(event), pointercancel: (event) => view.release(event) };
  for (const [name, action] of Object.entries(heard)) document.addEventListener(name, action);
  model.on("change", update);
  model.on("change:playing", play);
  model.on("change:events", renew);
  model.on("order", order);
  requestAnimationFrame(update);
  return () => {
    for (const [name, action] of Object.entries(heard)) document.removeEventListener(name, action);
    model.off("change", update);
    model.off("change:playing", play);
    model.off("change:events", renew);
    model.off("order", order);
    cancelAnimationFrame(view.frame);
    clearTimeout(view.timer);
    view.observer.disconnect();
    view.root?.classList.remove("nl-cursor-shown");
  };
}

export default { render };
