"""The panel with the neurons' equations, without a browser."""

import ipywidgets as widgets
import pytest

from neurolab.experiment.edits import set_neurons, set_parameter
from neurolab.ui.controls.note import Note
from neurolab.ui.controls.plain_widgets import is_hidden
from neurolab.ui.panels.model_panel import ModelPanel

ONE_VARIABLE = "dVa/dt = -Va/tau_a : mV"


@pytest.fixture
def panel(store):
    made = ModelPanel(store)
    store.subscribe(made.show, ahead=True)
    store.refresh()
    return made


def type_equations(store, text):
    store.edit(
        ("equations", "target"),
        lambda experiment: set_neurons(experiment, "target", equations=text),
        typing=True,
    )


def said(widget):
    """What notes in sight say."""
    if is_hidden(widget):
        return ""
    inner = (
        " ".join(filter(None, map(said, widget.children)))
        if isinstance(widget, widgets.Box)
        else ""
    )
    return widget.value if isinstance(widget, Note) else inner


def test_who_deletes_an_equation_is_told_where_its_connection_leads_now(store, panel):
    assert said(panel.widget) == ""
    type_equations(store, ONE_VARIABLE)
    assert said(panel.widget) == "Vb is gone: C2 adds to Va now."
    assert store.experiment.connection("C2").state == "Va"


def test_while_a_name_is_typed_the_note_keeps_to_what_was_there_before(store, panel):
    for name in ("U", "Us", "Usu"):
        type_equations(store, f"{ONE_VARIABLE}\nd{name}/dt = -{name}/tau_b : mV")
    assert said(panel.widget) == "Vb is gone: C2 adds to Usu now."


@pytest.mark.parametrize(
    "go_on",
    [
        lambda store: store.undo(),
        lambda store: store.edit(
            ("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 2.0)
        ),
    ],
)
def test_the_note_is_gone_with_the_next_thing_that_is_done(store, panel, go_on):
    type_equations(store, ONE_VARIABLE)
    go_on(store)
    assert said(panel.widget) == ""
