// Names for what widgets leave nameless to a screen reader, and the traces in words. A slider's handle gets the slider's
// label, and its value is announced as it is written beside it (a logarithmic slider announces its exponent otherwise).

const SLIDER = ".widget-slider, .widget-hslider, .widget-vslider";
const CONTROLS = "input, textarea, select, .noUi-handle";
const NAMELESS = "input[title]:not([aria-label]), textarea[title]:not([aria-label]), select[title]:not([aria-label])";

function textOf(root, selector) {
  const element = root?.querySelector(selector);
  return element ? (element.value ?? element.textContent).trim() : "";
}

function nameHandle(handle) {
  const slider = handle.closest(SLIDER);
  const row = slider?.parentElement?.closest(".nl-number") ?? slider?.parentElement;
  const label = textOf(slider, ".widget-label") || textOf(row, ".widget-label");
  const value = textOf(slider, ".widget-readout") || textOf(row, "input[type=number], input[type=text]");
  if (label && handle.getAttribute("aria-label") !== label) handle.setAttribute("aria-label", label);
  if (value && handle.getAttribute("aria-valuetext") !== value) handle.setAttribute("aria-valuetext", value);
}

// A title alone is no name: it may not be read out.
function nameControls(root) {
  for (const control of within(root, NAMELESS)) control.setAttribute("aria-label", control.title);
  within(root, ".noUi-handle").forEach(nameHandle);
}

// What is said beside a control belongs to it: a screen reader reads it with the control.
let described = 0;
function describe(message) {
  message.id ||= `nl-message-${described += 1}`;
  const said = message.textContent.trim() !== "";
  for (const control of message.closest(".nl-field")?.querySelectorAll("input, textarea, .noUi-handle") ?? []) {
    if (said) control.setAttribute("aria-describedby", message.id);
    else if (control.getAttribute("aria-describedby") === message.id) control.removeAttribute("aria-describedby");
  }
}

const within = (root, selector) => [...(root.matches(selector) ? [root] : []), ...root.querySelectorAll(selector)];

// Curves and read-outs change many times a second: only where a control changed or came is anything looked for.
const changedParts = (changes, lab) => changes.flatMap(({ type, target, addedNodes }) => {
  if (type === "attributes") return [target];
  const message = target.closest(".nl-message");
  if (message) {
    describe(message);
    return [];
  }
  const holds = (node) => node instanceof HTMLElement && within(node, CONTROLS).length > 0;
  return [...addedNodes].some(holds) ? [lab] : [];
});

function render({ model, el }) {
  const heading = document.createElement("h1");
  heading.textContent = "Lab for synaptic connections";
  const region = document.createElement("p");
  region.className = "nl-summary";
  region.setAttribute("aria-live", "polite");
  el.classList.add("nl-access-view");
  el.append(heading, region);

  const describe = () => { region.textContent = model.get("text"); };
  model.on("change:text", describe);
  describe();

  let lab = null, waiting = 0;
  const changed = new Set();
  const nameChanged = () => {
    waiting = 0;
    changed.forEach(nameControls);
    changed.clear();
  };
  const observer = new MutationObserver((changes) => {
    for (const part of changedParts(changes, lab)) changed.add(part);
    // The read-out beside a handle changes after the handle; a frame later both are there.
    if (changed.size) waiting ||= requestAnimationFrame(nameChanged);
  });
  const attach = requestAnimationFrame(function find() {
    lab = el.closest(".neurolab-lab");
    if (!lab) return;
    nameControls(lab);
    observer.observe(lab, { childList: true, subtree: true, attributeFilter: ["aria-valuenow", "title"] });
  });
  return () => {
    cancelAnimationFrame(attach);
    cancelAnimationFrame(waiting);
    observer.disconnect();
    model.off("change:text", describe);
  };
}

export default { render };
