"""What the scripts have in common: names that Python takes, quantities, and texts that cannot be anything but texts."""

import keyword
import re
from itertools import chain, count

from ..errors import LimitError, ParseError
from ..experiment.typed_values import format_number
from ..model.equations import parse_unit
from ..units import DIMENSIONLESS, dimension_name
from ..units import unit as unit_of

_IMPORTED = frozenset(
    (
        *"ms us mV mA uA nA pA uS nS pF nF uF Hz kHz MHz mm cm um mM uM nM".split(),
        *(
            prefix + name
            for prefix in ("", *"pnumkMG")
            for name in (
                "second",
                "metre",
                "amp",
                "volt",
                "farad",
                "ohm",
                "siemens",
                "hertz",
                "coulomb",
                "joule",
                "watt",
                "kelvin",
                "mole",
            )
        ),
        "kilogram",
    )
)
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
"""Of one list in a script; nobody reads a longer one."""


def program_names(experiment, taken):
    """Names of groups and connections as a program can use them.

    Parameters
    ----------
    experiment : Experiment
    taken : container of str
        Names that the program's import brings along.

    Returns
    -------
    dict
        Name in the experiment → name in the program.

    Raises
    ------
    ParseError
        A parameter has a name that the program uses otherwise: in equations it cannot be renamed.
    """
    used = {parameter.name for parameter in experiment.parameters}
    for name in sorted(used):
        if not _is_name(name) or name in taken:
            raise ParseError(
                f"a program cannot have a parameter '{name}'",
                where="export",
                mend="Give it another name.",
            )
    found = {}
    for item in (*experiment.groups, *experiment.connections):
        found[item.name] = name = free_name(
            item.name if _is_name(item.name) else "part", {*used, *taken}
        )
        used.add(name)
    return found


class MonitorNames:
    """Names for what records, which nothing else in the program has.

    Parameters
    ----------
    experiment : Experiment
    names : dict
        What `program_names` gave.
    """

    def __init__(self, experiment, names):
        self._used = {*names.values(), *(parameter.name for parameter in experiment.parameters)}

    def new(self, *parts):
        """A new one, of these parts."""
        name = free_name("_".join(parts), self._used)
        self._used.add(name)
        return name


def free_name(wanted, used):
    """The name `wanted`, or the same with the lowest number that makes it different from all names in `used`."""
    return next(
        name
        for name in chain([wanted], (f"{wanted}_{place}" for place in count(2)))
        if name not in used
    )


def _is_name(text):
    return (
        text.isidentifier()
        and text.isascii()
        and not keyword.iskeyword(text)
        and not text.startswith("_")
    )


def number(value):
    """A number that reads back as the same one, in as few digits as that takes."""
    short = format_number(value)
    return short if float(short) == value else repr(float(value))


def quantity(value, unit):
    """A number with its unit: ``6*mV``; in SI units if the imports do not bring the unit, such as ``5*second`` for 5 s."""
    if unit in ("", "1"):
        return number(value)
    if unit in _IMPORTED:
        return f"{number(value)}*{unit}"
    factor, name = _si_unit(unit)
    return f"{number(value * factor)}" if name == "1" else f"{number(value * factor)}*{name}"


def in_unit(values, unit):
    """A piece of program that divides values by their unit, so that they can be plotted."""
    if unit in ("", "1"):
        return values
    return f"{values} / {unit}" if unit in _IMPORTED else f"{values} / ({_si_unit(unit)[1]})"


def times_unit(values, unit):
    """A piece of program that multiplies values by a unit."""
    if unit in ("", "1"):
        return values
    return f"{values}*{unit}" if unit in _IMPORTED else f"{values}*{_si_unit(unit)[1]}"


def _si_unit(unit):
    """What a unit is in SI units: the factor, and the product of units that the imports bring."""
    if unit.isidentifier():
        factor, dimension = unit_of(unit)
        return factor, unit_text(dimension)
    return 1.0, unit_text(parse_unit(unit))  # a composite unit, such as kg * m ** 2 / A / s ** 4


def unit_text(dimension):
    """A dimension as a product of units that Brian 2 and this package both know, such as ``'volt/second'``.

    Parameters
    ----------
    dimension : pint.util.UnitsContainer

    Returns
    -------
    str
        ``'1'`` for a plain number.
    """
    if dimension == DIMENSIONLESS:
        return "1"
    name = dimension_name(dimension)
    if set(re.findall(r"[A-Za-z]\w*", name)) <= _IMPORTED and " " not in name:
        return name
    return "*".join(
        _BASES[base] + ("" if power == 1 else f"**{number(power)}")
        for base, power in sorted(dimension.items())
    )


def numbers(values):
    """A list of numbers."""
    if len(values) > MOST_NUMBERS:
        raise LimitError(
            f"a list of {len(values):,} numbers",
            where="export",
            expected=f"at most {MOST_NUMBERS:,}",
        )
    return "[" + ", ".join(map(number, values)) + "]"


def array_text(values, unit):
    """Values with a unit: one number where all are the same, else a list."""
    if len(set(values)) == 1:
        return quantity(values[0], unit)
    factor = 1.0 if unit in _IMPORTED or unit in ("", "1") else _si_unit(unit)[0]
    return times_unit(numbers([value * factor for value in values]), unit)


def text(value, indent="    "):
    """A text in quotes: over several lines as a person would write it."""
    lines = [line.split("#")[0].strip() for line in value.strip().splitlines()]
    lines = [line for line in lines if line]
    if len(lines) == 1:
        return repr(lines[0])
    if any(character in line for line in lines for character in "'\\"):
        return repr("\n".join(lines))
    return "'''\n" + "".join(f"{indent}{line}\n" for line in lines) + f"{indent}'''"


def call(function, *arguments, **options):
    """A call with those options that are given; arguments and options are pieces of program."""
    parts = [*arguments, *(f"{name}={value}" for name, value in options.items() if value)]
    return f"{function}({', '.join(parts)})"
