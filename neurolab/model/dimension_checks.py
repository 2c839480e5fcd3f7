"""Check that the equations, the threshold and the reset of a model agree in dimension."""

from collections.abc import Mapping
from functools import lru_cache

from ..errors import UndefinedNameError, UnitsError
from ..units import SECOND, Dimension, dimension_name
from .dimensions import located_dimension
from .equations import Equation
from .model import Model


def check_dimensions(model: Model, external: tuple[tuple[str, Dimension], ...]) -> None:
    """Check that every equation, the threshold and the reset agree in dimension.

    Parameters
    ----------
    model : Model
    external : tuple of (str, dimension)
        Dimension of each external name.

    Raises
    ------
    UnitsError
        Naming the variable, both dimensions and the line.
    UnknownNameError
        A name that is neither in the model nor in `external`.

    Examples
    --------
    >>> from neurolab.model.compilation import compile_model
    >>> model = compile_model("dV/dt = -V : volt")
    >>> check_dimensions(model, ())  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    neurolab.errors.UnitsError: equations, line 1 (dV/dt): The right-hand side of V has ...
    """
    if any(expression.calls_program for expression, _ in model.expressions):
        _check(model, external)  # a cache would keep the program's functions alive
    else:
        _check_once(model, external)


@lru_cache(maxsize=256)
def _check_once(model: Model, external: tuple[tuple[str, Dimension], ...]) -> None:
    _check(model, external)


def _check(model: Model, external: tuple[tuple[str, Dimension], ...]) -> None:
    given = dict(external)
    for name, where in model.external.items():
        if name not in given:
            raise UndefinedNameError(
                f"'{name}' is not known.",
                where=where,
                mend=f"Give {name} a value, or correct its spelling.",
            )
    known = model.dimensions(given)
    for equation in model.equations:
        if equation.expression is None or equation.dimension is None:
            continue
        actual = located_dimension(equation.expression, known, equation.where)
        expected = equation.dimension
        if equation.kind == "differential":
            expected = expected / SECOND
        if actual != expected and equation.expression.text.strip("-+ 0.") != "":
            raise UnitsError(
                f"The right-hand side of {equation.name} has dimension "
                f"{dimension_name(actual)}. It must have dimension {dimension_name(expected)}.",
                where=equation.where,
                mend=_equation_hint(equation, actual),
            )
    _check_threshold_and_reset(model, known)


def _equation_hint(equation: Equation, actual: Dimension) -> str:
    if equation.kind == "differential" and actual == equation.dimension:
        return f"d{equation.name}/dt is a change per time: divide by a time constant."
    if equation.kind == "differential" and actual * SECOND != equation.dimension:
        unit = dimension_name(equation.dimension)
        return f"Change the formula, or the unit after the colon ({unit})."
    return "Change the formula, or the unit after the colon."


def _check_threshold_and_reset(model: Model, known: Mapping[str, Dimension]) -> None:
    if model.threshold:
        located_dimension(model.threshold, known, "threshold")
    for assignment in model.reset:
        if assignment.expression.text.strip("-+() 0.") == "":
            continue
        place = f"reset of {assignment.variable}"
        actual = located_dimension(assignment.expression, known, place)
        if actual != known[assignment.variable]:
            raise UnitsError(
                f"{assignment.variable} is set to a value in {dimension_name(actual)}.",
                where="reset",
                mend=f"Set it to a value in {dimension_name(known[assignment.variable])}.",
            )
