"""A small piece of a model."""

from dataclasses import dataclass
from typing import Any

from ...errors import ParseError, RangeError
from ...experiment.edits import set_neurons, set_spikes
from ...experiment.typed_lists import format_times, parse_times
from ...experiment.typed_values import format_number
from ..curves import group_of
from ..properties import properties_of
from ..runs import check_cost, run
from ..tables import built
from .entries import is_blank, text_of
from .shows import judged

PIECES = ("equations", "threshold", "reset", "spikes")


@dataclass(frozen=True)
class Code:
    """What is asked is a piece of text, which is put into the start; what comes out is judged by what it does.

    Attributes
    ----------
    what : str
        ``'equations'``, ``'threshold'``, ``'reset'`` or ``'spikes'``.
    properties : tuple
        What must hold; see `neurolab.exercises.properties`.
    example : str
        A text that passes.
    group : str
        Whose it is; empty for the first group with equations, or the first of inputs.
    neuron : int
        Of spikes.
    """

    what: str
    properties: tuple[Any, ...]
    example: str
    group: str = ""
    neuron: int = 0

    @classmethod
    def from_table(cls, table, start):
        """Read it; its ``solution`` is such a text."""
        table = dict(table)
        if table.get("what") not in PIECES:
            raise ParseError(
                f"what is {table.get('what')!r}", where="Code", expected=", ".join(PIECES)
            )
        name = table.pop("group", "") or (start.inputs[0].name if table["what"] == "spikes" else "")
        return built(
            cls,
            table,
            example=table.pop("solution").strip(),
            group=group_of(start, name).name,
            properties=properties_of(table.pop("check"), start),
        )

    def piece(self, experiment):
        """The text of an experiment that is asked for."""
        group = experiment.group(self.group)
        return (
            format_times(group.spikes[self.neuron])
            if self.what == "spikes"
            else getattr(group, self.what).strip()
        )

    def is_empty(self, answer):
        """Whether nothing is typed."""
        return is_blank(answer, "text")

    def read(self, answer, start):
        """The experiment with the text in it; the text is parsed, never evaluated."""
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

    def judge(self, given, start):
        """Whether everything holds, and what was seen."""
        return judged(self.properties, given)

    def solution(self, start):
        """The example."""
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
