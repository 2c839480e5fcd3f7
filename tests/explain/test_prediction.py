"""How close a prediction is, and what is to be seen while it is made."""

import numpy as np
import pytest

from neurolab.experiment.edits import set_parameter, set_spikes, set_weight
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.ledger import ledger
from neurolab.explain.prediction import drawing_room, score

from ..experiment.small_presets import SMALL

RESULT = simulate(TUTORIAL)
AFTER = 3.5
TIMES = RESULT.times[35:] * 1e3
TRUTH = RESULT.trace("target", "Va")[0][35:]


def judged(values, result=RESULT, times=TIMES):
    return score(result, "target", "Va", 0, times, np.broadcast_to(values, times.shape))


def test_the_trace_itself_is_exact():
    assert judged(TRUTH).rms == 0
    assert judged(TRUTH).share == 1
    assert judged(TRUTH).words == "Nearly exact."


def test_a_flat_line_goes_none_of_the_way():
    flat = judged(TRUTH[0])
    assert flat.rms == flat.flat == pytest.approx(np.sqrt(np.mean((TRUTH[1:] - TRUTH[0]) ** 2)))
    assert flat.share == 0
    assert flat.words == "About as close as a flat line."


def test_half_way_between_the_flat_line_and_the_trace_is_half_of_the_way():
    assert judged((TRUTH + TRUTH[0]) / 2).share == pytest.approx(0.5)


def test_a_constant_error_is_its_own_rms():
    assert judged(TRUTH + 1e-3).rms == pytest.approx(1e-3)


def test_worse_than_a_flat_line_is_said():
    assert judged(TRUTH - 20e-3).share < 0
    assert judged(TRUTH - 20e-3).words == "A flat line would have been closer."


def test_nearer_is_better_all_the_way():
    shares = [judged(TRUTH[0] + part * (TRUTH - TRUTH[0])).share for part in np.linspace(0, 1, 11)]
    assert (np.diff(shares) > 0).all()


def test_where_nothing_happens_the_flat_line_is_the_answer():
    silent = simulate(set_spikes(TUTORIAL, "inputs", 0, ()))
    assert judged(0.0, silent).share == 1
    assert judged(0.0, simulate(set_parameter(TUTORIAL, "tau_a", 1.0))).share < 0.2


def test_what_was_drawn_is_a_line_from_corner_to_corner():
    corners = np.array([3.5, 9.9])
    line = np.interp(TIMES[1:], corners, [0.0, 1e-3])
    assert judged(np.array([0.0, 1e-3]), times=corners).rms == pytest.approx(
        np.sqrt(np.mean((line - TRUTH[1:]) ** 2))
    )


def test_a_run_up_to_a_time_holds_nothing_that_comes_later():
    firing = set_parameter(TUTORIAL, "Vt", 4.0)
    seen = simulate(firing).until(AFTER)
    assert seen.times[-1] == pytest.approx(3.5e-3)
    assert seen.trace("target", "Va").shape == (1, 36)
    assert simulate(firing).spikes("target")[1].tolist() == pytest.approx([1.1e-3, 4.1e-3])
    assert seen.spikes("target")[1].tolist() == pytest.approx([1.1e-3])
    assert len(seen.spikes("inputs")[1]) == 4
    assert all(event.time <= 3.6 for event in ledger(seen).events)


@pytest.mark.parametrize("key", SMALL)
@pytest.mark.parametrize("after", [0.0, 2.0, 5.0])
def test_the_room_to_draw_depends_on_what_is_seen_and_not_on_what_is_hidden(key, after):
    experiment = SMALL[key]
    low, high = drawing_room(experiment, simulate(experiment).until(after), "mV")
    assert low < 0 < high
    more = set_spikes(
        experiment,
        "inputs",
        0,
        (
            *(t for t in experiment.group("inputs").spikes[0] if t <= after),
            *(after + 0.1 * k for k in range(1, 20)),
        ),
    )
    assert drawing_room(more, simulate(more).until(after), "mV") == (low, high)


def test_the_room_holds_twice_the_largest_weight_and_goes_down_where_one_is_negative():
    assert drawing_room(TUTORIAL, RESULT.until(0.0), "mV") == (-3.0, 12.0)
    negative = set_weight(TUTORIAL, "C2", 1, 0, -8.0)
    assert drawing_room(negative, simulate(negative).until(0.0), "mV") == (-16.0, 16.0)
