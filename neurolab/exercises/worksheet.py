"""Worksheets and exercises as values: what is asked, where it starts, and what answers it."""

from dataclasses import dataclass
from typing import Any

from ..experiment.experiment import Experiment


@dataclass(frozen=True)
class Exercise:
    """One exercise, with the numbers of one student.

    Attributes
    ----------
    name : str
        Short and unique in its worksheet: letters, digits and hyphens.
    title, prompt : str
        The prompt is markdown with ``$…$`` for mathematics.
    points : int
    start : Experiment or None
        What the lab shows first; None: it needs no lab.
    question : Number, Shows, Choice, Prediction or Code
        What is asked, and how an answer is judged.
    hints : tuple of str
        In steps; markdown. None gives the answer away.
    solution : dict
        An answer that passes, in the form in which students answer.
    explanation : str
        Why it does; markdown.
    """

    name: str
    title: str
    prompt: str
    points: int
    start: Experiment | None
    question: Any
    hints: tuple[str, ...]
    solution: dict
    explanation: str


@dataclass(frozen=True)
class Worksheet:
    """Exercises in their order.

    Attributes
    ----------
    name, title : str
    goals : tuple of str
        What a student can do afterwards.
    minutes : int
        How long it takes.
    notebook : str
        Name of the notebook that teaches it, without its ending.
    exercises : tuple of Exercise
    seed : int or None
        Which variant it is; None: the one as it was written.
    """

    name: str
    title: str
    goals: tuple[str, ...]
    minutes: int
    notebook: str
    exercises: tuple[Exercise, ...]
    seed: int | None = None

    @property
    def points(self):
        """The most that can be had."""
        return sum(exercise.points for exercise in self.exercises)

    def exercise(self, name):
        """The exercise of this name; None if there is none."""
        return next((exercise for exercise in self.exercises if exercise.name == name), None)
