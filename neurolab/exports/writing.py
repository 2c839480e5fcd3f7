"""Pieces of programs: names that Python accepts, quantities, lists and texts in quotes."""

import keyword
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import chain, count
from typing import Any

from ..errors import LimitError, ParseError
from ..experiment.experiment import Experiment
from ..experiment.typed_values import format_number
from ..grid import Ms
from ..model.equations import parse_unit
from ..units import DIMENSIONLESS, Dimension, dimension_name
from ..units import unit as unit_of


def with_prefixes(units: str) -> frozenset[str]:
    """Return names of units with and without the prefixes p, n, u, m, k, M and G.

    Examples
    --------
    >>> sorted(with_prefixes("volt"))
    ['Gvolt', 'Mvolt', 'kvolt', 'mvolt', 'nvolt', 'pvolt', 'uvolt', 'volt']
    """
    return frozenset(prefix + name for prefix in ("", *"pnumkMG") for name in units.split())


COMMON_UNITS = frozenset(
    {
        *"ms us mV mA uA nA pA uS nS pF nF uF Hz kHz MHz mm cm um mM uM nM kilogram".split(),
        *with_prefixes("second metre amp volt farad ohm siemens hertz coulomb joule watt"),
    }
)
"""Units that Brian 2's formulas, its programs and our script API know by the same names."""
_IMPORTED = COMMON_UNITS | with_prefixes("kelvin mole")
"""Units that both Brian 2 and our own script API import by name."""

_BASES = {
    "[time]": "second",
    "[length]": "metre",
    "[mass]": "kilogram",
    "[current]": "amp",
    "[temperature]": "kelvin",
    "[substance]": "mole",
}

MOST_NUMBERS = 20_000
"""Of one list in a script; longer ones are of no use to a reader."""


def program_names(experiment: Experiment, taken: Iterable[str]) -> dict[str, str]:
    """Return names of groups and connections that a program can use.

    Parameters
    ----------
    experiment : Experiment
    taken : iterable of str
        Names that the program imports.

    Returns
    -------
    dict
        Name in the experiment → name in the program.

    Raises
    ------
    ParseError
        A parameter has a name that the program uses already; in equations it cannot be renamed.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> program_names(TUTORIAL, {"inputs"})
    {'inputs': 'inputs_2', 'target': 'target', 'C1': 'C1', 'C2': 'C2'}
    """
    taken = set(taken)
    parameters = {parameter.name for parameter in experiment.parameters}
    for name in sorted(parameters):
        if not _is_name(name) or name in taken:
            raise ParseError(
                f"A program cannot have a parameter '{name}'.",
                where="export",
                mend="Give it another name.",
            )
    used = parameters | taken
    names = {}
    for item in (*experiment.groups, *experiment.connections):
        name = free_name(item.name if _is_name(item.name) else "part", used)
        names[item.name] = name
        used.add(name)
    return names


class NewNames:
    """Names for monitors, which differ from all other names of a program.

    Parameters
    ----------
    used : iterable of str

    Examples
    --------
    >>> names = NewNames(["M_Va"])
    >>> names.new("M", "Va"), names.new("M", "Vb")
    ('M_Va_2', 'M_Vb')
    """

    def __init__(self, used: Iterable[str]) -> None:
        self._used = set(used)

    def new(self, *parts: str) -> str:
        """Return a new name from these parts."""
        name = free_name("_".join(parts), self._used)
        self._used.add(name)
        return name


def free_name(wanted: str, used: Container[str]) -> str:
    """Return the name `wanted`, with the lowest number that makes it a new name if it is used.

    Examples
    --------
    >>> free_name("M", {"M", "M_2"})
    'M_3'
    """
    numbered = (f"{wanted}_{place}" for place in count(2))
    return next(name for name in chain([wanted], numbered) if name not in used)


def _is_name(text: str) -> bool:
    is_identifier = text.isidentifier() and text.isascii()
    return is_identifier and not keyword.iskeyword(text) and not text.startswith("_")


def number(value: float) -> str:
    """Write a number in as few digits as are needed to read the same number.

    Examples
    --------
    >>> number(0.5), number(1 / 3)
    ('0.5', '0.3333333333333333')
    """
    short = format_number(value)
    return short if float(short) == value else repr(float(value))


