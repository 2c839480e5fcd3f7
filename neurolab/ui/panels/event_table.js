// The table of events. The kernel sorts: it knows all of them, the page only those around the time cursor.

const COLUMNS = ["t (ms)", "event", "variable", "before", "change", "after"];
const NUMBERS = 3; // the last columns

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

class Table {
  constructor(model, el) {
    this.model = model;
    this.heads = COLUMNS.map((name, column) => this.head(name, column));
    this.body = element("tbody");
    this.note = element("p", { className: "nl-events-note" });
    const save = element("button", { type: "button", textContent: "CSV", title: "save all events as a CSV file" });
    save.addEventListener("click", () => model.send({ action: "csv" }));
    this.body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (row) model.send({ action: "go", value: Number(row.dataset.place) });
    });
    el.classList.add("nl-events-view");
    const caption = element("caption", { textContent: "events of this run" });
    this.box = element("div", { className: "nl-events-box" },
      element("table", {}, caption, element("thead", {}, element("tr", {}, ...this.heads)), this.body));
    el.append(this.box, element("div", { className: "nl-events-foot" }, save, this.note));
    this.drawRows();
    this.draw();
  }

  head(name, column) {
    const button = element("button", { type: "button", textContent: name });
    button.addEventListener("click", () => this.model.send({ action: "sort", value: column }));
    return element("th", { scope: "col", className: this.kind(column) }, button);
  }

  kind(column) { return column >= COLUMNS.length - NUMBERS ? "number" : ""; }

  drawRows() {
    const held = this.body.contains(document.activeElement) && document.activeElement.closest("tr").dataset.place;
    this.rows = this.model.get("rows").map(({ place, sentence, cells: [time, ...others] }) => {
      const go = element("button", { type: "button", textContent: time });
      go.setAttribute("aria-label", sentence);
      const cells = others.map((text, i) => element("td", { className: this.kind(i + 1), textContent: text }));
      const row = element("tr", { title: sentence }, element("td", {}, go), ...cells);
      row.dataset.place = place;
      return row;
    });
    this.body.replaceChildren(...this.rows);
    if (held) (this.row(held) ?? this.row(this.model.get("place")))?.querySelector("button").focus({ preventScroll: true });
  }

  row(place) { return this.rows.find((row) => row.dataset.place === String(place)); }

  draw() {
    const [column, direction] = this.model.get("order"), place = String(this.model.get("place"));
    this.heads.forEach((head, i) => {
      head.setAttribute("aria-sort", i !== column ? "none" : direction > 0 ? "ascending" : "descending");
    });
    for (const row of this.rows) {
      const here = row.dataset.place === place;
      if (here === (row.getAttribute("aria-current") === "step")) continue;
      if (here) row.setAttribute("aria-current", "step"); else row.removeAttribute("aria-current");
    }
    this.note.textContent = this.model.get("note");
    this.reveal(this.row(place));
  }

  // Scrolls the box alone: the page stays where it is.
  reveal(row) {
    if (!row || !this.box.clientHeight) return;
    const top = row.offsetTop - this.heads[0].offsetHeight, bottom = row.offsetTop + row.offsetHeight;
    if (top < this.box.scrollTop) this.box.scrollTop = top;
    else if (bottom > this.box.scrollTop + this.box.clientHeight) this.box.scrollTop = bottom - this.box.clientHeight;
  }
}

function save(text) {
  const link = element("a", { download: "events.csv", href: URL.createObjectURL(new Blob([text], { type: "text/csv" })) });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function render({ model, el }) {
  const table = new Table(model, el);
  const draw = () => table.draw(), drawRows = () => { table.drawRows(); table.draw(); };
  const said = ({ csv }) => { if (csv !== undefined) save(csv); };
  model.on("change:rows", drawRows);
  model.on("change:place change:order change:note", draw);
  model.on("msg:custom", said);
  return () => {
    model.off("change:rows", drawRows);
    model.off("change:place change:order change:note", draw);
    model.off("msg:custom", said);
  };
}

export default { render };
