// One of several statements, which may hold formulas: a group of radio buttons.

function render({ model, el }) {
  // Each widget loads this module anew, so that nothing in it could count the groups of the page.
  const name = `nl-options-${crypto.getRandomValues(new Uint32Array(4)).join("-")}`;
  const field = document.createElement("fieldset");
  const legend = document.createElement("legend");
  el.classList.add("nl-options");
  el.append(field);
  const draw = () => {
    legend.textContent = model.get("legend");
    field.replaceChildren(legend, ...model.get("options").map((html, place) => {
      const label = document.createElement("label"), input = document.createElement("input");
      const text = document.createElement("span");
      Object.assign(input, { type: "radio", name, checked: model.get("chosen") === place });
      input.addEventListener("change", () => { model.set("chosen", place); model.save_changes(); });
      text.innerHTML = html; // written by the kernel, in which markup of others is text
      label.append(input, text);
      return label;
    }));
  };
  const mark = () => field.querySelectorAll("input").forEach((input, place) => { input.checked = model.get("chosen") === place; });
  model.on("change:options change:legend", draw);
  model.on("change:chosen", mark);
  draw();
  return () => { model.off("change:options change:legend", draw); model.off("change:chosen", mark); };
}

export default { render };
