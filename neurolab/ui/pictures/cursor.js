// The time cursor: a line over all pictures and a timeline below them. It moves in the page; the
// kernel is told of it, and its answer counts only while the page does not lead.

import { element, set, svg } from "../js/dom.js";
import { follow } from "../js/model.js";
import { Messages } from "./cursor_messages.js";
import { Player } from "./cursor_player.js";
import { snapped, timeAt } from "./cursor_time.js";

const GRAB = { mouse: 8, pen: 12, touch: 24 }; // pixels; how near the line one must be to take it
const CLOSE = 8; // pixels between two events on average; if they are closer, their marks are thin
const STILL = 8; // pixels; a touch that moves less is a tap
/** @type {Record<string, number>} */
const KEYS = {
  ArrowLeft: -1,
  ArrowDown: -1,
  ArrowRight: 1,
  ArrowUp: 1,
  PageDown: -10,
  PageUp: 10,
};

/**
 * `playing`, `speed` and `stops` are known to the page only.
 * @typedef {{
 *   time: number | null, place: number, duration: number, step: number, last: number,
 *   events: number[], when: string, cause: string, numbers: string, verdict: string,
 *   between: string, margins: [number, number], answered: number,
 *   playing?: boolean, speed?: number, stops?: boolean,
 * }} Traits
 */

/** @param {PointerEvent} event */
const reach = ({ pointerType }) =>
  GRAB[/** @type {keyof typeof GRAB} */ (pointerType)] ?? GRAB.mouse;

