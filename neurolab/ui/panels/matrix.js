// One table for a connection matrix. Texts are sent to the kernel as they are typed, and the kernel alone decides what a
// number is; values, errors and the highlight come back.

const QUIET = 150; // ms without a key before a text is sent
const LONGEST_TEXT = 100;
const SHIFT_FACTOR = 10;

function display(value) {
  if (!value) return "0";
  const short = Number(Math.abs(value).toPrecision(4));
  const text = short < 1e-3 || short >= 1e6 ? short.toExponential().replace("e+", "e") : String(short);
  return (value > 0 ? "+" : "−") + text;
}

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function header(scope, role, name) {
  const hidden = element("span", { className: "nl-matrix-hidden", textContent: `${role} ` });
  return element("th", { scope }, hidden, name);
}

function setAttribute(node, name, value) {
  if (value === null) node.removeAttribute(name);
  else if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

/* A cell's text belongs to the kernel, which writes the accepted value into it, or to the person:
   edited  typed, not yet sent
   asked   number of the last edit that was sent; the kernel has answered it when the table's `answered` has come so far
   typing  typed since the cell was entered: stays as it was typed until the cell is left
   wanted  the number that arrow keys asked for, from which they go on before the answer is there
   text    the text that was sent last and is not answered, which the kernel reads before it adds
   added   what arrow keys add to that text */
class Cell {
  constructor(table, row, column) {
    Object.assign(this, { table, row, column, value: 0, error: "", refused: false, lit: false });
    Object.assign(this, { edited: false, asked: 0, typing: false, timer: null, entered: false });
    Object.assign(this, { wanted: null, text: null, added: 0 });
    this.input = element("input", {
      type: "text", inputMode: "text", autocomplete: "off", spellcheck: false, maxLength: LONGEST_TEXT, value: "0" });
    this.node = element("td", {}, this.input);
    this.listen("focus", () => this.input.select());
    this.listen("pointerdown", () => { this.entered = !this.focused; });
    this.listen("mouseup", (event) => this.released(event));
    this.listen("input", () => this.typed());
    this.listen("blur", () => this.left());
    this.listen("keydown", (event) => this.key(event));
  }

  listen(name, handler) { this.input.addEventListener(name, handler); }

  get focused() { return this.input.matches(":focus"); }

  get open() { return this.edited || this.asked > this.table.answered; }

  // The click that enters a cell would put the caret where the whole text is selected.
  released(event) {
    if (this.entered) event.preventDefault();
    this.entered = false;
  }

  typed() {
    this.edited = this.typing = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.commit(true), QUIET);
    this.show();
  }

  // A text that may still change is not complained about at once.
  commit(typing = false) {
    if (this.edited) this.sendText(this.input.value, typing);
  }

  sendText(text, typing = false) {
    Object.assign(this, { wanted: null, text, added: 0 });
    this.send({ text, typing });
  }

  sendNumber(value) {
    Object.assign(this, { wanted: value, text: null });
    this.send({ text: String(value) });
  }

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

  key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (direction) this.add(direction * this.table.step * (event.shiftKey ? SHIFT_FACTOR : 1));
    else if (event.key === "Enter") this.enter(event.shiftKey ? -1 : 1);
    else if (event.key === "Escape") this.restore();
    else return;
    event.preventDefault();
  }

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

  // What was typed is not a number yet: the kernel reads it, and adds.
  addToText(amount) {
    const text = this.edited ? this.input.value : this.text;
    const added = (this.edited ? 0 : this.added) + amount;
    this.typing = false;
    Object.assign(this, { wanted: null, text, added });
    this.send({ text, added });
  }

  enter(rows) {
    this.commit();
    this.typing = false;
    if (!this.table.focus(this.row + rows, this.column)) this.input.select();
    this.show();
  }

  restore() {
    // What has been sent is taken back by another edit, which also ends a complaint.
    const sent = this.refused || this.asked > this.table.answered;
    clearTimeout(this.timer);
    this.edited = this.typing = false;
    this.write(display(this.value));
    this.input.select();
    if (sent) this.sendNumber(this.value);
    this.show();
  }

  write(text) {
    if (this.input.value === text) return;
    this.input.value = text;
    if (this.focused) this.input.select();
  }

  // Touches only what differs from what the page shows already.
  show() {
    const { input, value, error, table } = this;
    if (table.disabled) this.edited = false;
    const { open } = this;
    if (!open) Object.assign(this, { wanted: null, text: null, added: 0 });
    if (!open && !this.refused && !(this.typing && this.focused)) this.write(display(value));
    const sign = value > 0 ? "excites" : value < 0 ? "inhibits" : "zero";
    const look = [sign, open && "pending", error && "wrong", this.lit && "lit"].filter(Boolean).join(" ");
    if (this.node.className !== look) this.node.className = look;
    const strength = table.largest ? (Math.abs(value) / table.largest).toFixed(3) : "0";
    if (this.strength !== strength) this.node.style.setProperty("--strength", this.strength = strength);
    const title = `${value} ${table.unit}`.trim() + table.hint;
    if (input.title !== title) input.title = title;
    if (input.disabled !== table.disabled) input.disabled = table.disabled;
    setAttribute(input, "aria-invalid", error ? "true" : null);
    setAttribute(input, "aria-describedby", error ? table.messageId(this.row, this.column) : null);
  }
}

