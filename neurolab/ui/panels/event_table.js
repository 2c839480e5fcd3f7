// The table of events. The kernel sorts: it knows all of them, the page only those around the time
// cursor.

import { element, set } from "../js/dom.js";
import { follow } from "../js/model.js";
import { save } from "../js/save.js";

const COLUMNS = ["t (ms)", "event", "variable", "before", "change", "after"];
const NUMBERS = 3; // the last columns

/** @typedef {{ place: number, sentence: string, cells: string[] }} Row */
/** @typedef {{ rows: Row[], place: number, order: [number, number], note: string }} Traits */

/** @param {number} column */
const kind = (column) => (column >= COLUMNS.length - NUMBERS ? "number" : "");

/** @param {Row} row */
function tableRow({ place, sentence, cells: [time, ...others] }) {
  const go = element("button", { type: "button", textContent: time });
  set(go, { "aria-label": sentence });
  const cells = others.map((text, i) =>
    element("td", { className: kind(i + 1), textContent: text }),
  );
  const row = element("tr", { title: sentence }, element("td", {}, go), ...cells);
  row.dataset.place = String(place);
  return row;
}

/**
 * @param {boolean} isSorted
 * @param {number} direction
 */
function sorting(isSorted, direction) {
  if (!isSorted) return "none";
  return direction > 0 ? "ascending" : "descending";
}

class Table {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    /** @type {HTMLTableRowElement[]} */
    this.rows = [];
    this.heads = COLUMNS.map((name, column) => this.head(name, column));
    this.body = element("tbody");
    this.body.addEventListener("click", (event) => this.click(event));
    this.note = element("p", { className: "nl-events-note" });
    const caption = element("caption", { textContent: "events of this run" });
    const head = element("thead", {}, element("tr", {}, ...this.heads));
    const table = element("table", {}, caption, head, this.body);
    this.box = element("div", { className: "nl-events-box" }, table);
    el.classList.add("nl-events-view");
    el.append(this.box, element("div", { className: "nl-events-foot" }, this.save(), this.note));
    this.drawRows();
    this.draw();
  }

  save() {
    const title = "save all events as a CSV file";
    const button = element("button", { type: "button", textContent: "CSV", title });
    button.addEventListener("click", () => this.model.send({ action: "csv" }));
    return button;
  }

  /**
   * @param {string} name
   * @param {number} column
   */
  head(name, column) {
    const button = element("button", { type: "button", textContent: name });
    button.addEventListener("click", () => this.model.send({ action: "sort", value: column }));
    return element("th", { scope: "col", className: kind(column) }, button);
  }

  /** @param {MouseEvent} event */
  click(event) {
    const row = /** @type {Element} */ (event.target).closest("tr");
    if (row) this.model.send({ action: "go", value: Number(row.dataset.place) });
  }

  drawRows() {
    const active = document.activeElement;
    const held = this.body.contains(active) && active?.closest("tr")?.dataset.place;
    this.rows = this.model.get("rows").map(tableRow);
    this.body.replaceChildren(...this.rows);
    if (!held) return;
    const row = this.row(held) ?? this.row(String(this.model.get("place")));
    row?.querySelector("button")?.focus({ preventScroll: true });
  }

  /** @param {string} place */
  row(place) {
    return this.rows.find((row) => row.dataset.place === place);
  }

  draw() {
    const [column, direction] = this.model.get("order");
    const place = String(this.model.get("place"));
    for (const [i, head] of this.heads.entries()) {
      set(head, { "aria-sort": sorting(i === column, direction) });
    }
    for (const row of this.rows) {
      set(row, { "aria-current": row.dataset.place === place ? "step" : null });
    }
    this.note.textContent = this.model.get("note");
    this.reveal(this.row(place));
  }

  /**
   * Scroll the box alone: the page stays where it is.
   * @param {HTMLTableRowElement} [row]
   */
  reveal(row) {
    const { box } = this;
    if (!row || !box.clientHeight) return;
    const top = row.offsetTop - this.heads[0].offsetHeight;
    const bottom = row.offsetTop + row.offsetHeight;
    if (top < box.scrollTop) box.scrollTop = top;
    else if (bottom > box.scrollTop + box.clientHeight) box.scrollTop = bottom - box.clientHeight;
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const table = new Table(model, el);
  return follow(model, {
    "change:rows": () => {
      table.drawRows();
      table.draw();
    },
    "change:place change:order change:note": () => table.draw(),
    /** @param {{ csv?: string }} message */
    "msg:custom": ({ csv }) => {
      if (csv !== undefined) save("events.csv", new Blob([csv], { type: "text/csv" }));
    },
  });
}

export default { render };
