// What the page says while there is no lab on it: starting, could not start, connection lost.
const neurolabPage = (() => {
  const FAILED = "The lab could not be started: reload the page.";
  const LOST = "The connection to the lab is lost: reload the page.";
  const SILENCE = 2000; // ms without a connection that a reconnection may take before anything is said
  const PATIENCE = 60000; // ms for the widgets to appear once everything is loaded
  const STATUS_SIZE = 64; // bytes; the kernel's word about its own state is short, and stands at the end of its message
  const DRAWN = [".nl-figure g.curve path.line[d]", ".nl-raster-picture .spike", ".nl-narration"];
  const DECODER = new TextDecoder();
  let complete = false;
  let leaving = false;
  let open = 0;
  let broken = false; // the kernel that held the lab is gone, whatever the connection does

  const status = () => document.getElementById("neurolab-status");
  const say = (text) => { status().textContent = text; status().hidden = !text; };
  const failed = () => { preview()?.remove(); say(FAILED); };
  const lost = () => { if (!leaving) { say(LOST); document.body.classList.add("neurolab-lost"); } };
  const found = () => { say(""); document.body.classList.remove("neurolab-lost"); };

  // Voila reports neither a closed connection nor a kernel that was replaced, so the page listens itself.
  window.WebSocket = class extends window.WebSocket {
    constructor(...args) {
      super(...args);
      let counted = false;
      this.addEventListener("open", () => {
        counted = true;
        open += 1;
        if (shown() && !broken) found();
      });
      this.addEventListener("close", () => {
        if (counted) open -= 1;
        setTimeout(() => { if (open === 0) lost(); }, SILENCE);
      });
      this.addEventListener("message", ({ data }) => {
        if (!(data instanceof ArrayBuffer)) return;
        const end = DECODER.decode(new Uint8Array(data, Math.max(0, data.byteLength - STATUS_SIZE)));
        if (/"execution_state": ?"(restarting|autorestarting|dead)"}$/.test(end)) { broken = true; lost(); }
      });
    }
  };

  const widgets = () => document.querySelector("#neurolab-page .jupyter-widgets");
  const preview = () => document.querySelector(".neurolab-preview");
  // A preview stays until what it shows can be seen behind it, so that nothing jumps.
  const covered = () => !preview() || DRAWN.every((part) => document.querySelector(`#neurolab-page .neurolab-lab ${part}`));
  const shown = () => widgets() !== null && !document.querySelector("#neurolab-page .neurolab-failed");

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

  window.addEventListener("beforeunload", () => { leaving = true; });
  // Where the server stopped in the middle of the page, its end is missing.
  document.addEventListener("DOMContentLoaded", () => {
    if (location.hash) preview()?.remove(); // a link to another state
    if (complete) watch(); else failed();
  });
  return { complete: () => { complete = true; } };
})();
