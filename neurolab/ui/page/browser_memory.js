// What the browser remembers of a page from one visit to the next, files to save, and printing.

import { follow } from "../js/model.js";
import { save } from "../js/save.js";
import { slidersDrawn } from "../js/sliders.js";

/** @typedef {{ name: string }} Traits */
/** @typedef {{ kind: string, name: string, text: string, html: string }} Message */

/**
 * The tab has a memory of its own, so that a reload does not bring what another tab has made of the
 * same page.
 * @param {string} place
 */
function recall(place) {
  try {
    return sessionStorage.getItem(place) ?? localStorage.getItem(place);
  } catch {
    return null;
  }
}

/**
 * @param {string} place
 * @param {string} text
 * @returns {boolean} whether the browser has kept it
 */
function keep(place, text) {
  try {
    sessionStorage.setItem(place, text);
    localStorage.setItem(place, text);
    window.dispatchEvent(new Event("neurolab:kept"));
    return true;
  } catch {
    return false; // it is full, or set to keep nothing
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const place = `neurolab: ${model.get("name")}`;
  /** @param {Message} message */
  const hear = ({ kind, name, text, html }) => {
    if (kind === "keep") {
      const isKept = keep(place, text);
      document.body.classList.toggle("neurolab-unkept", !isKept);
      if (!isKept) model.send({ unkept: true });
    } else if (kind === "save") {
      save(name, new Blob([text], { type: "application/json;charset=utf-8" }));
    } else if (kind === "print") {
      el.innerHTML = html; // written by the kernel, in which markup of others is text
      window.print();
    }
  };
  slidersDrawn().then(() => model.send({ recalled: recall(place) ?? "" }));
  return follow(model, { "msg:custom": hear });
}

export default { render };
