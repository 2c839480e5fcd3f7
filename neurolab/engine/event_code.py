"""The statements of an event, as the step loop carries them out."""

from collections.abc import Sequence
from typing import Any

import numpy as np

from ..array_types import Constants
from ..model.constant_folding import folded
from ..model.event_code import Statement


class EventCode:
    """Statements with the numbers that their names stand for.

    Parameters
    ----------
    statements : sequence of Statement
    constants : mapping
        SI value of every name that is not a variable.

    Attributes
    ----------
    assigned : frozenset of str
        The variables that the statements change.
    reads : frozenset of str
        The names whose values they need.

    Examples
    --------
    >>> from neurolab.model.event_code import parse_event_code
    >>> code = EventCode(parse_event_code("p += dp; w -= p"), {"dp": 0.5})
    >>> code.run({**code.constants, "p": 0.5, "w": 3.0})["w"]
    2.0
    """

    def __init__(self, statements: Sequence[Statement], constants: Constants) -> None:
        self.statements = tuple(statements)
        self.constants = dict(constants)
        self.assigned = frozenset(one.variable for one in statements)
        self.reads = frozenset[str]().union(*(one.reads for one in statements))
        fixed = {name: float(value) for name, value in constants.items() if np.ndim(value) == 0}
        self._actions = [
            (one.variable, one.adds, folded(one.expression, fixed)) for one in statements
        ]

    def run(self, values: dict[str, Any]) -> dict[str, Any]:
        """Carry out the statements in their order.

        Parameters
        ----------
        values : dict
            Value of every name, the constants among them; numbers, or arrays with one entry for
            each element that has an event. It takes the new values.
        """
        for name, adds, evaluate in self._actions:
            value = evaluate(values)
            values[name] = values[name] + value if adds else value
        return values
