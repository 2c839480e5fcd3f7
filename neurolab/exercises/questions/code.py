"""A piece of a model as text."""

from dataclasses import dataclass
from typing import Self

from ...errors import ParseError, RangeError
from ...experiment.edits import set_neurons, set_spikes
from ...experiment.experiment import Experiment
from ...experiment.typed_lists import format_times, parse_times
from ...experiment.typed_values import format_number
from ..checks import Checks, checks_of
from ..curves import group_of
from ..runs import check_cost, run
from ..tables import Table, built
from .entries import is_blank, text_of
from .question import Answer, Question, network_of

PIECES = ("equations", "threshold", "reset", "spikes")


@dataclass(frozen=True)
class Code(Question[Experiment]):
    """A question for a text that is inserted into the start; the result is judged by its behaviour.

    Attributes
    ----------
    what : str
        ``'equations'``, ``'threshold'``, ``'reset'`` or ``'spikes'``.
    checks : Checks
        All of them must hold.
    example : str
        A text that passes.
    group : str
        Its group; empty for the first group with equations, or for the first inputs.
    neuron : int
        The neuron, if the text is a list of spikes.
    """

    what: str
    checks: Checks
    example: str
    group: str = ""
    neuron: int = 0

    @classmethod
    def from_table(cls, table: Table, start: Experiment | None) -> Self:
        """Read the table; its ``solution`` is such a text."""
        start = network_of(start)
        table = dict(table)
        if table.get("what") not in PIECES:
            raise ParseError(
                f"what is {table.get('what')!r}.",
                where="Code",
                mend=f"It must be one of {', '.join(PIECES)}.",
            )
        name = table.pop("group", "") or (start.inputs[0].name if table["what"] == "spikes" else "")
        return built(
            cls,
            table,
            example=table.pop("solution").strip(),
            group=group_of(start, name).name,
            checks=checks_of(table, start),
        )

    def piece(self, experiment: Experiment) -> str:
        """Return this piece of an experiment as text."""
        if self.what == "spikes":
            return format_times(experiment.inputs_of(self.group).spikes[self.neuron])
        return str(getattr(experiment.group(self.group), self.what)).strip()

    def is_empty(self, answer: Answer) -> bool:
        """Return whether nothing was typed."""
        return is_blank(answer, "text")

    def read(self, answer: Answer, start: Experiment | None) -> Experiment:
        """Return the experiment with the text in it; the text is parsed, never evaluated."""
        start = network_of(start)
        text = text_of(answer).strip()
        if self.what == "spikes":
            experiment = set_spikes(
                start, self.group, self.neuron, _times_within(text, start.duration)
            )
        else:
            experiment = set_neurons(start, self.group, **{self.what: text})
        check_cost(experiment)
        run(experiment)
        return experiment

    def judge(self, given: Experiment, start: Experiment | None) -> tuple[bool, str]:
        """Check the behaviour of the network with the text in it."""
        return self.checks.judge(given)

    def solution(self, start: Experiment | None) -> Answer:
        """Return the example."""
        return {"text": self.example}


def _times_within(text: str, duration: float) -> tuple[float, ...]:
    """Read spike times, all of which must come before the end of the run (ms)."""
    times = parse_times(text)
    if times and times[-1] >= duration:
        raise RangeError(
            f"{format_number(times[-1])} ms lies after the end.",
            mend=f"Write times before {format_number(duration)} ms.",
        )
    return times
