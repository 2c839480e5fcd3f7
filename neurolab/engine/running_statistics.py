"""Mean and variance of a variable over the steps of a run, without its values."""

from .recorders import StateRecorder, StaticRecorder


class MomentRecorder(StateRecorder):
    """As `StateRecorder`, but keeps only the moments of each neuron's values.

    Attributes
    ----------
    count : int
        Number of steps so far.
    mean : ndarray
    squares : ndarray
        Sum of the squares of the distances from the mean.
    """

    count, mean, squares = 0, 0.0, 0.0

    def extend(self, first, count):
        """No room is needed."""

    def record(self, step, count):
        """Take in the steps ``step … step + count - 1`` of the population's block."""
        values = self._values(step, count)[-step % self._every :: self._every]
        if not len(values):
            return
        mean = values.mean(axis=0)
        self._join(len(values), mean, ((values - mean) ** 2).sum(axis=0))

    def _join(self, count, mean, squares):
        # Two lots, each about a mean of its own (Chan, Golub, LeVeque 1979): no difference of large sums.
        together, apart = self.count + count, mean - self.mean
        self.squares = self.squares + squares + apart**2 * (self.count * count / together)
        self.mean = self.mean + apart * (count / together)
        self.count = together

    def add(self, other):
        """Take in what another recorder has seen."""
        if other.count:
            self._join(other.count, other.mean, other.squares)


class StaticMomentRecorder(MomentRecorder, StaticRecorder):
    """As `MomentRecorder`, for a static equation."""
