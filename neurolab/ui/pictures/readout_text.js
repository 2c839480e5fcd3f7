// What the read-out says of a time and of a value.

const MOST_DECIMALS = 6; // smaller values are written with an exponent
const CLOSE = 1e-6; // to a whole number

/**
 * Find the index of the nearest of rising times.
 * @param {ArrayLike<number>} times
 * @param {number} time
 */
export function nearest(times, time) {
  let low = 0;
  let high = times.length - 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times[middle] <= time) low = middle;
    else high = middle;
  }
  return time - times[low] <= times[high] - time ? low : high;
}

/**
 * Find the index of the nearest of rising times. Where a curve jumps, two points have the same
 * time: the value after the jump counts.
 * @param {ArrayLike<number>} times
 * @param {number} time
 */
export function place(times, time) {
  let index = nearest(times, time);
  while (index + 1 < times.length && times[index + 1] === times[index]) index += 1;
  return index;
}

/**
 * The time step: the first difference of two times. Where a curve jumps, it is zero.
 * @param {ArrayLike<number>} times
 */
function stepOf(times) {
  for (let i = 1; i < times.length; i += 1) {
    if (times[i] > times[i - 1]) return times[i] - times[i - 1];
  }
  return 1;
}

/**
 * Write a time with as many decimals as the time step has, so that the texts of all times have one
 * length.
 * @param {ArrayLike<number>} times
 * @param {number} index
 */
export function timeText(times, index) {
  const step = stepOf(times);
  let decimals = 0;
  while (decimals < MOST_DECIMALS && !isWhole(step * 10 ** decimals)) decimals += 1;
  return times[index].toFixed(decimals);
}

/** @param {number} value */
function isWhole(value) {
  return Math.abs(value - Math.round(value)) <= CLOSE;
}

/**
 * @param {number} value
 * @param {number} decimals
 */
export function valueText(value, decimals) {
  const text = decimals > MOST_DECIMALS ? value.toExponential(2) : value.toFixed(decimals);
  return Number(text) === 0 ? text.replace("-", "") : text;
}
