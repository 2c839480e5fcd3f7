"""Neurons that fire at random: rates, independence, and the shortcut for rates that do not change."""

import numpy as np
import pytest

from neurolab.engine.sources import PoissonSource, SteadyPoissonSource


def counts_of(source, steps, size):
    counts = np.zeros((steps, size), dtype=int)
    for step in range(steps):
        source.settle(step, 1)
        counts[step, source.spikes] += 1
        assert len(np.unique(source.spikes)) == len(source.spikes)
    return counts


@pytest.mark.parametrize("rates", [200.0, np.array([0.0, 50.0, 400.0, 20.0])])
def test_each_neuron_fires_with_its_rate_and_independently_of_the_others(rates):
    steps, size, dt = 200_000, 4, 1e-4
    source = SteadyPoissonSource(rates, size, dt, np.random.default_rng(7))
    counts = counts_of(source, steps, size)
    expected = np.broadcast_to(rates, size) * dt * steps
    assert np.all(np.abs(counts.sum(axis=0) - expected) <= 5 * np.sqrt(expected))
    together = (counts[:, 1] & counts[:, 2]).sum()
    by_chance = expected[1] * expected[2] / steps
    assert abs(together - by_chance) < 5 * np.sqrt(by_chance)
    gaps = np.diff(np.flatnonzero(counts[:, 2]))
    p = expected[2] / steps
    assert abs((gaps == 1).mean() - p) < 5 * np.sqrt(p / len(gaps))


def test_both_kinds_of_sources_have_the_same_distribution():
    steps, size, dt = 50_000, 20, 1e-4
    rates = np.linspace(10, 300, size)
    steady = counts_of(SteadyPoissonSource(rates, size, dt, np.random.default_rng(1)), steps, size)
    plain = counts_of(
        PoissonSource(lambda step: rates, size, dt, np.random.default_rng(2)), steps, size
    )
    for numbers in (steady.sum(axis=1), plain.sum(axis=1)):
        assert numbers.mean() == pytest.approx(rates.sum() * dt, rel=0.03)
        assert numbers.var() == pytest.approx((rates * dt * (1 - rates * dt)).sum(), rel=0.05)


def test_the_next_event_is_the_next_spike_or_the_end_of_what_was_drawn():
    source = SteadyPoissonSource(5.0, 3, 1e-4, np.random.default_rng(3))
    step = 0
    spikes = 0
    while step < 200_000:
        event = source.next_event(step)
        assert event >= step
        source.settle(event, event - step + 1)
        spikes += len(source.spikes)
        step = event + 1
    assert spikes == pytest.approx(5 * 20 * 3, abs=5 * np.sqrt(300))


def test_a_source_can_start_again_from_an_earlier_step():
    source = SteadyPoissonSource(100.0, 5, 1e-4, np.random.default_rng(3))
    for start in (0, 500_000, 100):
        source.settle(start, 1)
        assert source.next_event(start) >= start