class Matrix {
  constructor(model, el) {
    this.model = model;
    this.id = `nl-matrix-${Math.random().toString(36).slice(2)}`;
    this.cells = [];
    this.sent = 0;
    this.box = element("div", { className: "nl-matrix-box" });
    this.messages = element("div", { className: "nl-matrix-messages" });
    this.messages.setAttribute("role", "alert");
    el.classList.add("nl-matrix");
    el.append(this.box, this.messages);
    this.update();
  }

  messageId(row, column) { return `${this.id}-${row}-${column}`; }

  // Gives the number by which the kernel's answer can be told.
  send(row, column, content) {
    this.sent = Math.max(this.sent, this.answered) + 1;
    this.model.send({ row, column, ...content, number: this.sent });
    return this.sent;
  }

  focus(row, column) {
    const cell = this.cells[row]?.[column];
    cell?.input.focus();
    return Boolean(cell);
  }

  update() {
    for (const name of ["caption", "unit", "rows", "columns", "values", "errors", "step", "disabled", "answered"]) {
      this[name] = this.model.get(name);
    }
    this.box.style.setProperty("--hue", this.model.get("colour"));
    this.hint = this.disabled ? "" : ` · ↑ ↓ change it by ${this.step}, with Shift by ${this.step * SHIFT_FACTOR}`;
    const built = JSON.stringify([this.caption, this.unit, this.rows, this.columns, this.model.get("max_cells")]);
    if (built !== this.built) this.build();
    this.built = built;
    this.showMessages();
    this.showCells();
  }

  build() {
    const { rows, columns, cells: old } = this;
    const held = old.flat().find((cell) => cell.focused);
    const caret = held && [held.input.selectionStart, held.input.selectionEnd];
    const fits = rows.length * columns.length <= this.model.get("max_cells");
    this.building = true;
    // Cells that stay keep what is being typed in them.
    this.cells = fits ? rows.map((_, i) => columns.map((_, j) => old[i]?.[j] ?? new Cell(this, i, j))) : [];
    this.box.replaceChildren(fits ? this.table() : this.size());
    this.building = false;
    const kept = new Set(this.cells.flat());
    for (const cell of old.flat()) if (!kept.has(cell)) clearTimeout(cell.timer);
    if (kept.has(held)) {
      held.input.focus();
      held.input.setSelectionRange(...caret);
    }
  }

  get title() { return this.unit ? `${this.caption} (${this.unit})` : this.caption; }

  table() {
    const { rows, columns } = this;
    const corner = element("th", { scope: "col", textContent: "from ↓  to →" });
    const head = element("tr", {}, corner, ...columns.map((name) => header("col", "target", name)));
    this.lines = rows.map((name, i) => (
      element("tr", {}, header("row", "source", name), ...this.cells[i].map((cell) => cell.node))));
    const name = this.caption.split(":")[0], unit = this.unit && `, ${this.unit}`;
    for (const { input, row, column } of this.cells.flat()) {
      input.setAttribute("aria-label", `${name}: from ${rows[row]} to ${columns[column]}${unit}`);
    }
    const caption = element("caption", {}, element("span", { textContent: this.title }));
    return element("table", {}, caption, element("thead", {}, head), element("tbody", {}, ...this.lines));
  }

  size() {
    const size = `too large to edit here: ${this.rows.length} × ${this.columns.length}`;
    this.lines = [];
    return element("p", {}, element("b", { textContent: this.title }), element("span", { textContent: size }));
  }

  showCells() {
    const numbers = this.values.flat();
    this.largest = numbers.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const longest = numbers.reduce((length, value) => Math.max(length, display(value).length), 0);
    if (this.longest !== longest) this.box.style.setProperty("--longest", this.longest = longest);
    const [row, column] = this.model.get("highlight");
    this.lines.forEach((line, i) => line.classList.toggle("lit", i === row));
    for (const cell of this.cells.flat()) {
      cell.value = this.values[cell.row]?.[cell.column] ?? 0;
      const error = this.errors[`${cell.row},${cell.column}`];
      cell.refused = error !== undefined;
      cell.error = error ?? "";
      cell.lit = cell.row === row && (column === undefined || cell.column === column);
      cell.show();
    }
  }

  // A message that stays is not written again, or a screen reader would repeat it.
  showMessages() {
    const old = new Map([...this.messages.children].map((node) => [node.id, node]));
    const said = Object.entries(this.errors).filter(([, message]) => message);
    const nodes = said.map(([key, message]) => {
      const [row, column] = key.split(",");
      const id = this.messageId(row, column);
      const place = this.rows[row] && this.columns[column] ? `${this.rows[row]} → ${this.columns[column]}: ` : "";
      const node = old.get(id) ?? element("div", { id });
      if (node.textContent !== place + message) node.textContent = place + message;
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

function render({ model, el }) {
  const matrix = new Matrix(model, el);
  const update = () => matrix.update();
  model.on("change", update);
  return () => {
    model.off("change", update);
    matrix.close();
  };
}

export default { render };
