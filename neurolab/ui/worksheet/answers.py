"""Answer fields: one kind of control for each kind of question."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeAlias

import numpy as np

from ...exercises.questions import (
    Answer,
    Choice,
    Code,
    Number,
    Prediction,
    Question,
    Shows,
    Text,
)
from ...experiment.checked import state_unit
from ...units import unit
from ..controls import plain_widgets as widgets
from ..controls.close_widgets import close_all
from ..controls.note import Note
from ..controls.options import Options
from ..controls.page_widget import is_index
from ..pictures.drawing_layer import SAMPLES, DrawingLayer
from ..pictures.overlay import Overlay
from ..store.store import Store

OnChange: TypeAlias = Callable[[], object]
"""Called without arguments when a person changes the answer."""


class AnswerField(ABC):
    """The part of the page in which a student answers one question.

    Attributes
    ----------
    widget : Widget
    """

    widget: widgets.Widget

    @abstractmethod
    def answer(self) -> Answer | None:
        """Return the answer as JSON; None if there is none."""

    @abstractmethod
    def show(self, answer: Answer) -> None:
        """Show an earlier answer."""

    def reveal(self) -> None:  # noqa: B027 (optional)
        """Show what was hidden, because the answer is right."""

    def overlays(self) -> list[Overlay]:
        """Return the curves that the answer draws into the traces."""
        return []

    def put_away(self) -> None:  # noqa: B027 (optional)
        """Clean up before another exercise is shown."""


class TextAnswer(AnswerField):
    """A number with its unit, a piece of a model, or a free text.

    Parameters
    ----------
    question : Number, Code or Text
    on_change : callable
    """

    def __init__(self, question: Number | Code | Text, on_change: OnChange) -> None:
        if isinstance(question, (Code, Text)):
            what = question.what if isinstance(question, Code) else "answer"
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

    def answer(self) -> Answer | None:
        """Return the text."""
        return {"text": self._text.value} if self._text.value.strip() else None

    def show(self, answer: Answer) -> None:
        """Show an earlier text."""
        text = answer.get("text")
        self._text.value = text if isinstance(text, str) else ""


class ChoiceAnswer(AnswerField):
    """One of several statements, and one of several reasons.

    Parameters
    ----------
    question : Choice
    on_change : callable
    """

    def __init__(self, question: Choice, on_change: OnChange) -> None:
        parts: Mapping[str, tuple[str, Sequence[str]]] = {
            "choice": ("your answer", question.options),
            "reason": ("because", question.reasons),
        }
        self._parts = {
            name: Options(legend, texts) for name, (legend, texts) in parts.items() if texts
        }
        for part in self._parts.values():
            part.observe(lambda _: on_change(), "chosen")
        self.widget = widgets.VBox(list(self._parts.values()))

    def answer(self) -> Answer | None:
        """Return the indices of the statements; None if one is not chosen."""
        chosen = {name: part.chosen for name, part in self._parts.items()}
        return None if -1 in chosen.values() else chosen

    def show(self, answer: Answer) -> None:
        """Show earlier choices."""
        for name, part in self._parts.items():
            place = answer.get(name)
            part.chosen = place if is_index(place, len(part.options)) else -1


class LabAnswer(AnswerField):
    """The lab itself is the answer.

    Parameters
    ----------
    store : Store
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self.widget = Note(
            "Answer with the lab below: change it until it does this, then press Check."
        )

    def answer(self) -> Answer | None:
        """Return the experiment in the lab; None if its input is invalid or its run is not done."""
        if not self._store.follows or self._store.errors:
            return None
        return {"experiment": self._store.experiment.to_dict()}

    def show(self, answer: Answer) -> None:
        """Do nothing, because the lab shows the answer already."""


class PredictionAnswer(AnswerField):
    """A curve that is drawn over the hidden part of the traces.

    Parameters
    ----------
    question : Prediction
    store : Store
    on_change : callable
    """

    def __init__(self, question: Prediction, store: Store, on_change: OnChange) -> None:
        self._store = store
        self._on_change = on_change
        self._drawn: list[float] = []
        self._revealed: Overlay | None = None
        experiment = store.experiment
        self._curve = question.trace
        name = state_unit(experiment, experiment.neurons_of(self._curve.group), self._curve.state)
        self._factor = unit(name)[0]
        self._layer = self._close(question.after, name)
        self.widget = Note(
            f"Draw what {self._curve.state} will do, with the mouse or a finger over the "
            "shaded part, or by the arrow keys; then press Check."
        )

    def _close(self, after: float, name: str) -> DrawingLayer:
        """Hide the run after a time, and put a drawing layer over the plot of a unit."""
        curve, store = self._curve, self._store
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

    def _draw(self, values: list[float]) -> None:
        self._drawn = values
        self._on_change()

    def _points(self) -> list[list[float]]:
        """Return the corners of the curve: times in ms, and values in SI units."""
        times = self._layer.times()
        return [[time, value * self._factor] for time, value in zip(times, self._drawn)]

    def answer(self) -> Answer | None:
        """Return the corners of the curve."""
        return {"points": self._points()} if self._drawn else None

    def show(self, answer: Answer) -> None:
        """Show an earlier curve."""
        points = np.array(answer["points"])
        times = np.array(self._layer.times())
        values = np.interp(times, points[:, 0], points[:, 1]) / self._factor
        self._drawn = [float(value) for value in values]
        self._layer.values = self._drawn

    def reveal(self) -> None:
        """Show the run, with the curve over it."""
        times, values = np.array(self._points()).T
        self._revealed = Overlay(*self._curve, "your prediction", times, values, "prediction")
        self.put_away()

    def overlays(self) -> list[Overlay]:
        """Return the curve, once the run is shown."""
        return [self._revealed] if self._revealed else []

    def put_away(self) -> None:
        """Show the whole run, and remove the drawing layer."""
        if self._store.curtain.layer is self._layer:
            self._store.curtain.lift()
            self._store.refresh_pictures()
        close_all(self._layer)


def answer_field(question: Question[Any], store: Store, on_change: OnChange) -> AnswerField:
    """Make the answer field of a question.

    Parameters
    ----------
    question : Question
    store : Store
        The lab of the worksheet.
    on_change : callable

    Returns
    -------
    AnswerField

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> question = Number(unit="mV", value=6.3, tolerance=0.1)
    >>> field = answer_field(question, Store(TUTORIAL), lambda: None)
    >>> field.show({"text": "6.3 mV"})
    >>> field.answer()
    {'text': '6.3 mV'}
    """
    if isinstance(question, (Number, Code, Text)):
        return TextAnswer(question, on_change)
    if isinstance(question, Choice):
        return ChoiceAnswer(question, on_change)
    if isinstance(question, Prediction):
        return PredictionAnswer(question, store, on_change)
    if isinstance(question, Shows):
        return LabAnswer(store)
    raise TypeError(f"no answer field for {type(question).__name__}")
