// The view of the raster: its spikes, the selected one, and the messages to the kernel. The kernel
// may hold other spikes by now than those that are seen. A message names a spike by the time that
// it `was` at.

import { element } from "../js/dom.js";
import { RasterDrawing } from "./raster_drawing.js";
import { indexNow, nearestSpike, onGrid, timeText } from "./raster_times.js";

const HINT_ROOM = 300; // pixels that the hint takes
const PATIENCE = 2000; // ms to wait for the kernel's answer before the next message is sent anyway
/** @type {Record<string, number>} */
const DIRECTIONS = { ArrowLeft: -1, ArrowRight: 1, ArrowDown: -1, ArrowUp: 1 };

/** @typedef {import("./raster_times.js").Row} Row */
/** @typedef {import("./raster_times.js").Spike} Spike */
/** @typedef {import("./raster_pointer.js").Click} Click */
/** @typedef {import("./raster_pointer.js").Drag} Drag */
/**
 * @typedef {{ action: string, row: number, index?: number, was?: number, time?: number }} Message
 */
/**
 * @typedef {{
 *   rows: Row[], duration: number, step: number, ticks: number[], margins: [number, number],
 *   lit: [row?: number, time?: number], answered: number,
 * }} Traits
 */

function hintText() {
  const isFinger = matchMedia("(pointer: coarse)").matches;
  if (isFinger) return "tap: add · drag: move · double tap: remove";
  return "click: add · drag: move · double click: remove";
}

