// Buttons and the sentence. Everything is read from the model of the time cursor, which moves it
// and plays in the page.

import { element, icon, set, svg, write } from "../js/dom.js";
import { follow, referredModel } from "../js/model.js";

const ICONS = {
  previous: "M5 3v14M16 3.5v13L7 10z",
  play: "M5 3l12 7-12 7z",
  pause: "M6 3v14M14 3v14",
  next: "M15 3v14M4 3.5v13L13 10z",
  leave: "M5 5l10 10M15 5L5 15",
};
const SPEEDS = [0.25, 0.5, 1, 2, 4];
const INVITATION = "Go from event to event, or drag on the traces: each jump has a cause.";

/** @typedef {{ cursor: string, sound: string }} Traits */
/** @typedef {[name: string, value: string, colour: string]} Value */
/** @typedef {import("../js/model.js").Model} Model */

/** @param {keyof typeof ICONS} name */
const pathIcon = (name) => icon(svg("path", { d: ICONS[name] }));

/**
 * @param {keyof typeof ICONS} name
 * @param {string} label
 * @param {() => void} action
 */
function stepButton(name, label, action) {
  const className = `nl-step-${name}`;
  const node = element("button", { type: "button", className, title: label }, pathIcon(name));
  node.addEventListener("click", action);
  return set(node, { "aria-label": label });
}

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** What is said of the moment at which the cursor stands. */
class Sentence {
  constructor() {
    this.when = element("span", { className: "nl-step-when" });
    this.cause = element("span", { className: "nl-step-cause" });
    this.numbers = element("p", { className: "nl-step-numbers" });
    this.verdict = element("p", { className: "nl-step-verdict" });
    const first = element("p", {}, this.when, this.cause);
    // Read out when an event is reached; what is said of the time between would never end.
    this.event = element("div", { className: "nl-step-event" }, first, this.numbers, this.verdict);
    set(this.event, { "aria-live": "polite", "aria-atomic": true });
    this.between = element("p", { className: "nl-step-between" });
    this.root = element("div", { className: "nl-step-said" }, this.event, this.between);
  }

  /** @param {Model} cursor */
  draw(cursor) {
    const isShown = cursor.get("time") !== null;
    const isAtEvent = isShown && cursor.get("place") >= 0;
    // The timeline tells its moves itself.
    const isOnTimeline = document.activeElement?.getAttribute("role") === "slider";
    this.event.setAttribute("aria-live", isOnTimeline ? "off" : "polite");
    write(this.when, isShown ? cursor.get("when") : "");
    this.writeLinks(isAtEvent ? cursor.get("cause") : "");
    write(this.numbers, isAtEvent ? cursor.get("numbers") : "");
    write(this.verdict, isAtEvent ? capital(cursor.get("verdict")) : "");
    write(this.between, isShown ? cursor.get("between") : INVITATION);
  }

  /**
   * The parts between the arrows light up in the pictures.
   * @param {string} text
   */
  writeLinks(text) {
    if (this.cause.textContent === text) return;
    const parts = text
      .split(" → ")
      .flatMap((part, i) => [i ? " → " : "", element("b", { textContent: part })]);
    this.cause.replaceChildren(...(text ? parts : []));
  }
}

class Panel {
  /**
   * @param {Model} cursor
   * @param {HTMLElement} el
   */
  constructor(cursor, el) {
    this.cursor = cursor;
    this.playing = false;
    this.drawnValues = "[]";
    this.play = stepButton("play", "play", () => cursor.set("playing", !cursor.get("playing")));
    this.leave = stepButton("leave", "hide the time cursor", () => this.order("leave"));
    this.total = element("span", { className: "nl-step-total" });
    this.values = element("p", { className: "nl-step-values" });
    this.sentence = new Sentence();
    const previous = stepButton("previous", "previous event", () => this.order("previous"));
    const next = stepButton("next", "next event", () => this.order("next"));
    next.prepend("Next event");
    el.classList.add("nl-narration");
    el.append(element("h2", { textContent: "Step by step" }), previous, this.play, next);
    el.append(this.speed(), this.stops(), this.total, this.leave, this.sentence.root, this.values);
    this.draw();
  }

  /** @param {string} action that the view of the cursor carries out */
  order(action) {
    // anywidget's type of models lacks `trigger`, which all models have.
    const { cursor } = /** @type {{ cursor: any }} */ (this);
    cursor.trigger("order", action);
  }

  speed() {
    const options = SPEEDS.map((speed) =>
      element("option", {
        value: String(speed),
        textContent: `${speed}×`,
        selected: speed === 1,
      }),
    );
    const select = element("select", { title: "speed of playing" }, ...options);
    select.addEventListener("change", () => this.cursor.set("speed", Number(select.value)));
    return set(select, { "aria-label": select.title });
  }

  stops() {
    const box = element("input", { type: "checkbox" });
    box.addEventListener("change", () => this.cursor.set("stops", box.checked));
    return element("label", {}, box, "stop at events");
  }

  draw() {
    const { cursor } = this;
    const isShown = cursor.get("time") !== null;
    this.sentence.draw(cursor);
    write(this.total, isShown ? cursor.get("total") : "");
    this.leave.style.visibility = isShown ? "" : "hidden";
    this.drawPlay(Boolean(cursor.get("playing")));
    this.drawValues(isShown ? cursor.get("values") : []);
  }

  /** @param {boolean} playing */
  drawPlay(playing) {
    if (this.playing === playing) return;
    this.playing = playing;
    const name = playing ? "pause" : "play";
    this.play.title = name;
    set(this.play, { "aria-label": name });
    this.play.replaceChildren(pathIcon(name));
  }

  /** @param {Value[]} values */
  drawValues(values) {
    const key = JSON.stringify(values);
    if (this.drawnValues === key) return;
    this.drawnValues = key;
    const parts = values.map(([name, value, colour]) => {
      const dot = element("i");
      dot.style.background = colour;
      return element("span", {}, dot, element("b", { textContent: name }), ` ${value}`);
    });
    this.values.replaceChildren(...parts);
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
async function render({ model, el }) {
  const [cursor, sound] = await Promise.all([
    referredModel(model, model.get("cursor")),
    referredModel(model, model.get("sound")),
  ]);
  const panel = new Panel(cursor, el);
  const end = follow(cursor, { change: () => panel.draw() });
  // anywidget's type of the manager lacks `create_view`, which all managers have.
  const manager = /** @type {any} */ (model.widget_manager);
  const button = await manager.create_view(sound);
  el.append(button.el);
  return () => {
    end();
    button.remove();
  };
}

export default { render };
