// The creation of elements.

const SVG = "http://www.w3.org/2000/svg";

/** @typedef {Record<string, string | number | boolean | null>} Attributes */

/**
 * Create an element of HTML.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Partial<HTMLElementTagNameMap[Tag]>} [properties]
 * @param {(Node | string)[]} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

/**
 * Create an element of SVG.
 * @template {keyof SVGElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Attributes} [attributes]
 * @param {(Node | string)[]} children
 * @returns {SVGElementTagNameMap[Tag]}
 */
export function svg(tag, attributes = {}, ...children) {
  const node = set(document.createElementNS(SVG, tag), attributes);
  node.append(...children);
  return node;
}

/**
 * Set those attributes that differ; null removes one.
 * @template {Element} Kind
 * @param {Kind} node
 * @param {Attributes} attributes
 * @returns {Kind}
 */
export function set(node, attributes) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null) node.removeAttribute(name);
    else if (node.getAttribute(name) !== String(value)) node.setAttribute(name, String(value));
  }
  return node;
}

/**
 * Set a text that differs.
 * @param {Element} node
 * @param {string} text
 */
export function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

/**
 * Draw an icon of 20 × 20 pixels.
 * @param {(SVGElement)[]} parts
 */
export function icon(...parts) {
  return svg("svg", { viewBox: "0 0 20 20", "aria-hidden": true }, ...parts);
}

/**
 * Shorten texts that are too long in their middle: neurons differ in the number at the end.
 * @param {Iterable<SVGTextElement>} texts
 * @param {number} room in pixels
 */
export function shorten(texts, room) {
  for (const text of texts) {
    const name = text.textContent ?? "";
    if (text.getComputedTextLength() <= room) continue;
    for (let kept = name.length - 1; kept > 3 && text.getComputedTextLength() > room; kept -= 1) {
      const end = name.slice(name.length - Math.ceil(kept / 2));
      text.textContent = `${name.slice(0, Math.floor(kept / 2))}…${end}`;
    }
    text.append(svg("title", {}, name));
  }
}