class CursorView {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.time = model.get("time");
    /** @type {number | null} the pointer that drags the cursor */
    this.drag = null;
    /** @type {{ x: number, y: number } | null} where a touch began that may be a tap */
    this.tap = null;
    this.drawn = "";
    this.messages = new Messages((message) => model.send(message));
    this.player = new Player(this);
    this.path = svg("path");
    this.track = element(
      "div",
      { className: "nl-cursor-track", tabIndex: 0 },
      svg("svg", { "aria-hidden": true }, this.path),
      element("div", { className: "nl-cursor-grip" }),
    );
    set(this.track, { role: "slider", "aria-label": "time cursor" });
    el.classList.add("nl-cursor");
    el.append(this.track);
    this.track.addEventListener("keydown", (event) => this.key(event));
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(el);
  }

  /** @returns {HTMLElement | null} */
  get root() {
    return this.el.closest(".nl-pictures") ?? this.el.parentElement;
  }

  get axis() {
    const { model } = this;
    return {
      duration: model.get("duration"),
      step: model.get("step"),
      last: model.get("last"),
      events: model.get("events"),
    };
  }

  get playing() {
    return Boolean(this.model.get("playing"));
  }

  get leads() {
    return this.drag !== null || this.playing || this.messages.unanswered;
  }

  /**
   * Where the time axis is in the window: under the figures, which leave room for their numbers.
   */
  get plot() {
    const [before, after] = this.model.get("margins");
    const figure = this.root?.querySelector(".nl-figure") ?? this.el;
    const { left, width } = figure.getBoundingClientRect();
    return { left: left + before, width: Math.max(10, width - before - after) };
  }

  /** @param {number} time */
  move(time) {
    if (time === this.time) return;
    this.time = time;
    this.draw();
    this.messages.tell({ action: "go", time: snapped(this.axis, time) });
  }

  update() {
    this.messages.answer(this.model.get("answered"));
    if (!this.leads) this.time = this.model.get("time");
    this.draw();
  }

  /** @param {PointerEvent} event */
  press(event) {
    const target = /** @type {Element} */ (event.target);
    const figure = target.closest?.(".nl-figure, .nl-field-view");
    const isOnTrack = this.track.contains(target);
    if (event.button > 0 || event.defaultPrevented) return;
    if (!isOnTrack && !(figure && this.root?.contains(figure))) return;
    const { left, width } = this.plot;
    const x = event.clientX;
    const near = reach(event);
    if (x < left - near || x > left + width + near) return;
    // A finger that goes sideways over the traces reads them.
    if (event.pointerType === "touch" && !isOnTrack && !this.isAt(x, near)) {
      this.tap = { x, y: event.clientY };
      return;
    }
    this.take(event);
    event.preventDefault();
  }

  /**
   * @param {number} x
   * @param {number} near in pixels
   */
  isAt(x, near) {
    if (this.time === null) return false;
    const { left, width } = this.plot;
    return Math.abs(left + (this.time / this.model.get("duration")) * width - x) <= near;
  }

  /** @param {PointerEvent} event */
  take(event) {
    this.drag = event.pointerId;
    this.player.pause();
    this.root?.classList.add("nl-cursor-dragged");
    this.track.focus({ preventScroll: true });
    this.moveTo(event.clientX);
  }

  /** @param {number} x in the window */
  moveTo(x) {
    this.move(timeAt(this.axis, this.plot, x));
  }

  /** @param {PointerEvent} event */
  follow(event) {
    if (this.drag === event.pointerId) this.moveTo(event.clientX);
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { tap } = this;
    this.tap = null;
    if (tap && event.type === "pointerup") {
      const isStill = Math.hypot(event.clientX - tap.x, event.clientY - tap.y) < STILL;
      if (isStill) {
        this.player.pause();
        this.moveTo(event.clientX);
      }
    }
    if (this.drag !== event.pointerId) return;
    this.drag = null;
    this.root?.classList.remove("nl-cursor-dragged");
    this.update();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const { key } = event;
    if (KEYS[key]) this.moveBy(KEYS[key] * (event.shiftKey ? 10 : 1));
    else if (key === "Home" || key === "End") {
      this.player.pause();
      this.move(key === "Home" ? 0 : this.model.get("last"));
    } else if (key === "Escape") this.order("leave");
    else if (key === " ") this.model.set("playing", !this.playing);
    else return;
    event.preventDefault();
  }

  /** @param {number} steps */
  moveBy(steps) {
    const { axis } = this;
    this.player.pause();
    this.move(this.time === null ? 0 : snapped(axis, this.time + steps * axis.step));
  }

  /** @param {string} action "next" or "previous" goes to an event, "leave" hides the cursor */
  order(action) {
    this.player.pause();
    this.messages.sendWaiting(); // it goes from where the cursor was just put
    this.messages.send({ action });
  }

  draw() {
    const { root, time } = this;
    if (!root || !this.el.isConnected) return;
    const { left, width } = this.plot;
    root.classList.toggle("nl-cursor-shown", time !== null);
    root.style.setProperty("--nl-cursor", String((time ?? 0) / this.model.get("duration")));
    const inset = left - this.el.getBoundingClientRect().left;
    this.el.style.setProperty("--nl-cursor-left", `${inset}px`);
    this.el.style.setProperty("--nl-cursor-width", `${width}px`);
    this.drawMarks(width);
    const now = snapped(this.axis, time ?? 0);
    set(this.track, {
      "aria-valuemin": 0,
      "aria-valuemax": this.model.get("last"),
      "aria-valuenow": now,
      "aria-valuetext": time === null ? "not shown; press an arrow key" : this.sentence(now),
    });
  }

  /** @param {number} width of the time axis in pixels */
  drawMarks(width) {
    const { duration, events } = this.axis;
    const times = [...new Set(events)];
    const places = times.map((event) => ((event / duration) * width).toFixed(1));
    const d = places.map((place) => `M${place} 0v10`).join("");
    if (this.drawn === d) return;
    this.drawn = d;
    set(this.path, { d });
    this.path.classList.toggle("dense", times.length > width / CLOSE);
  }

  /** @param {number} now in ms */
  sentence(now) {
    if (this.model.get("time") !== this.time) return `t = ${now} ms`;
    const names = /** @type {const} */ (["when", "cause", "numbers", "verdict", "between"]);
    const parts = names.map((name) => this.model.get(name));
    return parts.filter(Boolean).join(", ");
  }

  close() {
    this.player.stop();
    this.messages.close();
    this.observer.disconnect();
    this.root?.classList.remove("nl-cursor-shown");
  }
}

/**
 * @param {CursorView} view
 * @returns {() => void} a function that ends it
 */
function hearPointers(view) {
  const stop = new AbortController();
  const options = { signal: stop.signal };
  document.addEventListener("pointerdown", (event) => view.press(event), options);
  document.addEventListener("pointermove", (event) => view.follow(event), options);
  document.addEventListener("pointerup", (event) => view.release(event), options);
  document.addEventListener("pointercancel", (event) => view.release(event), options);
  return () => stop.abort();
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const view = new CursorView(model, el);
  const update = () => view.update();
  const ends = [
    hearPointers(view),
    follow(model, {
      change: update,
      "change:playing": () => view.player.start(),
      "change:events": () => view.player.renew(),
      /** @param {string} action */
      order: (action) => view.order(action),
    }),
  ];
  requestAnimationFrame(update);
  return () => {
    for (const end of ends) end();
    view.close();
  };
}

export default { render };
