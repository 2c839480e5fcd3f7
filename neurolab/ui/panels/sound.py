"""An option of stepping and playing: a click at each spike."""

from collections import Counter
from pathlib import Path

import anywidget
import traitlets

from ...experiment.experiment import Inputs
from ..controls.guarded_callbacks import guarded
from ..controls.set_traits import update

_HERE = Path(__file__).parent
MOST_TIMES = 20_000


class Sound(anywidget.AnyWidget):
    """A button that stays pressed; the page makes the sound where the time cursor passes a spike.

    Attributes
    ----------
    inputs, outputs : list of [float, int]
        When neurons fire, in ms, and how many at once; empty while no sound is wanted.
    """

    _esm = _HERE / "sound.js"
    _css = _HERE / "sound.css"

    inputs = traitlets.List().tag(sync=True)
    outputs = traitlets.List().tag(sync=True)

    def __init__(self):
        super().__init__()
        self._wanted, self._result = False, None
        self.on_msg(guarded(self._received))

    def set_state(self, sync_data):
        """Take nothing that a page sets."""

    def _received(self, _, content, buffers):
        self._wanted = isinstance(content, dict) and content.get("wanted") is True
        self._tell()

    def show(self, snapshot):
        """Follow the result."""
        self._result = snapshot.result
        self._tell()

    def _tell(self):
        if not self._wanted:
            return
        groups = self._result.experiment.groups
        update(
            self,
            inputs=self._times(group for group in groups if isinstance(group, Inputs)),
            outputs=self._times(group for group in groups if not isinstance(group, Inputs)),
        )

    def _times(self, groups):
        times = Counter(
            float(f"{time * 1e3:.9g}")
            for group in groups
            for time in self._result.spikes(group.name)[1].tolist()
        )
        return [[time, times[time]] for time in sorted(times)[:MOST_TIMES]]
