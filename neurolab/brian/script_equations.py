"""Equations of the script API: a text, and the values of its names."""

import re
from collections.abc import Mapping, Set
from typing import Any

import numpy as np

from ..errors import ArgumentError, ParseError
from ..model.equations import parse_equations
from ..model.vocabulary import shorten
from ..units import si_value
from . import magic
from .called_functions import functions_called, program_functions
from .checked_calls import checked_call


class Equations:
    """Equations of a model, ready for :class:`NeuronGroup`.

    Parameters
    ----------
    text : str
        One equation a line: ``dV/dt = -V/tau : volt`` (differential), ``I = g*(E-V) : amp``
        (static) or ``tau : second`` (a parameter with one value a neuron). ``#`` starts a comment.
    **values
        Values for names in the equations. A name without one takes the value that it has where
        the equations are made, or else, where the group is made. A text renames a variable:
        ``Equations('dI/dt = -I/tau : amp', I='Ia')``.

    Attributes
    ----------
    text : str
        The equations as text, one a line, after renaming.
    values : dict of str to quantity
        The values of names that the equations use.
    functions : dict of str to callable
        The functions of the program that the equations call. They get quantities.

    Raises
    ------
    ParseError, UnknownNameError, LimitError
        An equation cannot be read; the message quotes its line.
    ArgumentError
        A value is given for a name that the equations do not use.

    Examples
    --------
    >>> from neurolab import Equations, ms
    >>> Equations('dV/dt = -V/tau : volt', V='Va', tau=10*ms).text
    'dVa/dt = -Va/tau : volt'

    Equations can call functions of the program, and arrays over time (`TimedArray`).

    >>> def gate(v):
    ...     return 1/(1 + (v/(4*mV))**2)
    >>> from neurolab import mV
    >>> sorted(Equations('dV/dt = -V*gate(V)/(5*ms) : volt', gate=gate).functions)
    ['gate']

    Sums of equations have the lines of both.

    >>> both = Equations('dV/dt = (ge-V)/tau : volt') + Equations('dge/dt = -ge/taue : volt')
    >>> [line.name for line in both.lines]
    ['V', 'ge']
    """

    @checked_call(tuning=("level",))
    def __init__(self, text: Any = "", **values: Any) -> None:
        renamed = {name: value for name, value in values.items() if isinstance(value, str)}
        values = {name: value for name, value in values.items() if name not in renamed}
        if isinstance(text, Equations):
            values = {**text.values, **text.functions, **values}
            text = text.text
        elif isinstance(text, (list, tuple)) and all(isinstance(line, str) for line in text):
            text = "\n".join(text)
        if not isinstance(text, str):
            raise ParseError(
                f"The model has type {type(text).__name__}.",
                where="equations",
                mend="Give a text or Equations.",
            )
        self.text = _renamed(text, renamed) if renamed else text
        given = {name: value for name, value in values.items() if callable(value)}
        values = {name: value for name, value in values.items() if name not in given}
        self.functions = functions_called(self.text, given)
        self._check_used(given.keys() - self.functions.keys(), {})
        self.lines = parse_equations(self.text, program_functions(self.functions))
        own = {line.name for line in self.lines}
        used = (
            frozenset().union(*(line.expression.names for line in self.lines if line.expression))
            - own
        )
        self._check_used(values.keys() - used, renamed)
        seen = {} if used <= values.keys() else magic.names_seen_by_caller()
        self.values = {
            **{name: seen[name] for name in sorted(used & seen.keys()) if _is_value(seen[name])},
            **values,
        }

    def _check_used(self, unused: Set[str], renamed: Mapping[str, str]) -> None:
        unused |= {name for name in renamed if renamed[name] not in self.text}
        if unused:
            raise ArgumentError(
                f"The equations do not use '{min(unused)}'.",
                where="equations",
                mend="Correct the spelling, or leave it out.",
            )

    def __add__(self, other: "Equations | str") -> "Equations":
        other = Equations(other)
        # One name may have different values in the two: the second value gets another name.
        clashing = {
            name: f"{name}_{len(self.lines) + 1}"
            for name in self.values.keys() & other.values.keys()
            if np.any(self.values[name] != other.values[name])
        }
        values = {clashing.get(name, name): value for name, value in other.values.items()}
        return Equations(
            f"{self.text}\n{_renamed(other.text, clashing)}",
            **{**values, **other.functions, **self.values, **self.functions},
        )

    def with_states(self, *names: str) -> "Equations":
        """Return the same equations with these parameters as state variables.

        Only spikes change such a variable: its derivative is 0.

        Examples
        --------
        >>> from neurolab import Equations
        >>> Equations('w : volt').with_states('w').text
        'dw/dt = 0 : volt'
        """
        text = self.text
        for name in names:
            text = re.sub(
                rf"^(\s*){name}(\s*:)", rf"\1d{name}/dt = 0\2", text, flags=re.MULTILINE | re.ASCII
            )
        return Equations(text, **self.values, **self.functions)

    def __repr__(self) -> str:
        return f"Equations('''{self.text}''')"


def _renamed(text: str, names: Mapping[str, str]) -> str:
    for name, new in names.items():
        if not new.isidentifier():
            raise ParseError(
                f"'{shorten(new)}' is not a name.",
                where="equations",
                mend=f"Give another name for {name}.",
            )
        text = re.sub(rf"\b{name}\b|(?<=\bd){name}(?=\s*/\s*dt\b)", new, text, flags=re.ASCII)
    return text


def _is_value(value: object) -> bool:
    return isinstance(si_value(value), (int, float, np.ndarray, np.number)) and not isinstance(
        value, bool
    )
