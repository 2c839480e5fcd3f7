"""What lights up in raster, matrices and traces at the time cursor, without a browser."""

import numpy as np
import pytest

from neurolab.experiment.edits import set_connection, set_parameter, set_spikes
from neurolab.experiment.presets import COUPLED, TUTORIAL
from neurolab.ui.panels.connections_panel import ConnectionsPanel
from neurolab.ui.pictures.plots import Pictures
from neurolab.ui.store.cursor_moment import Moment
from neurolab.ui.store.store import Store

# The second spike of inputs 0 lifts Va above the threshold, and it is still above it one step later.
FIRING = set_spikes(TUTORIAL, "inputs", 0, (1.0, 1.1))


@pytest.fixture
def store():
    return Store(TUTORIAL)


@pytest.fixture
def moment(store):
    return Moment(store)


def edit(store, change, *arguments):
    store.edit((change.__name__,), lambda experiment: change(experiment, *arguments))


@pytest.fixture
def page(store, moment):
    pictures, connections = Pictures(store), ConnectionsPanel(store)
    for part in (pictures, connections):
        store.subscribe(part.show)
        moment.subscribe(part.follow)
    store.refresh()
    return pictures, connections


def lit(page):
    """The raster's spike, the matrices' cells, and the jumps in the figures: (time, before, after)."""
    pictures, connections = page
    matrices = {
        name: control._parts["matrix", ""] for name, control in connections._matrices.items()
    }
    cells = {name: matrix.highlight for name, matrix in matrices.items() if matrix.highlight}
    jumps = {}
    for name, figure in pictures._figures.items():
        bracket, ring = figure._jump.marks or (None, None)
        if ring is not None and ring.visible:
            jumps[name] = (ring.x[0], bracket.y[0] if bracket.visible else None, ring.y[0])
    return pictures._raster.lit, cells, jumps


def test_at_a_delivery_spike_entry_and_jump_light_up_together(page, moment):
    moment.go(4.0)
    spike, cells, jumps = lit(page)
    assert (spike, cells) == ([0, 4.0], {"C1": [0, 0]})
    assert jumps == {"mV": (4.0, pytest.approx(6 * np.exp(-3)), pytest.approx(6 + 6 * np.exp(-3)))}


def test_an_empty_row_lights_up_without_a_jump(page, moment):
    moment.go_to(1)
    assert lit(page) == ([0, 1.0], {"C2": [0]}, {})


def test_a_firing_lights_up_the_neuron_s_own_spike_and_the_value_that_was_seen(store, page, moment):
    store.load(FIRING)
    moment.go(1.2)
    while moment.event.kind != "threshold":
        moment.previous()
    seen = (6 * np.exp(-0.1) + 6) * np.exp(-0.1)
    assert lit(page) == ([2, 1.2], {}, {"mV": (1.2, None, pytest.approx(seen))})
    moment.next()
    assert lit(page) == ([2, 1.2], {}, {"mV": (1.2, pytest.approx(seen), 0.0)})


def test_between_events_and_without_a_cursor_nothing_is_lit(page, moment):
    for time in (2.5, None):
        moment.go(4.0)
        moment.go(time)
        assert lit(page) == ([], {}, {})


def test_a_delayed_spike_lights_up_where_it_was_fired_and_jumps_where_it_arrives(
    store, page, moment
):
    store.edit(("delay",), lambda experiment: set_connection(experiment, "C1", delay=2.0))
    moment.go(3.0)
    spike, cells, jumps = lit(page)
    assert (spike, cells, jumps["mV"][0]) == ([0, 1.0], {"C1": [0, 0]}, 3.0)


def test_a_spike_asked_for_between_two_steps_is_lit_where_the_raster_has_it(store, page, moment):
    edit(store, set_spikes, "inputs", 0, (1.04,))
    moment.next()
    assert moment.time == 1.1
    assert lit(page)[0] == [0, 1.04]


def test_what_is_lit_follows_an_edit(store, page, moment):
    moment.go(4.0)
    edit(store, set_parameter, "tau_a", 2.0)
    assert lit(page)[2]["mV"][1:] == (
        pytest.approx(6 * np.exp(-1.5)),
        pytest.approx(6 + 6 * np.exp(-1.5)),
    )
    store.load(COUPLED)
    assert lit(page)[0] == [0, 4.0]


def test_jump_marks_are_made_when_they_are_first_needed(page, moment):
    pictures, _ = page
    figure = pictures._figures["mV"]
    before = len(figure._figure.marks)
    moment.go(2.5)
    assert len(figure._figure.marks) == before
    moment.go(4.0)
    assert len(figure._figure.marks) == before + 2
    moment.go(3.0)
    assert len(figure._figure.marks) == before + 2
