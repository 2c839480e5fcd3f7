// What the page says while there is no lab on it: starting, could not start. And how the lab comes onto it.
const neurolabPage = (() => {
  const FAILED = "The lab could not be started: reload the page.";
  const BETWEEN = 250; // ms between two looks for the lab
  const PATIENCE = 240; // looks in a row without any progress; on a slow processor there are fewer of them in a minute
  const TRIED_AGAIN = "neurolab: tried again";
  const DRAWN = [".nl-figure g.curve path.line[d]", ".nl-raster-picture .spike", ".nl-narration"];
  const WIDGET = "application/vnd.jupyter.widget-view+json";
  let complete = false;
  let isStarting = true;
  let states = null; // promise of the kernel's widgets

  const status = () => document.getElementById("neurolab-status");
  const say = (text) => { status().textContent = text; status().hidden = !text; };
  const failed = () => {
    isStarting = false;
    preview()?.remove();
    say(FAILED);
  };

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
    isStarting = false;
    try { sessionStorage.removeItem(TRIED_AGAIN); } catch { /* nothing was kept */ }
    say("");
  }

  const widgets = () => document.querySelector("#neurolab-page .jupyter-widgets");
  const preview = () => document.querySelector(".neurolab-preview");
  // A preview stays until what it shows can be seen behind it, so that nothing jumps.
  const covered = () => !preview() || DRAWN.every((part) => document.querySelector(`#neurolab-page .neurolab-lab ${part}`));

  const config = () => JSON.parse(document.getElementById("neurolab-config").textContent);
  // As soon as the page knows its kernel, while the scripts of the widgets are still on their way.
  function connect() {
    const { baseUrl, kernelId } = config();
    neurolabLine.open(baseUrl, kernelId);
    states = neurolabWidgets.states();
    // A page that is closed ends its lab.
    window.addEventListener("pagehide", () => navigator.sendBeacon(`${baseUrl}voila/api/shutdown/${kernelId}`));
  }

  async function show() {
    neurolabModules.addStyles();
    neurolabOrder.keep(neurolabModules.get(neurolabModules.BASE));
    const shown = [...document.querySelectorAll(".neurolab-output")].map((place) => {
      const { data } = JSON.parse(place.querySelector("script").textContent);
      return neurolabWidgets.show(data[WIDGET].model_id, place);
    });
    await neurolabWidgets.load(await states);
    await Promise.all(shown);
  }

  function watch() {
    const page = document.getElementById("neurolab-page");
    if (page.querySelector(".neurolab-failed") || !page.querySelector(".neurolab-output")) return failed();
    let looksWithoutProgress = 0;
    let models = 0;
    const looking = setInterval(() => {
      looksWithoutProgress = neurolabWidgets.count() === models ? looksWithoutProgress + 1 : 0;
      models = neurolabWidgets.count();
      if (looksWithoutProgress >= PATIENCE) { clearInterval(looking); tryAgain(); }
    }, BETWEEN);
    const observer = new MutationObserver(() => {
      looksWithoutProgress = 0;
      if (!widgets() || !covered()) return;
      observer.disconnect();
      clearInterval(looking);
      started();
      requestAnimationFrame(() => requestAnimationFrame(() => preview()?.remove()));
    });
    observer.observe(page, { childList: true, subtree: true, attributeFilter: ["d"] });
    return show().catch((error) => {
      console.error(error);
      clearInterval(looking);
      tryAgain();
    });
  }

  // Where the server stopped in the middle of the page, its end is missing.
  document.addEventListener("DOMContentLoaded", () => {
    if (location.hash) preview()?.remove(); // a link to another state
    if (complete) watch(); else failed();
  });
  return { config, connect, complete: () => { complete = true; }, isStarting: () => isStarting, tryAgain };
})();
