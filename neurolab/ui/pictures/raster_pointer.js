// What pointers do to the raster: drag moves a spike, a click on an empty place adds one, a double
// click removes one.

import { ROW, TOP } from "./raster_drawing.js";

const GRAB = { mouse: 13, pen: 16, touch: 20 }; // pixels; how near a spike one must be to take it
const STILL = 4; // pixels; a press that moves less is a click
const TWICE = 400; // ms between the clicks of a double click

/** @typedef {import("./raster_view.js").RasterView} RasterView */
/** @typedef {{ row: number, x: number, at: number, added: boolean }} Click */
/**
 * @typedef {object} Drag a press, and what has become of it
 * @property {number} pointer
 * @property {number} row
 * @property {number} index -1 if no spike is held
 * @property {number} x where it began, in pixels
 * @property {number} y
 * @property {number} offset of the spike from the pointer
 * @property {boolean} moved
 * @property {number} time to which the spike was dragged
 * @property {number} sent the time that the kernel was told last
 * @property {number} first the time before the drag
 */

/** @param {PointerEvent} event */
const reach = ({ pointerType }) =>
  GRAB[/** @type {keyof typeof GRAB} */ (pointerType)] ?? GRAB.mouse;

export class RasterPointer {
  /** @param {RasterView} view */
  constructor(view) {
    this.view = view;
    const { root } = view;
    root.addEventListener("pointerdown", (event) => this.press(event));
    root.addEventListener("pointermove", (event) => this.move(event));
    root.addEventListener("pointerup", (event) => this.release(event));
    root.addEventListener("pointercancel", (event) => this.cancel(event));
  }

  /**
   * Find the row under the pointer, and its spike within reach (-1 for none).
   * @param {PointerEvent} event
   */
  at(event) {
    const box = this.view.root.getBoundingClientRect();
    const x = event.clientX - box.left;
    const row = Math.floor((event.clientY - box.top - TOP) / ROW);
    let index = -1;
    let nearest = reach(event);
    for (const [i, time] of (this.view.rows[row]?.times ?? []).entries()) {
      const distance = Math.abs(this.view.x(time) - x);
      if (!this.view.isDrawn(time) || distance > nearest) continue;
      index = i;
      nearest = distance;
    }
    return { row, index, x };
  }

  /** @param {PointerEvent} event */
  press(event) {
    if (this.view.drag && !event.isPrimary) {
      this.view.drag.moved = true; // two fingers are no click
      return;
    }
    const { row, index, x } = this.at(event);
    const isEditable = this.view.rows[row]?.editable;
    if (index < 0 || !isEditable) this.view.deselect();
    if (!isEditable || event.button > 0) return;
    this.view.wanted = null;
    this.view.root.setPointerCapture(event.pointerId);
    if (index >= 0) this.view.select(row, index);
    const time = index >= 0 ? this.view.rows[row].times[index] : Number.NaN;
    const offset = index >= 0 ? this.view.x(time) - x : 0;
    const place = { pointer: event.pointerId, row, index, x, y: event.clientY, offset };
    this.view.drag = { ...place, moved: false, time, sent: time, first: time };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const { drag } = this.view;
    if (!drag) {
      this.showCursor(event);
      return;
    }
    if (event.pointerId !== drag.pointer) return;
    const x = event.clientX - this.view.root.getBoundingClientRect().left;
    if (Math.hypot(x - drag.x, event.clientY - drag.y) > STILL) drag.moved = true;
    if (drag.index < 0 || !drag.moved) return;
    drag.time = this.view.snapped(x + drag.offset);
    this.view.sendMove(drag);
    this.view.draw();
  }

  /** @param {PointerEvent} event */
  showCursor(event) {
    const { row, index } = this.at(event);
    const cursor = index >= 0 ? "ew-resize" : "copy";
    this.view.root.style.cursor = this.view.rows[row]?.editable ? cursor : "default";
  }

  /**
   * The browser has taken the fingers for its own: scrolling or zooming the page moves no spike.
   * @param {PointerEvent} event
   */
  cancel(event) {
    const { drag } = this.view;
    if (!drag || event.pointerId !== drag.pointer) return;
    this.view.drag = null;
    if (drag.index >= 0 && drag.sent !== drag.first) this.view.sendDrag(drag, drag.first);
    this.view.draw();
  }

  /** @param {PointerEvent} event */
  release(event) {
    const { drag } = this.view;
    if (!drag || event.pointerId !== drag.pointer) return;
    this.view.drag = null;
    if (!drag.moved) this.click(drag);
    else if (drag.index >= 0 && drag.time !== drag.sent) this.view.sendDrag(drag, drag.time);
    this.view.draw();
  }

  /**
   * Add a spike, or remove one at the second click of a double click unless the first has only just
   * added it.
   * @param {Drag} press
   */
  click({ row, index, x }) {
    const last = this.view.clicked;
    const now = performance.now();
    const isNear = last?.row === row && Math.abs(last.x - x) < GRAB.touch;
    const isAgain = last !== null && isNear && now - last.at < TWICE;
    const added = index < 0 || (isAgain && last.added);
    this.view.clicked = { row, x, at: now, added };
    const { left, width } = this.view.plot;
    if (isAgain && !added) this.view.remove();
    else if (index < 0 && !isAgain && x >= left - STILL && x <= left + width + STILL) {
      const time = this.view.snapped(x);
      this.view.send({ action: "add", row, time });
      this.view.wanted = { row, time, number: this.view.number };
    }
  }
}
