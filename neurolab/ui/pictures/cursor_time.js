// Times on the axis of the time cursor.

const CATCH = 4; // pixels within which an event draws the cursor to it
const NEAR = 1e-9; // ms; sums of many steps of playing are off by less

/**
 * @typedef {{ left: number, width: number }} Plot where the time axis is in the window, in pixels
 */
/**
 * @typedef {{ place: number, time: number }} Passed the place of the last event, -1 if unknown, and
 * a time in ms
 */
/**
 * The time axis, in ms.
 * @typedef {{ duration: number, step: number, last: number, events: number[] }} Axis
 */

/**
 * Put a time on the grid of time steps.
 * @param {Pick<Axis, "step" | "last">} axis
 * @param {number} time
 */
export function snapped({ step, last }, time) {
  return Math.min(Math.max(Number((Math.round(time / step) * step).toPrecision(12)), 0), last);
}

/**
 * Find the time at a place of the window; near an event, the time of that event.
 * @param {Axis} axis
 * @param {Plot} plot
 * @param {number} x
 */
export function timeAt(axis, { left, width }, x) {
  let time = snapped(axis, ((x - left) / width) * axis.duration);
  let nearest = CATCH;
  for (const event of axis.events) {
    const distance = Math.abs(left + (event / axis.duration) * width - x);
    if (distance >= nearest) continue;
    time = event;
    nearest = distance;
  }
  return time;
}

/**
 * Find the place of the event that comes next.
 * @param {number[]} events
 * @param {Passed} passed
 * @returns {number} -1 or the number of events if there is none
 */
export function nextPlace(events, { place, time }) {
  return place >= 0 ? place + 1 : events.findIndex((event) => event > time + NEAR);
}

/**
 * Keep what was passed when an edit has given other events: a place counts the events of one run.
 * @param {number[]} events
 * @param {Passed} passed
 * @returns {Passed}
 */
export function passedAmong(events, { place, time }) {
  return { place: Math.abs(events[place] - time) <= NEAR ? place : -1, time };
}

/**
 * @param {number} time
 * @param {number} end
 */
export const isReached = (time, end) => time <= end + NEAR;
