// What the page says while there is no lab on it: starting, could not start.
const neurolabPage = (() => {
  const FAILED = "The lab could not be started: reload the page.";
  const BETWEEN = 250; // ms between two looks for the lab
  const PATIENCE = 240; // looks in a row without any progress; on a slow processor there are fewer of them in a minute
  const TRIED_AGAIN = "neurolab: tried again";
  const DRAWN = [".nl-figure g.curve path.line[d]", ".nl-raster-picture .spike", ".nl-narration"];
  let complete = false;

  const status = () => document.getElementById("neurolab-status");
  const say = (text) => { status().textContent = text; status().hidden = !text; };

  const failed = () => { preview()?.remove(); say(FAILED); };

  // A page whose lab was made and did not appear loads itself once more; only after that it asks for help.
  function tryAgain() {
    if (mayTryAgain()) location.reload();
    else failed();
  }
  function mayTryAgain() {
    try {
      if (sessionStorage.getItem(TRIED_AGAIN)) return false;
      sessionStorage.setItem(TRIED_AGAIN, "yes");
      return true;
    } catch { return false; } // the browser keeps nothing, so the page could reload for ever
  }
  function started() {
    try { sessionStorage.removeItem(TRIED_AGAIN); } catch { /* nothing was kept */ }
    say("");
  }

  const widgets = () => document.querySelector("#neurolab-page .jupyter-widgets");
  const preview = () => document.querySelector(".neurolab-preview");
  // A preview stays until what it shows can be seen behind it, so that nothing jumps.
  const covered = () => !preview() || DRAWN.every((part) => document.querySelector(`#neurolab-page .neurolab-lab ${part}`));

  // The widgets' manager looks for the lab for two seconds, and reports it as missing if it arrives later, as on slow phones.
  // As long as the manager does not count as restored, it waits for the signal `restored` and then looks again. Each look
  // that finds the lab draws it, so no look may begin while one is under way, be it for a part of the lab: a second drawing
  // would cost as much as the first, and the one that is taken away would draw its figures without a size.
  let lookAgain = () => {};
  function waitForLab(manager) {
    const { restored } = manager, find = manager.get_model, emit = restored.emit;
    let looks = 0;
    Object.defineProperty(manager, "restoredStatus", { value: false, configurable: true });
    manager.get_model = async function (...args) {
      looks += 1;
      try { return await find.apply(this, args); } finally { looks -= 1; }
    };
    restored.emit = function (...args) { if (looks === 0) emit.apply(this, args); };
    lookAgain = () => restored.emit();
    return () => { manager.get_model = find; restored.emit = emit; lookAgain = () => {}; };
  }

  // Voila names its application as soon as that has started, and before the widgets' manager can give up looking.
  let application, letGo = () => {};
  Object.defineProperty(window, "jupyterapp", {
    get: () => application,
    set: (value) => {
      application = value;
      if (value?.widgetManager) letGo = waitForLab(value.widgetManager);
    },
  });

  function watch() {
    const page = document.getElementById("neurolab-page");
    if (page.querySelector(".neurolab-failed") || !page.querySelector(".neurolab-output")) return failed();
    let looksWithoutProgress = 0, models = 0;
    const looking = setInterval(() => {
      const found = Object.keys(application?.widgetManager?._models ?? {}).length;
      looksWithoutProgress = found === models ? looksWithoutProgress + 1 : 0;
      models = found;
      lookAgain();
      if (looksWithoutProgress >= PATIENCE) { clearInterval(looking); tryAgain(); }
    }, BETWEEN);
    const observer = new MutationObserver(() => {
      looksWithoutProgress = 0;
      if (!widgets() || !covered()) return;
      observer.disconnect();
      clearInterval(looking);
      letGo();
      if (page.textContent.includes("Error displaying widget")) return tryAgain();
      started();
      neurolabOrder.keep(application.widgetManager);
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
