// A short click for each spike that the time cursor passes, inputs higher than outputs. Off until it is asked for.

const PITCH = { inputs: 880, outputs: 440 }; // Hz
const LENGTH = 0.04, LOUDNESS = 0.15, MOST = 4; // seconds; of full scale; so many spikes at once sound louder
const NEAR = 1e-9;

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
  const label = document.createElement("label"), box = document.createElement("input");
  let audio = null, before = null;
  el.classList.add("nl-sound");
  box.type = "checkbox";
  label.append(box, "click at each spike");
  el.append(label);
  const track = () => el.closest(".nl-pictures")?.querySelector(".nl-cursor-track");
  const hear = () => {
    const time = Number(track().getAttribute("aria-valuenow"));
    if (audio && before !== null && time > before) {
      for (const [kind, pitch] of Object.entries(PITCH)) {
        const passed = model.get(kind).filter(([spike]) => spike > before + NEAR && spike <= time + NEAR);
        if (passed.length) click(audio, pitch, passed.reduce((count, [, more]) => count + more, 0));
      }
    }
    before = time;
  };
  const observer = new MutationObserver(hear);
  box.addEventListener("change", () => {
    // A browser lets a page sound only once it has been touched; this is such a touch.
    if (box.checked) audio = new AudioContext();
    else { audio?.close(); audio = null; }
    before = track() ? Number(track().getAttribute("aria-valuenow")) : null;
    observer.disconnect();
    if (box.checked && track()) observer.observe(track(), { attributeFilter: ["aria-valuenow"] });
    model.send({ wanted: box.checked });
  });
  return () => { observer.disconnect(); audio?.close(); };
}

export default { render };
