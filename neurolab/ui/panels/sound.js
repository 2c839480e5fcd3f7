// A short click for each spike that the time cursor passes, inputs higher than outputs. Off until it is asked for.

const SVG = "http://www.w3.org/2000/svg";
const SPEAKER = "M3 8h3l4-4v12l-4-4H3z", WAVES = "M13 7q2.5 3 0 6M15.5 4.5q5 5.5 0 11", CROSS = "M13 8l4.5 4.5M17.5 8L13 12.5";
const PITCH = { inputs: 880, outputs: 440 }; // Hz
const LENGTH = 0.04, LOUDNESS = 0.15, MOST = 4; // seconds; of full scale; so many spikes at once sound louder
const NEAR = 1e-9;

function path(className, d) {
  const node = document.createElementNS(SVG, "path");
  node.setAttribute("class", className);
  node.setAttribute("d", d);
  return node;
}

function button(name) {
  const node = document.createElement("button"), icon = document.createElementNS(SVG, "svg");
  icon.setAttribute("viewBox", "0 0 20 20");
  icon.setAttribute("aria-hidden", "true");
  icon.append(path("nl-sound-speaker", SPEAKER), path("nl-sound-on", WAVES), path("nl-sound-off", CROSS));
  node.type = "button";
  node.title = name;
  node.setAttribute("aria-label", name);
  node.setAttribute("aria-pressed", "false");
  node.append(icon);
  return node;
}

function click(audio, pitch, count) {
  const tone = audio.createOscillator(), volume = audio.createGain(), now = audio.currentTime;
  tone.frequency.value = pitch;
  volume.gain.setValueAtTime(LOUDNESS * Math.sqrt(Math.min(count, MOST) / MOST), now);
  volume.gain.exponentialRampToValueAtTime(1e-4, now + LENGTH);
  tone.connect(volume).connect(audio.destination);
  tone.start(now);
  tone.stop(now + LENGTH);
}

function render({ model, el }) {
  const toggle = button("click at each spike");
  let audio = null, before = null;
  el.classList.add("nl-sound");
  el.append(toggle);
  const track = () => el.closest(".nl-pictures")?.querySelector(".nl-cursor-track");
  const shown = () => track().closest(".nl-cursor-shown") !== null;
  const time = () => (shown() ? Number(track().getAttribute("aria-valuenow")) : -1);
  const hear = () => {
    const now = time();
    if (now === before) return;
    if (now === 0) before = -1; // what fires at the very start is passed by coming there
    if (now > before) {
      for (const [kind, pitch] of Object.entries(PITCH)) {
        const passed = model.get(kind).filter(([spike]) => spike > before + NEAR && spike <= now + NEAR);
        if (passed.length) click(audio, pitch, passed.reduce((count, [, more]) => count + more, 0));
      }
    }
    before = now;
  };
  const observer = new MutationObserver(hear);
  const silence = () => {
    observer.disconnect();
    audio?.close();
    audio = null;
  };
  toggle.addEventListener("click", () => {
    const wanted = audio === null;
    toggle.setAttribute("aria-pressed", String(wanted));
    if (wanted) {
      // A browser lets a page sound only once it has been touched; this is such a touch.
      audio = new AudioContext();
      before = time();
      observer.observe(track(), { attributeFilter: ["aria-valuenow", "aria-valuetext"] });
    } else silence();
    model.send({ wanted });
  });
  return silence;
}

export default { render };
