// Plays a run with the time cursor: it glides from event to event and rests at each.

import { isReached, nextPlace, passedAmong } from "./cursor_time.js";

const WHOLE_RUN = 10_000; // ms that playing takes at speed 1, events apart
const DWELL = 1000; // ms on each event
const ALL_DWELLS = 12_000; // ms on all events together at most
const LONGEST_FRAME = 100; // ms; a page that was hidden goes on from where it was
const REDUCED = "(prefers-reduced-motion: reduce)";

/** @typedef {import("./cursor_time.js").Passed} Passed */
/** @typedef {import("./cursor.js").Traits} Traits */
/**
 * The view of the cursor, as far as playing needs it.
 * @typedef {object} View
 * @property {import("@anywidget/types").AnyModel<Traits>} model
 * @property {HTMLElement} el
 * @property {number | null} time
 * @property {import("./cursor_messages.js").Messages} messages
 * @property {boolean} playing
 * @property {(time: number) => void} move
 * @property {() => void} update
 * @property {() => void} draw
 */

export class Player {
  /** @param {View} view */
  constructor(view) {
    this.view = view;
    this.frame = 0;
    this.rest = 0; // ms that it still stays at an event
    this.before = 0; // when the last frame was
    /** @type {Passed | null} all events before this place, or before this time */
    this.passed = null;
  }

  pause() {
    this.view.model.set("playing", false);
  }

  stop() {
    cancelAnimationFrame(this.frame);
  }

  /** Begin to play, or end if the model says so. */
  start() {
    const { view } = this;
    this.stop();
    if (!view.playing) {
      view.update();
      return;
    }
    this.passed = this.passedNow();
    this.rest = 0;
    this.before = performance.now();
    this.frame = requestAnimationFrame((now) => this.glide(now));
  }

  /** @returns {Passed} */
  passedNow() {
    const { view, passed } = this;
    if (view.time === null || view.time >= view.model.get("last")) {
      view.move(0);
      return { place: -1, time: -1 };
    }
    // While the kernel has not answered, the page knows better than the model at which event it
    // stopped.
    const { unanswered } = view.messages;
    if (unanswered && passed?.time === view.time) return passed;
    return { place: unanswered ? -1 : view.model.get("place"), time: view.time };
  }

  /** Take the events of another run, after an edit while playing. */
  renew() {
    const { model } = this.view;
    if (!this.passed) return;
    if (model.get("time") === this.passed.time) this.passed.place = model.get("place");
    else this.passed = passedAmong(model.get("events"), this.passed);
  }

  /** @param {number} now */
  glide(now) {
    const { view } = this;
    if (!view.playing || !view.el.isConnected) return;
    this.frame = requestAnimationFrame((later) => this.glide(later));
    const gone = Math.min(now - this.before, LONGEST_FRAME) * (view.model.get("speed") ?? 1);
    this.before = now;
    this.rest -= gone;
    if (this.rest > 0) return;
    // Until the kernel has answered the start, the page knows no events.
    if (view.model.get("time") === null || view.time === null || !this.passed) return;
    this.advance(view.time, gone, this.passed);
  }

  /**
   * @param {number} from in ms of the run
   * @param {number} gone ms since the last frame, times the speed
   * @param {Passed} passed
   */
  advance(from, gone, passed) {
    const { model } = this.view;
    const last = model.get("last");
    const events = model.get("events");
    const place = nextPlace(events, passed);
    const ahead = events[place] ?? Infinity;
    const { matches: isReduced } = matchMedia(REDUCED);
    const time = isReduced ? Infinity : from + (gone / WHOLE_RUN) * model.get("duration");
    if (isReached(ahead, Math.min(time, last))) this.visit(place, ahead);
    else if (time >= last) {
      this.view.move(last);
      this.pause();
    } else {
      this.passed = { place: -1, time };
      this.view.move(time);
    }
  }

  /**
   * @param {number} place of an event
   * @param {number} time of the event
   */
  visit(place, time) {
    const { view } = this;
    const { matches: isReduced } = matchMedia(REDUCED);
    view.time = time;
    this.passed = { place, time };
    this.rest = Math.min(DWELL, ALL_DWELLS / view.model.get("events").length);
    if (isReduced) this.rest *= 2;
    view.draw();
    view.messages.tell({ action: "event", place });
    if (view.model.get("stops")) this.pause();
  }
}
