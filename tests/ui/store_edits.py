"""Edits for the tests of the lab's state."""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from neurolab.experiment.edits import set_parameter, set_run

TAU, DT = ("parameter", "tau_a"), ("run", "dt")


def run(coroutine):
    """Run a coroutine in a thread of its own: a test of another file may have left an event loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


def tau_a(value):
    return lambda experiment: set_parameter(experiment, "tau_a", value)


def dt(value):
    return lambda experiment: set_run(experiment, dt=value)
