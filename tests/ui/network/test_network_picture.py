"""The panel with the network's picture, without a browser: what it sends, what it takes, and what lights up."""

import pytest
from ipywidgets import Widget

from neurolab.experiment.edits import (
    set_connection,
    set_neurons,
    set_parameter,
    set_size,
    set_spikes,
    set_weight,
)
from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.network import network_picture
from neurolab.ui.network.network_picture import WIDTHS, NetworkPanel
from neurolab.ui.pictures.curve import COLOURS
from neurolab.ui.store.cursor_moment import Moment
from neurolab.ui.store.store import Store
from tests.experiment.networks import LARGE, LAYERS


class Shown:
    """A panel with its store and its time cursor."""

    def __init__(self, experiment=TUTORIAL):
        self.store = Store(experiment)
        self.panel = NetworkPanel(self.store)
        self.store.subscribe(self.panel.show, ahead=True)
        self.moment = Moment(self.store)
        self.moment.subscribe(self.panel.follow)
        self.store.refresh()
        self.picture = self.panel.widget.children[1]

    def edit(self, change, *arguments, **options):
        self.store.edit(
            (change.__name__,), lambda experiment: change(experiment, *arguments, **options)
        )

    def lit(self):
        """Sentences of the arrows that are lit, and why neurons and boxes are."""
        lit, ends = (
            self.picture.lit,
            [end.label for cluster in self.panel._graph.clusters for end in cluster.ends],
        )
        return (
            [self.picture.arrows[number]["name"].split(":")[0] for number in lit["arrows"]],
            {ends[int(number)]: tuple(why) for number, why in lit["ends"].items()},
        )

    def go(self, kind, **values):
        """Put the cursor on the first event of a kind with these values."""
        self.moment.go_to(
            next(
                place
                for place, event in enumerate(self.moment.events)
                if event.kind == kind
                and all(getattr(event, name) == value for name, value in values.items())
            )
        )


@pytest.fixture
def shown():
    return Shown()


@pytest.fixture
def sent(shown, monkeypatch):
    """The states that the page is sent from now on."""
    states = []
    monkeypatch.setattr(
        Widget, "_send", lambda self, content, buffers=None: states.append(content.get("state"))
    )
    return states


def test_the_page_is_told_the_arrows_and_where_everything_is(shown):
    arrow = shown.picture.arrows[0]
    assert arrow == {
        "connection": 0,
        "row": 0,
        "column": 0,
        "name": "C1[0, 0] = +6 mV: inputs 0 → Va of target 0",
        "sign": "excites",
        "strength": 1.0,
        "colour": COLOURS[0],
    }
    for layout, labels, width in zip(shown.picture.layouts, shown.picture.labels, WIDTHS):
        assert layout["width"] == width
        assert len(layout["arrows"]) == len(shown.picture.arrows) == 4
        assert [end["lines"] for end in layout["ends"]] == [["0"], ["1"], ["0"]]
        assert [group["title"] for group in layout["groups"]] == ["inputs", "target"]
        assert [label["before"] + label["state"] + label["after"] for label in labels] == [
            "C1 → Va +6 mV",
            "C2 → Vb +3 mV",
        ]


def test_a_variable_is_written_in_the_colour_of_its_trace(shown):
    assert [label["colour"].split(",")[0] for label in shown.picture.labels[0]] == [
        "var(--nl-curve-0",
        "var(--nl-curve-1",
    ]


def test_what_is_not_shown_sends_nothing_and_is_not_worked_out(shown, sent, monkeypatch):
    monkeypatch.setattr(
        network_picture, "graph_of", lambda *_: pytest.fail("the picture was worked out again")
    )
    shown.edit(set_parameter, "tau_a", 2.0)
    shown.edit(set_spikes, "inputs", 0, (1.5,))
    shown.store.refresh_pictures()
    assert shown.store.experiment.parameter("tau_a").value == 2.0
    assert sent == []


def test_a_weight_sends_its_arrow_and_label_but_no_places(shown, sent):
    shown.edit(set_weight, "C1", 0, 0, 4.0)
    (state,) = sent
    assert state.keys() == {"arrows", "labels"}
    assert state["arrows"][0]["name"].startswith("C1[0, 0] = +4 mV")


