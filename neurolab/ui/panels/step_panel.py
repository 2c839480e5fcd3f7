"""Panel: the event at the time cursor with its cause, and buttons to the next and previous one."""

from pathlib import Path

import traitlets
from ipywidgets import widget_serialization

from ...experiment.checked import model_of
from ...explain.amounts import amounts, time_text
from ...grid import Ms
from ...units import display_factor, display_unit
from ..controls import plain_widgets as widgets
from ..controls.assets import script
from ..controls.set_traits import update
from ..pictures.cursor import Cursor
from ..pictures.curve import COLOURS
from ..pictures.plot_contents import label_of, variables_of
from ..store.cursor_moment import Moment
from ..store.snapshot import Snapshot
from .sound import Sound

_HERE = Path(__file__).parent
_MOST_VALUES = 6


class Narration(widgets.AnyWidget):
    """Buttons, and the text about the cursor's time, which the page reads from the cursor.

    Attributes
    ----------
    cursor : Cursor
    sound : Sound
        Its button is in the same card.
    """

    _esm = script(_HERE / "step_panel.js")
    _css = _HERE / "step_panel.css"

    cursor = traitlets.Instance(Cursor).tag(sync=True, **widget_serialization)
    sound = traitlets.Instance(Sound).tag(sync=True, **widget_serialization)


class StepPanel:
    """The time cursor, the buttons that move it, and the sentence.

    Parameters
    ----------
    moment : Moment
    """

    def __init__(self, moment: Moment) -> None:
        self.cursor = Cursor(moment.go, moment.go_to, moment.next, moment.previous)
        self.sound = Sound()
        self.widget = widgets.VBox([self.cursor, Narration(cursor=self.cursor, sound=self.sound)])
        self.widget.add_class("nl-step")
        moment.subscribe(self.follow)

    def show(self, snapshot: Snapshot) -> None:
        """Follow the run's time axis."""
        self.sound.show(snapshot)
        experiment, cursor = snapshot.experiment, self.cursor
        last = _rounded((len(snapshot.result.times) - 1) * experiment.dt)
        update(cursor, duration=experiment.duration, step=experiment.dt, last=last)

    def follow(self, moment: Moment) -> None:
        """Describe the event at the cursor, or the time between two events."""
        cursor = self.cursor
        if moment.time is None:
            # Without a cursor, the events of an edited experiment are not computed.
            update(cursor, time=None, events=[], place=-1)
            return
        with cursor.hold_sync():
            cursor.time = moment.time
            event = moment.event
            cursor.events = [event.time for event in moment.events]
            cursor.place = -1 if moment.place is None else moment.place
            cursor.when = f"t = {_time(moment, moment.time)} ms"
            cursor.cause = event.cause if event else ""
            cursor.numbers = event.numbers if event else ""
            cursor.verdict = event.verdict if event else ""
            cursor.between = "" if event else _between(moment, moment.time)
            cursor.total = _total(moment)
            cursor.values = _values(moment)


def _rounded(time: Ms) -> Ms:
    return float(f"{time:.12g}")


def _time(moment: Moment, time: Ms) -> str:
    return time_text(time, moment.result.experiment.dt)


def _total(moment: Moment) -> str:
    """Return the number of the event and of all events that are known."""
    count = len(moment.events)
    text = f"{count:,} event{'s' * (count != 1)}"
    if moment.place is not None:
        text = f"{moment.place + 1:,} of {count:,}"
    if moment.ledger.left_out:
        return f"{text} computed"
    return f"{text} so far" if moment.hidden_after is not None else text


def _between(moment: Moment, time: Ms) -> str:
    """Return the text about a time without an event."""
    states = list(dict.fromkeys(name for names in moment.result.states.values() for name in names))
    moved = " and ".join(states) if len(states) < 3 else "the variables"
    later = next((event for event in moment.events if event.time > time), None)
    left_out = moment.ledger.left_out
    ahead = f"The next event is at {_time(moment, later.time)} ms." if later else ""
    if moment.hidden_after is not None:
        ahead = ahead or "What comes next is hidden."
    if left_out:
        return f"No event of those that were computed; there are {left_out:,} more. {ahead}".strip()
    return f"No event: the equations alone move {moved}. {ahead or 'None comes after this.'}"


def _values(moment: Moment) -> list[list[str]]:
    """Return name, value and colour of the first neurons' variables at the cursor."""
    experiment = moment.result.experiment
    variables = variables_of(moment.result)
    shown: list[list[str]] = []
    for group in experiment.neurons:
        dimensions = model_of(experiment, group).dimensions
        recorded = moment.result.recorded[group.name][moment.step]
        for neuron in range(min(recorded.shape[1], _MOST_VALUES)):
            for index, state in enumerate(moment.result.states[group.name]):
                variable = (group.name, state)
                colour = COLOURS[variables.index(variable) % len(COLOURS)]
                value = float(recorded[index, neuron]) / display_factor(dimensions[state])
                text = amounts([value], display_unit(dimensions[state]))[0]
                shown.append([label_of(experiment, variable, neuron), text, colour])
    return shown[:_MOST_VALUES]
