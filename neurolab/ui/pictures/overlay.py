"""What panels draw into the traces, beside the curves of the present run."""

from dataclasses import dataclass

import numpy as np

LOOKS = ("ghost", "sum", "exact", "pinned", "difference", "prediction", "target")
"""The ways in which an overlay can be drawn."""


@dataclass(frozen=True, eq=False)
class Overlay:
    """One more line in the picture of a state variable.

    A panel that draws into the traces has a method ``overlays(snapshot)``, which gives a list of these.

    Attributes
    ----------
    group, state : str
        The variable in whose figure, and in whose colour, it is drawn.
    neuron : int
    label : str
        Names it for a reader.
    times : ndarray
        In ms.
    values : ndarray
        In SI units.
    look : str
        One of `LOOKS`.
    """

    group: str
    state: str
    neuron: int
    label: str
    times: np.ndarray
    values: np.ndarray
    look: str
