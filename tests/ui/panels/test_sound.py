"""What the page is told of spikes that are to be heard, without a browser."""

import pytest

from neurolab.experiment.edits import set_parameter, set_spikes
from neurolab.experiment.presets import TUTORIAL
from neurolab.ui.panels.sound import Sound
from neurolab.ui.store.store import Store

TOGETHER = set_spikes(set_spikes(TUTORIAL, "inputs", 0, (1.0, 4.0)), "inputs", 1, (4.0,))


@pytest.fixture
def store():
    return Store(TOGETHER)


@pytest.fixture
def sound(store):
    sound = Sound()
    store.subscribe(sound.show)
    store.refresh()
    return sound


def test_nothing_is_sent_before_sound_is_wanted(sound):
    assert (sound.inputs, sound.outputs) == ([], [])


def test_spikes_at_one_moment_are_counted(sound):
    sound._handle_custom_msg({"wanted": True}, [])
    assert sound.inputs == [[1.0, 1], [4.0, 2]]
    assert sound.outputs == []


def test_the_times_follow_the_run_while_sound_is_wanted(store, sound):
    sound._handle_custom_msg({"wanted": True}, [])
    store.edit(("Vt",), lambda experiment: set_parameter(experiment, "Vt", 5.0))
    fired = store.result.spikes("target")[1] * 1e3
    assert [time for time, _ in sound.outputs] == pytest.approx(fired.tolist())
    assert len(fired)
    before = sound.outputs
    sound._handle_custom_msg({"wanted": False}, [])
    store.edit(("Vt",), lambda experiment: set_parameter(experiment, "Vt", 100.0))
    assert sound.outputs == before


@pytest.mark.parametrize("content", [None, 3, [], {}, {"wanted": "yes"}, {"wanted": 1}])
def test_nonsense_from_the_page_wants_no_sound(sound, content):
    sound._handle_custom_msg(content, [])
    sound.set_state({"inputs": "nonsense"})
    assert (sound.inputs, sound.outputs) == ([], [])
