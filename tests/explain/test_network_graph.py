"""A network as it is drawn: layers, neurons or boxes, and what its arrows say."""

import pytest

from neurolab.experiment.checked import check
from neurolab.experiment.edits import set_connection, set_weight
from neurolab.experiment.experiment import Entries, Synapses
from neurolab.experiment.presets import PRESETS, TUTORIAL
from neurolab.experiment.simulate import simulate
from neurolab.explain.network_graph import MOST_ARROWS, MOST_PAIRS, graph_of

from ..experiment.networks import (
    ALONE,
    BALANCE,
    CHAIN,
    DENSE,
    FIVE,
    LARGE,
    LAYERS,
    LISTED,
    NETWORKS,
    RING,
    SELVES,
    TEN,
    full,
    network,
)


def arrows(experiment):
    return [
        (arrow.connection, arrow.source.label, arrow.target.label, arrow.weight)
        for arrow in graph_of(experiment).arrows
    ]


def layers(experiment):
    return {cluster.name: cluster.layer for cluster in graph_of(experiment).clusters}


@pytest.mark.parametrize("experiment", NETWORKS.values(), ids=NETWORKS)
def test_the_networks_of_these_tests_can_be_simulated(experiment):
    check(experiment)


def test_the_tutorial_has_an_arrow_for_each_entry_of_its_matrices():
    assert arrows(TUTORIAL) == [
        ("C1", "inputs 0", "target 0", 6.0),
        ("C1", "inputs 1", "target 0", 0.0),
        ("C2", "inputs 0", "target 0", 0.0),
        ("C2", "inputs 1", "target 0", 3.0),
    ]


def test_an_arrow_says_its_entry_its_weight_and_where_it_leads():
    first, second, *_ = graph_of(set_weight(TUTORIAL, "C1", 1, 0, -2.5)).arrows
    assert first.sentence == "C1[0, 0] = +6 mV: inputs 0 → Va of target 0"
    assert second.sentence == "C1[1, 0] = −2.5 mV: inputs 1 → Va of target 0"
    assert (first.sign, second.sign) == ("excites", "inhibits")


def test_a_delay_is_said():
    late = set_connection(TUTORIAL, "C1", delay=1.5)
    assert (
        graph_of(late).arrows[0].sentence
        == "C1[0, 0] = +6 mV: inputs 0 → Va of target 0, after 1.5 ms"
    )


def test_an_arrow_without_a_synapse_says_zero():
    zero = graph_of(TUTORIAL).arrows[1]
    assert (zero.sentence, zero.sign, zero.strength) == (
        "C1[1, 0] = 0 mV: inputs 1 → Va of target 0",
        "zero",
        0.0,
    )


def test_strength_is_relative_to_the_largest_weight_of_the_same_unit():
    assert [arrow.strength for arrow in graph_of(TUTORIAL).arrows] == [1.0, 0.0, 0.0, 0.5]
    stronger = set_weight(TUTORIAL, "C2", 1, 0, -24.0)
    assert [arrow.strength for arrow in graph_of(stronger).arrows] == [0.25, 0.0, 0.0, 1.0]


def test_a_variable_has_the_place_that_gives_it_its_colour_in_the_traces():
    assert [arrow.style for arrow in graph_of(TUTORIAL).arrows] == [0, 0, 1, 1]
    assert {arrow.target.group: arrow.style for arrow in graph_of(LAYERS).arrows} == {
        "relay": 0,
        "out": 2,
    }


def test_a_network_with_many_pairs_shows_only_those_with_a_synapse():
    many = network(
        {"target": 7},
        Synapses("C1", "inputs", "target", "V", ((1.0,) + (0.0,) * 6, (0.0,) * 7)),
        Synapses("C2", "inputs", "target", "w", ((0.0,) * 7, (0.0,) * 6 + (2.0,))),
    )
    assert arrows(many) == [
        ("C1", "inputs 0", "target 0", 1.0),
        ("C2", "inputs 1", "target 6", 2.0),
    ]
    assert len(arrows(FIVE)) == MOST_PAIRS
    assert sum(weight == 0 for *_, weight in arrows(FIVE)) == 6


def test_a_neuron_of_several_without_a_synapse_to_itself_has_no_arrow_to_itself():
    to_itself = [
        (source, weight) for name, source, target, weight in arrows(RING) if source == target
    ]
    assert to_itself == [("cells 2", 0.5)]
    assert ("S", "cell 0", "cell 0", 0.0) in arrows(set_weight(SELVES, "S", 0, 0, 0.0))


