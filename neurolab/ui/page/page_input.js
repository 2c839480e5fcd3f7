// Input that ipywidgets does not report: where gestures begin, and keys that change whole numbers.

const PAUSE = 1000; // ms between keys, after which a slider or a plot has a new gesture
const SHIFT_FACTOR = 10;
const FIELDS = "textarea, input:not([type]), input[type=text], input[type=number]";
const SILENT = new Set(["Tab", "Shift", "Control", "Alt", "Meta"]); // these keys edit nothing

// The begin of a gesture is sent before its first edit, since the page's own handlers come later.
class Gestures {
  constructor(send) {
    this.send = send;
    this.isNew = true;
    this.last = -Infinity;
  }

  focused() {
    this.isNew = true;
  }

  pressed(event) {
    if (event.target.matches(FIELDS)) return; // a field has one gesture from focus to focus
    this.isNew = true;
    this.edited(event);
  }

  edited(event) {
    if (SILENT.has(event.key)) return;
    const pause = event.timeStamp - this.last;
    this.last = event.timeStamp;
    if (event.type === "keydown" && pause > PAUSE && !event.target.matches(FIELDS)) this.isNew = true;
    if (!this.isNew) return;
    this.isNew = false;
    this.send({ gesture: true });
  }
}

// The number one step up or down, as text; null if the text is not a whole number.
function stepped(text, steps) {
  const number = /^\s*[-−]?\d+\s*$/.test(text) ? Number(text.replace("−", "-")) + steps : NaN;
  return Number.isSafeInteger(number) ? String(number) : null;
}

function stepNumber(event) {
  const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  if (!direction || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (!event.target.matches(".nl-whole input")) return;
  const field = event.target;
  const text = stepped(field.value, direction * (event.shiftKey ? SHIFT_FACTOR : 1));
  if (text === null) return;
  event.preventDefault();
  field.value = text;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

function render({ model, el }) {
  const gestures = new Gestures((content) => model.send(content));
  const here = (handle) => (event) => {
    if (event.target instanceof Element && el.closest(".neurolab-lab")?.contains(event.target)) handle(event);
  };
  const edited = here((event) => gestures.edited(event));
  const listeners = {
    focusin: here(() => gestures.focused()),
    pointerdown: here((event) => gestures.pressed(event)),
    input: edited,
    change: edited,
    keydown: here((event) => {
      gestures.edited(event);
      stepNumber(event);
    }),
  };
  for (const [name, listener] of Object.entries(listeners)) document.addEventListener(name, listener, true);
  return () => {
    for (const [name, listener] of Object.entries(listeners)) document.removeEventListener(name, listener, true);
  };
}

export default { render };
