"""Equations are shown as mathematics that browsers draw without a script."""

import xml.etree.ElementTree as ElementTree

import pytest

from neurolab.experiment.edits import set_neurons
from neurolab.experiment.presets import PRESETS, TUTORIAL
from neurolab.explain.mathematics import equations_mathml
from neurolab.explain.threshold_levels import threshold_level


def text_of(mathml):
    mathml = mathml.replace("&InvisibleTimes;", "").replace("&ExponentialE;", "e")
    return "".join(ElementTree.fromstring(f"<x>{mathml}</x>").itertext())


def test_a_decay_is_a_fraction_with_greek_letters():
    mathml = equations_mathml("dVa/dt = -Va/tau_a : volt")
    assert text_of(mathml) == "dVadt=−Vaτa"
    assert mathml.count("<mfrac>") == 2
    assert "<msub>" in mathml


def test_terms_stand_in_the_order_in_which_they_were_typed():
    assert text_of(equations_mathml("dV/dt = (z + a - b)/tau : 1")) == "dVdt=z+a−bτ"


@pytest.mark.parametrize("key", PRESETS)
def test_the_equations_of_every_preset_can_be_shown(key):
    for group in PRESETS[key].experiment.neurons:
        assert equations_mathml(group.equations).count("<math") == group.equations.count("dt")


def test_the_threshold_line_is_where_the_condition_says():
    assert threshold_level(TUTORIAL, TUTORIAL.group("target")) == ("Va", pytest.approx(0.01), "Vt")
    for condition, expected in (
        ("Vb > 2*Vt", ("Vb", pytest.approx(0.02), "2 * Vt")),
        ("Va > Vb", None),
        ("", None),
        ("Va + Vb > Vt", None),
        ("Va > 7*mV", ("Va", pytest.approx(0.007), "7 * mV")),
    ):
        other = set_neurons(TUTORIAL, "target", threshold=condition)
        assert threshold_level(other, other.group("target")) == expected


def test_what_has_no_place_in_mathematics_is_shown_as_it_was_typed():
    assert "(Va &gt; Vt)*Vt" in equations_mathml("dVa/dt = ((Va > Vt)*Vt - Va)/tau_a : volt")


def test_a_formula_whose_value_could_not_be_written_down_is_shown_at_once():
    assert (
        equations_mathml("dVa/dt = -Va*exp(-exp(exp(exp(3.0))))/tau_a : volt").count("<msup>") == 4
    )
