"""Panel: step by step. What happened at the time cursor and why, and the way from event to event."""

from pathlib import Path

import anywidget
import ipywidgets as widgets
import traitlets

from ...experiment.validate import model_of
from ...explain.amounts import amounts, time_text
from ...units import display_factor, display_unit
from ..controls.set_traits import update
from ..pictures.cursor import Cursor
from ..pictures.curve import COLOURS
from .sound import Sound

_HERE = Path(__file__).parent
_MOST_VALUES = 6


class Narration(anywidget.AnyWidget):
    """Buttons, and what is said of the moment; all of it is read from the cursor, which it shares the page with.

    Attributes
    ----------
    cursor : Cursor
    sound : Sound
        Has its button in the same card.
    """

    _esm = _HERE / "step_panel.js"
    _css = _HERE / "step_panel.css"

    cursor = traitlets.Instance(Cursor).tag(sync=True, **widgets.widget_serialization)
    sound = traitlets.Instance(Sound).tag(sync=True, **widgets.widget_serialization)


class StepPanel:
    """The time cursor, the buttons that move it, and the sentence.

    Parameters
    ----------
    moment : Moment
    """

    def __init__(self, moment):
        self.cursor = Cursor(moment.go, moment.go_to, moment.next, moment.previous)
        self.sound = Sound()
        self.widget = widgets.VBox([self.cursor, Narration(cursor=self.cursor, sound=self.sound)])
        self.widget.add_class("nl-step")
        moment.subscribe(self.follow)

    def show(self, snapshot):
        """Follow the run's time axis."""
        self.sound.show(snapshot)
        experiment, cursor = snapshot.experiment, self.cursor
        last = _rounded((len(snapshot.result.times) - 1) * experiment.dt)
        update(cursor, duration=experiment.duration, step=experiment.dt, last=last)

    def follow(self, moment):
        """Say what the cursor stands on."""
        cursor = self.cursor
        if moment.time is None:
            update(
                cursor, time=None, events=[], place=-1
            )  # an edit may change them, and nobody works them out
            return
        with cursor.hold_sync():
            cursor.time = moment.time
            event = moment.event
            cursor.events = [event.time for event in moment.events]
            cursor.place = -1 if event is None else moment.place
            cursor.when = f"t = {_time(moment, moment.time)} ms"
            cursor.cause, cursor.numbers, cursor.verdict = (
                (event.cause, event.numbers, event.verdict) if event else ("",) * 3
            )
            cursor.between = "" if event else _between(moment)
            cursor.total = _total(moment)
            cursor.values = _values(moment)


def _rounded(time):
    return float(f"{time:.12g}")


def _time(moment, time):
    return time_text(time, moment.result.experiment.dt)


def _total(moment):
    """Which event it is, and of how many; not all of a run's events need be known."""
    count = len(moment.events)
    text = (
        f"{count:,} event{'s' * (count != 1)}"
        if moment.place is None
        else f"{moment.place + 1:,} of {count:,}"
    )
    return text + (
        " worked out"
        if moment.ledger.left_out
        else " so far"
        if moment.hidden_after is not None
        else ""
    )


def _between(moment):
    """What is said where nothing happens."""
    states = list(dict.fromkeys(name for names in moment.result.states.values() for name in names))
    moved = " and ".join(states) if len(states) < 3 else "the variables"
    later = next((event for event in moment.events if event.time > moment.time), None)
    left_out, ahead = (
        moment.ledger.left_out,
        f"The next event is at {_time(moment, later.time)} ms." if later else "",
    )
    if moment.hidden_after is not None:
        ahead = ahead or "What comes next is hidden."
    if left_out:
        return (
            f"No event of those that were worked out; there are {left_out:,} more. {ahead}".strip()
        )
    return f"No event: the equations alone move {moved}. {ahead or 'None comes after this.'}"


def _values(moment):
    """Values of the first neurons' variables at the cursor."""
    experiment, found = moment.result.experiment, []
    several = len(experiment.neurons) > 1
    for group in experiment.neurons:
        dimensions = model_of(experiment, group)[1]
        recorded = moment.result.recorded[group.name][moment.step]
        for neuron in range(min(recorded.shape[1], _MOST_VALUES)):
            for index, state in enumerate(moment.result.states[group.name]):
                label = f"{group.name}.{state}" if several else state
                label += f"[{neuron}]" if group.size > 1 else ""
                value = float(recorded[index, neuron]) / display_factor(dimensions[state])
                found.append(
                    [
                        label,
                        amounts([value], display_unit(dimensions[state]))[0],
                        COLOURS[index % len(COLOURS)],
                    ]
                )
    return found[:_MOST_VALUES]
