// The numbers of the spike field, and where its bands are.

import { expect, test } from "vitest";
import { bandPlaces, fieldData, short } from "../../../neurolab/ui/pictures/spikefield_data.js";
import { fakeModel } from "../js/fake_model.js";

/** @param {number} size */
const band = (size, dots = 0) => ({ name: "n", size, dots, spikes: dots });

test("bands are as high as their share of the neurons, and never lower than 70 pixels", () => {
  const { places, bottom } = bandPlaces([band(3000, 5), band(1000, 7), band(4)], 4);
  expect(places.map(({ y, height, start }) => [y, height, start])).toEqual([
    [4, 165, 0],
    [179, 70, 5],
    [259, 70, 12],
  ]);
  expect(bottom).toBe(339);
});

test("numbers are read from bytes that begin where no typed array could", () => {
  /** @param {ArrayBufferView} array */
  const shifted = ({ buffer, byteLength }) => {
    const bytes = new Uint8Array(byteLength + 1);
    bytes.set(new Uint8Array(/** @type {ArrayBuffer} */ (buffer)), 1);
    return new DataView(bytes.buffer, 1);
  };
  const { model } = fakeModel({
    bands: [band(2)],
    populations: [{}, {}],
    steps: shifted(new Uint32Array([1, 70_000])),
    neurons: shifted(new Uint32Array([0, 1])),
    rates: shifted(new Float32Array([0, 40, 20, 2.5])),
    rate_ticks: [0, 30],
    duration: 10,
    step: 0.1,
    bin: 5,
  });
  const data = fieldData(model);
  expect([...data.steps]).toEqual([1, 70_000]);
  expect([...data.rates]).toEqual([0, 40, 20, 2.5]);
  expect([data.bins, data.highest]).toEqual([2, 40]);
});

test("numbers have three digits", () => {
  expect([0, 12.345, 1234.5, 0.1 + 0.2].map(short)).toEqual(["0", "12.3", "1230", "0.3"]);
});
