// A curve of values at equally spaced corners, changed by a pen or by a handle.

/** @typedef {{ corner: number, value: number }} Pen a place that need not be at a whole corner */

/**
 * @param {number} value
 * @param {number} low
 * @param {number} high
 */
export const within = (value, low, high) => Math.min(Math.max(value, low), high);

/**
 * Draw a straight line. The first corner is where the trace was hidden, and stays.
 * @param {number[]} values
 * @param {Pen} from
 * @param {Pen} to
 */
export function stroke(values, from, to) {
  const length = to.corner - from.corner;
  const step = length >= 0 ? 1 : -1;
  const end = Math.round(to.corner) + step;
  for (let corner = Math.round(from.corner); corner !== end; corner += step) {
    const part = length ? within((corner - from.corner) / length, 0, 1) : 1;
    if (corner > 0) values[corner] = from.value + part * (to.value - from.value);
  }
}

/**
 * Give a handle a value; the curve between it and its neighbours becomes straight.
 * @param {number[]} values
 * @param {number[]} corners of the handle before, of this handle and of the next
 * @param {number} value
 */
export function lead(values, [before, middle, after], value) {
  values[middle] = value;
  for (const end of [before, after]) {
    const last = Math.max(end, middle);
    for (let corner = Math.min(end, middle) + 1; corner < last; corner += 1) {
      const part = (corner - middle) / (end - middle);
      values[corner] = value + part * (values[end] - value);
    }
  }
}
