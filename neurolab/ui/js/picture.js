// The pictures of a lab as one file: every drawing where it stands on the page, with the styles it
// has there.

import { set, svg } from "./dom.js";

const STYLES = [
  "fill",
  "fill-opacity",
  "stroke",
  "stroke-opacity",
  "stroke-width",
  "stroke-dasharray",
  "stroke-linecap",
  "stroke-linejoin",
  "opacity",
  "visibility",
  "display",
  "font-family",
  "font-size",
  "font-weight",
  "text-anchor",
  "dominant-baseline",
  "shape-rendering",
  "paint-order",
];
const MARGIN = 12; // pixels
const SHARPNESS = 2; // pixels of a PNG for one of the page
// What only shows the pointer or the cursor belongs to the page.
const LEFT_OUT = ".nl-step, .nl-cursor-track, .nl-readout, .nl-cursor";

/** @typedef {SVGSVGElement | HTMLCanvasElement} Drawing */

/**
 * @param {Element} source
 * @param {Element} target
 */
function inlineStyles(source, target) {
  const style = getComputedStyle(source);
  const texts = STYLES.map((name) => `${name}:${style.getPropertyValue(name)}`);
  target.setAttribute("style", texts.join(";"));
}

/** @param {SVGSVGElement} drawing */
function withStyles(drawing) {
  const copy = /** @type {SVGSVGElement} */ (drawing.cloneNode(true));
  const sources = drawing.querySelectorAll("*");
  const targets = copy.querySelectorAll("*");
  inlineStyles(drawing, copy);
  for (const [place, source] of sources.entries()) inlineStyles(source, targets[place]);
  for (const foreign of copy.querySelectorAll("foreignObject")) foreign.remove();
  return copy;
}

/**
 * @param {Drawing} drawing
 * @param {number} left
 * @param {number} top
 */
function placed(drawing, left, top) {
  const box = drawing.getBoundingClientRect();
  const place = { x: box.left - left, y: box.top - top, width: box.width, height: box.height };
  if (drawing instanceof HTMLCanvasElement) {
    return svg("image", { ...place, href: drawing.toDataURL() });
  }
  return set(withStyles(drawing), place);
}

/**
 * A panel that is not shown keeps its legend of before.
 * @param {Element} each
 */
function isShown(each) {
  return each.getBoundingClientRect().width > 0 && getComputedStyle(each).visibility !== "hidden";
}

/**
 * @param {Element} key
 * @param {number} left
 * @param {number} top
 */
function legendText(key, left, top) {
  const sample = key.querySelector("svg")?.getBoundingClientRect();
  const box = sample ?? key.getBoundingClientRect();
  const style = getComputedStyle(key);
  const attributes = {
    x: (sample ? box.right + 6 : box.left) - left,
    y: box.top + box.height / 2 - top,
    "dominant-baseline": "central",
    fill: style.color,
    "font-family": style.fontFamily,
    "font-size": style.fontSize,
  };
  return svg("text", attributes, key.textContent?.trim() ?? "");
}

/** @param {Element} root */
function drawingsIn(root) {
  const all = /** @type {NodeListOf<Drawing>} */ (root.querySelectorAll("svg, canvas"));
  return [...all].filter(
    (each) => !each.parentElement?.closest("svg") && !each.closest(LEFT_OUT) && isShown(each),
  );
}

/** @param {Element} lab */
function svgOf(lab) {
  const root = lab.querySelector(".nl-pictures") ?? lab;
  const drawings = drawingsIn(root);
  const keys = [...root.querySelectorAll(".nl-key, .nl-field-legend > span")].filter(isShown);
  const boxes = [...drawings, ...keys].map((each) => each.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left)) - MARGIN;
  const top = Math.min(...boxes.map((box) => box.top)) - MARGIN;
  const width = Math.max(...boxes.map((box) => box.right)) - left + MARGIN;
  const height = Math.max(...boxes.map((box) => box.bottom)) - top + MARGIN;
  const paper = svg("rect", { width, height, fill: getComputedStyle(lab).backgroundColor });
  return svg(
    "svg",
    { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` },
    paper,
    ...drawings.map((each) => placed(each, left, top)),
    ...keys.map((key) => legendText(key, left, top)),
  );
}

/**
 * @param {SVGSVGElement} drawing
 * @returns {Promise<Blob>}
 */
async function pngOf(drawing) {
  const text = new XMLSerializer().serializeToString(drawing);
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  canvas.width = SHARPNESS * Number(drawing.getAttribute("width"));
  canvas.height = SHARPNESS * Number(drawing.getAttribute("height"));
  canvas.getContext("2d")?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done, failed) => {
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error("no picture"))), "image/png");
  });
}

/**
 * Draw the pictures of a lab.
 * @param {Element} lab
 * @param {string} kind "png" or "svg"
 * @returns {Promise<Blob>}
 */
export async function pictureOf(lab, kind) {
  const drawing = svgOf(lab);
  if (kind === "png") return pngOf(drawing);
  const text = new XMLSerializer().serializeToString(drawing);
  return new Blob([text], { type: "image/svg+xml;charset=utf-8" });
}
