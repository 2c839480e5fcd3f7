// Names for what widgets leave nameless to a screen reader: a slider's handle gets the slider's label, and its value
// is announced as it is written beside it (a logarithmic slider announces its exponent otherwise).
(() => {
  const SLIDER = ".widget-slider, .widget-hslider, .widget-vslider";

  function textOf(root, selector) {
    const element = root && root.querySelector(selector);
    return element ? (element.value ?? element.textContent).trim() : "";
  }

  function describe(handle) {
    const slider = handle.closest(SLIDER);
    const row = slider && slider.parentElement;
    const label = textOf(slider, ".widget-label") || textOf(row, ".widget-label");
    const value = textOf(slider, ".widget-readout") || textOf(row, "input[type=number], input[type=text]");
    if (label && handle.getAttribute("aria-label") !== label) handle.setAttribute("aria-label", label);
    if (value && handle.getAttribute("aria-valuetext") !== value) handle.setAttribute("aria-valuetext", value);
  }

  const waiting = new Set();
  function later(handle) {
    // The read-out beside a handle changes after the handle; a frame later both are there.
    if (waiting.size === 0) requestAnimationFrame(() => { waiting.forEach(describe); waiting.clear(); });
    waiting.add(handle);
  }

  new MutationObserver((changes) => {
    for (const { type, target, addedNodes } of changes) {
      if (type === "attributes") { if (target.classList.contains("noUi-handle")) later(target); continue; }
      for (const node of addedNodes) {
        if (node instanceof Element) node.querySelectorAll(".noUi-handle").forEach(later);
      }
    }
  }).observe(document, { childList: true, subtree: true, attributeFilter: ["aria-valuenow"] });
})();
