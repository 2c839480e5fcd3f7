// @vitest-environment happy-dom
// The table of a connection matrix: what it sends while one types, and whose text a cell shows.

import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import widget from "../../../neurolab/ui/panels/matrix.js";
import { display } from "../../../neurolab/ui/panels/matrix_cell.js";
import { fakeModel } from "../js/fake_model.js";

const TRAITS = {
  caption: "C1: weights",
  unit: "mV",
  colour: "#123456",
  rows: ["input 0", "input 1"],
  columns: ["neuron 0"],
  values: [[6], [0]],
  errors: {},
  step: 0.5,
  disabled: false,
  answered: 0,
  max_cells: 100,
  highlight: [],
};

/** @type {ReturnType<typeof fakeModel>} */
let kernel;
/** @type {() => void} */
let close;
/** @type {HTMLElement} */
let el;

beforeEach(() => {
  vi.useFakeTimers();
  kernel = fakeModel(TRAITS);
  el = document.createElement("div");
  document.body.replaceChildren(el);
  close = /** @type {any} */ (widget.render)({ model: kernel.model, el });
});

afterEach(() => {
  close();
  vi.useRealTimers();
});

const cell = (row = 0) => el.querySelectorAll("input")[row];

/**
 * @param {string} text
 * @param {number} [row]
 */
function type(text, row = 0) {
  cell(row).focus();
  cell(row).value = text;
  cell(row).dispatchEvent(new Event("input"));
}

/**
 * @param {string} key
 * @param {KeyboardEventInit} [held]
 */
function press(key, held = {}) {
  const event = new KeyboardEvent("keydown", { key, cancelable: true, ...held });
  document.activeElement?.dispatchEvent(event);
  return event.defaultPrevented;
}

/** @param {object} changed */
const answer = (changed) => kernel.update({ answered: kernel.sent.length, ...changed });

describe("display", () => {
  test.each([
    [0, "0"],
    [-0, "0"],
    [6, "+6"],
    [-4, "−4"],
    [0.5, "+0.5"],
    [1 / 3, "+0.3333"],
    [-0.0001, "−1e-4"],
    [0.001, "+0.001"],
    [999_999, "+1e6"],
    [1e6, "+1e6"],
    [123_456, "+123500"],
  ])("of %f is %s", (value, text) => {
    expect(display(value)).toBe(text);
  });
});

test("a cell shows its weight, its sign as a class and its size against the largest", () => {
  expect(cell(0).value).toBe("+6");
  expect(cell(0).parentElement?.className).toBe("excites");
  expect(cell(1).parentElement?.className).toBe("zero");
  kernel.update({ values: [[6], [-3]] });
  expect(cell(1).parentElement?.className).toBe("inhibits");
  expect(cell(1).parentElement?.style.getPropertyValue("--strength")).toBe("0.500");
});

test("a text is sent 150 ms after the last key, as one that may still change", () => {
  type("8");
  vi.advanceTimersByTime(149);
  type("8.5");
  vi.advanceTimersByTime(149);
  expect(kernel.sent).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(kernel.sent).toEqual([{ row: 0, column: 0, text: "8.5", typing: true, number: 1 }]);
  expect(cell().parentElement?.className).toBe("excites pending");
});

test("leaving a cell sends its text at once, as final, and once", () => {
  type("8.5");
  cell().blur();
  vi.advanceTimersByTime(1000);
  expect(kernel.sent).toEqual([{ row: 0, column: 0, text: "8.5", typing: false, number: 1 }]);
});

test("the accepted value is written as soon as the cell is left, and not before", () => {
  type("8.5");
  vi.advanceTimersByTime(150);
  answer({ values: [[8.5], [0]] });
  expect(cell().value).toBe("8.5");
  cell().blur();
  expect(cell().value).toBe("+8.5");
});

test("a value from elsewhere does not overwrite a text that is being typed", () => {
  type("-");
  kernel.update({ values: [[7], [0]] });
  expect(cell().value).toBe("-");
});

