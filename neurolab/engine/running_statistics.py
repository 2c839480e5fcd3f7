"""Mean and variance of a variable over the steps of a run, without its values."""

from ..array_types import Number
from ..grid import Steps
from .recorders import StateRecorder, StaticRecorder


class MomentRecorder(StateRecorder):
    """Records the mean and the variance of each neuron's values, not the values.

    Attributes
    ----------
    count : int
        Number of steps so far.
    mean : ndarray
    squares : ndarray
        Sum of the squares of the distances from the mean.
    """

    count: int = 0
    mean: Number = 0.0
    squares: Number = 0.0

    def extend(self, first: Steps, count: int) -> None:
        """Do nothing, as no room is needed."""

    def clear(self) -> None:
        """Delete the statistics so far."""
        self.count = 0
        self.mean = self.squares = 0.0

    def record(self, step: Steps, count: int) -> None:
        """Add the steps ``step … step + count - 1`` of the population's block."""
        values = self._values(step, count)[self._wait(step) :: self._every]
        if not len(values):
            return
        mean = values.mean(axis=0)
        self._join(len(values), mean, ((values - mean) ** 2).sum(axis=0))

    def _join(self, count: int, mean: Number, squares: Number) -> None:
        """Combine two sets of values, each with its own mean, without a difference of large sums.

        Source: Chan, Golub & LeVeque, Stanford report STAN-CS-79-773 (1979).
        """
        together = self.count + count
        apart = mean - self.mean
        self.squares = self.squares + squares + apart**2 * (self.count * count / together)
        self.mean = self.mean + apart * (count / together)
        self.count = together

    def add(self, other: "MomentRecorder") -> None:
        """Add the values of another recorder."""
        if other.count:
            self._join(other.count, other.mean, other.squares)


class StaticMomentRecorder(MomentRecorder, StaticRecorder):
    """Records the mean and the variance of a static equation."""
