// Asks the kernel for the values under the pointer, and shows them; one question at a time.

function render({ model, el }) {
  let figure = null, line = null, number = model.get("answered"), waiting = null;

  function ask(time) {
    if (model.get("answered") < number && waiting === null) { waiting = { time }; return; }
    if (waiting !== null) { waiting = { time }; return; }
    number += 1;
    model.send({ time, number });
  }

  function answered() {
    if (waiting === null) return;
    const { time } = waiting;
    waiting = null;
    ask(time);
  }

  function point(event) {
    const box = figure.getBoundingClientRect(), [left, right] = model.get("margins");
    const width = box.width - left - right, x = event.clientX - box.left - left;
    if (x < 0 || x > width || event.clientY < box.top) { leave(); return; }
    line.style.left = `${x + left}px`;
    line.hidden = false;
    ask((x / width) * model.get("duration"));
  }

  function leave() {
    if (line.hidden) return;
    line.hidden = true;
    ask(null);
  }

  function show() {
    el.replaceChildren(...model.get("parts").map(([text, colour]) => {
      const part = document.createElement("span");
      part.textContent = text;
      part.style.color = colour;
      return part;
    }));
  }

  function attach() {
    figure = el.closest(".nl-traces-figure")?.querySelector(".nl-figure") ?? null;
    if (!figure) { frame = requestAnimationFrame(attach); return; }
    line = document.createElement("div");
    line.className = "nl-pointer-line";
    line.hidden = true;
    figure.append(line);
    figure.addEventListener("pointermove", point);
    figure.addEventListener("pointerdown", point);
    figure.addEventListener("pointerleave", leave);
  }

  let frame = requestAnimationFrame(attach);
  model.on("change:parts", show);
  model.on("change:answered", answered);
  return () => {
    cancelAnimationFrame(frame);
    line?.remove();
    figure?.removeEventListener("pointermove", point);
    figure?.removeEventListener("pointerdown", point);
    figure?.removeEventListener("pointerleave", leave);
    model.off("change:parts", show);
    model.off("change:answered", answered);
  };
}

export default { render };
