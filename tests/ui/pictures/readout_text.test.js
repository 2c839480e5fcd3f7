// What the read-out says of a time and of a value.

import { expect, test } from "vitest";
import { nearest, place, timeText, valueText } from "../../../neurolab/ui/pictures/readout_text.js";

test("the nearest time is found, at a tie the earlier one", () => {
  const times = [0, 1, 2, 3];
  expect([-5, 0.4, 0.5, 0.6, 2.9, 9].map((time) => nearest(times, time))).toEqual([
    0, 0, 0, 1, 3, 3,
  ]);
  expect(nearest([7], 100)).toBe(0);
});

test("where a curve jumps, the place is that after the jump", () => {
  expect(place([0, 1, 1, 2], 0.9)).toBe(2);
  expect(place([0, 1, 1, 2], 1.6)).toBe(3);
});

test("a time has as many decimals as the time step", () => {
  expect(timeText([0, 0.1, 0.2], 2)).toBe("0.2");
  expect(timeText([0, 0.025, 0.05], 2)).toBe("0.050");
  expect(timeText([0, 1, 2], 2)).toBe("2");
  expect(timeText([0, 1 / 3, 2 / 3], 1)).toBe("0.333333");
  expect(timeText([0, 0, 0.1], 2)).toBe("0.1"); // after a jump at the start
  expect(timeText([0.5], 0)).toBe("1"); // a single time has no step
});

test("a value has the decimals of its axis, or an exponent if it is small; 0 has no minus", () => {
  expect(valueText(1.23456, 2)).toBe("1.23");
  expect(valueText(-0.001, 2)).toBe("0.00");
  expect(valueText(1.5e-9, 11)).toBe("1.50e-9");
  expect(valueText(Number.NaN, 2)).toBe("NaN");
});
