"""Which variables share a figure."""

import pytest

from neurolab.experiment.presets import BALANCED, PRESETS
from neurolab.ui.pictures.figure_choice import Span, choose_figures, far_key, small_key
from neurolab.ui.pictures.plots import Pictures
from neurolab.ui.store.store import Store

V, GE, GI = ("cells", "V"), ("cells", "ge"), ("cells", "gi")


def test_a_membrane_potential_far_from_0_and_conductances_have_figures_of_their_own():
    spans = {V: Span("mV", -67, -50), GE: Span("mV", 0, 11), GI: Span("mV", -36, 0)}
    assert choose_figures(spans, {}) == {V: far_key("mV"), GE: "mV", GI: "mV"}


def test_variables_of_like_size_share_a_figure():
    spans = {V: Span("mV", 0, 10), GE: Span("mV", 0, 22), GI: Span("mV", -16, 0)}
    assert set(choose_figures(spans, {}).values()) == {"mV"}


def test_each_unit_has_a_figure():
    spans = {V: Span("mV", 0, 10), GE: Span("nA", 0, 0.1)}
    assert choose_figures(spans, {}) == {V: "mV", GE: "nA"}


def test_a_much_smaller_variable_has_a_figure_of_its_own_and_one_without_values_does_not():
    spans = {V: Span("mV", 0, 10), GE: Span("mV", 0, 0.1), GI: Span("mV", 0, 0)}
    assert choose_figures(spans, {}) == {V: "mV", GE: small_key("mV"), GI: "mV"}


@pytest.mark.parametrize("peak", [0.5, 0.7])
def test_a_variable_stays_where_it_is_at_a_small_change(peak):
    spans = {V: Span("mV", 0, 10), GE: Span("mV", 0, peak)}
    for key in ("mV", small_key("mV")):
        assert choose_figures(spans, {V: "mV", GE: key})[GE] == key


def test_variables_that_are_all_far_from_0_share_a_figure():
    spans = {V: Span("mV", -67, -50), GE: Span("mV", -60, -55)}
    assert set(choose_figures(spans, {}).values()) == {"mV"}


def drawn(experiment):
    store = Store(experiment)
    pictures = Pictures(store)
    store.subscribe(pictures.show)
    store.refresh()
    return store, pictures


def test_v_of_the_balanced_network_does_not_squeeze_ge_and_gi():
    pictures = drawn(BALANCED)[1]
    potential, conductances = pictures._figures.values()
    low, high = potential._axes.limits
    assert -80 < low < high < -40
    assert conductances._axes.limits[0] < 0 < conductances._axes.limits[1]


@pytest.mark.parametrize("key", sorted(set(PRESETS) - {"balanced"}))
def test_the_other_presets_have_one_figure(key):
    assert len(drawn(PRESETS[key].experiment)[1]._figures) == 1
