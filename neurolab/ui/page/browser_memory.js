// What the browser remembers of a page from one visit to the next, files to save, and printing.

function render({ model, el }) {
  const place = `neurolab: ${model.get("name")}`;
  // The tab has a memory of its own, so that a reload does not bring what another tab has made of the same page.
  const recall = () => {
    try { return sessionStorage.getItem(place) ?? localStorage.getItem(place); } catch { return null; }
  };
  const keep = (text) => {
    let isKept = true;
    try {
      sessionStorage.setItem(place, text);
      localStorage.setItem(place, text);
      window.dispatchEvent(new Event("neurolab:kept"));
    } catch { isKept = false; } // full, or told to keep nothing
    document.body.classList.toggle("neurolab-unkept", !isKept);
    if (!isKept) model.send({ unkept: true });
  };
  const hear = ({ kind, name, text, html }) => {
    if (kind === "keep") keep(text);
    else if (kind === "save") save(name, new Blob([text], { type: "application/json;charset=utf-8" }));
    else if (kind === "print") {
      el.innerHTML = html; // written by the kernel, in which markup of others is text
      window.print();
    }
  };
  model.on("msg:custom", hear);
  slidersDrawn().then(() => model.send({ recalled: recall() ?? "" }));
  return () => model.off("msg:custom", hear);
}

export default { render };
