"""Curves that panels draw into the traces, beside those of the present run."""

from dataclasses import dataclass

from ...array_types import FloatArray

LOOKS = ("ghost", "sum", "exact", "pinned", "difference", "prediction", "target")
"""The ways in which an overlay can be drawn."""


@dataclass(frozen=True, eq=False)
class Overlay:
    """One more curve in the plot of a state variable; a `Painter` returns these.

    Attributes
    ----------
    group, state : str
        The variable; the curve is in its plot and in its colour.
    neuron : int
    label : str
        Name in the legend.
    times : ndarray, shape (times,)
        In ms.
    values : ndarray, shape (times,)
        In SI units.
    look : str
        One of `LOOKS`.

    Examples
    --------
    >>> import numpy as np
    >>> overlay = Overlay("target", "Va", 0, "exact", np.zeros(2), np.zeros(2), "exact")
    >>> overlay.look in LOOKS
    True
    """

    group: str
    state: str
    neuron: int
    label: str
    times: FloatArray
    values: FloatArray
    look: str
