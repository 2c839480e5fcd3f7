"""Worksheets and exercises as values."""

from dataclasses import dataclass
from typing import Any

from ..experiment.experiment import Experiment
from .questions import Answer, Question


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
        The network with which the lab opens; None if the exercise needs no lab.
    question : Question
        Reads and judges answers.
    hints : tuple of str
        In steps; markdown. None gives the answer away.
    solution : dict
        An answer that passes, in the form in which students answer.
    explanation : str
        Why the solution is right; markdown.
    """

    name: str
    title: str
    prompt: str
    points: int
    start: Experiment | None
    question: Question[Any]
    hints: tuple[str, ...]
    solution: Answer
    explanation: str


@dataclass(frozen=True)
class Worksheet:
    """Exercises in their order.

    Attributes
    ----------
    name, title : str
    goals : tuple of str
        The skills that a student gains.
    minutes : int
        Expected duration.
    exercises : tuple of Exercise
    notebook : str
        Name of the notebook that teaches the subject, without its ending; empty if there is none.
    seed : int or None
        Number of the variant; None for the one with the first values of the file.
    """

    name: str
    title: str
    goals: tuple[str, ...]
    minutes: int
    exercises: tuple[Exercise, ...]
    notebook: str = ""
    seed: int | None = None

    @property
    def points(self) -> int:
        """Sum of the points of all exercises."""
        return sum(exercise.points for exercise in self.exercises)

    def exercise(self, name: str) -> Exercise | None:
        """Return the exercise of this name, or None."""
        return next((exercise for exercise in self.exercises if exercise.name == name), None)
