"""Runs: short ones at once, long ones in a thread of their own while the page stays alive; the newest one counts.

If the system gives no thread, a long run is computed by the page's own loop: the page waits for it, and nothing is lost.
"""

import asyncio
import logging
import queue
import threading
import time
from collections.abc import Callable

from ...errors import LimitError
from ...experiment.experiment import Experiment
from ...experiment.result import Result
from ...experiment.simulate import simulate
from ...experiment.validate import step_count, validate

_LOG = logging.getLogger(__name__)
# What is done sooner than this (seconds) nobody waits for; a run of more steps × neurons is not even tried at once.
_AT_ONCE = 0.15
_MOST_AT_ONCE = 4_000_000
# A bar that comes and goes within less would only flicker.
_BEFORE_PROGRESS = 0.3
_BETWEEN_PROGRESS = 0.1
# Time in which the page's messages get their turn: without it the thread that computes would take the next one too.
_REST = 0.0005


class _TooLongError(Exception):
    """A run that was tried at once takes longer."""


class _StoppedError(Exception):
    """Nobody waits for this run any more."""


class Runner:
    """Simulates one experiment at a time."""

    def __init__(self):
        self._listeners = []
        self._job = self._timer = self._jobs = None
        self._quick = True  # whether the last run was: a good guess for the next

    def subscribe(self, listener):
        """Have `listener(fraction)` called now and then, once a run has taken a while, and `listener(None)` when it ends."""
        self._listeners.append(listener)

    @property
    def busy(self):
        """Whether a run is under way."""
        return self._job is not None

    def run(self, experiment, done):
        """Simulate.

        Parameters
        ----------
        experiment : Experiment
        done : callable
            Called with the result, or with the exception that ended the run, where it takes longer than a moment.

        Returns
        -------
        Result or None
            None: the run is under way, in place of the one that was, and `done` will be called.

        Raises
        ------
        NeurolabError
            It cannot be simulated; a run that is under way goes on.
        """
        result = None
        if running_loop() is None:
            result = simulate(experiment)
        else:
            validate(experiment)
            if self._quick and _size(experiment) < _MOST_AT_ONCE:
                result = self._try(experiment)
        if result is not None:
            self.stop()
            return result
        self.begin(experiment, done)
        return None

    def _try(self, experiment):
        end = time.perf_counter() + _AT_ONCE

        def look_at_the_clock(fraction):
            if fraction < 1 and time.perf_counter() > end:
                raise _TooLongError

        try:
            return simulate(experiment, look_at_the_clock)
        except _TooLongError:
            self._quick = False
            return None

    def begin(self, experiment: Experiment, done: Callable[[Result | Exception], None]) -> None:
        """Simulate in the thread, in place of the run that is under way.

        Parameters
        ----------
        experiment : Experiment
        done : callable
            Called with the result, or with the exception that ended the run.
        """
        if self._job:
            self._job.stopped = True
        self._job = job = _Job(experiment, self._ended, done, asyncio.get_running_loop())
        if self._has_thread():
            self._jobs.put(job)
        else:
            job.loop.call_soon(job.work)
        if self._timer is None:
            self._timer = job.loop.call_later(_BEFORE_PROGRESS, self._tick)

    def _has_thread(self) -> bool:
        """Whether there is a thread that computes. Where there is none yet, one is started if the system allows it."""
        if self._jobs is not None:
            return True
        jobs = queue.SimpleQueue()
        try:
            threading.Thread(target=_work, args=(jobs,), daemon=True, name="neurolab run").start()
        except (RuntimeError, MemoryError) as error:
            _LOG.warning("A long run is computed without a thread of its own: %s", error)
            return False
        self._jobs = jobs
        return True

    def _tick(self):
        self._tell(self._job.fraction)
        self._timer = self._job.loop.call_later(_BETWEEN_PROGRESS, self._tick)

    def _tell(self, fraction):
        for listener in self._listeners:
            listener(fraction)

    def _ended(self, job, outcome):
        if job is self._job:
            self._quick = job.seconds < _AT_ONCE
            self.stop()
            job.done(outcome)

    def stop(self):
        """End the run that is under way, if there is one; nobody will hear of it."""
        if self._job:
            self._job.stopped = True
            self._timer.cancel()
            self._job = self._timer = None
            self._tell(None)

    def close(self):
        """End the run and the thread."""
        self.stop()
        if self._jobs:
            self._jobs.put(None)
            self._jobs = None


class _Job:
    """One long run."""

    def __init__(self, experiment, ended, done, loop):
        self.experiment, self.done, self.loop = experiment, done, loop
        self.fraction, self.seconds, self.stopped = 0.0, 0.0, False
        self._ended = ended

    def work(self):
        begin = time.perf_counter()
        try:
            outcome = simulate(self.experiment, self._progress)
        except _StoppedError:
            return
        except Exception as error:  # it is for the page's thread to say what was wrong
            outcome = error
        except (
            KeyboardInterrupt
        ):  # without a thread of its own, a run that hangs is interrupted like an edit
            outcome = LimitError("The run took too long and was stopped. Make it shorter.")
        self.seconds = time.perf_counter() - begin
        try:
            self.loop.call_soon_threadsafe(self._ended, self, outcome)
        except RuntimeError:  # the page has gone, and its loop
            _LOG.debug("a run ended after its page")

    def _progress(self, fraction):
        if self.stopped:
            raise _StoppedError
        self.fraction = fraction
        time.sleep(_REST)


def _size(experiment):
    return step_count(experiment) * sum(group.size for group in experiment.groups)


def _work(jobs):
    while (job := jobs.get()) is not None:
        job.work()


def running_loop():
    """The event loop of the page, or None where there is none, as in a plain script."""
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
