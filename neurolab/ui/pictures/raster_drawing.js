// The drawing of the raster: bands with names, ticks, and a stroke for each spike.

import { set, shorten, svg } from "../js/dom.js";
import { timeText } from "./raster_times.js";

export const ROW = 34; // pixels
export const TOP = 4;
const GAP = 8;
const REACH = 13; // pixels beside a stroke that belong to it

/** @typedef {import("./raster_times.js").Row} Row */
/** @typedef {{ row: number, index: number, node: SVGGElement }} DrawnSpike */
/**
 * @typedef {object} Scene what is drawn
 * @property {Row[]} rows
 * @property {number} left pixels of the time axis
 * @property {number} width
 * @property {number} duration in ms
 * @property {number[]} ticks in ms
 * @property {[row?: number, time?: number]} lit the spike that the time cursor stands on
 * @property {(row: number, index: number) => boolean} isSelected
 * @property {(row: number, index: number) => number} time at which a spike is shown
 */

export class RasterDrawing {
  constructor() {
    /** @type {DrawnSpike[]} */
    this.spikes = [];
    this.back = svg("g");
    this.layer = svg("g");
    const attributes = { role: "group", tabindex: -1, "aria-label": "raster of spikes" };
    this.root = svg("svg", { class: "nl-raster-picture", ...attributes }, this.back, this.layer);
  }

  /** @param {Scene} scene */
  draw(scene) {
    const { rows, left } = scene;
    const height = TOP + rows.length * ROW + 2;
    set(this.root, { height });
    const ticks = scene.ticks.map((tick) => {
      const x = xOf(scene, tick);
      return svg("line", { class: "tick", x1: x, x2: x, y1: TOP, y2: height });
    });
    const bands = rows.map((row, i) => band(scene, row, i));
    const strokes = rows.flatMap((row, i) => (row.editable ? [] : [strokesOf(scene, row, i)]));
    this.back.replaceChildren(...bands, ...ticks, ...ring(scene), ...strokes);
    shorten(this.back.querySelectorAll("text"), left - GAP);
    this.drawSpikes(scene);
  }

  /** @param {Scene} scene */
  drawSpikes(scene) {
    const old = new Map(this.spikes.map(({ row, index, node }) => [`${row},${index}`, node]));
    this.spikes = scene.rows.flatMap((row, i) => {
      const places = row.editable ? [...row.times.keys()] : [];
      const shown = places.filter((index) => row.times[index] < scene.duration);
      return shown.map((index) => {
        const node = old.get(`${i},${index}`) ?? newSpike();
        old.delete(`${i},${index}`);
        placeSpike(scene, node, i, index);
        return { row: i, index, node };
      });
    });
    // A node that stays is not taken out of the page: it would lose the focus.
    for (const node of old.values()) node.remove();
    for (const [i, { node }] of this.spikes.entries()) {
      const next = this.layer.children[i];
      if (next !== node) this.layer.insertBefore(node, next ?? null);
    }
  }
}

/**
 * @param {Scene} scene
 * @param {number} time
 */
const xOf = ({ left, width, duration }, time) => left + (time / duration) * width;

/** @param {Row} row */
const hue = ({ colour }) => (colour ? `--hue: ${colour}` : "");

/**
 * @param {Scene} scene
 * @param {Row} row
 * @param {number} i
 */
function band({ left, width }, { label, editable }, i) {
  const y = TOP + i * ROW;
  const box = svg("rect", { x: left, y: y + 3, width, height: ROW - 6, rx: 4 });
  const place = { x: left - GAP, y: y + ROW / 2 + 4, "text-anchor": "end" };
  return svg("g", { class: editable ? "row editable" : "row" }, box, svg("text", place, label));
}

/**
 * A ring around the spike that the time cursor stands on.
 * @param {Scene} scene
 */
function ring(scene) {
  const [row, time] = scene.lit;
  if (row === undefined || time === undefined || !scene.rows[row]) return [];
  const place = { x: xOf(scene, time) - 8, y: TOP + row * ROW + 1 };
  return [svg("rect", { class: "lit", ...place, width: 16, height: ROW - 2, rx: 7 })];
}

/**
 * Spikes that cannot be edited need no node each: there may be thousands.
 * @param {Scene} scene
 * @param {Row} row
 * @param {number} i
 */
function strokesOf(scene, row, i) {
  const { label, times } = row;
  const top = TOP + i * ROW + 7;
  const shown = times.filter((time) => time <= scene.duration);
  const d = shown.map((time) => `M${xOf(scene, time)} ${top}v${ROW - 14}`).join("");
  const name = `${label}: ${times.length} spikes`;
  return svg("path", { class: "spike", style: hue(row), d, role: "img", "aria-label": name });
}

function newSpike() {
  return svg("g", { tabindex: 0, role: "slider" }, svg("line"), svg("rect"));
}

/**
 * @param {Scene} scene
 * @param {SVGGElement} node
 * @param {number} i of the row
 * @param {number} index
 */
function placeSpike(scene, node, i, index) {
  const row = scene.rows[i];
  const time = scene.time(i, index);
  const x = xOf(scene, time);
  const y = TOP + i * ROW;
  set(node, {
    style: hue(row),
    class: scene.isSelected(i, index) ? "spike editable selected" : "spike editable",
    "aria-label": `${row.label}, spike ${index + 1} of ${row.times.length}`,
    "aria-valuemin": 0,
    "aria-valuemax": scene.duration,
    "aria-valuenow": time,
    "aria-valuetext": `${timeText(time)} ms`,
  });
  const [line, reach] = node.children;
  set(line, { x1: x, x2: x, y1: y + 7, y2: y + ROW - 7 });
  set(reach, { x: x - REACH, y, width: 2 * REACH, height: ROW });
}
