// What the page says while there is no lab on it: starting, could not start. This module must run
// before Voila's script, which is deferred for that.

import "./lost.js";
import { keepOrder } from "./order.js";

const FAILED = "The lab could not be started: reload the page.";
const BETWEEN = 250; // ms between two looks for the lab
const PATIENCE = 240; // looks without progress; on a slow processor, fewer of them in a minute
const TRIED_AGAIN = "neurolab: tried again";
const DRAWN = [".nl-figure g.curve path.line[d]", ".nl-raster-picture .spike", ".nl-narration"];

/** @typedef {import("./order.js").Manager} Manager */
/**
 * Voila's manager of widgets, as far as it is used here; its own types are not installed.
 * @typedef {Manager & {
 *   get_model: (...values: unknown[]) => Promise<unknown>,
 *   restored: { emit: (...values: unknown[]) => void },
 *   kernel: { reconnect: () => Promise<void> },
 * }} WidgetManager
 */
/**
 * @typedef {{
 *   widgetManager?: WidgetManager, widgetManagerPromise: { promise: Promise<WidgetManager> },
 * }} Application
 */

/** @param {string} text */
function say(text) {
  const status = /** @type {HTMLElement} */ (document.getElementById("neurolab-status"));
  status.textContent = text;
  status.hidden = !text;
}

function fail() {
  preview()?.remove();
  say(FAILED);
}

/** Load a page once more whose lab was made and did not appear; only after that, ask for help. */
function tryAgain() {
  if (mayTryAgain()) location.reload();
  else fail();
}

function mayTryAgain() {
  try {
    if (sessionStorage.getItem(TRIED_AGAIN)) return false;
    sessionStorage.setItem(TRIED_AGAIN, "yes");
    return true;
  } catch {
    return false; // the browser keeps nothing, so the page could reload for ever
  }
}

function forgetTries() {
  try {
    sessionStorage.removeItem(TRIED_AGAIN);
  } catch {
    // Nothing was kept.
  }
}

const preview = () => document.querySelector(".neurolab-preview");

/** Whether all that the preview shows can be seen behind it, so that nothing jumps without it. */
function isCovered() {
  const lab = "#neurolab-page .neurolab-lab";
  return !preview() || DRAWN.every((part) => document.querySelector(`${lab} ${part}`));
}

let lookAgain = () => {};
let stopWaiting = () => {};

/**
 * Let the manager wait for the lab.
 *
 * The widgets' manager looks for the lab for two seconds, and reports it as missing if it arrives
 * later, as on slow phones. As long as the manager does not count as restored, it waits for the
 * signal `restored` and then looks again. Each look that finds the lab draws it, so no look may
 * begin while one is under way, be it for a part of the lab: a second drawing would cost as much as
 * the first, and the one that is taken away would draw its figures without a size.
 * @param {WidgetManager} manager
 */
function waitForLab(manager) {
  const { restored, get_model: find } = manager;
  const { emit } = restored;
  let looks = 0;
  Object.defineProperty(manager, "restoredStatus", { value: false, configurable: true });
  manager.get_model = async function (...values) {
    looks += 1;
    try {
      return await find.apply(this, values);
    } finally {
      looks -= 1;
    }
  };
  restored.emit = function (...values) {
    if (looks === 0) emit.apply(this, values);
  };
  lookAgain = () => restored.emit();
  stopWaiting = () => {
    manager.get_model = find;
    restored.emit = emit;
    lookAgain = () => {};
  };
}

/** @type {Application | undefined} */
let application;

// Voila names its application as soon as that has started, and before the manager can give up
// looking.
Object.defineProperty(window, "jupyterapp", {
  get: () => application,
  /** @param {Application | undefined} value */
  set: (value) => {
    application = value;
    if (value?.widgetManager) waitForLab(value.widgetManager);
  },
});

/** Take the lab that has appeared. */
function finish() {
  stopWaiting();
  forgetTries();
  say("");
  const manager = application?.widgetManager;
  if (manager) keepOrder(manager);
  requestAnimationFrame(() => requestAnimationFrame(() => preview()?.remove()));
}

/** @param {Element} page */
function watch(page) {
  let looksWithoutProgress = 0;
  let models = 0;
  const looking = setInterval(() => {
    const count = Object.keys(application?.widgetManager?._models ?? {}).length;
    looksWithoutProgress = count === models ? looksWithoutProgress + 1 : 0;
    models = count;
    lookAgain();
    if (looksWithoutProgress < PATIENCE) return;
    clearInterval(looking);
    tryAgain();
  }, BETWEEN);
  const observer = new MutationObserver(() => {
    looksWithoutProgress = 0;
    if (!page.querySelector(".jupyter-widgets") || !isCovered()) return;
    observer.disconnect();
    clearInterval(looking);
    if (!page.textContent?.includes("Error displaying widget")) finish();
    else {
      stopWaiting();
      tryAgain();
    }
  });
  observer.observe(page, { childList: true, subtree: true, attributeFilter: ["d"] });
}

document.addEventListener("DOMContentLoaded", () => {
  const page = document.getElementById("neurolab-page");
  // Where the server stopped in the middle of the page, its end is missing.
  const isComplete = document.getElementById("neurolab-end") !== null;
  if (location.hash) preview()?.remove(); // a link to another state
  const hasLab = page?.querySelector(".neurolab-output") && !page.querySelector(".neurolab-failed");
  if (page && isComplete && hasLab) watch(page);
  else fail();
});
