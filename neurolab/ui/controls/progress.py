"""How far a long run is, and a button that stops it."""

from pathlib import Path

import anywidget
import traitlets

from .set_traits import update

_HERE = Path(__file__).parent
_STOPPED = "Stopped. The pictures show the run before."


class ProgressBar(anywidget.AnyWidget):
    """A strip over the pictures that is there only while a run takes long, or was stopped: it moves nothing.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    fraction : float
        How much of the run is done; below 0 where none is under way.
    message : str
        What there is to say, while none is.
    can_run : bool
        Whether the run that was stopped can be started again.
    """

    _esm = _HERE / "progress.js"
    _css = _HERE / "progress.css"

    fraction = traitlets.Float(-1.0).tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    can_run = traitlets.Bool(False).tag(sync=True)

    def __init__(self, store):
        super().__init__()
        self._actions = {"stop": store.stop, "run": store.run_again}
        self.add_class("nl-progress")
        self.on_msg(self._received)
        store.runner.subscribe(self.follow)

    def set_state(self, sync_data):
        """Take nothing that a page sets: all that it has to say is that a button was pressed."""

    def follow(self, fraction):
        """Show the fraction done; None when the run has ended."""
        self.fraction = -1.0 if fraction is None else fraction

    def show(self, snapshot):
        """Say whether the pictures are behind, and why."""
        update(
            self,
            can_run=snapshot.stopped,
            message=_STOPPED if snapshot.stopped else snapshot.loading_error,
        )

    def _received(self, _, content, buffers):
        action = content.get("action") if isinstance(content, dict) else None
        if isinstance(action, str) and action in self._actions:
            self._actions[action]()
