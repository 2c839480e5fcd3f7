// A file that the page saves.

import { element } from "./dom.js";

const KEPT = 10_000; // ms that the browser has to read the file

/**
 * @param {string} name
 * @param {Blob} blob
 */
export function save(name, blob) {
  const anchor = element("a", { href: URL.createObjectURL(blob), download: name });
  anchor.click();
  setTimeout(() => URL.revokeObjectURL(anchor.href), KEPT);
}
