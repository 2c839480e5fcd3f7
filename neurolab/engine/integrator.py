"""The contract of integrators: how a group's state moves on by one time step, or by many."""

from abc import ABC, abstractmethod

from ..array_types import FloatArray
from ..grid import Seconds

Stage = tuple[FloatArray, Seconds]
"""A state, shape (rows, neurons), and the time at which a method evaluates the equations for it."""


class Integrator(ABC):
    """Computes the states of a group after one or several time steps.

    An integrator knows the model, the time step and the SI values of all constants. It has no state
    of its own: the loop passes the present state and an array for the result, so that the same
    integrator can be called again from any state. `advance` must not change the state it is given,
    and the two arrays never overlap.

    Attributes
    ----------
    rows : int
        Number of rows of the state array. The first rows are the state variables of the model, in
        their order. `Linear` needs one more row, which is always 1, so that constant terms are part
        of its matrix product.
    longest : int
        How many steps `advance` can do in one call.
    """

    rows: int
    longest: int

    @abstractmethod
    def advance(self, state: FloatArray, out: FloatArray, count: int, time: Seconds) -> None:
        """Compute the states after 1 … `count` steps.

        Parameters
        ----------
        state : ndarray, shape (rows, neurons)
            The present state, in SI units.
        out : ndarray, shape (longest, rows, neurons)
            Its first `count` entries are set to the states; of a row of ones, they may be left out.
        count : int
            From 1 to `longest`.
        time : float
            The time of the present state, in seconds.
        """

    def stages(self, state: FloatArray, time: Seconds) -> list[Stage]:
        """List the states and times for which one step evaluates the equations.

        Messages about formulas without a value need them. An exact integrator evaluates none.
        """
        return []
