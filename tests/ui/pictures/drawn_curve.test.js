// A curve that is drawn by a pen or led by a handle.

import { expect, test } from "vitest";
import { lead, stroke } from "../../../neurolab/ui/pictures/drawn_curve.js";

const flat = () => [0, 0, 0, 0, 0, 0, 0, 0];

/**
 * @param {number} corner
 * @param {number} value
 */
const pen = (corner, value) => ({ corner, value });

test("a stroke changes each corner on its way, in both directions", () => {
  const values = flat();
  stroke(values, pen(1, 1), pen(4, 4));
  expect(values).toEqual([0, 1, 2, 3, 4, 0, 0, 0]);
  stroke(values, pen(7, 0), pen(5, 10));
  expect(values).toEqual([0, 1, 2, 3, 4, 10, 5, 0]);
});

test("a stroke within one corner changes that one", () => {
  const values = flat();
  stroke(values, pen(2.1, 5), pen(2.1, 5));
  stroke(values, pen(3.6, 1), pen(4.4, 3));
  expect(values).toEqual([0, 0, 5, 0, expect.closeTo(2), 0, 0, 0]);
});

test("the first corner is where the trace was hidden, and stays", () => {
  const values = flat();
  stroke(values, pen(2, 8), pen(0, 4));
  expect(values).toEqual([0, 6, 8, 0, 0, 0, 0, 0]);
});

test("a handle takes its neighbourhood along in straight lines", () => {
  const values = [0, 9, 9, 9, 9, 9, 2, 7];
  lead(values, [0, 3, 6], 6);
  expect(values).toEqual([0, 2, 4, 6, expect.closeTo(14 / 3), expect.closeTo(10 / 3), 2, 7]);
});

test("the last handle has no neighbour behind it", () => {
  const values = flat();
  lead(values, [5, 7, 7], 4);
  expect(values).toEqual([0, 0, 0, 0, 0, 0, 2, 4]);
});
