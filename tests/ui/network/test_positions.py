"""Where a network's picture puts neurons, arrows and labels: apart from each other, and within the page."""

from itertools import combinations

import numpy as np
import pytest

from neurolab.experiment.experiment import Synapses
from neurolab.explain.network_graph import graph_of
from neurolab.ui.network.arrow_labels import LETTER, LINE, labels
from neurolab.ui.network.arrows import curves
from neurolab.ui.network.network_picture import WIDTHS
from neurolab.ui.network.positions import layout
from tests.experiment.networks import (
    ALONE,
    BALANCE,
    CHAIN,
    FIVE,
    LARGE,
    LAYERS,
    NETWORKS,
    PARTS,
    RING,
    SELVES,
    full,
    network,
)

ALONG = np.linspace(0, 1, 41)


class Drawn:
    """A network laid out for a width."""

    def __init__(self, experiment, width):
        self.graph = graph_of(experiment)
        self.arrows = [
            (arrow.source[:3], arrow.target[:3], arrow.sign) for arrow in self.graph.arrows
        ]
        self.layout = layout(self.graph.clusters, self.arrows, width)
        self.curves = curves(self.layout, self.arrows)

    def curve(self, connection, source, target):
        return next(
            curve
            for arrow, curve in zip(self.graph.arrows, self.curves)
            if (arrow.connection, arrow.source.first, arrow.target.first)
            == (connection, source, target)
        )

    def labels(self, kinds):
        return labels(
            self.layout,
            self.curves,
            [[(letters, int(letters > 0)) for letters in lengths] for lengths in kinds],
        )


def gap(one, other):
    """How far two places are apart; negative where they overlap."""
    if one.round and other.round:
        return np.hypot(one.x - other.x, one.y - other.y) - one.half_width - other.half_width
    x, y = abs(one.x - other.x), abs(one.y - other.y)
    return max(x - one.half_width - other.half_width, y - one.half_height - other.half_height)


def nearest(curve, other):
    """Least distance between the inner parts of two curves."""
    a, b = curve.at(ALONG[14:27]), other.at(ALONG)
    return np.hypot(*(a[:, None] - b[None]).T).min()


def distances(curve, place):
    """Distances of a curve's points from the edge of a place."""
    dx, dy = abs(curve.at(ALONG) - (place.x, place.y)).T
    return (
        np.hypot(dx, dy) - place.half_width
        if place.round
        else np.maximum(dx - place.half_width, dy - place.half_height)
    )


every_network = pytest.mark.parametrize("experiment", NETWORKS.values(), ids=NETWORKS)
both_widths = pytest.mark.parametrize("width", WIDTHS)


@both_widths
@every_network
def test_neurons_boxes_and_groups_do_not_overlap(experiment, width):
    placed = Drawn(experiment, width).layout
    assert all(gap(one, other) >= 4 for one, other in combinations(placed.ends.values(), 2))
    assert all(gap(one, other) >= 10 for one, other in combinations(placed.frames.values(), 2))
    assert all(
        gap(title, frame) >= 0
        for title in placed.titles.values()
        for frame in placed.frames.values()
    )
    for group, *_ in placed.ends:
        for key, place in placed.ends.items():
            assert key[0] != group or gap(place, placed.frames[group]) <= -2 * min(
                place.half_width, place.half_height
            )


@both_widths
@every_network
def test_all_of_it_lies_within_the_width(experiment, width):
    drawn = Drawn(experiment, width)
    assert drawn.layout.width == width
    for place in (*drawn.layout.frames.values(), *drawn.layout.titles.values()):
        assert place.half_width <= place.x <= width - place.half_width
    for curve in drawn.curves:
        assert (curve.at(ALONG)[:, 0] >= 0).all()
        assert (curve.at(ALONG)[:, 0] <= width).all()


@both_widths
@every_network
def test_an_arrow_goes_from_the_edge_of_its_source_to_that_of_its_target(experiment, width):
    drawn = Drawn(experiment, width)
    for (source, target, _), curve in zip(drawn.arrows, drawn.curves):
        begin, end = drawn.layout.place(source), drawn.layout.place(target)
        assert distances(curve, begin)[0] == pytest.approx(1, abs=0.5)
        tip = (
            np.hypot(curve.tip[0] - end.x, curve.tip[1] - end.y) - end.half_width
            if end.round
            else max(
                abs(curve.tip[0] - end.x) - end.half_width,
                abs(curve.tip[1] - end.y) - end.half_height,
            )
        )
        assert 0 < tip <= 1.5
        head = np.hypot(*(curve.points[-1] - curve.tip))
        assert head <= 12


def test_layers_follow_each_other_from_left_to_right():
    frames = Drawn(LAYERS, 480).layout.frames
    assert frames["inputs"].x < frames["relay"].x < frames["out"].x


def test_where_that_is_too_narrow_they_follow_each_other_downwards():
    frames = Drawn(CHAIN, 320).layout.frames
    heights = [
        frames[name].y
        for name in ("inputs", "layer_one", "layer_two", "layer_three", "layer_four", "layer_five")
    ]
    assert heights == sorted(heights)
    assert len({frame.x for frame in frames.values()}) == 1


