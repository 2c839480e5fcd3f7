"""Networks from afar: populations and their rates, statistics of connections."""

from dataclasses import replace

import numpy as np
import pytest

from neurolab.experiment.expansion import rows_of
from neurolab.experiment.experiment import (
    Entries,
    Experiment,
    Inputs,
    Neurons,
    Parameter,
    Rule,
    Synapses,
)
from neurolab.experiment.presets import BALANCED, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.connection_statistics import histogram, statistics
from neurolab.explain.populations import Population, bin_width, population_rate, populations

INPUTS = Inputs("inputs", tuple((float(neuron),) for neuron in range(10)))
CELLS = Neurons("cells", 10, "dV/dt = -V/tau : volt")


def network(*weights):
    """Ten inputs that fire one a millisecond, with connections from them."""
    return Experiment(
        groups=(INPUTS, CELLS),
        parameters=(Parameter("tau", 5.0, "ms"),),
        connections=tuple(
            Synapses(f"C{number}", "inputs", "cells", "V", matrix)
            for number, matrix in enumerate(weights)
        ),
    )


def test_the_balanced_network_has_a_population_that_excites_and_one_that_inhibits():
    found = populations(BALANCED, BALANCED.group("neurons"))
    assert found == [Population("neurons", 0, 3200, 1), Population("neurons", 3200, 4000, -1)]
    assert [population.label for population in found] == ["neurons 0–3199", "neurons 3200–3999"]


@pytest.mark.parametrize(
    ("weights", "expected"),
    [
        ((), [(0, 10, 0)]),
        ((Rule("full", 1.0),), [(0, 10, 1)]),
        ((Rule("full", 1.0), Rule("full", -1.0)), [(0, 10, 0)]),
        ((Rule("full", -1.0, sources=(4, 10)),), [(0, 4, 0), (4, 10, -1)]),
        (
            (Entries((0, 5), (0, 0), (1.0, 2.0)), Entries((6, 9), (0, 0), (-1.0, -2.0))),
            [(0, 6, 1), (6, 10, -1)],
        ),
        ((Entries((0, 5), (0, 0), (1.0, -2.0)),), [(0, 6, 0), (6, 10, 0)]),
        (tuple(Rule("full", 1.0, sources=(k, k + 1)) for k in range(10)), [(0, 10, 1)]),
    ],
)
def test_populations_begin_where_connections_do(weights, expected):
    found = populations(network(*weights), INPUTS)
    assert [(first, last, effect) for _, first, last, effect in found] == expected


def test_the_rate_is_spikes_over_time_and_neurons():
    result = simulate(network())
    rate = population_rate(result, Population("inputs", 0, 10, 0), 1.0)
    np.testing.assert_allclose(rate, np.full(10, 100.0))  # one of ten neurons in each millisecond
    half = population_rate(result, Population("inputs", 5, 10, 0), 5.0)
    np.testing.assert_allclose(half, [0.0, 200.0])


def test_the_last_bin_may_be_a_short_one():
    result = simulate(network())
    np.testing.assert_allclose(
        population_rate(result, Population("inputs", 0, 10, 0), 4.0), [100.0, 100.0, 100.0]
    )


def test_the_rates_add_up_to_the_spikes():
    result = simulate(replace(BALANCED, duration=30.0))
    width = bin_width(result.experiment)
    total = sum(
        population_rate(result, population, width).sum()
        * (population.last - population.first)
        * width
        * 1e-3
        for population in populations(result.experiment, BALANCED.group("neurons"))
    )
    assert total == pytest.approx(len(result.spikes("neurons")[0]))


@pytest.mark.parametrize(
    ("duration", "dt", "width"),
    [(10.0, 0.1, 0.1), (500.0, 0.1, 5.0), (300.0, 0.1, 5.0), (7.0, 0.7, 0.7), (200.0, 0.03, 3.0)],
)
def test_bins_are_a_round_number_of_steps(duration, dt, width):
    assert bin_width(replace(TUTORIAL, duration=duration, dt=dt)) == pytest.approx(width)


def test_statistics_of_a_random_rule_are_those_of_the_binomial_distribution():
    rule = Rule("random", 2.0, 0.1, seed=5, sources=(100, 600))
    found = statistics(rows_of(rule, 1e-3, 1000, 800), 1e-3, (100, 600), (0, 800))
    assert found.synapses == pytest.approx(40_000, abs=4 * (40_000 * 0.9) ** 0.5)
    assert found.probability == pytest.approx(found.synapses / (500 * 800))
    assert (found.weight_mean, found.weight_spread) == (pytest.approx(2.0), 0.0)
    assert (found.sent.shape, found.received.shape) == ((500,), (800,))
    assert found.sent.sum() == found.received.sum() == found.synapses
    assert found.received.std() == pytest.approx((500 * 0.1 * 0.9) ** 0.5, rel=0.1)


def test_statistics_of_weights_that_differ():
    found = statistics(
        rows_of(Entries((0, 1), (0, 1), (1.0, 3.0)), 1e-3, 4, 4), 1e-3, (0, 2), (0, 2)
    )
    assert (found.synapses, found.probability, found.weight_mean, found.weight_spread) == (
        2,
        0.5,
        pytest.approx(2.0),
        pytest.approx(1.0),
    )


def test_statistics_of_a_connection_without_synapses():
    found = statistics(rows_of(Entries((), (), ()), 1e-3, 4, 4), 1e-3, (0, 4), (0, 4))
    assert (found.synapses, found.probability, found.weight_mean) == (0, 0.0, 0.0)


@pytest.mark.parametrize(
    "values",
    [
        np.arange(10),
        np.array([3, 3, 3]),
        np.arange(1000),
        np.array([0.5, 0.5]),
        np.linspace(-3, 7, 500),
    ],
)
def test_a_histogram_counts_every_value_in_few_bins(values):
    counts = histogram(values)
    assert counts.sum() == len(values)
    assert len(counts) <= 25


def test_a_histogram_of_whole_numbers_has_as_many_of_them_in_each_bin():
    counts = histogram(np.arange(96))
    assert set(counts.tolist()) == {4}
