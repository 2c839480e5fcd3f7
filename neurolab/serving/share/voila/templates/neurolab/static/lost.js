// What the page says when its lab is away, slow or gone, and how it gets the lab back as it was.
(() => {
  const SILENCE = 1500; // ms without a connection that a reconnection may take before anything is said
  const SLOW = 5000; // ms that an answer may take
  const BETWEEN = 2000; // ms between two looks at whether the server is there again
  const SAFE = 1500; // ms after which what was sent is in what the page keeps
  const UNUSED = 60000; // ms without an edit after which a lab was ended because nobody used it
  const WELCOME = 8000; // ms for which a page that opened itself again says so
  const REOPENED = "neurolab: reopened";
  const SAYS = {
    slow: "The lab has not answered for a while. Your change shows as soon as it does.",
    away: "No connection to the lab. You can go on: what you change is sent when the connection is back.",
    unused: "The lab was closed because nobody had used it for a while.",
    memory: "The lab was closed because all labs together had used up the server's memory, and this one used the most. "
      + "A smaller network or a shorter run needs less.",
    stopped: "The lab has stopped unexpectedly.",
    closed: "The lab was closed while there was no connection.",
    offline: "There is no connection yet. The lab opens as soon as there is one.",
    reopened: "The lab had been closed, and was opened again as you left it.",
  };
  let state = ""; // "", "slow", "away", or "gone"
  const GESTURES = ["pointerdown", "keydown", "input"];
  let leaving = false, wanted = false, timer = null, left = -Infinity, kept = -Infinity;

  const bar = () => document.getElementById("neurolab-notice");
  function show(text, isAlert = false, button = "") {
    const [said, again] = bar().children;
    bar().hidden = !text;
    said.setAttribute("role", isAlert ? "alert" : "status");
    said.textContent = text;
    again.hidden = !button;
    again.textContent = button;
  }
  function become(next, ...shown) {
    state = next;
    for (const name of ["away", "gone"]) document.body.classList.toggle(`neurolab-${name}`, state === name);
    document.getElementById("neurolab-page").inert = state === "gone";
    if (state === "gone") document.getElementById("neurolab-status").hidden = true; // it does not start any more
    show(...shown);
  }

  const stored = (name) => { try { return sessionStorage.getItem(name); } catch { return "1"; } };
  const store = (name, value) => {
    try { if (value) sessionStorage.setItem(name, value); else sessionStorage.removeItem(name); } catch { /* not allowed */ }
  };
  // Gestures on the page: has there been one at all, and one without a connection? What is changed without waits in
  // JupyterLab, where it cannot be seen.
  let used = false, usedAway = false;
  const mayMiss = () => usedAway || (used && (neurolabLine.unanswered() > 0
    || (left - neurolabLine.lastSent() < SAFE && kept < neurolabLine.lastSent())));

  function gone(why) {
    if (state === "gone" || leaving) return;
    if (neurolabPage.isStarting()) { neurolabPage.tryAgain(); return; } // there is nothing to lose yet
    if (state !== "away") left = performance.now();
    // A lab that takes its kernel down each time must not be opened for ever, nor one that nobody looks at.
    const byItself = why === "closed" && !mayMiss() && !isUnkept() && !document.hidden && !stored(REOPENED);
    if (byItself) { store(REOPENED, "now"); reopen(); }
    const found = isUnkept() ? "There was no room to keep what you made." : "What you made is kept.";
    become("gone", [SAYS[why], found, mayMiss() ? "Your last change may be missing." : ""].join(" ").trim(), true,
           "Open it again");
  }
  const isUnkept = () => document.body.classList.contains("neurolab-unkept");

  // A page that is loaded while the server is away would be the browser's error page.
  async function reopen() {
    wanted = true;
    if (await answer() === null) {
      if (state === "gone") show(SAYS.offline, false);
      later();
    } else {
      leaving = true;
      location.reload();
    }
  }

  async function answer() {
    const { baseUrl, kernelId } = neurolabPage.config();
    try { return (await fetch(`${baseUrl}api/kernels/${kernelId}`, { cache: "no-store" })).status; } catch { return null; }
  }

  async function look() {
    if (wanted) { reopen(); return; }
    if (state !== "away") return;
    const status = await answer();
    if (state !== "away") return;
    if (status === 404 || status === 403) { gone("closed"); return; }
    if (status === 200 && !neurolabLine.isOpening()) neurolabLine.connect();
    later();
  }
  const later = () => { clearTimeout(timer); timer = setTimeout(look, BETWEEN); };
  function away() {
    if (state === "gone" || state === "away" || leaving || neurolabLine.isOpen()) return;
    usedAway = false;
    become("away", SAYS.away);
    look();
  }

  function watchAnswers() {
    const isSlow = performance.now() - neurolabLine.waitingSince() > SLOW;
    if (isSlow && state === "") become("slow", SAYS.slow);
    else if (!isSlow && state === "slow") become("");
  }

  neurolabLine.listen((event) => {
    if (event === "connected" && state === "away") become("");
    else if (event === "closed") { left = performance.now(); setTimeout(away, SILENCE); }
    else if (event === "stopped") gone("stopped");
    else if (event === "ended") gone(performance.now() - neurolabLine.lastSent() > UNUSED ? "unused" : "stopped");
    else if (event === "memory") gone("memory");
    else if (event === "answered") watchAnswers();
  });
  window.addEventListener("neurolab:kept", () => { kept = performance.now(); });
  window.addEventListener("online", () => { if (state === "away" || wanted) look(); });
  window.addEventListener("beforeunload", () => { leaving = true; });
  // The browser's back button may bring back a page whose lab has ended.
  window.addEventListener("pageshow", ({ persisted }) => { if (persisted) location.reload(); });
  document.addEventListener("DOMContentLoaded", () => {
    bar().querySelector("button").addEventListener("click", reopen);
    const use = ({ key }) => {
      used ||= key !== "Tab";
      usedAway ||= state === "away" && key !== "Tab";
    };
    for (const gesture of GESTURES) document.getElementById("neurolab-page").addEventListener(gesture, use, true);
    if (stored(REOPENED) === "now") {
      store(REOPENED, "lately");
      show(SAYS.reopened);
      setTimeout(() => { if (state === "") show(""); }, WELCOME);
    }
    setTimeout(() => store(REOPENED, ""), UNUSED);
    setInterval(watchAnswers, 1000);
  });
})();
