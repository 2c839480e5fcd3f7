// A slider that is drawn puts its value on its grid and reports that, as if somebody had moved it there. A state that
// was loaded before would be taken back by it.
const SETTLED = 3, PATIENCE = 600; // frames

async function slidersDrawn() {
  const isDrawn = (row) => row.querySelector(".noUi-handle") !== null;
  for (let seen = 0, frames = 0; seen < SETTLED && frames < PATIENCE; frames += 1) {
    await new Promise(requestAnimationFrame);
    const rows = [...document.querySelectorAll(".neurolab-lab .nl-number")];
    seen = rows.length > 0 && rows.every(isDrawn) ? seen + 1 : 0;
  }
}

