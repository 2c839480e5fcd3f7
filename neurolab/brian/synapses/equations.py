"""Equations of synapses: parameters, differential equations in two kinds, and static equations."""

import re
from collections.abc import Mapping

from ...characters import plain_lines
from ...errors import ParseError
from ...model.expressions import Expression
from ...model.syntax_trees import substituted
from ..script_equations import Equations

_FLAG = re.compile(r"\(\s*event-driven\s*\)\s*\Z")
RESERVED = {
    "lastupdate": "the time of the last event of a synapse",
    "delay": "the time from a spike to its effect, which is set as S.delay = 2*ms",
    "i": "the number of the source neuron in texts such as S.w = 'i + j'",
    "j": "the number of the target neuron in texts such as S.w = 'i + j'",
    "n": "the number of elements in texts such as 'rand(n) < 0.1'",
}
"""Names that mean something else, so that no variable can have them."""


class SynapticEquations(Equations):
    """Equations of synapses.

    Parameters
    ----------
    text : str
        One equation a line, as for `Equations`. ``(event-driven)`` after the unit of a
        differential equation means that it is solved from one event of a synapse to the next,
        rather than in every step.
    **values
        Values for names in the equations.

    Raises
    ------
    ParseError
        A line cannot be read, or an equation that is not differential is event-driven.

    Examples
    --------
    >>> equations = SynapticEquations("w : 1\\ndx/dt = -x/(5*ms) : 1 (event-driven)")
    >>> equations.event_driven
    frozenset({'x'})
    """

    def __init__(self, text: object = "", **values: object) -> None:
        driven: set[int] = set()
        self.event_driven: frozenset[str] = frozenset()
        if isinstance(text, str):
            lines = plain_lines(text).replace("\\\n", " ").splitlines()
            for number, typed in enumerate(lines):
                bare = typed.split("#")[0].rstrip()
                if _FLAG.search(bare):
                    lines[number] = _FLAG.sub("", bare)
                    driven.add(number + 1)
            text = "\n".join(lines)
        super().__init__(text, **values)
        if isinstance(text, SynapticEquations):
            self.event_driven = text.event_driven
            return
        for line in self.lines:
            if line.line in driven and line.kind != "differential":
                raise ParseError(
                    f"{line.name} is not a differential equation, so it cannot be event-driven.",
                    where=line.where,
                    mend="Leave (event-driven) out.",
                )
        self.event_driven = frozenset(line.name for line in self.lines if line.line in driven)
        _check_names(self)

    @property
    def stored(self) -> tuple[str, ...]:
        """The variables that have a value: continuous ones, then the others, in their order."""
        continuous = self.of_kind("continuous")
        others = [line.name for line in self.lines if line.kind != "static"]
        return (*continuous, *(name for name in others if name not in continuous))

    def of_kind(self, kind: str) -> tuple[str, ...]:
        """Return the variables of a kind: parameter, continuous, event-driven or static."""
        return tuple(line.name for line in self.lines if self._kind(line.name, line.kind) == kind)

    def _kind(self, name: str, kind: str) -> str:
        if kind != "differential":
            return kind
        return "event-driven" if name in self.event_driven else "continuous"

    def formula(self, name: str, statics: Mapping[str, Expression] | None = None) -> Expression:
        """Return the right-hand side of a variable, with static equations put in their place."""
        (expression,) = (line.expression for line in self.lines if line.name == name)
        assert expression is not None, "a parameter has no formula"
        return substituted(expression, statics or {})

    @property
    def statics(self) -> dict[str, Expression]:
        """The static equations, in the order in which they can be computed."""
        return {
            line.name: line.expression.as_number
            for line in self.lines
            if line.kind == "static" and line.expression
        }


def _check_names(equations: SynapticEquations) -> None:
    for line in equations.lines:
        if line.name in RESERVED:
            raise ParseError(
                f"A variable of synapses cannot be called {line.name}.",
                where=line.where,
                mend=f"Choose another name; {line.name} is {RESERVED[line.name]}.",
            )
