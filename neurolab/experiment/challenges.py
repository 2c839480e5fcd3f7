"""Challenges: find the changes to a network that give a target trace."""

from dataclasses import dataclass

from .edits import set_parameter, set_spikes, set_weight
from .experiment import Experiment
from .presets import COUPLED, ONE_CONNECTION, TUTORIAL, TWO_TIME_CONSTANTS

TOLERANCE = 0.01


@dataclass(frozen=True)
class Challenge:
    """One challenge.

    Attributes
    ----------
    title, task : str
    start : Experiment
        Where the student begins.
    hidden : Experiment
        The experiment whose trace is the target.
    controls : tuple of str
        The differences between the two, as `differences` names them.
    tolerance : float
        The `distance` below which the target counts as matched.
    """

    title: str
    task: str
    start: Experiment
    hidden: Experiment
    controls: tuple[str, ...]
    tolerance: float = TOLERANCE


CHALLENGES = {
    "decay": Challenge(
        "How fast does it fade?",
        "Find the time constant of Va.",
        TUTORIAL,
        set_parameter(TUTORIAL, "tau_a", 3.2),
        ("tau_a",),
    ),
    "weights": Challenge(
        "Strength and sign",
        "Find the two weights: one of them inhibits.",
        TUTORIAL,
        set_weight(set_weight(TUTORIAL, "C1", 0, 0, 4.0), "C2", 1, 0, -5.0),
        ("C1[0, 0]", "C2[1, 0]"),
    ),
    "times": Challenge(
        "When did it fire?",
        "Find the spikes of input 1 by what Vb does.",
        TUTORIAL,
        set_spikes(TUTORIAL, "inputs", 1, (4.5, 7.0)),
        ("spikes of inputs 1",),
    ),
    "balance": Challenge(
        "Height or duration?",
        "Weight and time constant together: which one changes what?",
        ONE_CONNECTION,
        set_parameter(set_weight(ONE_CONNECTION, "C", 0, 0, 4.0), "tau", 9.0),
        ("tau", "C[0, 0]"),
    ),
    "pull": Challenge(
        "One pulls the other",
        "Va is pushed down, and Vb pulls it up again: how quickly, and how far down?",
        COUPLED,
        set_parameter(set_weight(COUPLED, "C1", 0, 0, -4.0), "tau_a", 4.0),
        ("tau_a", "C1[0, 0]"),
    ),
    "fast-slow": Challenge(
        "Fast excitation, slow inhibition",
        "Turn it round: find the time constants of ge and gi.",
        TWO_TIME_CONSTANTS,
        set_parameter(set_parameter(TWO_TIME_CONSTANTS, "tau_e", 4.0), "tau_i", 12.0),
        ("tau_e", "tau_i"),
    ),
}