test("an answer to an older edit leaves the text of a newer one", () => {
  type("8");
  cell().blur();
  type("9");
  cell().blur();
  kernel.update({ answered: 1, values: [[8], [0]] });
  expect(cell().value).toBe("9");
  kernel.update({ answered: 2, values: [[9], [0]] });
  expect(cell().value).toBe("+9");
});

test("a refused text stays, with the message in reach of a screen reader", () => {
  type("abc");
  cell().blur();
  answer({ errors: { "0,0": "not a number" } });
  expect(cell().value).toBe("abc");
  expect(cell().getAttribute("aria-invalid")).toBe("true");
  const message = document.getElementById(cell().getAttribute("aria-describedby") ?? "");
  expect(message?.textContent).toBe("input 0 → neuron 0: not a number");
});

test("arrow keys add the step, and with Shift ten times as much", () => {
  cell().focus();
  expect(press("ArrowDown")).toBe(true);
  press("ArrowDown", { shiftKey: true });
  expect(kernel.sent.map(({ text }) => text)).toEqual(["5.5", "0.5"]);
  expect(cell().value).toBe("+0.5");
});

test("arrow keys pressed faster than the kernel answers go on from where the last one went", () => {
  cell().focus();
  for (let i = 0; i < 3; i += 1) press("ArrowUp");
  expect(kernel.sent.map(({ text }) => text)).toEqual(["6.5", "7", "7.5"]);
});

test("an arrow key after a text lets the kernel read the text, and add", () => {
  type("2 mV");
  press("ArrowUp");
  press("ArrowUp");
  expect(kernel.sent.map(({ text, added }) => [text, added])).toEqual([
    ["2 mV", 0.5],
    ["2 mV", 1],
  ]);
});

test("arrow keys with another key held are left to the browser", () => {
  cell().focus();
  for (const held of ["ctrlKey", "altKey", "metaKey"]) {
    expect(press("ArrowUp", { [held]: true })).toBe(false);
  }
  expect(kernel.sent).toEqual([]);
});

test("Enter goes to the next source, and with Shift to the one before", () => {
  type("8");
  press("Enter");
  expect(document.activeElement).toBe(cell(1));
  expect(kernel.sent.map(({ text }) => text)).toEqual(["8"]);
  press("Enter", { shiftKey: true });
  expect(document.activeElement).toBe(cell(0));
});

test("Escape puts back the weight; a text that was sent is taken back by another edit", () => {
  type("abc");
  press("Escape");
  expect(cell().value).toBe("+6");
  vi.advanceTimersByTime(1000);
  expect(kernel.sent).toEqual([]);
  type("8");
  vi.advanceTimersByTime(150);
  press("Escape");
  expect(kernel.sent.map(({ text }) => text)).toEqual(["8", "6"]);
});

test("a table with another row keeps what is being typed, and the focus", () => {
  type("8.");
  kernel.update({ rows: ["input 0", "input 1", "input 2"], values: [[6], [0], [1]] });
  expect(el.querySelectorAll("input")).toHaveLength(3);
  expect(cell().value).toBe("8.");
  expect(document.activeElement).toBe(cell());
});

test("a table that is too large is a line of text", () => {
  kernel.update({ max_cells: 1 });
  expect(el.querySelectorAll("input")).toHaveLength(0);
  expect(el.textContent).toContain("too large to edit here: 2 × 1");
});

test("what the kernel highlights lights up", () => {
  kernel.update({ highlight: [1, 0] });
  expect(cell(1).parentElement?.className).toBe("zero lit");
  expect(cell(1).closest("tr")?.className).toBe("lit");
  expect(cell(0).closest("tr")?.className).toBe("");
});

test("nothing is heard or sent after the view is closed", () => {
  type("8");
  close();
  vi.advanceTimersByTime(1000);
  expect(kernel.sent).toEqual([]);
  expect(kernel.handlerCount()).toBe(0);
});
