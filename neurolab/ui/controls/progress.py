"""The progress of a long run, and a button that stops it."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import traitlets

from ..store.snapshot import Snapshot
from ..store.store import Store
from .assets import script
from .page_widget import PageWidget
from .set_traits import update

_HERE = Path(__file__).parent
_STOPPED = "Stopped. The pictures show the run before."


class ProgressBar(PageWidget):
    """A strip over the plots, shown while a run takes long or is stopped; it moves nothing.

    Parameters
    ----------
    store : Store

    Attributes
    ----------
    fraction : float
        Fraction of the run that is done; negative without a run.
    message : str
        Shown without a run.
    can_run : bool
        Whether a stopped run can be started again.
    """

    _esm = script(_HERE / "progress.js")
    _css = _HERE / "progress.css"

    fraction = traitlets.Float(-1.0).tag(sync=True)
    message = traitlets.Unicode().tag(sync=True)
    can_run = traitlets.Bool(False).tag(sync=True)

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._actions = {"stop": store.stop, "run": store.run_again}
        self.add_class("nl-progress")
        store.runner.subscribe(self.follow)

    def follow(self, fraction: float | None) -> None:
        """Show the fraction done; None when the run has ended."""
        self.fraction = -1.0 if fraction is None else fraction

    def show(self, snapshot: Snapshot) -> None:
        """Show whether the plots are out of date, and why."""
        update(
            self,
            can_run=snapshot.stopped,
            message=_STOPPED if snapshot.stopped else snapshot.loading_error,
        )

    def _act(self, content: Mapping[str, Any]) -> None:
        action = content.get("action")
        if isinstance(action, str) and action in self._actions:
            self._actions[action]()
