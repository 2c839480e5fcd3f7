// What the browser remembers of a page from one visit to the next, files to save, and printing.

function render({ model, el }) {
  const place = `neurolab: ${model.get("name")}`;
  // A browser may be told to keep nothing; the page works without.
  const recall = () => { try { return localStorage.getItem(place); } catch { return null; } };
  const keep = (text) => { try { localStorage.setItem(place, text); } catch { /* full, or not allowed */ } };
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
