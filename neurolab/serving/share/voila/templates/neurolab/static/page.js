// What the page says while there is no lab on it: starting, could not start.
const neurolabPage = (() => {
  const FAILED = "The lab could not be started: reload the page.";
  const PATIENCE = 60000; // ms for the widgets to appear once everything is loaded
  const BETWEEN = 250; // ms between two looks for the lab
  const DRAWN = [".nl-figure g.curve path.line[d]", ".nl-raster-picture .spike", ".nl-narration"];
  let complete = false;

  const status = () => document.getElementById("neurolab-status");
  const say = (text) => { status().textContent = text; status().hidden = !text; };
  const failed = () => { preview()?.remove(); say(FAILED); };

  const widgets = () => document.querySelector("#neurolab-page .jupyter-widgets");
  const preview = () => document.querySelector(".neurolab-preview");
  // A preview stays until what it shows can be seen behind it, so that nothing jumps.
  const covered = () => !preview() || DRAWN.every((part) => document.querySelector(`#neurolab-page .neurolab-lab ${part}`));

  // The widgets' manager looks for the lab for two seconds, and takes it for missing where it came after the last look, as
  // on slow phones. Told that not all is restored, it waits to hear that it is; told so again and again, it finds the lab.
  function lookAgain() {
    const manager = window.jupyterapp?.widgetManager;
    if (!manager) return;
    Object.defineProperty(manager, "restoredStatus", { value: false, configurable: true });
    manager.restored.emit();
  }

  function watch() {
    const page = document.getElementById("neurolab-page");
    if (page.querySelector(".neurolab-failed") || !page.querySelector(".neurolab-output")) return failed();
    const looking = setInterval(lookAgain, BETWEEN);
    const timer = setTimeout(() => { clearInterval(looking); failed(); }, PATIENCE);
    const observer = new MutationObserver(() => {
      if (!widgets() || !covered()) return;
      observer.disconnect();
      clearTimeout(timer);
      clearInterval(looking);
      if (page.textContent.includes("Error displaying widget")) return failed();
      say("");
      neurolabOrder.keep(window.jupyterapp.widgetManager);
      requestAnimationFrame(() => requestAnimationFrame(() => preview()?.remove()));
    });
    observer.observe(page, { childList: true, subtree: true, attributeFilter: ["d"] });
  }

  // Where the server stopped in the middle of the page, its end is missing.
  document.addEventListener("DOMContentLoaded", () => {
    if (location.hash) preview()?.remove(); // a link to another state
    if (complete) watch(); else failed();
  });
  return { complete: () => { complete = true; } };
})();
