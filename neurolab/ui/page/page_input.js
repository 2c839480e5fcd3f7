// Input that ipywidgets does not report: where gestures begin, and keys that change whole numbers.

const PAUSE = 1000; // ms between keys, after which a slider or a plot has a new gesture
const SHIFT_FACTOR = 10;
const FIELDS = "textarea, input:not([type]), input[type=text], input[type=number]";
const SILENT = new Set(["Tab", "Shift", "Control", "Alt", "Meta"]); // these keys edit nothing

/** @param {Event} event */
const isInField = (event) => /** @type {Element} */ (event.target).matches(FIELDS);

/** Sends the begin of a gesture before its first edit: the page's own handlers come later. */
class Gestures {
  /** @param {(content: object) => void} send */
  constructor(send) {
    this.send = send;
    this.isNew = true;
    this.last = -Infinity;
  }

  focused() {
    this.isNew = true;
  }

  /** @param {Event} event */
  pressed(event) {
    if (isInField(event)) return; // a field has one gesture from focus to focus
    this.isNew = true;
    this.edited(event);
  }

  /** @param {Event} event */
  edited(event) {
    if (event instanceof KeyboardEvent && SILENT.has(event.key)) return;
    const pause = event.timeStamp - this.last;
    this.last = event.timeStamp;
    if (event.type === "keydown" && pause > PAUSE && !isInField(event)) this.isNew = true;
    if (!this.isNew) return;
    this.isNew = false;
    this.send({ gesture: true });
  }
}

/**
 * Write the number some steps up or down.
 * @param {string} text
 * @param {number} steps
 * @returns {string | null} null if the text is not a whole number
 */
function stepped(text, steps) {
  if (!/^\s*[-−]?\d+\s*$/.test(text)) return null;
  const number = Number(text.replace("−", "-")) + steps;
  return Number.isSafeInteger(number) ? String(number) : null;
}

/** @param {KeyboardEvent} event */
function stepNumber(event) {
  const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!direction || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (!field.matches(".nl-whole input")) return;
  const text = stepped(field.value, direction * (event.shiftKey ? SHIFT_FACTOR : 1));
  if (text === null) return;
  event.preventDefault();
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

/** @type {import("@anywidget/types").Render} */
function render({ model, el }) {
  const gestures = new Gestures((content) => model.send(content));
  const stop = new AbortController();
  /**
   * @template {keyof DocumentEventMap} Name
   * @param {Name} name
   * @param {(event: DocumentEventMap[Name]) => void} handle
   */
  const hear = (name, handle) => {
    /** @param {DocumentEventMap[Name]} event */
    const listener = (event) => {
      const { target } = event;
      const lab = el.closest(".neurolab-lab");
      if (target instanceof Element && lab?.contains(target)) handle(event);
    };
    document.addEventListener(name, listener, { capture: true, signal: stop.signal });
  };
  hear("focusin", () => gestures.focused());
  hear("pointerdown", (event) => gestures.pressed(event));
  hear("input", (event) => gestures.edited(event));
  hear("change", (event) => gestures.edited(event));
  hear("keydown", (event) => {
    gestures.edited(event);
    stepNumber(event);
  });
  return () => stop.abort();
}

export default { render };
