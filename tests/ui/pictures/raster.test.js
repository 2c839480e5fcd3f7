// @vitest-environment happy-dom
// The raster of spikes: what clicks, drags and keys send, and which spike is selected afterwards.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import widget from "../../../neurolab/ui/pictures/raster.js";
import { indexNow, nearestSpike, onGrid } from "../../../neurolab/ui/pictures/raster_times.js";
import { fakeModel } from "../js/fake_model.js";

// A run of 20 ms on 400 pixels: 20 pixels for each ms, from pixel 50 on.
const TRAITS = {
  rows: [
    { label: "a", editable: true, times: [2, 10] },
    { label: "b", editable: true, times: [] },
    { label: "c", editable: false, times: [5] },
  ],
  duration: 20,
  step: 0.1,
  ticks: [0, 10, 20],
  margins: [50, 50],
  lit: [],
  answered: 0,
};
const ROW_A = 20;
const ROW_B = 54;
const ROW_C = 88;

/** @type {ReturnType<typeof fakeModel>} */
let kernel;
/** @type {() => void} */
let close;
/** @type {SVGElement} */
let root;
/** @type {number} */
let now;

beforeEach(() => {
  now = 10_000;
  vi.spyOn(performance, "now").mockImplementation(() => now);
  Object.assign(Element.prototype, { setPointerCapture: () => {} });
  Object.assign(SVGElement.prototype, { getComputedTextLength: () => 0 });
  kernel = fakeModel(TRAITS);
  const el = document.createElement("div");
  document.body.replaceChildren(el);
  close = /** @type {any} */ (widget.render)({ model: kernel.model, el });
  root = /** @type {SVGElement} */ (el.querySelector(".nl-raster-picture"));
  Object.defineProperty(root, "clientWidth", { value: 500 });
  kernel.update({ ticks: [0, 20] }); // draws
});

afterEach(() => {
  close();
  vi.restoreAllMocks();
});

/** @param {number} time */
const x = (time) => 50 + 20 * time;

/**
 * @param {string} type
 * @param {number} clientX
 * @param {number} clientY
 * @param {PointerEventInit} [more]
 */
function pointer(type, clientX, clientY, more = {}) {
  const place = { clientX, clientY, pointerId: 1, pointerType: "mouse", isPrimary: true };
  root.dispatchEvent(new PointerEvent(type, { ...place, ...more }));
}

/**
 * @param {number} clientX
 * @param {number} clientY
 */
function click(clientX, clientY) {
  pointer("pointerdown", clientX, clientY);
  pointer("pointerup", clientX, clientY);
}

/**
 * @param {string} key
 * @param {KeyboardEventInit} [held]
 */
function press(key, held = {}) {
  const event = new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true, ...held });
  root.dispatchEvent(event);
  return event.defaultPrevented;
}

/** What was sent, without the numbers of the messages. */
const sent = () => kernel.sent.map(({ number: _, ...message }) => message);

/** @param {number[]} times */
const rows = (times) => [{ ...TRAITS.rows[0], times }, ...TRAITS.rows.slice(1)];

/** @param {number[]} times */
function answer(times) {
  const { number } = kernel.sent[kernel.sent.length - 1];
  kernel.update({ rows: rows(times), answered: number });
}

const selected = () => root.querySelector(".selected")?.getAttribute("aria-valuetext");

describe("times", () => {
  test("are on the grid of time steps, before the end of the run", () => {
    const axis = { duration: 20, step: 0.1 };
    expect([-1, 0.149, 7.26, 19.96, 30].map((time) => onGrid(axis, time))).toEqual([
      0, 0.1, 7.3, 19.9, 19.9,
    ]);
    expect(onGrid({ duration: 0.25, step: 0.1 }, 1)).toBe(0.2);
  });

  test("name the nearest spike, at a tie the later one, among those that are eligible", () => {
    expect(nearestSpike([2, 4, 9], 3, () => true)).toBe(1);
    expect(nearestSpike([2, 4, 9], 8, (index) => index !== 2)).toBe(1);
    expect(nearestSpike([], 8, () => true)).toBe(-1);
  });

  test("find a spike that has another number now", () => {
    expect(indexNow([2, 4], 1, 4)).toBe(1);
    expect(indexNow([1, 2, 4], 1, 4)).toBe(2);
    expect(indexNow([1, 2], 1, 4)).toBe(1); // it is gone
  });
});

test("each spike of an editable row is a slider with its time", () => {
  const texts = [...root.querySelectorAll("[role=slider]")].map((node) => [
    node.getAttribute("aria-label"),
    node.getAttribute("aria-valuetext"),
  ]);
  expect(texts).toEqual([
    ["a, spike 1 of 2", "2 ms"],
    ["a, spike 2 of 2", "10 ms"],
  ]);
  expect(root.querySelector("path.spike")?.getAttribute("aria-label")).toBe("c: 1 spikes");
});

