"""An option of stepping and playing: a click at each spike."""

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import traitlets

from ...experiment.experiment import Inputs
from ...experiment.result import Result
from ..controls.assets import script
from ..controls.page_widget import PageWidget
from ..controls.set_traits import update
from ..pictures.spikefield import Group
from ..store.snapshot import Snapshot

_HERE = Path(__file__).parent
MOST_TIMES = 20_000


class Sound(PageWidget):
    """A toggle button; the page clicks when the time cursor passes a spike.

    Attributes
    ----------
    inputs, outputs : list of [float, int]
        Spike times in ms, and the number of spikes at each; empty while the sound is off.
    """

    _esm = script(_HERE / "sound.js")
    _css = _HERE / "sound.css"

    inputs = traitlets.List(traitlets.List()).tag(sync=True)
    outputs = traitlets.List(traitlets.List()).tag(sync=True)

    def __init__(self) -> None:
        super().__init__()
        self._wanted = False
        self._result: Result | None = None

    def _act(self, content: Mapping[str, Any]) -> None:
        self._wanted = content.get("wanted") is True
        self._send_times()

    def show(self, snapshot: Snapshot) -> None:
        """Follow the result."""
        self._result = snapshot.result
        self._send_times()

    def _send_times(self) -> None:
        result = self._result
        if result is None or not self._wanted:
            return
        groups = result.experiment.groups
        update(
            self,
            inputs=_times(result, [group for group in groups if isinstance(group, Inputs)]),
            outputs=_times(result, [group for group in groups if not isinstance(group, Inputs)]),
        )


def _times(result: Result, groups: Sequence[Group]) -> list[list[float]]:
    """Return spike times in ms, and the number of spikes at each."""
    times = Counter(
        float(f"{time * 1e3:.9g}")
        for group in groups
        for time in result.spikes(group.name)[1].tolist()
    )
    return [[time, times[time]] for time in sorted(times)[:MOST_TIMES]]
