// The heading of a part of the page that folds away. It turns at once; the kernel shows or hides what lies below.

function render({ model, el }) {
  const heading = document.createElement("h2"), button = document.createElement("button");
  const arrow = document.createElement("span"), title = document.createElement("span"), hint = document.createElement("span");
  el.classList.add("nl-fold-heading");
  button.type = "button";
  arrow.className = "nl-fold-arrow";
  arrow.setAttribute("aria-hidden", "true");
  title.className = "nl-fold-title";
  hint.className = "nl-fold-hint";
  button.append(arrow, title, hint);
  heading.append(button);
  el.append(heading);

  const draw = () => {
    title.textContent = model.get("title");
    hint.textContent = model.get("hint");
    button.setAttribute("aria-expanded", String(model.get("opened")));
  };
  button.addEventListener("click", () => {
    model.set("opened", !model.get("opened"));
    model.save_changes();
  });
  model.on("change:title change:hint change:opened", draw);
  draw();
  return () => model.off("change:title change:hint change:opened", draw);
}

export default { render };
