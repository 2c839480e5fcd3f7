"""Labs and the notebook cells they were made in: a cell that is run again closes the labs it made before."""

import sys

_made_in = {}


def adopt(lab):
    """File a lab under the notebook cell that is running, and close those that earlier runs of this cell made.

    Outside of notebooks, and in front ends that do not name their cells, labs are left alone.
    """
    cell, run = _running_cell()
    if cell is None:
        return
    for old_run, old in _made_in.get(cell, []):
        if old_run != run:
            old.close()
    kept = [(old_run, old) for old_run, old in _made_in.get(cell, []) if old_run == run]
    _made_in[cell] = [*kept, (run, lab)]


def _running_cell():
    """Identity of the running cell and of this run of it, or (None, None)."""
    ipython = sys.modules.get("IPython")
    shell = ipython.get_ipython() if ipython else None
    message = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = (message.get("metadata") or {}).get("cellId")
    return (cell, message["header"]["msg_id"]) if cell else (None, None)
