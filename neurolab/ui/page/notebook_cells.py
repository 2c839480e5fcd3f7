"""Labs and the notebook cells that made them: a cell that runs again closes its earlier labs."""

import sys
from typing import Protocol


class Closable(Protocol):
    """A lab or a worksheet."""

    def close(self) -> None:
        """Remove it from the page."""


_made_in: dict[str, list[tuple[str, Closable]]] = {}
"""Cell → the labs that it made, each with the run of the cell."""


def adopt(lab: Closable) -> None:
    """Assign a lab to the notebook cell that is running; close the labs of its earlier runs.

    Outside of notebooks, and in front ends that do not name their cells, nothing happens.
    """
    running = _running_cell()
    if running is None:
        return
    cell, run = running
    labs = _made_in.get(cell, [])
    for old_run, old in labs:
        if old_run != run:
            old.close()
    kept = [(old_run, old) for old_run, old in labs if old_run == run]
    _made_in[cell] = [*kept, (run, lab)]


def _running_cell() -> tuple[str, str] | None:
    """Return the names of the running cell and of this run of it."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    message = shell.get_parent() if shell and hasattr(shell, "get_parent") else {}
    cell = (message.get("metadata") or {}).get("cellId")
    return (cell, message["header"]["msg_id"]) if cell else None