export class RasterView {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    this.number = Math.floor(Math.random() * 1e9); // other views of the same raster count elsewhere
    this.busy = false; // until the last message is answered
    this.sentAt = 0;
    this.waiting = false; // a drag has a newer time than the kernel was told
    /** @type {Spike | null} */
    this.selected = null;
    /**
     * @type {{ row: number, time?: number, number: number } | null} to be selected when message
     * `number` is answered
     */
    this.wanted = null;
    /** @type {Drag | null} */
    this.drag = null;
    /** @type {Click | null} the last one */
    this.clicked = null;
    this.drawing = new RasterDrawing();
    this.root = this.drawing.root;
    this.hint = element("span");
    const text = { textContent: "Remove spike", className: "nl-raster-remove" };
    this.removeButton = element("button", { type: "button", ...text });
    this.foot = element("div", { className: "nl-raster-foot" }, this.hint, this.removeButton);
    el.classList.add("nl-raster-view");
    el.append(this.root, this.foot);
    this.hear();
    this.observer = new ResizeObserver(() => this.draw());
    this.observer.observe(el);
  }

  hear() {
    const { root, el } = this;
    this.removeButton.addEventListener("click", () => this.remove());
    root.addEventListener("keydown", (event) => this.key(event));
    root.addEventListener("focusin", (event) => this.focused(event));
    el.addEventListener("focusout", ({ relatedTarget }) => {
      if (!el.contains(/** @type {Node | null} */ (relatedTarget))) this.deselect();
    });
  }

  get rows() {
    return this.model.get("rows");
  }

  get axis() {
    return { duration: this.model.get("duration"), step: this.model.get("step") };
  }

  get plot() {
    const [left, right] = this.model.get("margins");
    return { left, width: Math.max(10, this.root.clientWidth - left - right) };
  }

  /** @param {number} time */
  x(time) {
    return this.plot.left + (time / this.model.get("duration")) * this.plot.width;
  }

  /** @param {number} x */
  snapped(x) {
    const { left, width } = this.plot;
    return onGrid(this.axis, ((x - left) / width) * this.model.get("duration"));
  }

  /** @param {number} time */
  isDrawn(time) {
    return time < this.model.get("duration");
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const { selected } = this;
    if (!selected || event.ctrlKey || event.altKey || event.metaKey) return;
    const direction = DIRECTIONS[event.key];
    if (direction) this.moveBy(selected, direction * (event.shiftKey ? 10 : 1));
    else if (event.key === "Delete" || event.key === "Backspace") {
      this.remove(this.nearest(selected.row, selected.time, selected.index));
    } else return;
    event.preventDefault();
  }

  /**
   * Keys that follow each other faster than the kernel answers go on from where the last one went.
   * @param {Spike} spike
   * @param {number} steps
   */
  moveBy(spike, steps) {
    const { row, index, time: was } = spike;
    spike.time = onGrid(this.axis, was + steps * this.axis.step);
    this.send({ action: "move", row, index, was, time: spike.time });
  }

  /**
   * Remove the selected spike.
   * @param {number} [next] index of the spike of the same row that is selected next
   */
  remove(next = -1) {
    if (!this.selected) return;
    const { row, index, time: was } = this.selected;
    const time = this.rows[row]?.times[next];
    this.send({ action: "remove", row, index, was });
    this.wanted = { row, time, number: this.number };
    this.selected = null;
    this.clicked = null;
    this.draw();
  }

  /**
   * Find the spike of a row that is the nearest to a time, other than one.
   * @param {number} row
   * @param {number} time
   * @param {number} [but]
   */
  nearest(row, time, but = -1) {
    const times = this.rows[row]?.times ?? [];
    return nearestSpike(times, time, (index) => index !== but && this.isDrawn(times[index]));
  }

  /**
   * @param {number} row
   * @param {number} index
   */
  select(row, index) {
    this.selected = { row, index, time: this.rows[row].times[index] };
    this.draw();
    const spike = this.drawing.spikes.find((each) => this.isSelected(each.row, each.index));
    spike?.node.focus({ preventScroll: true });
  }

  /**
   * Select a spike that may have another number now, unless the focus is elsewhere.
   * @param {{ row: number, time?: number }} wanted
   */
  settle({ row, time = Number.NaN }) {
    const active = document.activeElement;
    const index = this.nearest(row, time);
    this.wanted = null;
    if (active !== document.body && !this.el.contains(active)) return;
    this.draw();
    const isThere = Math.abs(this.rows[row]?.times[index] - time) < this.model.get("step") / 2;
    if (isThere) this.select(row, index);
    else this.root.focus({ preventScroll: true });
  }

  deselect() {
    if (!this.selected) return;
    this.selected = null;
    this.draw();
  }

  /** @param {FocusEvent} event */
  focused(event) {
    const spike = this.drawing.spikes.find(({ node }) => node === event.target);
    if (!spike) return;
    const { row, index } = spike;
    this.wanted = null;
    if (this.isSelected(row, index)) return;
    this.selected = { row, index, time: this.rows[row].times[index] };
    this.draw();
  }

  /** @param {Message} message */
  send(message) {
    this.number += 1;
    this.busy = true;
    this.sentAt = performance.now();
    this.model.send({ ...message, number: this.number });
  }

  /**
   * A drag gives more positions than a slow kernel can follow: the newest waits until the last one
   * is answered.
   * @param {Drag} drag
   */
  sendMove(drag) {
    this.waiting = this.busy && performance.now() - this.sentAt < PATIENCE;
    if (!this.waiting && drag.time !== drag.sent) this.sendDrag(drag, drag.time);
  }

  /**
   * @param {Drag} drag
   * @param {number} time
   */
  sendDrag(drag, time) {
    this.send({ action: "move", row: drag.row, index: drag.index, was: drag.sent, time });
    drag.sent = time;
    if (this.selected) this.selected.time = time;
  }

  /** Take other spikes: those that are held and selected may have other numbers now. */
  follow() {
    const { drag, selected } = this;
    /** @param {number} row */
    const timesOf = (row) => this.rows[row]?.times ?? [];
    if (drag && drag.index >= 0) drag.index = indexNow(timesOf(drag.row), drag.index, drag.sent);
    if (selected) {
      const times = timesOf(selected.row);
      selected.index = indexNow(times, selected.index, selected.time);
      if (!this.busy) selected.time = times[selected.index];
    }
    this.draw();
  }

  answered() {
    const number = this.model.get("answered");
    if (number === this.number) this.busy = false;
    if (this.wanted?.number === number) this.settle(this.wanted);
    if (this.waiting && this.drag) this.sendMove(this.drag);
  }

  /**
   * @param {number} row
   * @param {number} index
   */
  isSelected(row, index) {
    return this.selected?.row === row && this.selected.index === index;
  }

  /** @param {{ row: number, index: number }} spike */
  isDragged({ row, index }) {
    return this.drag?.moved === true && this.drag.row === row && this.drag.index === index;
  }

  draw() {
    if (!this.root.isConnected || !this.root.clientWidth) return;
    const { left, width } = this.plot;
    this.foot.style.paddingLeft = width > HINT_ROOM ? `${left}px` : "0";
    this.drawing.draw({
      rows: this.rows,
      left,
      width,
      duration: this.model.get("duration"),
      ticks: this.model.get("ticks"),
      lit: this.model.get("lit"),
      isSelected: (row, index) => this.isSelected(row, index),
      time: (row, index) => this.shownTime(row, index),
    });
    this.showHint();
  }

  /**
   * @param {number} row
   * @param {number} index
   */
  shownTime(row, index) {
    return this.drag && this.isDragged({ row, index })
      ? this.drag.time
      : this.rows[row].times[index];
  }

  showHint() {
    const { selected } = this;
    const row = selected && this.rows[selected.row];
    const own = selected ? row?.times[selected.index] : undefined;
    const isDragging = this.drag?.moved && this.drag.index >= 0;
    const time = isDragging ? this.drag?.time : own;
    this.removeButton.hidden = own === undefined;
    if (row && time !== undefined) this.hint.textContent = `${row.label}: ${timeText(time)} ms`;
    else this.hint.textContent = this.rows.some(({ editable }) => editable) ? hintText() : "";
  }
}
