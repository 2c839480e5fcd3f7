// What the page says when its lab is away, slow or gone, and how it gets the lab back as it was.

import * as line from "./line.js";

const SILENCE = 1500; // ms that a reconnection may take before anything is said
const SLOW = 5000; // ms that an answer may take
const BETWEEN = 2000; // ms between two looks at whether the server is there again
const SAFE = 1500; // ms after which what was sent is in what the page keeps
const UNUSED = 60_000; // ms without an edit after which a lab was ended because nobody used it
const WELCOME = 8000; // ms for which a page that opened itself again says so
const REOPENED = "neurolab: reopened";
const TEXTS = {
  slow: "The lab has not answered for a while. Your change shows as soon as it does.",
  away:
    "No connection to the lab. You can go on: " +
    "what you change is sent when the connection is back.",
  unused: "The lab was closed because nobody had used it for a while.",
  memory:
    "The lab was closed because all labs together had used up the server's memory, " +
    "and this one used the most. A smaller network or a shorter run needs less.",
  stopped: "The lab has stopped unexpectedly.",
  closed: "The lab was closed while there was no connection.",
  offline: "There is no connection yet. The lab opens as soon as there is one.",
  reopened: "The lab had been closed, and was opened again as you left it.",
};
const GESTURES = ["pointerdown", "keydown", "input"];

/** @type {"" | "slow" | "away" | "gone"} */
let state = "";
let isLeaving = false; // the page
let isWanted = false; // the lab, as soon as the server answers
/** @type {ReturnType<typeof setTimeout> | undefined} */
let timer;
let leftAt = -Infinity; // when the connection was lost
let keptAt = -Infinity; // when the page kept its state
let isUsed = false; // there has been a gesture on the page
let isUsedAway = false; // and one without a connection, whose effect waits in JupyterLab, unseen

/** @param {string} id */
const byId = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

/** @returns {{ text: HTMLElement, again: HTMLElement }} */
function noticeParts() {
  const [text, again] = /** @type {HTMLCollectionOf<HTMLElement>} */ (
    byId("neurolab-notice").children
  );
  return { text, again };
}

/**
 * @param {string} message nothing hides the notice
 * @param {{ isAlert?: boolean, button?: string }} [look]
 */
function show(message, { isAlert = false, button = "" } = {}) {
  const { text, again } = noticeParts();
  byId("neurolab-notice").hidden = !message;
  text.setAttribute("role", isAlert ? "alert" : "status");
  text.textContent = message;
  again.hidden = !button;
  again.textContent = button;
}

/** @param {typeof state} next */
function become(next) {
  state = next;
  for (const name of ["away", "gone"]) {
    document.body.classList.toggle(`neurolab-${name}`, state === name);
  }
  byId("neurolab-page").inert = state === "gone";
  if (state === "gone") byId("neurolab-status").hidden = true; // it does not start any more
}

function isReopened() {
  try {
    return sessionStorage.getItem(REOPENED);
  } catch {
    return "1"; // the browser keeps nothing, so the page could open itself for ever
  }
}

/** @param {string} value nothing forgets it */
function rememberReopened(value) {
  try {
    if (value) sessionStorage.setItem(REOPENED, value);
    else sessionStorage.removeItem(REOPENED);
  } catch {
    // The browser keeps nothing.
  }
}

function mayMissChange() {
  if (isUsedAway) return true;
  const sentAt = line.lastSent();
  const isRecent = leftAt - sentAt < SAFE && keptAt < sentAt;
  return isUsed && (line.unansweredCount() > 0 || isRecent);
}

const isUnkept = () => document.body.classList.contains("neurolab-unkept");

