// What the page says while there is no lab on it: starting, could not start.
const neurolabPage = (() => {
  const FAILED = "The lab could not be started: reload the page.";
  const PATIENCE = 60000; // ms for the widgets to appear once everything is loaded
  const DRAWN = [".nl-figure g.curve path.line[d]", ".nl-raster-picture .spike", ".nl-narration"];
  let complete = false;

  const status = () => document.getElementById("neurolab-status");
  const say = (text) => { status().textContent = text; status().hidden = !text; };
  const failed = () => { preview()?.remove(); say(FAILED); };

  const widgets = () => document.querySelector("#neurolab-page .jupyter-widgets");
  const preview = () => document.querySelector(".neurolab-preview");
  // A preview stays until what it shows can be seen behind it, so that nothing jumps.
  const covered = () => !preview() || DRAWN.every((part) => document.querySelector(`#neurolab-page .neurolab-lab ${part}`));

  function watch() {
    const page = document.getElementById("neurolab-page");
    if (page.querySelector(".neurolab-failed") || !page.querySelector(".neurolab-output")) return failed();
    const timer = setTimeout(failed, PATIENCE);
    const observer = new MutationObserver(() => {
      if (!widgets() || !covered()) return;
      observer.disconnect();
      clearTimeout(timer);
      if (page.textContent.includes("Error displaying widget")) return failed();
      say("");
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
