"""The exact solution as mathematics, with the numbers of the moment."""

import numpy as np

from ..experiment.typed_values import format_number
from .mathematics import name_mathml

MOST_PIECES = 6
_NOTHING = 1e-9  # of a trace's peak: what a person will never see
_TIME, _GAP = "<mi>t</mi>", '<mspace width="0.17em"/>'


def solution_mathml(exact, row):
    """The course of one variable, one line for each stretch between the events that it feels.

    Parameters
    ----------
    exact : Exact
    row : int
        Of the variable.

    Returns
    -------
    str
        A ``<math>`` element; t is in ms, the variable in its unit.
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
    ends = [*(piece.begin for piece in pieces[1:]), None]
    lines = "".join(
        _line(formula, piece.begin if place else None, end)
        for place, (formula, piece, end) in enumerate(zip(formulas[:MOST_PIECES], pieces, ends))
    )
    if len(pieces) > MOST_PIECES:
        lines += _row("<mo>⋮</mo>", f"<mtext>{len(pieces) - MOST_PIECES} more</mtext>")
    return f'<math displaystyle="true"><mrow>{name}<mtable class="nl-pieces">{lines}</mtable></mrow></math>'


def _felt(exact, row, peak):
    """The pieces whose beginning changes this variable's formula."""
    found = [exact.pieces[0]]
    for piece in exact.pieces[1:]:
        change = exact.modes.matrices[:, row, :-1] @ piece.jumped
        if np.abs(change).max() > _NOTHING * peak:
            found.append(piece)
    return found


def _line(formula, begin, end):
    if begin is None:
        return _row(formula, f"{_TIME}<mo>&lt;</mo>{_time(end)}")
    if end is None:
        return _row(formula, f"{_TIME}<mo>≥</mo>{_time(begin)}")
    return _row(formula, f"{_time(begin)}<mo>≤</mo>{_TIME}<mo>&lt;</mo>{_time(end)}")


def _row(formula, condition):
    return f"<mtr><mtd><mrow>{formula}</mrow></mtd><mtd><mrow>{condition}</mrow></mtd></mtr>"


def _sum(modes, coefficients, begin, peak):
    terms = []
    for rate, power, factor in zip(modes.rates, modes.powers.tolist(), coefficients):
        if (
            abs(factor) <= _NOTHING * peak or rate.imag < 0
        ):  # of two conjugate terms one says it all
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


def _term(factor, wave, rate, power, begin, first):
    sign = "<mo>−</mo>" if factor < 0 else "" if first else "<mo>+</mo>"
    rest = f"{_power(power, begin)}{_exponential(rate, begin)}{wave}"
    number = _number(abs(factor))
    if rest and number == "<mn>1</mn>":
        number = ""
    return f"{sign}{number}{_GAP if number and rest else ''}{rest}"


def _exponential(rate, begin):
    if not rate:
        return ""
    time_constant = _number(1 / abs(rate))
    divided = "" if time_constant == "<mn>1</mn>" else f"<mo>/</mo>{time_constant}"
    sign = "<mo>−</mo>" if rate < 0 else ""
    return f"<msup><mi>e</mi><mrow>{sign}{_since(begin)}{divided}</mrow></msup>"


def _power(power, begin):
    return (
        ""
        if not power
        else _since(begin)
        if power == 1
        else f"<msup>{_since(begin)}<mn>{power}</mn></msup>"
    )


def _wave(name, frequency, begin):
    return (
        f"<mrow><mi>{name}</mi><mo>(</mo>{_number(frequency)}{_GAP}{_since(begin)}<mo>)</mo></mrow>"
    )


def _since(begin):
    if abs(begin) < 1e-12:
        return _TIME
    sign = "+" if begin < 0 else "−"
    return f"<mrow><mo>(</mo>{_TIME}<mo>{sign}</mo>{_time(abs(begin))}<mo>)</mo></mrow>"


def _time(value):
    return f"<mn>{format_number(float(f'{value:.9g}'))}</mn>"


def _number(value):
    mantissa, _, exponent = f"{value:.4g}".partition("e")
    sign = "<mo>−</mo>" if mantissa.startswith("-") else ""
    number = f"{sign}<mn>{mantissa.lstrip('-')}</mn>"
    if not exponent:
        return number
    return f"{number}<mo>·</mo><msup><mn>10</mn><mrow>{_number(int(exponent))}</mrow></msup>"
