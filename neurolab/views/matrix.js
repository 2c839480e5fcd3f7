// One table for a connection matrix. Texts are sent to the kernel as they are; values, errors and the highlight come back.

const QUIET = 150; // ms without a key before a complete number is sent
const NUMBER = /^\s*[+\-−]?(\d+([.,]\d*)?|[.,]\d+)\s*$/;

function display(value) {
  if (value === 0) return "0";
  const text = String(Number(Math.abs(value).toPrecision(4)));
  return (value > 0 ? "+" : "−") + text;
}

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

class Cell {
  constructor(table, row, column) {
    Object.assign(this, { table, row, column, timer: null, value: 0, error: "", edited: false, typedIn: false, asked: 0 });
    this.input = element("input", { type: "text", inputMode: "text", autocomplete: "off", spellcheck: false });
    this.node = element("td", {}, this.input);
    this.input.addEventListener("focus", () => this.input.select());
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("blur", () => { this.commit(); this.typedIn = false; this.show(); });
    this.input.addEventListener("keydown", (event) => this.key(event));
  }

  typed() {
    this.edited = this.typedIn = true;
    this.node.classList.add("pending");
    clearTimeout(this.timer);
    if (NUMBER.test(this.input.value)) this.timer = setTimeout(() => this.commit(), QUIET);
  }

  commit() {
    clearTimeout(this.timer);
    if (!this.edited) return;
    this.edited = false;
    this.asked = this.table.send(this.row, this.column, this.input.value.replace("−", "-"));
  }

  key(event) {
    const steps = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (steps) {
      event.preventDefault();
      const size = this.table.step * (event.shiftKey ? 10 : 1);
      this.value = Number((this.value + steps * size).toPrecision(12));
      this.input.value = display(this.value);
      this.edited = true;
      this.typedIn = false;
      this.commit();
    } else if (event.key === "Enter") {
      this.commit();
      this.typedIn = false;
      this.table.focus(this.row + (event.shiftKey ? -1 : 1), this.column);
    } else if (event.key === "Escape") {
      this.input.value = String(this.value);
      this.edited = true;
      this.typedIn = false;
      this.commit();
      this.input.select();
    }
  }

  // Leaves the text alone while it is being edited or looked at by the kernel, and while it is wrong.
  show() {
    const open = this.edited || this.asked > this.table.answered;
    const focused = document.activeElement === this.input;
    if (!open && !this.error && !(focused && this.typedIn)) this.input.value = display(this.value);
    if (!focused) this.typedIn = false;
    const { node, input, value } = this;
    node.className = value > 0 ? "excites" : value < 0 ? "inhibits" : "zero";
    node.classList.toggle("pending", open);
    node.classList.toggle("wrong", Boolean(this.error));
    node.style.setProperty("--strength", this.table.largest ? Math.abs(value) / this.table.largest : 0);
    input.title = `${value} ${this.table.unit}`;
    if (this.error) {
      input.setAttribute("aria-invalid", "true");
      input.setAttribute("aria-describedby", this.table.messageId);
    } else {
      input.removeAttribute("aria-invalid");
      input.removeAttribute("aria-describedby");
    }
  }
}

class Matrix {
  constructor(model, el) {
    this.model = model;
    this.messageId = `nl-matrix-${Math.random().toString(36).slice(2)}`;
    this.caption = element("div", { className: "nl-matrix-caption", id: `${this.messageId}-caption` });
    this.box = element("div", { className: "nl-matrix-box" });
    this.message = element("div", { className: "nl-matrix-message", id: this.messageId });
    this.message.setAttribute("role", "alert");
    el.classList.add("nl-matrix");
    el.append(this.caption, this.box, this.message);
    this.build();
  }

  get unit() { return this.model.get("unit"); }
  get step() { return this.model.get("step"); }

  get answered() { return this.model.get("answered"); }

  // Gives the number by which the kernel's answer can be told.
  send(row, column, text) {
    this.number = Math.max(this.number ?? 0, this.answered) + 1;
    this.model.send({ row, column, text, number: this.number });
    return this.number;
  }

  focus(row, column) { this.cells?.[row]?.[column]?.input.focus(); }

  build() {
    const rows = this.model.get("rows"), columns = this.model.get("columns");
    this.cells = [];
    if (rows.length * columns.length > this.model.get("max_cells")) {
      this.box.replaceChildren(element("p", { textContent: `too large to edit here: ${rows.length} × ${columns.length}` }));
      this.showCaption();
      return;
    }
    const head = element("tr", {}, element("th", { scope: "col", className: "corner", textContent: "from ↓  to →" }),
      ...columns.map((name) => element("th", { scope: "col", textContent: name })));
    const body = element("tbody");
    rows.forEach((name, i) => {
      const cells = columns.map((_, j) => new Cell(this, i, j));
      this.cells.push(cells);
      body.append(element("tr", {}, element("th", { scope: "row", textContent: name }), ...cells.map((cell) => cell.node)));
    });
    const table = element("table", {}, element("thead", {}, head), body);
    table.setAttribute("aria-labelledby", this.caption.id);
    this.box.replaceChildren(table);
    this.showCaption();
    this.showValues();
    this.showErrors();
    this.showHighlight();
  }

  showCaption() {
    const caption = this.model.get("caption");
    this.caption.textContent = this.unit ? `${caption} (${this.unit})` : caption;
    const rows = this.model.get("rows"), columns = this.model.get("columns");
    for (const cell of this.cells.flat()) {
      cell.input.setAttribute("aria-label", `${caption}: from ${rows[cell.row]} to ${columns[cell.column]}, ${this.unit}`);
    }
  }

  showValues() {
    const values = this.model.get("values");
    this.largest = Math.max(0, ...values.flat().map(Math.abs));
    for (const cell of this.cells.flat()) {
      cell.value = values[cell.row]?.[cell.column] ?? 0;
      cell.show();
    }
  }

  showErrors() {
    const errors = this.model.get("errors");
    for (const cell of this.cells.flat()) {
      cell.error = errors[`${cell.row},${cell.column}`] || "";
      cell.show();
    }
    this.message.textContent = Object.values(errors).join(" ");
  }

  showHighlight() {
    const [row, column] = this.model.get("highlight");
    for (const cell of this.cells.flat()) {
      cell.node.classList.toggle("lit", cell.row === row && (column === undefined || cell.column === column));
    }
  }
}

function render({ model, el }) {
  const matrix = new Matrix(model, el);
  const handlers = {
    "change:rows change:columns": () => matrix.build(),
    "change:caption change:unit": () => matrix.showCaption(),
    "change:values": () => matrix.showValues(),
    "change:errors": () => matrix.showErrors(),
    "change:answered": () => matrix.showValues(),
    "change:highlight": () => matrix.showHighlight(),
  };
  for (const [names, handler] of Object.entries(handlers)) for (const name of names.split(" ")) model.on(name, handler);
  return () => {
    for (const [names, handler] of Object.entries(handlers)) for (const name of names.split(" ")) model.off(name, handler);
  };
}

export default { render };
