"""Names that have a meaning in Brian 2, and units as Brian 2 writes them."""

import ast
import builtins
import keyword
import re
from collections.abc import Container
from functools import lru_cache
from pathlib import Path

from pint.util import UnitsContainer

from ..units import unit
from .writing import COMMON_UNITS, free_name, unit_text, with_prefixes

# Names with a meaning in the equations of Brian 2: variables, functions, constants.
_EQUATIONS = frozenset(
    "t dt t_in_timesteps xi i j N lastspike not_refractory refractory spikespace abs arccos "
    "arcsin arctan binomial ceil clip cos cosh exp expm1 exprel floor int log log10 log1p poisson "
    "rand randn sign sin sinh sqrt tan tanh timestep True False bool boolean integer float shared "
    "constant event pi e inf nan where logical_not array unless and or not".split()
)

# Attributes of its groups and monitors: a variable of this name could not be set or read.
_ATTRIBUTES = frozenset(
    "abstract_code active add_attribute add_dependency add_to_magic_network after_run assign_id "
    "before_run check_units check_variable_write clock code_objects codeobj codeobj_class "
    "contained_objects create_code_objects create_default_code_object custom_operation delay "
    "equations event_codes events generate_empty_code get_states group id indices "
    "invalidates_magic_network method_choice n_indices name namespace needed_variables order "
    "override_conditional_write pre post record record_all record_single_timestep "
    "record_variables recorded_variables reinit resetter resize resolve_all run run_on_event "
    "run_regularly runner set_event_schedule set_states source spikes start state state_updater "
    "stop subexpression_updater target template template_kwds thresholder update_abstract_code "
    "updaters user_code user_equations variables when written_readonly_vars".split()
)

# Names that Brian 2 itself uses while it solves equations.
_SOLVER = frozenset("C1 C2 t0".split())

# Imported names that an exported program uses.
_PROGRAM = frozenset(
    "run plot show xlabel ylabel legend title figure subplot array rand seed defaultclock prefs "
    "weight NeuronGroup Synapses StateMonitor SpikeMonitor Network SpikeGeneratorGroup "
    "PoissonGroup Equations".split()
)

_UNIT = re.compile(
    r"(?:[EGMPTYZafkmnpuyzcdh]|da)?"
    r"(?:amp|ampere|becquerel|candle|coulomb|farad|gram|gramme|gray|henry|hertz|joule|katal|kelvin|"
    r"kilogram|kilogramme|liter|litre|lumen|lux|meter|metre|mol|molar|mole|newton|ohm|pascal|radian|"
    r"second|siemens|sievert|steradian|tesla|volt|watt|weber)[23]?\Z"
    r"|(?:Hz|kHz|MHz|m[sAVSM]|u[sAVSFM]|n[sAVSFM]|p[AVSF]|[cmu]?m[23]?|[mu]M|celsius|ms|k?ohm|Mohm)\Z"
)

IMPORTED_UNITS = frozenset(
    {
        *COMMON_UNITS,
        *with_prefixes("meter newton"),
        *"metre2 metre3 meter2 meter3 mmetre2 mmetre3 umetre2 umetre3".split(),
    }
)
"""Names of units with the same meaning in Brian 2's formulas and here."""


def is_reserved(name: str, kind: str) -> bool:
    """Return whether an object, a parameter or a variable cannot have this name in a program.

    Parameters
    ----------
    name : str
    kind : {'object', 'parameter', 'variable'}
        A group or connection, a constant of equations, or a variable of a group.

    Examples
    --------
    >>> is_reserved("tau", "parameter"), is_reserved("i", "parameter")
    (False, True)
    """
    if not (name.isidentifier() and name.isascii()) or keyword.iskeyword(name):
        return True
    if name.startswith(("_", "xi_")):
        return True
    if name in _EQUATIONS or name in _PROGRAM or _UNIT.match(name):
        return True
    if kind == "object":
        return False
    if name in _SOLVER:
        return True
    return kind == "variable" and (
        name in _ATTRIBUTES or name in _symbolic_names() or name.endswith(("_pre", "_post", "_"))
    )


def permitted(wanted: str, used: Container[str], kind: str) -> str:
    """Return the name `wanted` if a program can have it, else a similar one.

    Parameters
    ----------
    wanted : str
    used : container of str
        Names that are not free.
    kind : str
        As in `is_reserved`.

    Examples
    --------
    >>> permitted("i", {"tau"}, "parameter")
    'i_1'
    """
    if not is_reserved(wanted, kind):
        return free_name(wanted, used)
    if not (wanted.isidentifier() and wanted.isascii()):
        return free_name("part", used)
    return free_name(f"{wanted.strip('_') or 'part'}_1", used)


@lru_cache(maxsize=1)
def _symbolic_names() -> frozenset[str]:
    """Return names with a meaning in sympy, which solves equations for Brian 2, such as beta."""
    listed = Path(__file__).with_name("sympy_names.txt").read_text(encoding="ascii").split()
    return frozenset([*listed, *vars(builtins)])


def unit_node(dimension: UnitsContainer) -> ast.expr:
    """Return the unit of a dimension, as `unit_text` writes it, as a syntax tree."""
    return ast.parse(unit_text(dimension), mode="eval").body


def unit_by_name(name: str) -> ast.expr:
    """Return a unit of the lab as a syntax tree, in SI units if Brian 2 has no such unit."""
    if name in IMPORTED_UNITS:
        return ast.Name(name, ast.Load())
    factor, dimension = unit(name)
    if factor == 1:
        return unit_node(dimension)
    return ast.BinOp(ast.Constant(factor), ast.Mult(), unit_node(dimension))
