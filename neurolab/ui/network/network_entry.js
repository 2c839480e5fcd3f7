// The control that an arrow of the network's picture leads to.

/** @typedef {{ connection: number, row: number | null, column: number | null }} Target */

/**
 * Find the cell of the arrow's matrix, or the weight of the rule that makes the connection. The
 * controls of the connections have the order of the experiment.
 * @param {Element | null} lab
 * @param {Target} target
 * @returns {HTMLElement | null}
 */
export function entryOf(lab, { connection, row, column }) {
  const control = lab?.querySelectorAll(".nl-connection")[connection];
  if (!control) return null;
  if (row !== null && column !== null) {
    const place = `tr:nth-of-type(${row + 1}) td:nth-of-type(${column + 1}) input:enabled`;
    const cell = control.querySelector(`.nl-matrix tbody ${place}`);
    if (cell) return /** @type {HTMLElement} */ (cell);
  }
  const all = control.querySelectorAll("input:enabled, select:enabled");
  const fields = [.../** @type {NodeListOf<HTMLElement>} */ (all)].filter(
    (field) => field.offsetParent,
  );
  /** @param {HTMLElement} field */
  const isWeight = (field) => field.closest(".nl-matrix") || field.title.startsWith("weight");
  return fields.find(isWeight) ?? fields[0] ?? null;
}

/** @param {HTMLElement} field */
export function reveal(field) {
  field.focus({ preventScroll: true });
  const { matches: isStill } = matchMedia("(prefers-reduced-motion: reduce)");
  const behavior = isStill ? "auto" : "smooth";
  field.scrollIntoView({ block: "nearest", inline: "nearest", behavior });
}
