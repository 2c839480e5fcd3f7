"""The pictures, without a browser: what the raster shows and edits while a long run is under way."""

import pytest

from neurolab.experiment.edits import set_size, set_spikes, set_weight
from neurolab.ui.pictures.plots import Pictures

from ..gate import finish
from ..store_edits import TAU, run, tau_a

SPIKES = ("spikes", "inputs", 0)


@pytest.fixture
def pictures(store):
    made = Pictures(store)
    store.subscribe(made.show)
    store.subscribe(made.lead, ahead=True)
    store.refresh()
    return made


def times(pictures, label):
    return next(row["times"] for row in pictures._raster.rows if row["label"] == label)


def say(pictures, **content):
    """What a page sends of the first row."""
    pictures._raster._handle_custom_msg({"row": 0, "number": 1, **content}, [])


def test_during_a_long_run_the_raster_shows_the_spikes_that_it_was_begun_with(
    store, pictures, gate
):
    async def act():
        store.edit(SPIKES, lambda experiment: set_spikes(experiment, "inputs", 0, [2.0, 6.0, 7.0]))
        assert not store.follows
        assert times(pictures, "inputs 0") == [2.0, 6.0, 7.0]
        await finish(store, gate)

    run(act())
    assert times(pictures, "inputs 0") == [2.0, 6.0, 7.0]


def test_two_spikes_removed_during_a_long_run_are_those_that_were_pointed_at(store, pictures, gate):
    async def act():
        for time in (1.0, 4.0):
            say(pictures, action="remove", index=0, was=time)
        assert times(pictures, "inputs 0") == []
        await finish(store, gate)

    run(act())
    assert store.experiment.group("inputs").spikes == ((), (2.0, 3.0))


def test_an_edit_during_a_long_run_that_is_taken_back_takes_the_raster_back(store, pictures, gate):
    async def act():
        store.edit(SPIKES, lambda experiment: set_spikes(experiment, "inputs", 0, [8.0]))
        store.undo()
        assert times(pictures, "inputs 0") == [1.0, 4.0]
        await finish(store, gate)

    run(act())


def test_spikes_of_a_group_that_a_long_run_gives_another_size_cannot_be_edited_before_its_end(
    store, pictures, gate
):
    async def act():
        store.edit(("size", "inputs"), lambda experiment: set_size(experiment, "inputs", 1))
        assert [row["editable"] for row in pictures._raster.rows[:2]] == [False, False]
        assert times(pictures, "inputs 1") == [2.0, 3.0]
        await finish(store, gate)

    run(act())
    first, second = pictures._raster.rows[:2]
    assert (first["label"], first["editable"], second["label"]) == ("inputs 0", True, "target 0")


def test_where_the_run_follows_at_once_the_raster_is_drawn_once(store, pictures, monkeypatch):
    drawn = []
    monkeypatch.setattr(pictures._raster, "draw", lambda *drawing: drawn.append(drawing))
    store.edit(TAU, tau_a(2.0))
    assert (store.follows, len(drawn)) == (True, 1)


def test_a_reset_brings_the_first_limits_back(store, pictures):
    def limits():
        return [figure._axes.limits for figure in pictures._figures.values()]

    before = limits()
    store.edit(("weight", "C1", 0, 0), lambda experiment: set_weight(experiment, "C1", 0, 0, 14.0))
    assert limits() != before
    store.reset()
    assert limits() == before
