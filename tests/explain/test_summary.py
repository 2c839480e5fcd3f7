"""The traces in words."""

from neurolab.experiment.edits import set_neurons, set_parameter, set_run, set_weight
from neurolab.experiment.presets import TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.summary import summary


def test_it_says_where_a_variable_is_highest_and_where_it_ends():
    # Va: 6 mV at 1 ms decay with 1 ms; at 4 ms 6 exp(-3) = 0.30 mV are left, and 6 mV come.
    text = summary(simulate(TUTORIAL))
    assert "Va of target 0 peaks at 6.3 mV at 4 ms and ends at 0.0173 mV." in text


def test_it_says_when_a_neuron_fires():
    assert "Target does not fire." in summary(simulate(TUTORIAL))
    firing = set_parameter(TUTORIAL, "Vt", 5.0)
    assert "Target fires at 1.1 and 4.1 ms." in summary(simulate(firing))


def test_it_says_where_a_variable_is_lowest():
    inhibited = set_weight(TUTORIAL, "C1", 0, 0, -6.0)
    assert "Va of target 0 falls to −6.3 mV at 4 ms" in summary(simulate(inhibited))


def test_a_variable_that_nothing_moves_is_said_to_stay():
    still = set_weight(TUTORIAL, "C1", 0, 0, 0.0)
    assert "Va of target 0 stays at 0 mV." in summary(simulate(still))


def test_numbers_are_said_as_people_say_them():
    # 10 ms after the last spike, with 0.5 ms: 1000 mV exp(-20) are left, which is 2 in a thousand million.
    large = set_run(
        set_weight(set_parameter(TUTORIAL, "tau_a", 0.5), "C1", 0, 0, 1000.0), duration=20.0
    )
    text = summary(simulate(set_neurons(large, "target", threshold="")))
    assert "Va of target 0 peaks at 1000 mV at 4 ms and ends at 0 mV." in text
