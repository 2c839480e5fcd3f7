"""Where a student answers: one kind of control for each kind of question."""

import ipywidgets as widgets
import numpy as np

from ...exercises.questions import Choice, Code, Number, Prediction, Shows, Text
from ...experiment.checked import state_unit
from ...units import unit
from ..controls.close_widgets import close_all
from ..controls.note import Note
from ..controls.options import Options
from ..pictures.drawing_layer import SAMPLES, DrawingLayer
from ..pictures.overlay import Overlay


class TextAnswer:
    """A number with its unit, or a piece of a model.

    Parameters
    ----------
    question : Number or Code
    on_change : callable
        Called without arguments, whenever the answer is another.
    """

    def __init__(self, question, store, on_change):
        if isinstance(question, (Code, Text)):
            what = getattr(question, "what", "answer")
            what = "spike times" if what == "spikes" else what
            self._text = widgets.Textarea(description=f"your {what}", tooltip="your answer", rows=4)
        else:
            hint = f"a number, in {question.unit}" if question.unit else "a number"
            self._text = widgets.Text(
                description="your answer", tooltip="your answer", placeholder=hint
            )
        self._text.observe(lambda _: on_change(), "value")
        self.widget = widgets.VBox([self._text])
        self.widget.add_class("nl-field")

    def answer(self):
        """What was answered, as JSON; None while nothing was."""
        return {"text": self._text.value} if self._text.value.strip() else None

    def show(self, answer):
        """Show an answer that was given before."""
        text = answer.get("text")
        self._text.value = text if isinstance(text, str) else ""

    def reveal(self):
        """The answer was right: show what was hidden."""

    def overlays(self):
        """What is drawn into the traces."""
        return []

    def put_away(self):
        """Another exercise is shown."""


class ChoiceAnswer(TextAnswer):
    """One of several answers, and one of several reasons."""

    def __init__(self, question, store, on_change):
        parts = {
            "choice": ("your answer", question.options),
            "reason": ("because", question.reasons),
        }
        self._parts = {
            name: Options(legend, texts) for name, (legend, texts) in parts.items() if texts
        }
        for part in self._parts.values():
            part.observe(lambda _: on_change(), "chosen")
        self.widget = widgets.VBox(list(self._parts.values()))

    def answer(self):
        chosen = {name: part.chosen for name, part in self._parts.items()}
        return None if -1 in chosen.values() else chosen

    def show(self, answer):
        for name, part in self._parts.items():
            place = answer.get(name)
            part.chosen = place if type(place) is int and 0 <= place < len(part.options) else -1


class LabAnswer(TextAnswer):
    """The lab itself is the answer."""

    def __init__(self, question, store, on_change):
        self._store = store
        self.widget = Note(
            "Answer with the lab below: change it until it does this, then press Check."
        )

    def answer(self):
        return (
            {"experiment": self._store.experiment.to_dict()}
            if self._store.follows and not self._store.errors
            else None
        )

    def show(self, answer):
        """The lab shows it already."""


class PredictionAnswer(TextAnswer):
    """A curve, drawn over the part of the traces that is hidden."""

    def __init__(self, question, store, on_change):
        self._question, self._store, self._on_change = question, store, on_change
        self._drawn, self._revealed = None, None
        experiment = store.experiment
        self._curve = question.trace
        name = state_unit(experiment, experiment.group(self._curve.group), self._curve.state)
        self._factor = unit(name)[0]
        self._layer = self._close(name)
        self.widget = Note(
            f"Draw what {self._curve.state} will do, with the mouse or a finger over the "
            "shaded part, or by the "
            "arrow keys; then press Check."
        )

    def _close(self, name):
        after, curve, store = self._question.after, self._curve, self._store
        seen = store.result.until(after).trace(curve.group, curve.state)[curve.neuron, -1]
        layer = DrawingLayer(
            self._draw,
            (curve.group, curve.state),
            name=curve.state,
            unit=name,
            begin=after,
            end=store.experiment.duration,
            values=[float(seen / self._factor)] * (SAMPLES + 1),
        )
        store.curtain.close(after, name, layer)
        store.refresh_pictures()
        return layer

    def _draw(self, values):
        self._drawn = values
        self._on_change()

    def _points(self):
        return [
            [time, value * self._factor] for time, value in zip(self._layer.times(), self._drawn)
        ]

    def answer(self):
        return {"points": self._points()} if self._drawn else None

    def show(self, answer):
        points = np.array(answer["points"])
        times = np.array(self._layer.times())
        self._drawn = [
            float(value) for value in np.interp(times, points[:, 0], points[:, 1]) / self._factor
        ]
        self._layer.values = self._drawn

    def reveal(self):
        times, values = np.array(self._points()).T
        self._revealed = Overlay(*self._curve, "your prediction", times, values, "prediction")
        self.put_away()

    def overlays(self):
        return [self._revealed] if self._revealed else []

    def put_away(self):
        if self._store.curtain.layer is self._layer:
            self._store.curtain.lift()
            self._store.refresh_pictures()
        close_all(self._layer)


_KINDS = {
    Number: TextAnswer,
    Code: TextAnswer,
    Text: TextAnswer,
    Choice: ChoiceAnswer,
    Shows: LabAnswer,
    Prediction: PredictionAnswer,
}


def answer_field(question, store, on_change):
    """The control in which a question is answered."""
    return _KINDS[type(question)](question, store, on_change)