def test_a_weight_that_changes_its_sign_has_another_head(shown):
    before = shown.picture.layouts[0]["arrows"][0]
    shown.edit(set_weight, "C1", 0, 0, -6.0)
    after = shown.picture.layouts[0]["arrows"][0]
    assert (shown.picture.arrows[0]["sign"], before == after) == ("inhibits", False)


@pytest.mark.parametrize(
    ("change", "arguments", "options", "expected"),
    [
        (set_connection, ("C1",), {"state": "Vb"}, "C1[0, 0] = +6 mV: inputs 0 → Vb of target 0"),
        (
            set_connection,
            ("C1",),
            {"delay": 2.0},
            "C1[0, 0] = +6 mV: inputs 0 → Va of target 0, after 2 ms",
        ),
    ],
)
def test_the_picture_follows_the_connection(shown, change, arguments, options, expected):
    shown.edit(change, *arguments, **options)
    assert shown.picture.arrows[0]["name"] == expected


def test_the_picture_follows_sizes_and_units(shown):
    shown.edit(set_size, "target", 3)
    assert len(shown.picture.layouts[0]["ends"]) == 5
    assert len(shown.picture.arrows) == 12
    shown.edit(
        set_neurons,
        "target",
        equations="dVa/dt = -Va/tau_a : amp\ndVb/dt = -Vb/tau_b : volt",
        threshold="",
        reset="",
    )
    assert shown.picture.arrows[0]["name"] == "C1[0, 0] = +6 nA: inputs 0 → Va of target 0"


def test_an_arrow_of_a_whole_connection_leads_to_no_entry():
    assert Shown(LARGE).picture.arrows[1]["row"] is None


def test_a_page_cannot_set_what_is_shown(shown):
    before = shown.picture.get_state()
    shown.picture.set_state({"arrows": [], "summary": "nothing"})
    assert shown.picture.get_state() == before


# --- what lights up ---


def test_without_a_cursor_nothing_is_lit(shown):
    assert shown.lit() == ([], {})


def test_a_delivery_lights_up_its_arrow_who_fires_and_who_receives(shown):
    shown.go("delivery", connection="C1", time=4.0)
    assert shown.lit() == (
        ["C1[0, 0] = +6 mV"],
        {"inputs 0": ("fires", 0), "target 0": ("receives", 0)},
    )


def test_a_spike_over_an_empty_row_lights_up_its_neuron_alone(shown):
    shown.go("nothing", connection="C2")
    assert shown.lit() == ([], {"inputs 0": ("fires", 0)})


def test_a_neuron_that_fires_lights_up_with_the_arrows_that_begin_there():
    shown = Shown(LAYERS)
    shown.go("threshold", group="relay", neuron=1)
    assert shown.lit() == (["C2[1, 0] = +6 mV", "C2[1, 1] = −4 mV"], {"relay 1": ("fires", 1)})
    shown.go("reset", group="relay", neuron=1)
    assert shown.lit() == ([], {"relay 1": ("is reset", 1)})


def test_with_the_cursor_gone_the_lights_go_out(shown):
    shown.go("delivery", connection="C1", time=4.0)
    shown.moment.go(None)
    assert shown.lit() == ([], {})


def test_a_late_spike_is_a_dot_on_its_arrow_until_it_arrives(shown):
    shown.edit(set_connection, "C1", delay=2.0)
    for time, dots in ((1.0, [[0, 0.0]]), (1.5, [[0, 0.25]]), (3.0, []), (4.5, [[0, 0.25]])):
        shown.moment.go(time)
        assert shown.picture.dots == dots
    shown.go("delivery", connection="C1", time=3.0)
    assert shown.lit() == (
        ["C1[0, 0] = +6 mV"],
        {"inputs 0": ("has fired", 0), "target 0": ("receives", 0)},
    )
    shown.moment.go(None)
    assert shown.picture.dots == []


def test_a_box_says_which_of_its_neurons_it_is():
    shown = Shown(LARGE)
    shown.go("delivery", connection="C")
    event = shown.moment.event
    arrows, ends = shown.lit()
    assert ends["cells"] == ("receives", event.neuron)
    assert ends[f"inputs {event.source}"] == ("fires", event.source)
    assert len(arrows) == 1


def test_events_of_another_network_light_nothing_up(shown):
    shown.go("delivery", connection="C1", time=4.0)
    shown.store.load(LAYERS)
    arrows, ends = shown.lit()
    assert all(name.split()[0] in ("inputs", "relay", "out") for name in ends)