def test_more_synapses_than_can_be_told_apart_are_one_arrow():
    between = network({"a": 8, "b": 8}, Synapses("C", "a", "b", "V", full(8, 8)))
    graph = graph_of(between)
    assert len(graph.arrows) == 1 < MOST_ARROWS < 8 * 8 == graph.arrows[0].synapses.synapses
    assert [cluster.shape for cluster in graph.clusters] == ["column"] * 3


def test_a_group_with_more_synapses_in_itself_is_a_box():
    assert len(arrows(DENSE)) == 2 * 7 + 7 * 7
    graph = graph_of(TEN)
    assert graph.clusters[1].shape == "stack"
    assert [
        (arrow.source.label, arrow.target.label, arrow.synapses.synapses) for arrow in graph.arrows
    ] == [("cells", "cells", 100)]


def test_a_large_group_is_a_box_and_its_connection_one_arrow_with_its_numbers():
    graph, rows = graph_of(LARGE), simulate(LARGE).rows
    assert [(cluster.shape, len(cluster.ends)) for cluster in graph.clusters] == [
        ("column", 2),
        ("stack", 1),
    ]
    count = len(rows["C"].targets)
    assert graph.arrows[0].sentence == (
        f"C: {count} synapses of +6 mV, {count / 800:.3g} of all pairs: inputs → V of cells"
    )
    assert graph.arrows[1].sentence.endswith("cells → w of cells, after 1.5 ms")
    assert graph.arrows[1].synapses.synapses == len(rows["R"].targets)


def test_the_parts_of_a_group_that_connections_tell_apart_are_boxes_of_their_own():
    graph = graph_of(PRESETS["balanced"].experiment)
    (cluster,) = graph.clusters
    assert [end.label for end in cluster.ends] == ["neurons 0–3199", "neurons 3200–3999"]
    assert [(arrow.source, arrow.target.label, arrow.weight) for arrow in graph.arrows] == [
        (cluster.ends[0], "neurons", 1.62),
        (cluster.ends[1], "neurons", -9.0),
    ]


def test_weights_that_differ_are_said_by_their_mean_and_spread():
    (arrow,) = graph_of(LISTED).arrows
    assert arrow.weight == 3.0
    assert "3 synapses of +3 ± 2.2 mV" in arrow.sentence


def test_entries_of_few_neurons_are_arrows_of_their_own():
    few = set_connection(TUTORIAL, "C1", weights=Entries((1,), (0,), (-4.0,)))
    assert arrows(few)[0] == ("C1", "inputs 1", "target 0", -4.0)


@pytest.mark.parametrize(
    ("experiment", "expected"),
    [
        (TUTORIAL, {"inputs": 0, "target": 1}),
        (
            LAYERS,
            {"inputs": 0, "relay": 1, "out": 2},
        ),  # though inputs lead to `out` as well, and `out` back
        (BALANCE, {"inputs": 0, "E": 1, "I": 2}),
        (
            CHAIN,
            {
                "inputs": 0,
                "layer_one": 1,
                "layer_two": 2,
                "layer_three": 3,
                "layer_four": 4,
                "layer_five": 5,
            },
        ),
        (ALONE, {"cell": 0}),
        (network({"a": 1, "b": 1}), {"inputs": 0, "a": 1, "b": 1}),
        (
            network(
                {"a": 1, "b": 1},
                Synapses("C", "a", "b", "V", full(1, 1)),
                Synapses("D", "b", "a", "V", full(1, 1)),
            ),
            {"inputs": 0, "a": 1, "b": 2},
        ),
    ],
)
def test_groups_stand_in_layers_from_the_inputs_on(experiment, expected):
    assert layers(experiment) == expected


def test_only_neurons_that_are_connected_among_themselves_stand_in_a_ring():
    shapes = [
        {cluster.name: cluster.shape for cluster in graph_of(experiment).clusters}
        for experiment in (RING, SELVES, FIVE)
    ]
    assert shapes == [
        {"inputs": "column", "cells": "ring"},
        {"inputs": "column", "cell": "column"},
        {"inputs": "column", "target": "column"},
    ]


def test_the_network_in_words():
    assert graph_of(TUTORIAL).summary == (
        "Groups: inputs (2 neurons), target (1 neuron). "
        "Connections: C1 from inputs to Va of target: 1 synapse; C2 from inputs to Vb of target: 1 synapse."
    )
    assert graph_of(ALONE).summary == "Groups: cell (1 neuron)."