@both_widths
def test_parallel_arrows_are_apart(width):
    drawn = Drawn(FIVE, width)
    for target in range(5):
        for source in range(2):
            one, other = drawn.curve("C1", source, target), drawn.curve("C2", source, target)
            assert nearest(one, other) > 15
    assert drawn.curve("C1", 0, 2).at([0.5])[0, 1] < drawn.curve("C2", 0, 2).at([0.5])[0, 1]


@both_widths
def test_arrows_there_and_back_are_apart(width):
    ring, balance = Drawn(RING, width), Drawn(BALANCE, width)
    assert nearest(ring.curve("R", 0, 1), ring.curve("R", 1, 0)) > 15
    for neuron in range(3):
        assert nearest(balance.curve("EI", neuron, 0), balance.curve("IE", 0, neuron)) > 10


@both_widths
def test_an_arrow_over_a_layer_goes_around_its_neurons(width):
    drawn = Drawn(LAYERS, width)
    skip = drawn.curve("skip", 0, 1)
    assert all(
        distances(skip, place).min() > 2
        for key, place in drawn.layout.ends.items()
        if key[0] == "relay"
    )


@both_widths
def test_heads_at_one_neuron_stand_side_by_side(width):
    drawn = Drawn(
        network(
            {"target": 1},
            *(Synapses(f"C{k}", "inputs", "target", "V", full(2, 1)) for k in range(3)),
        ),
        width,
    )
    tips = np.array([curve.tip for curve in drawn.curves])
    apart = np.hypot(*(tips[:, None] - tips[None]).T)[np.triu_indices(6, 1)]
    assert apart.min() > 8


@both_widths
def test_arrows_of_a_neuron_to_itself_lead_around_outside(width):
    drawn = Drawn(SELVES, width)
    neuron = drawn.layout.ends["cell", 0, 1]
    inner, outer = drawn.curve("S", 0, 0), drawn.curve("T", 0, 0)
    for loop in (inner, outer):
        assert distances(loop, neuron).min() > 0.5
    assert distances(outer, neuron).max() > distances(inner, neuron).max() + 10 > 30


@both_widths
def test_arrows_among_the_boxes_of_a_group_begin_and_end_apart_at_its_right(width):
    drawn = Drawn(PARTS, width)
    ends = np.array([point for curve in drawn.curves for point in (curve.points[0], curve.tip)])
    excitatory, inhibitory = (drawn.layout.ends["cells", *part] for part in ((0, 320), (320, 400)))
    assert (ends[:, 0] == excitatory.x + excitatory.half_width + 1).all()
    assert np.diff(np.sort(ends[:, 1])).min() > 9
    for curve, (begin, end) in zip(
        drawn.curves,
        (
            (excitatory, excitatory),
            (excitatory, inhibitory),
            (inhibitory, excitatory),
            (inhibitory, inhibitory),
        ),
    ):
        assert abs(curve.points[0][1] - begin.y) < begin.half_height
        assert abs(curve.tip[1] - end.y) < end.half_height


def test_a_box_s_arrow_to_itself_stands_at_its_right():
    drawn = Drawn(LARGE, 480)
    box = drawn.layout.ends["cells", 0, 400]
    assert (drawn.curve("R", 0, 0).at(ALONG)[:, 0] > box.x + box.half_width).all()


@both_widths
@every_network
def test_labels_cover_no_neuron_and_no_other_label(experiment, width):
    drawn = Drawn(experiment, width)
    letters = [0 if arrow.sign == "zero" else 9 for arrow in drawn.graph.arrows]
    placed = [
        (np.array(place), np.array([LETTER * 9 / 2, LINE / 2]))
        for _, place in drawn.labels([letters])
        if place
    ]
    for (one, half), (other, _) in combinations(placed, 2):
        assert (abs(one - other) >= 2 * half).any()
    for middle, half in placed:
        for place in drawn.layout.ends.values():
            assert (abs(middle - (place.x, place.y)) >= half + np.array(place[2:4])).any()
        assert half[0] <= middle[0] <= width - half[0]


def test_labels_are_as_long_as_there_is_room_and_all_of_one_kind():
    few, many = Drawn(NETWORKS["tutorial"], 480), Drawn(FIVE, 480)
    kinds = [[letters] * 4 for letters in (14, 8, 2)]
    assert {kind for kind, _ in few.labels(kinds)} == {0}
    assert all(place for _, place in few.labels(kinds))
    found = many.labels([[letters] * 20 for letters in (14, 8, 2)])
    assert {kind for kind, _ in found} == {2}
    assert all(place for _, place in found)


def test_a_label_stands_on_its_arrow():
    drawn = Drawn(NETWORKS["tutorial"], 480)
    for (_, place), curve in zip(drawn.labels([[10] * 4]), drawn.curves):
        assert np.hypot(*(curve.at(ALONG) - place).T).min() < 4


def test_a_neuron_by_itself_stands_in_the_middle():
    placed = Drawn(ALONE, 480).layout
    assert placed.ends["cell", 0, 1].x == 240
