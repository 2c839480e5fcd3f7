// One cell of a connection matrix.

import { element, set } from "../js/dom.js";

const QUIET = 150; // ms without a key before a text is sent
const LONGEST_TEXT = 100;
export const SHIFT_FACTOR = 10;

/**
 * The table of a cell, as far as the cell needs it.
 * @typedef {object} Table
 * @property {number} answered number of the last edit that the kernel has answered
 * @property {number} step of the arrow keys
 * @property {boolean} disabled
 * @property {boolean} building
 * @property {number} largest absolute value in the table
 * @property {string} unit
 * @property {string} hint
 * @property {(row: number, column: number, content: object) => number} send
 * @property {(row: number, column: number) => boolean} focus
 * @property {(row: number, column: number) => string} messageId
 */

/**
 * Write a weight with its sign and four digits.
 * @param {number} value
 */
export function display(value) {
  if (!value) return "0";
  const short = Number(Math.abs(value).toPrecision(4));
  const isPlain = short >= 1e-3 && short < 1e6;
  const text = isPlain ? String(short) : short.toExponential().replace("e+", "e");
  return (value > 0 ? "+" : "−") + text;
}

/** @param {number} value */
function signName(value) {
  if (value > 0) return "excites";
  return value < 0 ? "inhibits" : "zero";
}

/**
 * A cell's text belongs to the kernel, which writes the accepted value into it, or to the person
 * who is typing.
 */
export class Cell {
  /**
   * @param {Table} table
   * @param {number} row
   * @param {number} column
   */
  constructor(table, row, column) {
    this.table = table;
    this.row = row;
    this.column = column;
    this.value = 0;
    this.error = "";
    this.refused = false;
    this.lit = false;
    this.entered = false; // by the click that is under way
    this.strength = "";
    /** typed, not yet sent */
    this.edited = false;
    /**
     * number of the last edit that was sent; the kernel has answered it when `table.answered` has
     * come so far
     */
    this.asked = 0;
    /** typed since the cell was entered: stays as it was typed until the cell is left */
    this.typing = false;
    /**
     * @type {number | null} the number that arrow keys asked for, from which they go on before the
     * answer is there
     */
    this.wanted = null;
    /**
     * @type {string | null} the text that was sent last and is not answered, which the kernel reads
     * before it adds
     */
    this.text = null;
    /** what arrow keys add to that text */
    this.added = 0;
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    this.timer = undefined;
    this.input = element("input", {
      type: "text",
      inputMode: "text",
      autocomplete: "off",
      spellcheck: false,
      maxLength: LONGEST_TEXT,
      value: "0",
    });
    this.node = element("td", {}, this.input);
    this.hear();
  }

  hear() {
    const { input } = this;
    input.addEventListener("focus", () => input.select());
    input.addEventListener("pointerdown", () => {
      this.entered = !this.focused;
    });
    input.addEventListener("mouseup", (event) => this.released(event));
    input.addEventListener("input", () => this.typed());
    input.addEventListener("blur", () => this.left());
    input.addEventListener("keydown", (event) => this.key(event));
  }

  get focused() {
    return this.input.matches(":focus");
  }

  get open() {
    return this.edited || this.asked > this.table.answered;
  }

  /**
   * The click that enters a cell would put the caret where the whole text is selected.
   * @param {MouseEvent} event
   */
  released(event) {
    if (this.entered) event.preventDefault();
    this.entered = false;
  }

  typed() {
    this.edited = true;
    this.typing = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(true), QUIET);
    this.show();
  }

  /**
   * Send what was typed. A text that may still change is not complained about at once.
   * @param {boolean} [typing]
   */
  commit(typing = false) {
    if (this.edited) this.sendText(this.input.value, typing);
  }

  /**
   * @param {string} text
   * @param {boolean} typing
   */
  sendText(text, typing) {
    this.wanted = null;
    this.text = text;
    this.added = 0;
    this.send({ text, typing });
  }

  /** @param {number} value */
  sendNumber(value) {
    this.wanted = value;
    this.text = null;
    this.send({ text: String(value) });
  }

  /** @param {object} content */
  send(content) {
    clearTimeout(this.timer);
    this.edited = false;
    this.asked = this.table.send(this.row, this.column, content);
    this.show();
  }

  left() {
    if (this.table.building) return;
    this.commit();
    this.typing = false;
    this.show();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction) this.add(direction * this.table.step * (event.shiftKey ? SHIFT_FACTOR : 1));
    else if (event.key === "Enter") this.enter(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") this.restore();
    else return;
    event.preventDefault();
  }

  /** @param {number} amount */
  add(amount) {
    if (this.edited || (this.open && this.text !== null)) {
      this.addToText(amount);
      return;
    }
    const sum = (this.wanted ?? this.value) + amount;
    const value = Math.abs(sum) < 1e-9 * Math.abs(amount) ? 0 : Number(sum.toPrecision(12));
    this.typing = false;
    this.write(display(value));
    this.sendNumber(value);
  }

  /**
   * What was typed is not a number yet: the kernel reads it, and adds.
   * @param {number} amount
   */
  addToText(amount) {
    const text = this.edited ? this.input.value : this.text;
    const added = (this.edited ? 0 : this.added) + amount;
    this.typing = false;
    this.wanted = null;
    this.text = text;
    this.added = added;
    this.send({ text, added });
  }

  /** @param {number} rows by which the focus moves */
  enter(rows) {
    this.commit();
    this.typing = false;
    if (!this.table.focus(this.row + rows, this.column)) this.input.select();
    this.show();
  }

  restore() {
    // What has been sent is taken back by another edit, which also ends a complaint.
    const isSent = this.refused || this.asked > this.table.answered;
    clearTimeout(this.timer);
    this.edited = false;
    this.typing = false;
    this.write(display(this.value));
    this.input.select();
    if (isSent) this.sendNumber(this.value);
    this.show();
  }

  /** @param {string} text */
  write(text) {
    if (this.input.value === text) return;
    this.input.value = text;
    if (this.focused) this.input.select();
  }

  /** Touch only what differs from what the page shows already. */
  show() {
    if (this.table.disabled) this.edited = false;
    const { open } = this;
    if (!open) {
      this.wanted = null;
      this.text = null;
      this.added = 0;
    }
    if (!open && !this.refused && !(this.typing && this.focused)) this.write(display(this.value));
    this.showLook(open);
    this.showInput();
  }

  /** @param {boolean} isPending */
  showLook(isPending) {
    const { node, value, table } = this;
    const marks = [isPending && "pending", this.error && "wrong", this.lit && "lit"];
    const look = [signName(value), ...marks].filter(Boolean).join(" ");
    if (node.className !== look) node.className = look;
    const strength = table.largest ? (Math.abs(value) / table.largest).toFixed(3) : "0";
    if (this.strength === strength) return;
    this.strength = strength;
    node.style.setProperty("--strength", strength);
  }

  showInput() {
    const { input, table, error } = this;
    const title = `${this.value} ${table.unit}`.trim() + table.hint;
    if (input.title !== title) input.title = title;
    if (input.disabled !== table.disabled) input.disabled = table.disabled;
    const described = error ? table.messageId(this.row, this.column) : null;
    set(input, { "aria-invalid": error ? "true" : null, "aria-describedby": described });
  }
}
