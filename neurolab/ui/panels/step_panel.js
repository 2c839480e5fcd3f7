// Buttons and the sentence. Everything is read from the model of the time cursor, which moves it and plays in the page.

const SVG = "http://www.w3.org/2000/svg";
const ICONS = {
  previous: "M5 3v14M16 3.5v13L7 10z", play: "M5 3l12 7-12 7z", pause: "M6 3v14M14 3v14", next: "M15 3v14M4 3.5v13L13 10z",
  leave: "M5 5l10 10M15 5L5 15" };
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const INVITATION = "Go from event to event, or drag on the traces: each jump has a cause.";

function element(tag, properties = {}, ...children) {
  const node = Object.assign(document.createElement(tag), properties);
  node.append(...children);
  return node;
}

function icon(name) {
  const svg = document.createElementNS(SVG, "svg"), path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  path.setAttribute("d", ICONS[name]);
  svg.append(path);
  return svg;
}

function button(name, label, action) {
  const node = element("button", { type: "button", className: `nl-step-${name}`, title: label }, icon(name));
  node.setAttribute("aria-label", label);
  node.addEventListener("click", action);
  return node;
}

class Panel {
  constructor(cursor, el) {
    this.cursor = cursor;
    this.previous = button("previous", "previous event", () => cursor.trigger("order", "previous"));
    this.play = button("play", "play", () => cursor.set("playing", !cursor.get("playing")));
    this.next = button("next", "next event", () => cursor.trigger("order", "next"));
    this.next.prepend("Next event");
    this.leave = button("leave", "hide the time cursor", () => cursor.trigger("order", "leave"));
    this.speed = element("select", { title: "speed of playing" },
      ...SPEEDS.map((speed) => element("option", { value: speed, textContent: `${speed}×`, selected: speed === 1 })));
    this.speed.setAttribute("aria-label", this.speed.title);
    this.speed.addEventListener("change", () => cursor.set("speed", Number(this.speed.value)));
    this.stops = element("input", { type: "checkbox" });
    this.stops.addEventListener("change", () => cursor.set("stops", this.stops.checked));
    this.total = element("span", { className: "nl-step-total" });
    this.makeSaid();
    el.classList.add("nl-narration");
    el.append(element("h2", { textContent: "Step by step" }), this.previous, this.play, this.next, this.speed,
      element("label", {}, this.stops, "stop at events"), this.total, this.leave, this.said, this.values);
    this.draw();
  }

  makeSaid() {
    this.when = element("span", { className: "nl-step-when" });
    this.cause = element("span", { className: "nl-step-cause" });
    this.numbers = element("p", { className: "nl-step-numbers" });
    this.verdict = element("p", { className: "nl-step-verdict" });
    // Read out when an event is reached; what is said of the time between would never end.
    this.event = element("div", { className: "nl-step-event" }, element("p", {}, this.when, this.cause), this.numbers,
      this.verdict);
    this.event.setAttribute("aria-live", "polite");
    this.event.setAttribute("aria-atomic", "true");
    this.between = element("p", { className: "nl-step-between" });
    this.said = element("div", { className: "nl-step-said" }, this.event, this.between);
    this.values = element("p", { className: "nl-step-values" });
  }

  draw() {
    const { cursor } = this, standing = cursor.get("time") !== null, playing = Boolean(cursor.get("playing"));
    const here = standing && cursor.get("place") >= 0;
    // The timeline tells its moves itself.
    this.event.setAttribute("aria-live", document.activeElement?.getAttribute("role") === "slider" ? "off" : "polite");
    this.write(this.when, standing ? cursor.get("when") : "");
    this.writeLinks(here ? cursor.get("cause") : "");
    this.write(this.numbers, here ? cursor.get("numbers") : "");
    this.write(this.verdict, here ? capital(cursor.get("verdict")) : "");
    this.write(this.between, !standing ? INVITATION : cursor.get("between"));
    this.write(this.total, standing ? cursor.get("total") : "");
    this.leave.style.visibility = standing ? "" : "hidden";
    this.drawPlay(playing);
    this.drawValues(standing ? cursor.get("values") : []);
  }

  write(node, text) {
    if (node.textContent !== text) node.textContent = text;
  }

  // What stands between the arrows lights up in the pictures.
  writeLinks(text) {
    if (this.cause.textContent === text) return;
    const parts = text.split(" → ").flatMap((part, i) => [i ? " → " : "", element("b", { textContent: part })]);
    this.cause.replaceChildren(...(text ? parts : []));
  }

  drawPlay(playing) {
    if (this.drawnPlaying === playing) return;
    this.drawnPlaying = playing;
    this.play.title = playing ? "pause" : "play";
    this.play.setAttribute("aria-label", this.play.title);
    this.play.replaceChildren(icon(this.play.title));
  }

  drawValues(values) {
    const key = JSON.stringify(values);
    if (this.drawnValues === key) return;
    this.drawnValues = key;
    this.values.replaceChildren(...values.map(([name, value, colour]) => {
      const dot = element("i");
      dot.style.background = colour;
      return element("span", {}, dot, element("b", { textContent: name }), ` ${value}`);
    }));
  }
}

const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

async function render({ model, el }) {
  const [cursor, sound] = await Promise.all(["cursor", "sound"].map((name) =>
    model.widget_manager.get_model(model.get(name).replace("IPY_MODEL_", ""))));
  const panel = new Panel(cursor, el), draw = () => panel.draw();
  cursor.on("change", draw);
  const button = await model.widget_manager.create_view(sound);
  el.append(button.el);
  return () => {
    cursor.off("change", draw);
    button.remove();
  };
}

export default { render };
