// The times of spikes in the rows of the raster.

/**
 * The times are in ms; the colour is that of the variable that the spikes drive.
 * @typedef {{ label: string, editable: boolean, times: number[], colour?: string }} Row
 */
/**
 * @typedef {{ row: number, index: number, time: number }} Spike which one is meant, and at which
 * time it was
 */

/**
 * Put a time on the grid of time steps within a run.
 * @param {{ duration: number, step: number }} axis
 * @param {number} time
 */
export function onGrid({ duration, step }, time) {
  const last = Math.ceil(duration / step - 1e-9) - 1;
  const place = Math.min(Math.max(Math.round(time / step), 0), last);
  return Number((place * step).toPrecision(12));
}

/**
 * Find the spike that is nearest to a time; of two as near, the later in the list.
 * @param {number[]} times
 * @param {number} time
 * @param {(index: number) => boolean} isEligible
 * @returns {number} its index, or -1
 */
export function nearestSpike(times, time, isEligible) {
  let found = -1;
  for (const [index, other] of times.entries()) {
    if (!isEligible(index)) continue;
    const isNearer = found < 0 || Math.abs(other - time) <= Math.abs(times[found] - time);
    if (isNearer) found = index;
  }
  return found;
}

/**
 * Find the index of a spike among times that may have changed.
 * @param {number[]} times
 * @param {number} index that it had
 * @param {number | null} time
 */
export function indexNow(times, index, time) {
  if (time === null || times[index] === time) return index;
  const found = times.indexOf(time);
  return found < 0 ? index : found;
}

/** @param {number} time */
export const timeText = (time) => String(Number(time.toFixed(6)));
