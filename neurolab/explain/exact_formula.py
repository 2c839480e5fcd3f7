"""The exact solution as mathematics, with the present numbers."""

import numpy as np

from ..array_types import ComplexArray
from ..experiment.typed_values import format_number
from .exact_solution import Exact, Modes, Piece
from .mathematics import name_mathml

MOST_PIECES = 6
_NOTHING = 1e-9  # of a trace's peak: smaller terms cannot be seen
_TIME, _GAP = "<mi>t</mi>", '<mspace width="0.17em"/>'


def solution_mathml(exact: Exact, row: int) -> str:
    """Write the solution of one variable, one line for each interval between its events.

    Parameters
    ----------
    exact : Exact
    row : int
        Index of the variable.

    Returns
    -------
    str
        A ``<math>`` element; t is in ms, the variable in its unit.

    Examples
    --------
    >>> from neurolab.experiment.presets import TUTORIAL
    >>> from neurolab.experiment.simulate import simulate
    >>> from .exact_solution import exact
    >>> solution_mathml(exact(simulate(TUTORIAL), TUTORIAL.neurons[0]), 0)[:26]
    '<math displaystyle="true">'
    """
    peak = max((abs(piece.state[row]) for piece in exact.pieces), default=0.0)
    peak = max(peak, np.abs(exact.values[row]).max())
    pieces = _felt(exact, row, peak)
    formulas = [
        _sum(exact.modes, exact.modes.coefficients(piece.state)[:, row], piece.begin, peak)
        for piece in pieces
    ]
    name = f"<mrow>{name_mathml(exact.states[row])}<mo>(</mo>{_TIME}<mo>)</mo></mrow><mo>=</mo>"
    if len(formulas) == 1:
        return f'<math displaystyle="true"><mrow>{name}{formulas[0]}</mrow></math>'
    begins = [None, *(piece.begin for piece in pieces[1:])]
    ends = [*begins[1:], None]
    lines = "".join(map(_line, formulas[:MOST_PIECES], begins, ends))
    if len(pieces) > MOST_PIECES:
        lines += _row("<mo>⋮</mo>", f"<mtext>{len(pieces) - MOST_PIECES} more</mtext>")
    table = f'<mtable class="nl-pieces">{lines}</mtable>'
    return f'<math displaystyle="true"><mrow>{name}{table}</mrow></math>'


def _felt(exact: Exact, row: int, peak: float) -> list[Piece]:
    """Return the pieces whose beginning changes this variable's formula."""
    found = [exact.pieces[0]]
    for piece in exact.pieces[1:]:
        change = exact.modes.matrices[:, row, :-1] @ piece.jumped
        if np.abs(change).max() > _NOTHING * peak:
            found.append(piece)
    return found


def _line(formula: str, begin: float | None, end: float | None) -> str:
    lower = "" if begin is None else f"{_time(begin)}<mo>≤</mo>"
    upper = "" if end is None else f"<mo>&lt;</mo>{_time(end)}"
    if begin is not None and end is None:
        return _row(formula, f"{_TIME}<mo>≥</mo>{_time(begin)}")
    return _row(formula, f"{lower}{_TIME}{upper}")


def _row(formula: str, condition: str) -> str:
    return f"<mtr><mtd><mrow>{formula}</mrow></mtd><mtd><mrow>{condition}</mrow></mtd></mtr>"


def _sum(modes: Modes, coefficients: ComplexArray, begin: float, peak: float) -> str:
    terms = []
    for rate, power, factor in zip(modes.rates, modes.powers.tolist(), coefficients):
        # Of two conjugate terms, the first gives the real part of both.
        if abs(factor) <= _NOTHING * peak or rate.imag < 0:
            continue
        if rate.imag:
            terms += [
                (2 * factor.real, _wave("cos", rate.imag, begin), rate.real, power),
                (-2 * factor.imag, _wave("sin", rate.imag, begin), rate.real, power),
            ]
        else:
            terms.append((factor.real, "", rate.real, power))
    terms = [term for term in terms if abs(term[0]) > _NOTHING * peak]
    written = [_term(*term, begin, first=place == 0) for place, term in enumerate(terms)]
    return "".join(written) or "<mn>0</mn>"


def _term(factor: float, wave: str, rate: float, power: int, begin: float, first: bool) -> str:
    sign = "" if first else "<mo>+</mo>"
    if factor < 0:
        sign = "<mo>−</mo>"
    rest = f"{_power(power, begin)}{_exponential(rate, begin)}{wave}"
    number = _number(abs(factor))
    if rest and number == "<mn>1</mn>":
        number = ""
    return f"{sign}{number}{_GAP if number and rest else ''}{rest}"


def _exponential(rate: float, begin: float) -> str:
    if not rate:
        return ""
    time_constant = _number(1 / abs(rate))
    divided = "" if time_constant == "<mn>1</mn>" else f"<mo>/</mo>{time_constant}"
    sign = "<mo>−</mo>" if rate < 0 else ""
    return f"<msup><mi>e</mi><mrow>{sign}{_since(begin)}{divided}</mrow></msup>"


def _power(power: int, begin: float) -> str:
    if power == 0:
        return ""
    if power == 1:
        return _since(begin)
    return f"<msup>{_since(begin)}<mn>{power}</mn></msup>"


def _wave(name: str, frequency: float, begin: float) -> str:
    return (
        f"<mrow><mi>{name}</mi><mo>(</mo>{_number(frequency)}{_GAP}{_since(begin)}<mo>)</mo></mrow>"
    )


def _since(begin: float) -> str:
    if abs(begin) < 1e-12:
        return _TIME
    sign = "+" if begin < 0 else "−"
    return f"<mrow><mo>(</mo>{_TIME}<mo>{sign}</mo>{_time(abs(begin))}<mo>)</mo></mrow>"


def _time(value: float) -> str:
    return f"<mn>{format_number(float(f'{value:.9g}'))}</mn>"


def _number(value: float) -> str:
    mantissa, _, exponent = f"{value:.4g}".partition("e")
    sign = "<mo>−</mo>" if mantissa.startswith("-") else ""
    number = f"{sign}<mn>{mantissa.lstrip('-')}</mn>"
    if not exponent:
        return number
    return f"{number}<mo>·</mo><msup><mn>10</mn><mrow>{_number(int(exponent))}</mrow></msup>"
