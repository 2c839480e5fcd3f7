"""Parts of the page that are folded away do no work: an edit leaves all that is in them as it was."""

import pytest

from neurolab.experiment.edits import set_parameter, set_spikes
from neurolab.ui.controls.fold import FoldHeading
from neurolab.ui.page.lab import Lab


@pytest.fixture
def lab():
    lab = Lab()
    yield lab
    lab.close()


def inside(widget):
    """A widget and all that are in it."""
    return [widget, *(part for child in getattr(widget, "children", ()) for part in inside(child))]


def folds(lab):
    """Headings of all folds, and what lies below each."""
    found = [
        part.children for part in inside(lab) if "nl-fold" in getattr(part, "_dom_classes", ())
    ]
    assert len(found) > 5
    assert all(isinstance(heading, FoldHeading) for heading, _ in found)
    return found


def states(body):
    return {part.model_id: part.get_state() for child in body.children for part in inside(child)}


def differing(lab, before):
    """Titles of the folds whose contents are others than before."""
    return {
        heading.title for heading, body in folds(lab) if str(states(body)) != before[heading.title]
    }


def edit(lab):
    lab._store.edit(
        ("parameter", "tau_a"), lambda experiment: set_parameter(experiment, "tau_a", 7.0)
    )
    lab._store.edit(
        ("spikes", "inputs", 0), lambda experiment: set_spikes(experiment, "inputs", 0, (2.0,))
    )
    assert lab.experiment.group("inputs").spikes[0] == (2.0,)


def remembered(lab):
    return {heading.title: str(states(body)) for heading, body in folds(lab)}


def test_what_was_never_opened_is_not_even_made(lab):
    edit(lab)
    assert not any(body.children for _, body in folds(lab))


def test_what_is_open_follows_and_what_was_closed_again_stays_as_it_was(lab):
    for heading, _ in folds(lab):
        heading.opened = True
    before = remembered(lab)
    edit(lab)
    assert {
        "All events",
        "What each spike contributed",
        "Exact solution",
        "Take it with you",
    } <= differing(lab, before)
    lab._store.undo()
    lab._store.undo()
    for heading, _ in folds(lab):
        heading.opened = False
    before = remembered(lab)
    edit(lab)
    assert differing(lab, before) == set()
