"""Runs: short ones at once, long ones in a thread of their own. A new run replaces the last one.

If the system gives no thread, a long run is computed in the page's event loop: the page waits for
it, and nothing is lost.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable
from typing import TypeAlias

from ...errors import LimitError
from ...experiment.checked import Checked, check
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.simulate import simulate
from ...grid import Seconds

_LOG = logging.getLogger(__name__)
_AT_ONCE: Seconds = 0.15
"""A run that takes less than this is computed at once, because nobody notices the wait."""
_MOST_AT_ONCE = 4_000_000
"""A run of more steps × neurons starts in the thread."""
_BEFORE_PROGRESS: Seconds = 0.3
"""A progress bar that appears and disappears within this time would only flicker."""
_BETWEEN_PROGRESS: Seconds = 0.1
_REST: Seconds = 0.0005
"""Pause after which the page's thread can run; otherwise the thread that computes keeps the GIL."""

Done: TypeAlias = Callable[[Result | Exception], None]
"""Called with the result of a long run, or with the exception that ended it."""
OnProgress: TypeAlias = Callable[[float | None], None]
"""Called with the fraction done of a long run, and with None when it ends."""


class _TooLongError(Exception):
    """A run that was tried at once takes too long for that."""


class _StoppedError(Exception):
    """A run was stopped."""


class Runner:
    """Simulates one experiment at a time.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> runner = Runner()
    >>> result = runner.run(TUTORIAL, print)  # without an event loop, each run is done at once
    >>> result.experiment is TUTORIAL, runner.busy
    (True, False)
    """

    def __init__(self) -> None:
        self._listeners: list[OnProgress] = []
        self._job: _Job | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._jobs: _Jobs | None = None
        self._quick = True  # whether the last run was short, which predicts the next one

    def subscribe(self, listener: OnProgress) -> None:
        """Call `listener` with the progress of each long run, and with None when it ends."""
        self._listeners.append(listener)

    @property
    def busy(self) -> bool:
        """Whether a long run is under way."""
        return self._job is not None

    def run(self, experiment: Experiment, done: Done) -> Result | None:
        """Simulate an experiment.

        Parameters
        ----------
        experiment : Experiment
        done : callable
            Called with the result, or with the exception that ended the run, if it is a long one.

        Returns
        -------
        Result or None
            None: the run has started, in place of the last one, and `done` will be called.

        Raises
        ------
        NeurolabError
            It cannot be simulated; a run that is under way continues.
        """
        checked = check(experiment)
        result = None
        if running_loop() is None:
            result = simulate(checked)
        elif self._quick and _size(checked) < _MOST_AT_ONCE:
            result = self._try(checked)
        if result is not None:
            self.stop()
            return result
        self._begin(checked, done)
        return None

    def _try(self, checked: Checked) -> Result | None:
        """Return the result, or None if the run takes too long."""
        end = time.perf_counter() + _AT_ONCE

        def check_time(fraction: float) -> None:
            if fraction < 1 and time.perf_counter() > end:
                raise _TooLongError

        try:
            return simulate(checked, check_time)
        except _TooLongError:
            self._quick = False
            return None

    def begin(self, experiment: Experiment, done: Done) -> None:
        """Start a run in the thread, in place of the last one.

        Parameters
        ----------
        experiment : Experiment
        done : callable
            Called with the result, or with the exception that ended the run.

        Raises
        ------
        NeurolabError
            It cannot be simulated; the last run continues.
        """
        self._begin(check(experiment), done)

    def _begin(self, checked: Checked, done: Done) -> None:
        if self._job:
            self._job.stopped = True
        self._job = job = _Job(checked, self._ended, done, asyncio.get_running_loop())
        jobs = self._thread()
        if jobs:
            jobs.put(job)
        else:
            job.loop.call_soon(job.work)
        if self._timer is None:
            self._timer = job.loop.call_later(_BEFORE_PROGRESS, self._tick)

    def _thread(self) -> "_Jobs | None":
        """Return the queue of the thread, which is started first if the system allows it."""
        if self._jobs is not None:
            return self._jobs
        jobs: _Jobs = queue.SimpleQueue()
        try:
            threading.Thread(target=_work, args=(jobs,), daemon=True, name="neurolab run").start()
        except (RuntimeError, MemoryError) as error:
            _LOG.warning("A long run is computed without a thread of its own: %s", error)
            return None
        self._jobs = jobs
        return jobs

    def _tick(self) -> None:
        if self._job:
            self._tell(self._job.fraction)
            self._timer = self._job.loop.call_later(_BETWEEN_PROGRESS, self._tick)

    def _tell(self, fraction: float | None) -> None:
        for listener in self._listeners:
            listener(fraction)

    def _ended(self, job: "_Job", outcome: Result | Exception) -> None:
        if job is self._job:
            self._quick = job.seconds < _AT_ONCE
            self.stop()
            job.done(outcome)

    def stop(self) -> None:
        """End the run that is under way, if there is one; its result is dropped."""
        if self._job:
            self._job.stopped = True
            if self._timer:
                self._timer.cancel()
            self._job = None
            self._timer = None
            self._tell(None)

    def close(self) -> None:
        """End the run and the thread."""
        self.stop()
        if self._jobs:
            self._jobs.put(None)
            self._jobs = None


class _Job:
    """One long run."""

    def __init__(
        self,
        checked: Checked,
        ended: "Callable[[_Job, Result | Exception], None]",
        done: Done,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self._checked = checked
        self.done = done
        self.loop = loop
        self.fraction = 0.0
        self.seconds: Seconds = 0.0
        self.stopped = False
        self._ended = ended

    def work(self) -> None:
        """Simulate, and hand the outcome to the page's thread."""
        begin = time.perf_counter()
        outcome: Result | Exception
        try:
            outcome = simulate(self._checked, self._progress)
        except _StoppedError:
            return
        except Exception as error:  # the page's thread reports it
            outcome = error
        except KeyboardInterrupt:  # the server interrupts a run in the event loop that hangs
            outcome = LimitError("The run took too long and was stopped. Make it shorter.")
        self.seconds = time.perf_counter() - begin
        try:
            self.loop.call_soon_threadsafe(self._ended, self, outcome)
        except RuntimeError:  # the page is gone, and its event loop
            _LOG.debug("a run ended after its page")

    def _progress(self, fraction: float) -> None:
        if self.stopped:
            raise _StoppedError
        self.fraction = fraction
        time.sleep(_REST)


_Jobs: TypeAlias = "queue.SimpleQueue[_Job | None]"
"""Runs for the thread; None ends it."""


def _size(checked: Checked) -> int:
    return checked.step_count() * sum(group.size for group in checked.experiment.groups)


def _work(jobs: _Jobs) -> None:
    while (job := jobs.get()) is not None:
        job.work()


def running_loop() -> asyncio.AbstractEventLoop | None:
    """Return the event loop of the page, or None if there is none, as in a script."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
