"""Programs of the series, run as a reader would run them."""

import runpy
from pathlib import Path

import numpy as np
import pytest
from matplotlib import pyplot

from neurolab.brian import magic
from neurolab.plotting import drawing


@pytest.fixture(scope="module")
def figures():
    """The recorded figures of the original simulator: arrays by program, monitor and neuron."""
    with np.load(Path(__file__).parent / "figures.npz") as stored:
        return dict(stored)


@pytest.fixture
def played(monkeypatch):
    """Run a program of the series in a namespace of its own; gives its names."""
    monkeypatch.setattr(drawing, "_backends", {})
    pyplot.close("all")

    def run(name, seed=1):
        magic.seed(seed)
        return runpy.run_path(str(Path(__file__).parent / "series" / f"{name}.py"))

    yield run
    pyplot.close("all")
