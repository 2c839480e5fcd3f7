"""Runs that wait at a gate, and waiting for their end."""

import asyncio
import threading

from neurolab.experiment.simulate import simulate


class Gate:
    """Stands in for `simulate`: every run waits, asking for leave to go on, until it is let through."""

    def __init__(self):
        self.open, self.entered = threading.Event(), threading.Event()
        self.begun, self.failing = [], {}

    def __call__(self, checked, progress=None):
        experiment = checked.experiment
        self.begun.append(experiment)
        if progress is None:
            return simulate(checked)
        progress(0.0)
        self.entered.set()
        while not self.open.wait(0.001):
            progress(0.4)
        if experiment in self.failing:
            raise self.failing[experiment]
        return simulate(checked, progress)


async def end_of_run(store):
    for _ in range(1000):
        await asyncio.sleep(0.005)
        if not store.runner.busy:
            return
    raise AssertionError("the run did not end")


async def finish(store, gate):
    gate.open.set()
    await end_of_run(store)
