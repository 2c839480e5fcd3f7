// The numbers of the spike field, and where its bands are.

const BAND = 220; // pixels; all bands together are about as high as one
const SMALLEST_BAND = 70;
const GAP = 10;

/** @typedef {{ name: string, size: number, dots: number, spikes: number }} Band */
/**
 * @typedef {{
 *   band: number, first: number, last: number, label: string, effect: number, mean: number,
 *   colour: string,
 * }} Population
 */
/**
 * @typedef {{
 *   bands: Band[], populations: Population[], steps: DataView, neurons: DataView, rates: DataView,
 *   duration: number, step: number, bin: number, ticks: number[], rate_ticks: number[],
 *   margins: [number, number], lit: number,
 * }} Traits
 */
/** @typedef {Band & { y: number, height: number, start: number }} Place */

/**
 * Place each band, as high as its share of the neurons, but never too low to be seen.
 * @param {Band[]} bands
 * @param {number} top
 * @returns {{ places: Place[], bottom: number }}
 */
export function bandPlaces(bands, top) {
  const total = bands.reduce((sum, { size }) => sum + size, 0);
  let y = top;
  let start = 0;
  const places = bands.map((band) => {
    const height = Math.max(SMALLEST_BAND, Math.round((BAND * band.size) / total));
    const place = { ...band, y, height, start };
    y += height + GAP;
    start += band.dots;
    return place;
  });
  return { places, bottom: y };
}

/**
 * Copy the bytes of a binary trait, which may begin where no typed array can.
 * @param {DataView} view
 */
const bytes = ({ buffer, byteOffset, byteLength }) =>
  buffer.slice(byteOffset, byteOffset + byteLength);

/**
 * Read the spikes (time step and neuron of each) and the rates (of each population, bin by bin).
 * @param {import("@anywidget/types").AnyModel<Traits>} model
 */
export function fieldData(model) {
  const populations = model.get("populations");
  const rates = new Float32Array(bytes(model.get("rates")));
  const least = Math.max(1, ...model.get("rate_ticks"));
  return {
    populations,
    rates,
    bands: model.get("bands"),
    steps: new Uint32Array(bytes(model.get("steps"))),
    neurons: new Uint32Array(bytes(model.get("neurons"))),
    bins: populations.length ? rates.length / populations.length : 0,
    highest: rates.reduce((highest, rate) => Math.max(highest, rate), least),
    duration: model.get("duration"),
    step: model.get("step"),
    bin: model.get("bin"),
  };
}

/** @param {number} count */
export const whole = (count) => count.toLocaleString("en");

/** @param {number} value */
export const short = (value) => String(Number(value.toPrecision(3)));