test("a click on an empty place adds a spike, which is selected after the answer", () => {
  click(x(7.24), ROW_B);
  expect(sent()).toEqual([{ action: "add", row: 1, time: 7.2 }]);
  const { number } = kernel.sent[0];
  const more = [TRAITS.rows[0], { ...TRAITS.rows[1], times: [7.2] }, TRAITS.rows[2]];
  kernel.update({ rows: more, answered: number });
  expect(selected()).toBe("7.2 ms");
});

test("a click outside of the time axis, or in a row that is only shown, adds nothing", () => {
  click(x(-1), ROW_A);
  click(x(21), ROW_A);
  click(x(7), ROW_C);
  expect(sent()).toEqual([]);
});

test("a drag sends where it is, the newest as soon as the last is answered", () => {
  pointer("pointerdown", x(2) + 3, ROW_A);
  pointer("pointermove", x(4) + 3, ROW_A);
  pointer("pointermove", x(5) + 3, ROW_A);
  pointer("pointermove", x(6) + 3, ROW_A);
  expect(sent()).toEqual([{ action: "move", row: 0, index: 0, was: 2, time: 4 }]);
  answer([4, 10]);
  expect(sent()[1]).toEqual({ action: "move", row: 0, index: 0, was: 4, time: 6 });
  pointer("pointermove", x(7) + 3, ROW_A);
  pointer("pointerup", x(7) + 3, ROW_A);
  expect(sent()[2]).toEqual({ action: "move", row: 0, index: 0, was: 6, time: 7 });
  expect(kernel.sent).toHaveLength(3);
});

test("a press that moves less than four pixels is no drag", () => {
  pointer("pointerdown", x(2), ROW_A);
  pointer("pointermove", x(2) + 4, ROW_A);
  pointer("pointerup", x(2) + 4, ROW_A);
  expect(sent()).toEqual([]);
  expect(selected()).toBe("2 ms");
});

test("a drag past another spike holds its own", () => {
  pointer("pointerdown", x(2), ROW_A);
  pointer("pointermove", x(12), ROW_A);
  answer([10, 12]);
  pointer("pointermove", x(13), ROW_A);
  expect(sent()[1]).toEqual({ action: "move", row: 0, index: 1, was: 12, time: 13 });
});

test("a drag that the browser takes for its own puts the spike back", () => {
  pointer("pointerdown", x(2), ROW_A);
  pointer("pointermove", x(4), ROW_A);
  pointer("pointercancel", x(4), ROW_A);
  expect(sent()[1]).toEqual({ action: "move", row: 0, index: 0, was: 4, time: 2 });
});

test("a second finger makes the press no click, and does not drag", () => {
  const second = { pointerId: 2, isPrimary: false };
  pointer("pointerdown", x(7), ROW_A);
  pointer("pointerdown", x(9), ROW_A, second);
  pointer("pointermove", x(12), ROW_A, second);
  pointer("pointerup", x(9), ROW_A, second);
  pointer("pointerup", x(7), ROW_A);
  expect(sent()).toEqual([]);
});

test("a double click removes a spike, but not one that its first click has added", () => {
  click(x(2), ROW_A);
  now += 300;
  click(x(2), ROW_A);
  expect(sent()).toEqual([{ action: "remove", row: 0, index: 0, was: 2 }]);
  kernel.sent.length = 0;
  now += 1000;
  click(x(7), ROW_B);
  now += 300;
  click(x(7), ROW_B);
  expect(sent().map(({ action }) => action)).toEqual(["add"]);
});

test("two slow clicks remove nothing", () => {
  click(x(2), ROW_A);
  now += 401;
  click(x(2), ROW_A);
  expect(sent()).toEqual([]);
});

test("arrow keys go by steps, with Shift by ten, and on from where the last one went", () => {
  click(x(2), ROW_A);
  press("ArrowRight");
  press("ArrowRight", { shiftKey: true });
  press("ArrowLeft");
  expect(sent().map(({ was, time }) => [was, time])).toEqual([
    [2, 2.1],
    [2.1, 3.1],
    [3.1, 3],
  ]);
});

test("arrow keys stay within the run", () => {
  kernel.update({ rows: rows([0, 19.9]) });
  click(x(19.9), ROW_A);
  press("ArrowRight");
  expect(sent()[0]).toMatchObject({ was: 19.9, time: 19.9 });
});

test("arrow keys with another key held are left to the browser", () => {
  click(x(2), ROW_A);
  for (const held of ["ctrlKey", "altKey", "metaKey"]) {
    expect(press("ArrowRight", { [held]: true })).toBe(false);
  }
  expect(sent()).toEqual([]);
});

test("after Delete, the spike beside is selected when the kernel has answered", () => {
  click(x(2), ROW_A);
  expect(press("Delete")).toBe(true);
  expect(sent()).toEqual([{ action: "remove", row: 0, index: 0, was: 2 }]);
  expect(selected()).toBeUndefined();
  answer([10]);
  expect(selected()).toBe("10 ms");
});

test("a spike after the end of the run is not drawn and cannot be taken", () => {
  kernel.update({ rows: rows([2, 20]) });
  expect(root.querySelectorAll("[role=slider]")).toHaveLength(1);
  click(x(20), ROW_A);
  expect(sent().map(({ action }) => action)).toEqual(["add"]);
});
