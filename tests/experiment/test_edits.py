"""Edits change one thing, and keep what still fits."""

import pytest

from neurolab.errors import ParseError, RangeError
from neurolab.experiment.edits import (
    add_parameter,
    remove_parameter,
    set_connection,
    set_neurons,
    set_size,
    set_weight,
    unused_parameters,
)
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate


def test_fewer_and_more_inputs_keep_the_spikes_and_weights_that_fit():
    more = set_size(TUTORIAL, "inputs", 3)
    assert more.group("inputs").spikes == ((1.0, 4.0), (2.0, 3.0), ())
    assert more.connection("C2").weights == ((0.0,), (3.0,), (0.0,))
    assert set_size(more, "inputs", 2) == TUTORIAL
    assert set_size(TUTORIAL, "inputs", 1).connection("C1").weights == ((6.0,),)
    simulate(set_size(set_size(TUTORIAL, "inputs", 5), "target", 4))


def test_more_targets_get_columns_of_zeros():
    assert set_size(TUTORIAL, "target", 2).connection("C1").weights == ((6.0, 0.0), (0.0, 0.0))


@pytest.mark.parametrize("size", [0, -1, 10_001, 1.5])
def test_impossible_sizes_are_refused(size):
    with pytest.raises(RangeError, match="Write a whole number from 1 to 10,000"):
        set_size(TUTORIAL, "target", size)


def test_a_weight_changes_alone():
    changed = set_weight(TUTORIAL, "C1", 1, 0, -2)
    assert changed.connection("C1").weights == ((6.0,), (-2.0,))
    assert changed.connection("C2") == TUTORIAL.connection("C2")


def test_renaming_a_variable_takes_its_connection_along():
    renamed = set_neurons(
        TUTORIAL, "target", equations="dVa/dt = -Va/tau_a : volt\ndU/dt = -U/tau_b : volt"
    )
    assert renamed.connection("C2").state == "U"
    assert renamed.connection("C1").state == "Va"
    simulate(renamed)


RESET_MAKES_W = set_connection(
    set_neurons(
        set_connection(TUTORIAL, "C2", state="Va"),
        "target",
        equations="dVa/dt = -Va/tau_a : volt\nw : volt",
        reset="Va = 0*mV; w += 1*mV",
    ),
    "C2",
    state="w",
)


@pytest.mark.parametrize(
    ("line", "state"), [("w : volt", "w"), ("dw/dt = -w/tau_b : volt", "w"), ("u : volt", "Va")]
)
def test_other_equations_keep_a_connection_to_a_variable_that_only_the_reset_changes(line, state):
    simulate(RESET_MAKES_W)
    changed = set_neurons(RESET_MAKES_W, "target", equations=f"dVa/dt = -2*Va/tau_a : volt\n{line}")
    assert changed.connection("C2").state == state
    assert changed.connection("C1").state == "Va"


def test_equations_change_while_a_connection_leads_to_no_state():
    without = set_neurons(RESET_MAKES_W, "target", reset="Va = 0*mV")
    assert (
        set_neurons(without, "target", equations="dU/dt = -U/tau_a : volt").connection("C2").state
        == "U"
    )


def test_equations_change_while_the_reset_cannot_be_read():
    broken = set_neurons(TUTORIAL, "target", reset="Va =")
    assert (
        set_neurons(broken, "target", equations="dU/dt = -U/tau_a : volt").connection("C1").state
        == "U"
    )


def test_a_new_parameter_can_be_used_and_an_unused_one_removed():
    added = add_parameter(TUTORIAL, "tau_c", 5, "ms")
    assert unused_parameters(added) == ["tau_c"]
    assert remove_parameter(added, "tau_c") == TUTORIAL
    used = set_neurons(
        added, "target", equations="dVa/dt = -Va/tau_c : volt\ndVb/dt = -Vb/tau_b : volt"
    )
    assert unused_parameters(used) == ["tau_a"]
    simulate(used)


@pytest.mark.parametrize(
    "name",
    [
        "exp",
        "t",
        "xi",
        "pi",
        "e",
        "inf",
        "Inf",
        "if",
        "lambda",
        "True",
        "mV",
        "volt",
        "ms",
        "Va",
        "Vb",
    ],
)
def test_names_with_a_meaning_of_their_own_are_no_parameters(name):
    with pytest.raises(ParseError, match="Choose another name"):
        add_parameter(TUTORIAL, name, 1, "")
