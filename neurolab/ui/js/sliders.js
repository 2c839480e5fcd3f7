// When the sliders of the lab are drawn. A slider that is drawn puts its value on its grid and
// reports that, as if somebody had moved it there. This would revert a state that was loaded
// before.

const SETTLED = 3; // frames
const PATIENCE = 600; // frames

/** Wait until the sliders are drawn, but not for ever. */
export async function slidersDrawn() {
  for (let seen = 0, frames = 0; seen < SETTLED && frames < PATIENCE; frames += 1) {
    await new Promise(requestAnimationFrame);
    const rows = [...document.querySelectorAll(".neurolab-lab .nl-number")];
    // A row that has not been shown yet has no slider.
    const withSlider = rows.filter((row) => row.querySelector(".widget-slider"));
    const areDrawn = withSlider.every((row) => row.querySelector(".noUi-handle"));
    seen = rows.length > 0 && areDrawn ? seen + 1 : 0;
  }
}
