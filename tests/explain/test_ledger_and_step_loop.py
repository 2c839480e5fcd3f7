"""The ledger of random networks beside what the step loop does, noted while it does it."""

import numpy as np
import pytest

from neurolab.engine import projection, step_loop
from neurolab.experiment import simulate as simulate_module
from neurolab.experiment.simulate import simulate
from neurolab.explain.ledger import ledger

from ..experiment.any_network import any_network


@pytest.fixture
def noted_steps(monkeypatch):
    """What the step loop does, noted while it does it: (step, kind, group, neuron, row, before, after)."""
    log = []

    class Projection(projection.Projection):
        def __init__(self, source, target, row, rows, delay=0):
            super().__init__(source, target, row, rows, delay)
            self.matrix, self.row_of_state, self.fired = rows, row, {}

        def deliver(self, now):
            self.fired[now + self.delay] = self.source.spikes
            values = self.target.current[self.row_of_state].copy()
            for source in self.fired.pop(now, []):
                self.note(now, source, values)
            super().deliver(now)
            np.testing.assert_array_equal(self.target.current[self.row_of_state], values)

        def note(self, now, source, values):
            targets, weights = self.matrix.row(source)
            for target, weight in zip(targets.tolist(), weights.tolist()):
                log.append(
                    (
                        now,
                        "delivery",
                        self.target.name,
                        target,
                        self.row_of_state,
                        values[target],
                        values[target] + weight,
                    )
                )
                values[target] += weight
            if not len(targets):
                log.append((now, "nothing", None, source, self.row_of_state, 0.0, 0.0))

    class Population(step_loop.Population):
        def reset(self, now):
            before, spikes = self.current.copy(), self.spikes
            super().reset(now)
            for neuron in spikes:
                log.append((now, "threshold", self.name, neuron, None, 0.0, 0.0))
                for row in dict.fromkeys(row for row, _, _ in self.model.reset_rows):
                    log.append(
                        (
                            now,
                            "reset",
                            self.name,
                            neuron,
                            row,
                            before[row, neuron],
                            self.current[row, neuron],
                        )
                    )

    monkeypatch.setattr(simulate_module, "Projection", Projection)
    monkeypatch.setattr(simulate_module, "Population", Population)
    return log


@pytest.mark.parametrize("seed", range(60))
def test_events_are_what_the_step_loop_does(noted_steps, seed):
    experiment = any_network(seed)
    result = simulate(experiment)
    kinds = ("delivery", "nothing", "threshold", "reset")
    found = [event for event in ledger(result, most=10**6).events if event.kind in kinds]
    assert [event.step for event in found] == sorted(event.step for event in found)
    index = {name: states.index for name, states in result.states.items()}

    def told(kind):
        return [event for event in found if event.kind == kind]

    done = {kind: [entry for entry in noted_steps if entry[1] == kind] for kind in kinds}
    assert [(e.step, e.source) for e in told("nothing")] == [
        (step, source) for step, _, _, source, *_ in done["nothing"]
    ]
    assert sorted((e.step, e.group, e.neuron) for e in told("threshold")) == sorted(
        (step, group, neuron) for step, _, group, neuron, *_ in done["threshold"]
    )
    for kind in ("delivery", "reset"):
        for event, (step, _, group, neuron, row, before, after) in zip(
            told(kind), done[kind], strict=True
        ):
            assert (event.step, event.group, event.neuron, index[event.group](event.state)) == (
                step,
                group,
                neuron,
                row,
            )
            if event.outcome == "held":
                assert event.after == event.before == result.recorded[group][step, row, neuron]
                assert event.amount == pytest.approx(after - before, abs=1e-15)
            else:
                assert (event.before, event.after) == pytest.approx(
                    (before, after), rel=1e-9, abs=1e-14
                )


def test_the_random_networks_hold_all_that_is_to_be_tested():
    found = [
        event
        for seed in range(60)
        for event in ledger(simulate(any_network(seed)), most=10**6).events
    ]
    kinds, outcomes = {event.kind for event in found}, {event.outcome for event in found}
    assert kinds == {"spike", "delivery", "nothing", "threshold", "reset", "hold", "release"}
    assert outcomes == {"", "below", "sank", "fires", "overwritten", "held", "refractory"}


@pytest.mark.parametrize("seed", range(60))
def test_every_verdict_is_true_of_what_comes_next(seed):
    experiment = any_network(seed)
    result = simulate(experiment)
    fired = {
        (group, step, neuron)
        for group, firings in result.firings.items()
        for step, neurons in firings
        for neuron in neurons.tolist()
    }
    for event in ledger(result, most=10**6).events:
        assert event.sentence
        if event.outcome in ("below", "sank", "refractory", "fires"):
            assert ((event.group, event.step + 1, event.neuron) in fired) is (
                event.outcome == "fires"
            )
        if event.outcome == "overwritten":
            assert (event.group, event.step, event.neuron) in fired
        if event.outcome == "sank":
            assert event.after > 5e-3 >= event.checked
        if event.outcome == "below":
            assert event.after <= 5e-3
