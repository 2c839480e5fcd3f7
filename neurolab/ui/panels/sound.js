// A short click for each spike that the time cursor passes, inputs higher than outputs. Off until
// it is switched on.

import { element, icon, set, svg } from "../js/dom.js";

const SPEAKER = "M3 8h3l4-4v12l-4-4H3z";
const WAVES = "M13 7q2.5 3 0 6M15.5 4.5q5 5.5 0 11";
const CROSS = "M13 8l4.5 4.5M17.5 8L13 12.5";
const PITCHES = /** @type {const} */ ([
  ["inputs", 880],
  ["outputs", 440],
]); // Hz
const LENGTH = 0.04; // seconds
const LOUDNESS = 0.15; // of full scale
const MOST = 4; // so many spikes at once sound louder
const NEAR = 1e-9;

/** @typedef {[time: number, count: number][]} Spikes */
/** @typedef {{ inputs: Spikes, outputs: Spikes }} Traits */

/** @param {string} name */
function soundButton(name) {
  const picture = icon(
    svg("path", { class: "nl-sound-speaker", d: SPEAKER }),
    svg("path", { class: "nl-sound-on", d: WAVES }),
    svg("path", { class: "nl-sound-off", d: CROSS }),
  );
  const button = element("button", { type: "button", title: name }, picture);
  return set(button, { "aria-label": name, "aria-pressed": false });
}

/**
 * @param {AudioContext} audio
 * @param {number} pitch
 * @param {number} count of spikes
 */
function click(audio, pitch, count) {
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  const now = audio.currentTime;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUDNESS * Math.sqrt(Math.min(count, MOST) / MOST), now);
  volume.gain.exponentialRampToValueAtTime(1e-4, now + LENGTH);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + LENGTH);
}

/** The clicks of one page. */
class Clicks {
  /**
   * @param {import("@anywidget/types").AnyModel<Traits>} model
   * @param {HTMLElement} el
   */
  constructor(model, el) {
    this.model = model;
    this.el = el;
    /** @type {AudioContext | null} */
    this.audio = null;
    this.before = -1; // ms
    this.observer = new MutationObserver(() => this.hear());
  }

  get track() {
    return this.el.closest(".nl-pictures")?.querySelector(".nl-cursor-track") ?? null;
  }

  get time() {
    const { track } = this;
    return track?.closest(".nl-cursor-shown") ? Number(track.getAttribute("aria-valuenow")) : -1;
  }

  hear() {
    const now = this.time;
    if (now === this.before) return;
    if (now === 0) this.before = -1; // what fires at the very start is passed by coming there
    if (now > this.before) this.clickUntil(now);
    this.before = now;
  }

  /** @param {number} now */
  clickUntil(now) {
    for (const [kind, pitch] of PITCHES) {
      const spikes = this.model.get(kind);
      const passed = spikes.filter(([time]) => time > this.before + NEAR && time <= now + NEAR);
      const count = passed.reduce((sum, [, more]) => sum + more, 0);
      if (passed.length && this.audio) click(this.audio, pitch, count);
    }
  }

  start() {
    const { track } = this;
    // A browser lets a page sound only once it has been touched; this is such a touch.
    this.audio = new AudioContext();
    this.before = this.time;
    if (track) {
      this.observer.observe(track, { attributeFilter: ["aria-valuenow", "aria-valuetext"] });
    }
  }

  stop() {
    this.observer.disconnect();
    this.audio?.close();
    this.audio = null;
  }
}

/** @type {import("@anywidget/types").Render<Traits>} */
function render({ model, el }) {
  const clicks = new Clicks(model, el);
  const button = soundButton("click at each spike");
  el.classList.add("nl-sound");
  el.append(button);
  button.addEventListener("click", () => {
    const wanted = clicks.audio === null;
    set(button, { "aria-pressed": wanted });
    if (wanted) clicks.start();
    else clicks.stop();
    model.send({ wanted });
  });
  return () => clicks.stop();
}

export default { render };
