// The jumps of a curve that is drawn by a path.

import { expect, test } from "vitest";
import { jumps } from "../../../neurolab/ui/pictures/jumps.js";

test("the vertical parts of a path are a path of their own", () => {
  expect(jumps("M0,10L5,8L5,-3.5L7,2L7,9e-1")).toBe("M5,8V-3.5M7,2V9e-1");
});

test("a path without jumps, or none at all, has none", () => {
  expect(jumps("M0,10L5,8L6,8")).toBe("");
  expect(jumps(null)).toBe("");
});