def quantity(value: float, unit: str) -> str:
    """Write a number with its unit, in SI units if the program does not import the unit.

    Examples
    --------
    >>> quantity(6.0, "mV"), quantity(5.0, "s")
    ('6*mV', '5*second')
    """
    if unit in ("", "1"):
        return number(value)
    if unit in _IMPORTED:
        return f"{number(value)}*{unit}"
    factor, name = _si_unit(unit)
    return f"{number(value * factor)}" if name == "1" else f"{number(value * factor)}*{name}"


def in_unit(values: str, unit: str) -> str:
    """Write a piece of program that divides values by their unit, so that they can be plotted."""
    if unit in ("", "1"):
        return values
    return f"{values} / {unit}" if unit in _IMPORTED else f"{values} / ({_si_unit(unit)[1]})"


def times_unit(values: str, unit: str) -> str:
    """Write a piece of program that multiplies values by a unit."""
    if unit in ("", "1"):
        return values
    return f"{values}*{unit}" if unit in _IMPORTED else f"{values}*{_si_unit(unit)[1]}"


def _si_unit(unit: str) -> tuple[float, str]:
    """Return a unit in SI units: the factor, and the product of units that programs import."""
    if unit.isidentifier():
        factor, dimension = unit_of(unit)
        return factor, unit_text(dimension)
    return 1.0, unit_text(parse_unit(unit))  # a composite unit, such as kg * m ** 2 / A / s ** 4


def unit_text(dimension: Dimension) -> str:
    """Write a dimension as a product of units that Brian 2 and this package both know.

    Parameters
    ----------
    dimension : pint.util.UnitsContainer

    Returns
    -------
    str
        ``'1'`` for a plain number.

    Examples
    --------
    >>> unit_text(unit_of("mV")[1] / unit_of("ms")[1])
    'volt/second'
    """
    if dimension == DIMENSIONLESS:
        return "1"
    name = dimension_name(dimension)
    if set(re.findall(r"[A-Za-z]\w*", name)) <= _IMPORTED and " " not in name:
        return name
    powers: Mapping[str, Any] = dimension
    return "*".join(
        _BASES[base] + ("" if power == 1 else f"**{number(power)}")
        for base, power in sorted(powers.items())
    )


def numbers(values: Sequence[float]) -> str:
    """Write a list of numbers."""
    if len(values) > MOST_NUMBERS:
        raise LimitError(
            f"The program would have a list of {len(values):,} numbers. "
            f"At most {MOST_NUMBERS:,} are allowed.",
            where="export",
            mend="Save the network as a file instead.",
        )
    return "[" + ", ".join(map(number, values)) + "]"


def array_text(values: Sequence[float], unit: str) -> str:
    """Write values with a unit: one number if all are the same, else a list.

    Examples
    --------
    >>> array_text([6.0, 6.0], "mV"), array_text([6.0, 3.0], "mV")
    ('6*mV', '[6, 3]*mV')
    """
    if len(set(values)) == 1:
        return quantity(values[0], unit)
    factor = 1.0 if unit in _IMPORTED or unit in ("", "1") else _si_unit(unit)[0]
    return times_unit(numbers([value * factor for value in values]), unit)


def text(value: str, indent: str = "    ") -> str:
    """Write a text in quotes, over several lines if it has several, without comments."""
    lines = [line.split("#")[0].strip() for line in value.strip().splitlines()]
    lines = [line for line in lines if line]
    if len(lines) == 1:
        return repr(lines[0])
    if any(character in line for line in lines for character in "'\\"):
        return repr("\n".join(lines))
    return "'''\n" + "".join(f"{indent}{line}\n" for line in lines) + f"{indent}'''"


def call(function: str, *arguments: str, **options: str) -> str:
    """Write a call; empty options are left out.

    Examples
    --------
    >>> call("Connection", "G", "H", delay="2*ms", modulation="")
    'Connection(G, H, delay=2*ms)'
    """
    parts = [*arguments, *(f"{name}={value}" for name, value in options.items() if value)]
    return f"{function}({', '.join(parts)})"


def run_and_plot(duration: Ms, plots: Iterable[str]) -> list[str]:
    """Write the last lines of a program: the run, and the figure with these plots."""
    return [
        f"run({quantity(duration, 'ms')})",
        "",
        *plots,
        "xlabel('time (ms)')",
        "legend()",
        "show()",
    ]
