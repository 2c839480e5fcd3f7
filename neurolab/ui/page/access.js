// Names for what widgets leave nameless to a screen reader, and the traces in words. A slider's
// handle gets the slider's label, and its value is announced as it is written beside it (a
// logarithmic slider announces its exponent otherwise).

import { element, set } from "../js/dom.js";
import { follow } from "../js/model.js";

const SLIDER = ".widget-slider, .widget-hslider, .widget-vslider";
const CONTROLS = "input, textarea, select, .noUi-handle";
const NAMELESS = ["input", "textarea", "select"]
  .map((tag) => `${tag}[title]:not([aria-label])`)
  .join(", ");

/** @typedef {{ text: string }} Traits */

/**
 * The element itself and all in it, as far as a selector fits.
 * @param {Element} root
 * @param {string} selector
 * @returns {HTMLElement[]}
 */
function within(root, selector) {
  const inner = /** @type {NodeListOf<HTMLElement>} */ (root.querySelectorAll(selector));
  const own = root.matches(selector) ? [/** @type {HTMLElement} */ (root)] : [];
  return [...own, ...inner];
}

/**
 * @param {Element | null | undefined} root
 * @param {string} selector
 */
function textOf(root, selector) {
  const node = root?.querySelector(selector);
  if (!node) return "";
  return (node instanceof HTMLInputElement ? node.value : (node.textContent ?? "")).trim();
}

/** @param {Element} handle */
function nameHandle(handle) {
  const slider = handle.closest(SLIDER);
  const row = slider?.parentElement?.closest(".nl-number") ?? slider?.parentElement;
  const label = textOf(slider, ".widget-label") || textOf(row, ".widget-label");
  const value =
    textOf(slider, ".widget-readout") || textOf(row, "input[type=number], input[type=text]");
  if (label) set(handle, { "aria-label": label });
  if (value) set(handle, { "aria-valuetext": value });
}

/**
 * A title alone is no name: it may not be read out.
 * @param {Element} root
 */
function nameControls(root) {
  for (const control of within(root, NAMELESS)) set(control, { "aria-label": control.title });
  for (const handle of within(root, ".noUi-handle")) nameHandle(handle);
}

let described = 0;

/**
 * A message belongs to the control beside it: a screen reader reads it with the control.
 * @param {Element} message
 */
function describe(message) {
  if (!message.id) {
    described += 1;
    message.id = `nl-message-${described}`;
  }
  const isEmpty = message.textContent?.trim() === "";
  const field = message.closest(".nl-field");
  for (const control of field?.querySelectorAll("input, textarea, .noUi-handle") ?? []) {
    if (!isEmpty) set(control, { "aria-describedby": message.id });
    else if (control.getAttribute("aria-describedby") === message.id) {
      control.removeAttribute("aria-describedby");
    }
  }
}

/**
 * Curves and read-outs change many times a second: only where a control changed or came is anything
 * looked for.
 * @param {MutationRecord[]} changes
 * @param {Element} lab
 * @returns {Element[]}
 */
function changedParts(changes, lab) {
  return changes.flatMap(({ type, target, addedNodes }) => {
    const part = /** @type {Element} */ (target);
    if (type === "attributes") return [part];
    const message = part.closest(".nl-message");
    if (message) {
      describe(message);
      return [];
    }
    /** @param {Node} node */
    const holds = (node) => node instanceof HTMLElement && within(node, CONTROLS).length > 0;
    return [...addedNodes].some(holds) ? [lab] : [];
  });
}

/**
 * Name the controls of a lab, and again those that change.
 * @param {HTMLElement} el
 * @returns {() => void} a function that ends it
 */
function keepNames(el) {
  /** @type {Element | null} */
  let lab = null;
  let waiting = 0;
  /** @type {Set<Element>} */
  const changed = new Set();
  const nameChanged = () => {
    waiting = 0;
    changed.forEach(nameControls);
    changed.clear();
  };
  const observer = new MutationObserver((changes) => {
    if (!lab) return;
    for (const part of changedParts(changes, lab)) changed.add(part);
    // The read-out beside a handle changes after the handle; a frame later both are there.
    if (changed.size) waiting ||= requestAnimationFrame(nameChanged);
  });
  const attach = requestAnimationFrame(() => {
    lab = el.closest(".neurolab-lab");
    if (!lab) return;
    nameControls(lab);
    const attributeFilter = ["aria-valuenow", "title"];
    observer.observe(lab, { childList: true, subtree: true, attributeFilter });
  });
  return () => {
    cancelAnimationFrame(attach);
    cancelAnimationFrame(waiting);
    observer.disconnect();
  };
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const heading = element("h1", { textContent: "Lab for synaptic connections" });
  const region = set(element("p", { className: "nl-summary" }), { "aria-live": "polite" });
  el.classList.add("nl-access-view");
  el.append(heading, region);
  const tell = () => {
    region.textContent = model.get("text");
  };
  tell();
  const ends = [follow(model, { "change:text": tell }), keepNames(el)];
  return () => {
    for (const end of ends) end();
  };
}

export default { render };