/** @param {"closed" | "stopped" | "unused" | "memory"} why */
function loseLab(why) {
  if (state === "gone" || isLeaving) return;
  if (state !== "away") leftAt = performance.now();
  const mayMiss = mayMissChange();
  // A lab that takes its kernel down each time must not be opened for ever, nor one in a hidden
  // page.
  const isSafe = why === "closed" && !mayMiss && !isUnkept();
  if (isSafe && !document.hidden && !isReopened()) {
    rememberReopened("now");
    reopen();
  }
  const kept = isUnkept() ? "There was no room to keep what you made." : "What you made is kept.";
  const missing = mayMiss ? "Your last change may be missing." : "";
  become("gone");
  show(`${TEXTS[why]} ${kept} ${missing}`.trim(), { isAlert: true, button: "Open it again" });
}

/** Load the page again. While the server is away, it would become the browser's error page. */
async function reopen() {
  isWanted = true;
  if ((await kernelStatus()) === null) {
    if (state === "gone") show(TEXTS.offline);
    lookLater();
  } else {
    isLeaving = true;
    location.reload();
  }
}

/** @returns {Promise<number | null>} the status with which the server answers for the kernel */
async function kernelStatus() {
  const { kernelId } = JSON.parse(byId("jupyter-config-data").textContent ?? "");
  const root = document.body.dataset.baseUrl?.replace(/voila\/$/, "");
  try {
    return (await fetch(`${root}api/kernels/${kernelId}`, { cache: "no-store" })).status;
  } catch {
    return null;
  }
}

async function look() {
  if (isWanted) {
    reopen();
    return;
  }
  if (state !== "away") return;
  const status = await kernelStatus();
  // It may have changed meanwhile, which the checker of types does not see.
  if (/** @type {string} */ (state) !== "away") return;
  if (status === 404 || status === 403) {
    loseLab("closed");
    return;
  }
  if (status === 200 && !line.isOpening()) await reconnect();
  lookLater();
}

function lookLater() {
  clearTimeout(timer);
  timer = setTimeout(look, BETWEEN);
}

/** Connect again: JupyterLab's own attempts come minutes apart, and end. */
async function reconnect() {
  try {
    const manager = await window.jupyterapp?.widgetManagerPromise.promise;
    manager?.kernel.reconnect().catch(() => {});
  } catch {
    // JupyterLab goes on by itself.
  }
}

function loseConnection() {
  if (state === "gone" || state === "away" || isLeaving || line.isOpen()) return;
  isUsedAway = false;
  become("away");
  show(TEXTS.away);
  look();
}

function watchAnswers() {
  const isSlow = performance.now() - line.waitingSince() > SLOW;
  if (isSlow && state === "") {
    become("slow");
    show(TEXTS.slow);
  } else if (!isSlow && state === "slow") {
    become("");
    show("");
  }
}

/** @param {line.LineEvent} event */
function hearLine(event) {
  if (event === "connected" && state === "away") {
    become("");
    show("");
  } else if (event === "closed") {
    leftAt = performance.now();
    setTimeout(loseConnection, SILENCE);
  } else if (event === "ended") {
    loseLab(performance.now() - line.lastSent() > UNUSED ? "unused" : "stopped");
  } else if (event === "stopped" || event === "memory") loseLab(event);
  else if (event === "answered") watchAnswers();
}

/** @param {Event} event */
function noteUse(event) {
  if (event instanceof KeyboardEvent && event.key === "Tab") return;
  isUsed = true;
  isUsedAway ||= state === "away";
}

function welcome() {
  if (isReopened() !== "now") return;
  rememberReopened("lately");
  show(TEXTS.reopened);
  setTimeout(() => {
    if (state === "") show("");
  }, WELCOME);
}

line.listen(hearLine);
window.addEventListener("neurolab:kept", () => {
  keptAt = performance.now();
});
window.addEventListener("online", () => {
  if (state === "away" || isWanted) look();
});
window.addEventListener("beforeunload", () => {
  isLeaving = true;
});
// The browser's back button may bring back a page whose lab has ended.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) location.reload();
});
document.addEventListener("DOMContentLoaded", () => {
  noticeParts().again.addEventListener("click", reopen);
  for (const gesture of GESTURES) byId("neurolab-page").addEventListener(gesture, noteUse, true);
  welcome();
  setTimeout(() => rememberReopened(""), UNUSED);
  setInterval(watchAnswers, 1000);
});
