// The shapes of the network's picture: boxes, arrows' heads, lines of text and labels.

import { set, svg } from "../js/dom.js";

const LINE = 16; // pixels between the lines of a text
const HEAD = 11; // pixels
const SPACING = 6; // pixels between the points of an arrow
const BASE = 4.5; // pixels from the middle of a letter to its base line

/** @typedef {[x: number, y: number]} Point */
/** @typedef {{ name: string, sign: string, strength: number, colour: string }} Arrow */
/** @typedef {{ at: Point, half: Point, round: boolean, lines: string[] }} End */
/**
 * @typedef {{
 *   arrow: number, at: Point, before: string, state: string, after: string, below: string,
 *   colour: string,
 * }} Label
 */
/** @typedef {{ path: string, tip: [x: number, y: number, angle: number] }} ArrowPlace */
/**
 * @typedef {{
 *   root: SVGGElement, line: SVGPathElement, tip: SVGPathElement, lines: SVGPathElement[],
 *   points: DOMPoint[] | null,
 * }} ArrowNode
 */
/** @typedef {[x: number, y: number, halfWidth: number, halfHeight: number]} Frame */
/** @typedef {{ frame: Frame | null, title: string, titleAt: Point }} Group */

/**
 * A box around a point.
 * @param {number} x
 * @param {number} y
 * @param {number} halfWidth
 * @param {number} halfHeight
 * @param {number} rx radius of its corners
 * @param {string} [name] of its class
 */
function box(x, y, halfWidth, halfHeight, rx, name = "") {
  const place = { x: x - halfWidth, y: y - halfHeight };
  return svg("rect", { ...place, width: 2 * halfWidth, height: 2 * halfHeight, rx, class: name });
}

/** @param {number} strength */
const width = (strength) => 1.5 + 4.5 * strength;

/**
 * A triangle for excitation, a bar for inhibition: the sign does not depend on the colour.
 * @param {Arrow} arrow
 * @returns {string} the path of its head
 */
function head({ sign, strength }) {
  const half = (BASE + width(strength)) * 0.85;
  if (sign === "excites") return `M0 0L${-HEAD} ${half}L${-HEAD} ${-half}Z`;
  return sign === "inhibits" ? `M-1 ${half + 2}H-4.5V${-half - 2}H-1Z` : "";
}

/** @param {Group} group */
export function groupShapes({ frame, title, titleAt: [x, y] }) {
  const name = svg("text", { x, y: y + BASE, "text-anchor": "middle" }, title);
  return frame ? [box(...frame, 14), name] : [name];
}

/** @param {End} end a neuron, or a stack of them */
export function endShape({ at: [x, y], half: [w, h], round, lines }) {
  const corner = round ? w : 10;
  const shifts = round ? [] : [4, 2];
  const sheets = shifts.map((shift) => box(x + shift, y - shift, w, h, corner, "sheet"));
  const ring = box(x, y, w + 4, h + 4, corner + 4, "ring");
  const body = box(x, y, w, h, corner, "body");
  const top = y + BASE - (LINE * (lines.length - 1)) / 2;
  const texts = lines.map((line, i) => {
    const place = { x, y: top + i * LINE, "text-anchor": "middle" };
    return svg("text", { class: `line-${i}`, ...place }, line);
  });
  return svg("g", { class: round ? "end neuron" : "end stack" }, ...sheets, ring, body, ...texts);
}

/** @param {Label} label */
export function labelShape({ arrow, at: [x, y], before, state, after, below, colour }) {
  const name = svg("tspan", { class: "state", style: `--colour: ${colour}` }, state);
  const top = y + BASE - (below ? LINE / 2 : 0);
  const text = svg("text", { x, y: top, "text-anchor": "middle" }, before, name, after);
  if (below) text.append(svg("tspan", { x, y: top + LINE, class: "below" }, below));
  const back = svg("rect", { rx: 5 });
  return { text, back, root: svg("g", { "data-arrow": arrow }, back, text) };
}

/**
 * The parts of an arrow: `line` is its path, `gap` and `halo` lie below it.
 * @returns {ArrowNode}
 */
export function arrowShape() {
  const halo = svg("path", { class: "halo" });
  const gap = svg("path", { class: "gap" });
  const line = svg("path", { class: "line" });
  const tip = svg("path", { class: "head" });
  const root = svg("g", { class: "arrow", role: "button" }, halo, gap, line, tip);
  return { root, line, tip, lines: [halo, gap, line], points: null };
}

/**
 * @param {ArrowNode} node
 * @param {Arrow} arrow
 * @param {ArrowPlace} place
 */
export function drawArrow(node, arrow, { path, tip: [x, y, angle] }) {
  const { root, tip, lines } = node;
  root.style.setProperty("--strength", String(arrow.strength));
  root.style.setProperty("--hue", arrow.colour);
  root.style.setProperty("--width", `${width(arrow.strength)}px`);
  set(root, { "aria-label": arrow.name, "data-sign": arrow.sign });
  for (const line of lines) set(line, { d: path });
  set(tip, { d: head(arrow), transform: `translate(${x} ${y}) rotate(${angle})` });
  node.points = null;
}

/**
 * The points of an arrow, some pixels apart.
 * @param {ArrowNode} node
 */
export function pointsOf(node) {
  if (!node.points) {
    const length = node.line.getTotalLength();
    const count = Math.max(2, Math.ceil(length / SPACING));
    const places = Array.from({ length: count + 1 }, (_, k) => (length * k) / count);
    node.points = places.map((place) => node.line.getPointAtLength(place));
  }
  return node.points;
}
