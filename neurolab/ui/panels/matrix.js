// One table for a connection matrix. Texts are sent to the kernel as they are typed, and the kernel
// alone decides what a number is; values, errors and the highlight come back.

import { element, set, write } from "../js/dom.js";
import { follow } from "../js/model.js";
import { Cell, display, SHIFT_FACTOR } from "./matrix_cell.js";

/**
 * @typedef {{
 *   caption: string, unit: string, rows: string[], columns: string[], values: number[][],
 *   errors: Record<string, string>, step: number, disabled: boolean, answered: number,
 *   max_cells: number, colour: string, highlight: [row?: number, column?: number],
 * }} Traits
 */

/**
 * @param {string} scope
 * @param {string} role
 * @param {string} name
 */
function header(scope, role, name) {
  const hidden = element("span", { className: "nl-matrix-hidden", textContent: `${role} ` });
  return element("th", { scope }, hidden, name);
}

class Matrix {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.id = `nl-matrix-${Math.random().toString(36).slice(2)}`;
    /** @type {Cell[][]} */
    this.cells = [];
    /** @type {HTMLTableRowElement[]} */
    this.lines = [];
    this.sent = 0;
    this.building = false;
    this.built = ""; // of what the table is made
    this.largest = 0;
    this.longest = -1;
    this.box = element("div", { className: "nl-matrix-box" });
    this.messages = set(element("div", { className: "nl-matrix-messages" }), { role: "alert" });
    el.classList.add("nl-matrix");
    el.append(this.box, this.messages);
    this.update();
  }

  get answered() {
    return this.model.get("answered");
  }

  get step() {
    return this.model.get("step");
  }

  get disabled() {
    return this.model.get("disabled");
  }

  get unit() {
    return this.model.get("unit");
  }

  get hint() {
    const { step } = this;
    if (this.disabled) return "";
    return ` · ↑ ↓ change it by ${step}, with Shift by ${step * SHIFT_FACTOR}`;
  }

  get title() {
    const caption = this.model.get("caption");
    return this.unit ? `${caption} (${this.unit})` : caption;
  }

  /**
   * @param {number | string} row
   * @param {number | string} column
   */
  messageId(row, column) {
    return `${this.id}-${row}-${column}`;
  }

  /**
   * @param {number} row
   * @param {number} column
   * @param {object} content
   * @returns {number} by which the kernel's answer can be told
   */
  send(row, column, content) {
    this.sent = Math.max(this.sent, this.answered) + 1;
    this.model.send({ row, column, ...content, number: this.sent });
    return this.sent;
  }

  /**
   * @param {number} row
   * @param {number} column
   * @returns {boolean} whether there is such a cell
   */
  focus(row, column) {
    const cell = this.cells[row]?.[column];
    cell?.input.focus();
    return Boolean(cell);
  }

  update() {
    const { model } = this;
    const names = /** @type {const} */ (["caption", "unit", "rows", "columns", "max_cells"]);
    const built = JSON.stringify(names.map((name) => model.get(name)));
    this.box.style.setProperty("--hue", model.get("colour"));
    if (built !== this.built) this.build();
    this.built = built;
    this.showMessages();
    this.showCells();
  }

  build() {
    const rows = this.model.get("rows");
    const columns = this.model.get("columns");
    const old = this.cells;
    const held = old.flat().find((cell) => cell.focused);
    const caret = held && [held.input.selectionStart, held.input.selectionEnd];
    const fits = rows.length * columns.length <= this.model.get("max_cells");
    this.building = true;
    // Cells that stay keep what is being typed in them.
    /** @type {(row: number, column: number) => Cell} */
    const cell = (row, column) => old[row]?.[column] ?? new Cell(this, row, column);
    this.cells = fits ? rows.map((_, i) => columns.map((_, j) => cell(i, j))) : [];
    this.box.replaceChildren(fits ? this.table(rows, columns) : this.size(rows, columns));
    this.building = false;
    const kept = new Set(this.cells.flat());
    for (const one of old.flat()) if (!kept.has(one)) clearTimeout(one.timer);
    if (held && caret && kept.has(held)) {
      held.input.focus();
      held.input.setSelectionRange(caret[0], caret[1]);
    }
  }

  /**
   * @param {string[]} rows
   * @param {string[]} columns
   */
  table(rows, columns) {
    const corner = element("th", { scope: "col", textContent: "from ↓  to →" });
    const heads = columns.map((name) => header("col", "target", name));
    const head = element("thead", {}, element("tr", {}, corner, ...heads));
    this.lines = rows.map((name, i) => {
      const nodes = this.cells[i].map((cell) => cell.node);
      return element("tr", {}, header("row", "source", name), ...nodes);
    });
    const name = this.model.get("caption").split(":")[0];
    const unit = this.unit && `, ${this.unit}`;
    for (const { input, row, column } of this.cells.flat()) {
      set(input, { "aria-label": `${name}: from ${rows[row]} to ${columns[column]}${unit}` });
    }
    const caption = element("caption", {}, element("span", { textContent: this.title }));
    return element("table", {}, caption, head, element("tbody", {}, ...this.lines));
  }

  /**
   * @param {string[]} rows
   * @param {string[]} columns
   */
  size(rows, columns) {
    const size = `too large to edit here: ${rows.length} × ${columns.length}`;
    const title = element("b", { textContent: this.title });
    this.lines = [];
    return element("p", {}, title, element("span", { textContent: size }));
  }

  showCells() {
    const values = this.model.get("values");
    const errors = this.model.get("errors");
    const numbers = values.flat();
    this.largest = numbers.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const lengths = numbers.map((value) => display(value).length);
    this.makeRoom(lengths.reduce((longest, length) => Math.max(longest, length), 0));
    const [row, column] = this.model.get("highlight");
    for (const [i, line] of this.lines.entries()) line.classList.toggle("lit", i === row);
    for (const cell of this.cells.flat()) {
      cell.value = values[cell.row]?.[cell.column] ?? 0;
      const error = errors[`${cell.row},${cell.column}`];
      cell.refused = error !== undefined;
      cell.error = error ?? "";
      cell.lit = cell.row === row && (column === undefined || cell.column === column);
      cell.show();
    }
  }

  /** @param {number} letters of the longest number */
  makeRoom(letters) {
    if (this.longest === letters) return;
    this.longest = letters;
    this.box.style.setProperty("--longest", String(letters));
  }

  /** Show messages. One that stays is not written again, or a screen reader would repeat it. */
  showMessages() {
    const rows = this.model.get("rows");
    const columns = this.model.get("columns");
    const old = new Map([...this.messages.children].map((node) => [node.id, node]));
    const errors = Object.entries(this.model.get("errors")).filter(([, message]) => message);
    const nodes = errors.map(([key, message]) => {
      const [row, column] = key.split(",").map(Number);
      const id = this.messageId(row, column);
      const place = rows[row] && columns[column] ? `${rows[row]} → ${columns[column]}: ` : "";
      const node = old.get(id) ?? element("div", { id });
      write(node, place + message);
      old.delete(id);
      return node;
    });
    for (const node of old.values()) node.remove();
    for (const node of nodes) if (node.parentNode !== this.messages) this.messages.append(node);
  }

  close() {
    for (const cell of this.cells.flat()) clearTimeout(cell.timer);
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const matrix = new Matrix(model, el);
  const end = follow(model, { change: () => matrix.update() });
  return () => {
    end();
    matrix.close();
  };
}

export default { render };
